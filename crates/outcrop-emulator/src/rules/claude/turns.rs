//! What the model is made to say: a tool it must call, or words put into its mouth.

use crate::converse::Call;
use crate::models::{Claude, ForcedTools};
use crate::refusal::Refusal;
use crate::request::text;
use crate::rules::Verdict;

/// A tool cannot be forced while the model thinks (reported error text; Anthropic, "Extended
/// thinking"), and on some models not at all (their model pages; the wording for those is the
/// emulator's).
pub(super) fn tools_are_not_forced(call: &Call<'_>, claude: &Claude) -> Verdict {
    let field = call
        .request
        .field("tool_choice")
        .map_or("", |choice| text(choice.get("type")));
    let choice = call.request.tool_choice().unwrap_or(field);
    if !matches!(choice, "any" | "tool") {
        return Ok(());
    }
    match claude.forced_tools {
        ForcedTools::Always => Ok(()),
        ForcedTools::WithoutThinking if !call.thinking.is_on() => Ok(()),
        ForcedTools::WithoutThinking => Err(Refusal::from_model(
            "Thinking may not be enabled when tool_choice forces tool use.",
        )),
        ForcedTools::Never => Err(Refusal::from_model(format!(
            "tool_choice: '{choice}' is not supported for this model. Input should be 'auto' or \
             'none'"
        ))),
    }
}

/// Claude 4.6 and later do not continue their own turn, and no model does while it thinks
/// (Anthropic, migration guides; reported error text).
pub(super) fn prefill_is_accepted(call: &Call<'_>, claude: &Claude) -> Verdict {
    let prefilled = call
        .request
        .messages()
        .next_back()
        .is_some_and(|message| message.role == "assistant");
    if !prefilled || (claude.prefill && !call.thinking.is_on()) {
        return Ok(());
    }
    Err(Refusal::from_model(
        "This model does not support assistant message prefill. The conversation must end with a \
         user message.",
    ))
}
