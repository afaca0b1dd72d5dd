//! What Bedrock and the models behind it refuse, one function a rule.
//!
//! A rule reads a [`Call`] and is silent when the call keeps it. Each names where it comes from:
//! "Converse API reference" and the user guides are AWS's, the extended and adaptive thinking
//! guides are Anthropic's, a "reported error text" is one that users of the service quote. Where a
//! refusal is known but not its text, the rule says that the wording is its own.

mod cache;
mod claude;
mod content;
mod conversation;
mod fields;
mod other;
mod output;
mod tools;

use crate::converse::Call;
use crate::identifier::Target;
use crate::models::Family;
use crate::refusal::Refusal;

/// What a rule gives back.
type Verdict = Result<(), Refusal>;

/// Bedrock's own rules, which hold for every model, in the order in which they are asked.
const BEDROCK: &[fn(&Call<'_>) -> Verdict] = &[
    fields::prompts_bring_their_own,
    fields::variables_belong_to_prompts,
    fields::are_an_object,
    fields::response_paths_are_pointers,
    conversation::starts_with_user,
    conversation::alternates,
    conversation::has_content,
    conversation::has_no_blank_text,
    conversation::has_no_system_role,
    content::media_come_from_the_user,
    content::reasoning_comes_from_the_model,
    content::counts_are_limited,
    content::sizes_are_limited,
    content::documents_stand_beside_text,
    content::document_names_are_plain,
    tools::config_is_present,
    tools::blocks_have_their_roles,
    tools::results_answer_uses,
    tools::inputs_are_objects,
    tools::schemas_are_objects,
    tools::names_are_unique,
    tools::chosen_tool_exists,
    tools::choice_stands_once,
    output::is_supported,
    output::schema_is_closed,
    output::strict_tools_are_closed,
    cache::is_supported,
    cache::tools_may_have_points,
    cache::points_follow_something,
    cache::lifetimes_are_known,
    cache::longer_lifetimes_come_first,
    cache::points_are_few,
    max_tokens_are_within_the_model,
];

/// Holds a call against every rule that applies to it.
pub(crate) fn check(call: &Call<'_>) -> Verdict {
    for rule in BEDROCK {
        rule(call)?;
    }
    match call.target {
        Target::Opaque | Target::Prompt => Ok(()),
        Target::Model(model) => match &model.family {
            Family::Claude(claude) => claude::check(call, model, claude),
            Family::Other(other) => other::check(call, other),
        },
    }
}

/// An answer cannot be longer than the model's longest (reported error text). Claude 3.7 doubles
/// its limit under a beta flag (Bedrock user guide, "Extended thinking").
fn max_tokens_are_within_the_model(call: &Call<'_>) -> Verdict {
    let (Some(model), Some(wanted)) = (call.target.model(), call.request.max_tokens()) else {
        return Ok(());
    };
    let limit = claude::max_output(call, model);
    if wanted <= limit {
        return Ok(());
    }
    Err(Refusal::validation(format!(
        "The maximum tokens you requested exceed the model limit of {limit}. Try again with a \
         maximum tokens value lower than {limit}."
    )))
}
