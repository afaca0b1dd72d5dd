//! Prefill: a conversation that ends with the assistant's words, which the model is to continue.

use outcrop_policy::Decision;

use super::Adjustments;
use super::turns::Turn;
use crate::{Adjustment, Role};

/// "This model does not support assistant message prefill" (service text) is foreseen, and the
/// conversation sent all the same.
pub(super) fn predict(turns: &[Turn<'_>], decision: &Decision, adjustments: &mut Adjustments) {
    if let (Some(why), Some(last)) = (decision.refuses_prefill, turns.last())
        && last.role == Role::Assistant
    {
        adjustments.push(Adjustment::PrefillRefused {
            message: last.message,
            why,
        });
    }
}
