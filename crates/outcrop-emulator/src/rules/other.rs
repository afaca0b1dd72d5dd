//! The rules of the models that are not Claude.
//!
//! Source, unless a rule names another: tables and live checks of open-source clients.

use serde_json::Value;

use super::Verdict;
use crate::converse::Call;
use crate::models::{Knob, Other};
use crate::refusal::Refusal;
use crate::request::text;

/// Fields by which some model, but not every one, is asked to reason.
const REASONING_FIELDS: &[&str] = &[
    "anthropic_beta",
    "anthropic_version",
    "output_config",
    "reasoning",
    "reasoningConfig",
    "reasoning_config",
    "reasoning_effort",
    "thinking",
];

/// What Amazon's models take under `inferenceConfig` among the additional fields (Amazon Nova
/// guide: `topK`), beside what Converse carries itself.
const NOVA_INFERENCE: &[&str] = &["maxTokens", "stopSequences", "temperature", "topK", "topP"];

type Rule = fn(&Call<'_>, &Other) -> Verdict;

const RULES: &[Rule] = &[
    fields_are_known,
    reasoning_is_accepted,
    high_reasoning_stands_alone,
    sampling_is_accepted,
    tokens_are_many_enough,
    tool_choice_is_accepted,
    tool_status_is_accepted,
    replay_is_accepted,
];

pub(super) fn check(call: &Call<'_>, other: &Other) -> Verdict {
    RULES.iter().try_for_each(|rule| rule(call, other))
}

/// A field of another vendor's reasoning is an extraneous key (reported error text).
fn fields_are_known(call: &Call<'_>, other: &Other) -> Verdict {
    let own = match other.knob {
        Knob::None => "",
        Knob::ReasoningConfig => "reasoningConfig",
        Knob::Flat(name, _) => name,
        Knob::Nested(_) => "reasoning",
    };
    let known = |name: &str| {
        let listed = if other.closed_fields {
            name == "inferenceConfig"
        } else {
            !REASONING_FIELDS.contains(&name)
        };
        name == own || other.ignored_fields.contains(&name) || listed
    };
    let names = |value: Option<&Value>| -> Vec<String> {
        let object = value.and_then(Value::as_object);
        object
            .into_iter()
            .flat_map(|it| it.keys().cloned())
            .collect()
    };
    let fields = names(call.request.get(&["additionalModelRequestFields"]));
    if let Some(name) = fields.iter().find(|name| !known(name)) {
        return Err(extraneous("#", name));
    }
    let inference = names(call.request.field("inferenceConfig"));
    match inference
        .iter()
        .find(|it| !NOVA_INFERENCE.contains(&it.as_str()))
    {
        Some(name) if other.closed_fields => Err(extraneous("#/inferenceConfig", name)),
        _ => Ok(()),
    }
}

fn extraneous(path: &str, name: &str) -> Refusal {
    malformed(path, &format!("extraneous key [{name}] is not permitted"))
}

/// A body that the model's own schema refuses.
fn malformed(path: &str, problem: &str) -> Refusal {
    Refusal::validation(format!(
        "Malformed input request: {path}: {problem}, please reformat your input and try again."
    ))
}

/// The model is asked to reason in its own words (Amazon Nova 2 guide; tables of clients).
fn reasoning_is_accepted(call: &Call<'_>, other: &Other) -> Verdict {
    match other.knob {
        Knob::None => Ok(()),
        Knob::Flat(name, values) => one_of(call.request.field(name), values, &format!("#/{name}")),
        Knob::Nested(values) => {
            let effort = call.request.field("reasoning").map(|it| &it["effort"]);
            one_of(effort, values, "#/reasoning/effort")
        }
        Knob::ReasoningConfig => {
            let Some(config) = call.request.field("reasoningConfig") else {
                return Ok(());
            };
            let levels = &["low", "medium", "high"];
            let path = "#/reasoningConfig";
            one_of(
                Some(&config["type"]),
                &["enabled", "disabled"],
                &format!("{path}/type"),
            )?;
            let effort = config.get("maxReasoningEffort");
            one_of(effort, levels, &format!("{path}/maxReasoningEffort"))?;
            let names = config.as_object().into_iter().flat_map(|it| it.keys());
            let known = ["type", "maxReasoningEffort"];
            match names
                .into_iter()
                .find(|name| !known.contains(&name.as_str()))
            {
                None => Ok(()),
                Some(name) => Err(extraneous(path, name)),
            }
        }
    }
}

fn one_of(value: Option<&Value>, values: &[&str], path: &str) -> Verdict {
    match value {
        None => Ok(()),
        Some(value) if value.as_str().is_some_and(|it| values.contains(&it)) => Ok(()),
        Some(value) => {
            let value = value
                .as_str()
                .map_or_else(|| value.to_string(), str::to_owned);
            Err(malformed(
                path,
                &format!("{value} is not a valid enum value"),
            ))
        }
    }
}

/// At its highest, Nova 2 chooses length and sampling itself (Amazon Nova 2 guide).
fn high_reasoning_stands_alone(call: &Call<'_>, other: &Other) -> Verdict {
    let config = call.request.field("reasoningConfig");
    let is = |name: &str, value: &str| config.is_some_and(|it| text(it.get(name)) == value);
    if other.knob != Knob::ReasoningConfig
        || !is("type", "enabled")
        || !is("maxReasoningEffort", "high")
    {
        return Ok(());
    }
    let names = ["maxTokens", "temperature", "topP"];
    let set = |name: &&&str| call.request.get(&["inferenceConfig", name]).is_some();
    match names.iter().find(set) {
        None => Ok(()),
        Some(name) => Err(Refusal::validation(format!(
            "{name} must be unset when maxReasoningEffort is high. Remove {name} and try again."
        ))),
    }
}

/// The OpenAI models choose their own sampling (reported error text).
fn sampling_is_accepted(call: &Call<'_>, other: &Other) -> Verdict {
    let names = ["temperature", "topP", "stopSequences"];
    let set = |name: &&&str| call.request.get(&["inferenceConfig", name]).is_some();
    match names.iter().find(set) {
        Some(name) if !other.sampling => Err(Refusal::unsupported_field(name)),
        _ => Ok(()),
    }
}

/// The OpenAI models want room for at least 16 tokens.
fn tokens_are_many_enough(call: &Call<'_>, other: &Other) -> Verdict {
    match call.request.max_tokens() {
        Some(tokens) if tokens < other.min_tokens => Err(malformed(
            "#/max_completion_tokens",
            &format!("{tokens} is not greater or equal to {}", other.min_tokens),
        )),
        _ => Ok(()),
    }
}

/// Not every model can be told which tools to call. A choice of `auto`, which changes nothing, is
/// accepted of all that have tools.
fn tool_choice_is_accepted(call: &Call<'_>, other: &Other) -> Verdict {
    match call.request.tool_choice() {
        Some(choice) if !other.tool_choices.contains(&choice) => Err(Refusal::unsupported_field(
            &format!("toolConfig.toolChoice.{choice}"),
        )),
        _ => Ok(()),
    }
}

/// Palmyra does not take a status with a tool's result (reported error text).
fn tool_status_is_accepted(call: &Call<'_>, other: &Other) -> Verdict {
    let mut results = call
        .request
        .messages()
        .flat_map(|message| message.of_kind("toolResult"));
    if other.tool_status || !results.any(|block| block.value.get("status").is_some()) {
        return Ok(());
    }
    Err(Refusal::unsupported_field("status"))
}

/// Signatures and redacted reasoning are Claude's own; some models take no reasoning back at all.
fn replay_is_accepted(call: &Call<'_>, other: &Other) -> Verdict {
    let blocks = call
        .request
        .messages()
        .flat_map(|message| message.of_kind("reasoningContent"));
    for block in blocks {
        let signature = block
            .value
            .get("reasoningText")
            .and_then(|reasoning| reasoning.get("signature"));
        let field = if !other.replays_reasoning {
            "reasoningContent"
        } else if block.value.get("redactedContent").is_some() {
            "reasoningContent.redactedContent"
        } else if signature.is_some_and(|signature| !signature.is_null()) {
            "reasoningContent.reasoningText.signature"
        } else {
            continue;
        };
        return Err(Refusal::unsupported_field(field));
    }
    Ok(())
}
