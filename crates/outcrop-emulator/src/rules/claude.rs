//! The rules of Anthropic's models, whose refusals Bedrock passes on.

mod betas;
mod effort;
mod fields;
mod replay;
mod sampling;
mod thinking;
mod turns;

use super::Verdict;
use crate::converse::Call;
use crate::models::{Claude, Model, OUTPUT_128K};
use crate::refusal::Refusal;

/// A rule that depends on the model's row.
type Rule = fn(&Call<'_>, &Claude) -> Verdict;

/// The rules, in the order in which they are asked: what is written, then what it means together.
const RULES: &[Rule] = &[
    fields::are_known,
    fields::have_their_types,
    betas::are_known,
    thinking::is_accepted,
    thinking::has_its_members,
    thinking::display_is_known,
    thinking::binding_needs_its_flag,
    thinking::budget_is_large_enough,
    effort::is_accepted,
    effort::format_is_accepted,
    effort::is_moderate_without_thinking,
    sampling::is_accepted,
    sampling::suits_thinking,
    turns::tools_are_not_forced,
    turns::prefill_is_accepted,
    replay::reasoning_is_signed,
    replay::reasoning_is_unchanged,
    replay::tool_loops_start_with_reasoning,
];

pub(super) fn check(call: &Call<'_>, model: &Model, claude: &Claude) -> Verdict {
    for rule in RULES {
        rule(call, claude)?;
    }
    thinking::budget_is_below_max_tokens(call, model)
}

/// The most tokens that the model can be asked for. Claude 3.7 has twice as many under a flag
/// (Bedrock user guide, "Extended thinking").
pub(super) fn max_output(call: &Call<'_>, model: &Model) -> u64 {
    let doubled = model
        .claude()
        .is_some_and(|claude| claude.betas.contains(&OUTPUT_128K))
        && call.request.has_beta(OUTPUT_128K);
    if doubled { 128_000 } else { model.max_output }
}

/// A member that the model does not know (reported error text).
fn extra(path: &str) -> Refusal {
    Refusal::from_model(format!("{path}: Extra inputs are not permitted"))
}

/// `'low', 'medium' or 'high'`, as the model's server lists what it expects.
fn alternatives(values: &[&str]) -> String {
    let quoted: Vec<String> = values.iter().map(|value| format!("'{value}'")).collect();
    match quoted.split_last() {
        Some((last, rest)) if !rest.is_empty() => format!("{} or {last}", rest.join(", ")),
        _ => quoted.concat(),
    }
}
