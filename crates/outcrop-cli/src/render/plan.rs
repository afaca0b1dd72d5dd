//! The planned identity on stderr, as `run --offline` shows it.

use outcrop::AuthPlan;

use super::note;
use super::style::DIM;

/// Prints who would call, and from where that is known.
pub(crate) fn print(plan: &AuthPlan) {
    let role = plan
        .role()
        .map(|role| format!(", then role {}", role.arn))
        .unwrap_or_default();
    note(format_args!(
        "{DIM}planned identity: {} from {}{role}; region {} ({}); endpoint {} ({}){DIM:#}",
        plan.method().as_str(),
        plan.identity_source(),
        plan.region().value,
        plan.region().source,
        plan.endpoint().value,
        plan.endpoint().source,
    ));
}
