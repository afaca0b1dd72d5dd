//! The `thinking` field.
//!
//! Source, unless a rule names another: Bedrock user guide, "Extended thinking" and "Adaptive
//! thinking".

use serde_json::{Map, Value};

use super::{alternatives, extra, max_output};
use crate::converse::Call;
use crate::models::{BINDING, Claude, DISPLAY_UPDATES, INTERLEAVED, Model, Off};
use crate::refusal::Refusal;
use crate::request::text;
use crate::rules::Verdict;
use crate::thinking::Thinking;

/// The smallest budget, in tokens.
const SMALLEST_BUDGET: u64 = 1_024;

/// The field, and its type, when it has one.
fn tagged<'a>(call: &'a Call<'_>) -> Option<(&'a Map<String, Value>, &'a str)> {
    let thinking = call.request.field("thinking")?.as_object()?;
    Some((thinking, text(thinking.get("type"))))
}

/// The type is one that the model takes (reported error texts).
pub(super) fn is_accepted(call: &Call<'_>, claude: &Claude) -> Verdict {
    let Some(field) = call.request.field("thinking") else {
        return Ok(());
    };
    if tags(claude).is_empty() {
        return Err(extra("thinking"));
    }
    let Some(tag) = field.as_object().map(|it| text(it.get("type"))) else {
        return Err(Refusal::from_model(
            "thinking: Input should be a valid dictionary or object to extract fields from",
        ));
    };
    match tag {
        "" => Err(Refusal::from_model(
            "thinking: Unable to extract tag using discriminator 'type'",
        )),
        "enabled" if !claude.budget => Err(Refusal::from_model(
            "\"thinking.type.enabled\" is not supported for this model. Use \
             \"thinking.type.adaptive\" and \"output_config.effort\" to control thinking behavior.",
        )),
        "disabled" if claude.off == Off::Refused => Err(Refusal::from_model(
            "\"thinking.type.disabled\" is not supported for this model.",
        )),
        _ if tags(claude).contains(&tag) => Ok(()),
        _ => {
            let expected: Vec<String> = tags(claude).iter().map(|tag| format!("'{tag}'")).collect();
            Err(Refusal::from_model(format!(
                "thinking: Input tag '{tag}' found using 'type' does not match any of the expected \
                 tags: {}",
                expected.join(", ")
            )))
        }
    }
}

/// The types that the model knows, in the order in which its server lists them.
fn tags(claude: &Claude) -> Vec<&'static str> {
    [
        ("adaptive", claude.adaptive),
        ("between_tools", claude.between_tools),
        ("disabled", claude.off != Off::Refused),
        ("enabled", claude.budget),
    ]
    .into_iter()
    .filter(|(_, known)| *known)
    .map(|(tag, _)| tag)
    .collect()
}

/// A budget belongs to `enabled`, which needs one, and `disabled` takes nothing at all.
pub(super) fn has_its_members(call: &Call<'_>, _: &Claude) -> Verdict {
    let Some((thinking, tag)) = tagged(call) else {
        return Ok(());
    };
    let known: &[&str] = match tag {
        "enabled" => &["type", "budget_tokens", "display", "block_binding"],
        "disabled" => &["type"],
        _ => &["type", "display", "block_binding"],
    };
    if let Some(name) = thinking.keys().find(|name| !known.contains(&name.as_str())) {
        return Err(extra(&format!("thinking.{tag}.{name}")));
    }
    match (tag, thinking.get("budget_tokens")) {
        ("enabled", None) => Err(Refusal::from_model(
            "thinking.enabled.budget_tokens: Field required",
        )),
        ("enabled", Some(budget)) if !budget.is_u64() && !budget.is_i64() => Err(
            Refusal::from_model("thinking.enabled.budget_tokens: Input should be a valid integer"),
        ),
        _ => Ok(()),
    }
}

/// What is shown of the thinking is `summarized` or `omitted`; `updates` needs a flag (Anthropic,
/// "Extended thinking").
pub(super) fn display_is_known(call: &Call<'_>, _: &Claude) -> Verdict {
    let Some((thinking, tag)) = tagged(call) else {
        return Ok(());
    };
    let Some(display) = thinking.get("display") else {
        return Ok(());
    };
    let known: &[&str] = if call.request.has_beta(DISPLAY_UPDATES) {
        &["summarized", "omitted", "updates"]
    } else {
        &["summarized", "omitted"]
    };
    if display
        .as_str()
        .is_some_and(|display| known.contains(&display))
    {
        return Ok(());
    }
    Err(Refusal::from_model(format!(
        "thinking.{tag}.display: Input should be {}",
        alternatives(known)
    )))
}

/// What happens to a block of another conversation can be chosen under a flag only. Sources differ
/// on the name of the member, `prefix_mismatch_behavior` or `mismatch_behavior`; both are accepted.
pub(super) fn binding_needs_its_flag(call: &Call<'_>, _: &Claude) -> Verdict {
    let Some((thinking, tag)) = tagged(call) else {
        return Ok(());
    };
    let Some(binding) = thinking.get("block_binding") else {
        return Ok(());
    };
    let path = format!("thinking.{tag}.block_binding");
    if !call.request.has_beta(BINDING) {
        return Err(extra(&path));
    }
    let known = ["prefix_mismatch_behavior", "mismatch_behavior"];
    let names = binding.as_object().into_iter().flat_map(Map::keys);
    match names
        .into_iter()
        .find(|name| !known.contains(&name.as_str()))
    {
        None => Ok(()),
        Some(name) => Err(extra(&format!("{path}.{name}"))),
    }
}

/// A budget is at least 1,024 tokens (reported error text).
pub(super) fn budget_is_large_enough(call: &Call<'_>, _: &Claude) -> Verdict {
    match call.thinking {
        Thinking::Budget(tokens) if tokens < SMALLEST_BUDGET => Err(Refusal::from_model(format!(
            "thinking.enabled.budget_tokens: Input should be greater than or equal to \
             {SMALLEST_BUDGET}"
        ))),
        _ => Ok(()),
    }
}

/// A budget is below `max_tokens`, which is the model's most when the request sets none (reported
/// error text). Thinking between tool calls counts over the whole turn, so that under its flag,
/// and with tools to call, the budget may be larger.
pub(super) fn budget_is_below_max_tokens(call: &Call<'_>, model: &Model) -> Verdict {
    let Thinking::Budget(budget) = call.thinking else {
        return Ok(());
    };
    let interleaved =
        call.request.has_beta(INTERLEAVED) && call.request.tool_names().next().is_some();
    let limit = call
        .request
        .max_tokens()
        .unwrap_or_else(|| max_output(call, model));
    if interleaved || budget < limit {
        return Ok(());
    }
    Err(Refusal::from_model(
        "`max_tokens` must be greater than `thinking.budget_tokens`. Please consult our \
         documentation at \
         https://docs.claude.com/en/docs/build-with-claude/extended-thinking#max-tokens-and-context-window-size",
    ))
}
