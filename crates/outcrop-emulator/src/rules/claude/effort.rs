//! `output_config`, and the native `outputConfig.effort` beside it.

use serde_json::Value;

use super::{alternatives, extra};
use crate::converse::Call;
use crate::models::{Claude, EFFORT, Off};
use crate::refusal::Refusal;
use crate::request::text;
use crate::rules::Verdict;

/// The model takes an effort, and this one (reported error texts). Opus 4.5 does so under a flag
/// (Anthropic, "Effort"). One client holds some models on Bedrock below `max`; their AWS model
/// cards list it, so it is accepted.
pub(super) fn is_accepted(call: &Call<'_>, claude: &Claude) -> Verdict {
    let config = call
        .request
        .field("output_config")
        .and_then(Value::as_object);
    let members = config.into_iter().flat_map(|config| config.keys());
    let known = ["effort", "format", "task_budget"];
    if let Some(name) = members.into_iter().find(|it| !known.contains(&it.as_str())) {
        return Err(extra(&format!("output_config.{name}")));
    }
    let field = config.and_then(|config| config.get("effort"));
    let Some(effort) = field.or_else(|| call.request.get(&["outputConfig", "effort"])) else {
        return Ok(());
    };
    if claude.efforts.is_empty() {
        return Err(Refusal::from_model(
            "This model does not support the effort parameter.",
        ));
    }
    // The flag is for the field of the Messages API. Whether the native member needs one is not
    // documented, so it does not here.
    if claude.effort_beta && field.is_some() && !call.request.has_beta(EFFORT) {
        return Err(extra("output_config.effort"));
    }
    if claude.efforts.contains(&text(Some(effort))) {
        return Ok(());
    }
    Err(Refusal::from_model(format!(
        "output_config.effort: Input should be {}",
        alternatives(claude.efforts)
    )))
}

/// The model takes a format for its output (Bedrock user guide, "Structured output").
pub(super) fn format_is_accepted(call: &Call<'_>, claude: &Claude) -> Verdict {
    let config = call.request.field("output_config");
    let has = |name: &str| config.is_some_and(|config| config.get(name).is_some());
    if !claude.formats && has("format") {
        return Err(extra("output_config.format"));
    }
    Ok(())
}

/// High effort needs thinking: Opus 5 and Haiku 5.5 refuse `xhigh` and `max` with thinking disabled
/// (Opus 5 migration guide, AWS model card of Haiku 5.5), and Sonnet 5.5 with thinking between
/// tools only (Sonnet 5.5 model page). The wording is the emulator's.
pub(super) fn is_moderate_without_thinking(call: &Call<'_>, claude: &Claude) -> Verdict {
    let effort = call.request.effort().unwrap_or_default();
    let tag = call
        .request
        .field("thinking")
        .map_or("", |thinking| text(thinking.get("type")));
    let capped = match tag {
        "disabled" => claude.off == Off::UpToHigh,
        "between_tools" => true,
        _ => false,
    };
    if !capped || !matches!(effort, "xhigh" | "max") {
        return Ok(());
    }
    Err(Refusal::from_model(format!(
        "output_config.effort: '{effort}' is not supported with \"thinking.type.{tag}\" on this \
         model. Use 'high' or lower."
    )))
}
