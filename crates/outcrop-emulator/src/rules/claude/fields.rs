//! The members of `additionalModelRequestFields`.

use serde_json::Value;

use super::extra;
use crate::converse::Call;
use crate::models::Claude;
use crate::refusal::Refusal;
use crate::rules::Verdict;

/// What the Messages API of Claude on Bedrock knows beside what Converse carries itself (Bedrock
/// user guide, "Claude Messages API request and response").
const KNOWN: &[&str] = &[
    "anthropic_beta",
    "anthropic_version",
    "max_tokens",
    "metadata",
    "output_config",
    "stop_sequences",
    "temperature",
    "thinking",
    "tool_choice",
    "tools",
    "top_k",
    "top_p",
];

/// Every member is one that the model knows (reported error text). Names in camel case, such as
/// `outputConfig`, are not.
pub(super) fn are_known(call: &Call<'_>, _: &Claude) -> Verdict {
    let names = call.request.fields().into_iter().flat_map(|it| it.keys());
    match names
        .into_iter()
        .find(|name| !KNOWN.contains(&name.as_str()))
    {
        None => Ok(()),
        Some(name) => Err(extra(name)),
    }
}

/// The simple members have their types. Worded as the model's server words others of its kind.
pub(super) fn have_their_types(call: &Call<'_>, _: &Claude) -> Verdict {
    let number: fn(&Value) -> bool = Value::is_number;
    let integer: fn(&Value) -> bool = |value| value.is_u64() || value.is_i64();
    let object: fn(&Value) -> bool = Value::is_object;
    for (name, holds, expected) in [
        ("temperature", number, "number"),
        ("top_p", number, "number"),
        ("top_k", integer, "integer"),
        ("max_tokens", integer, "integer"),
        ("output_config", object, "dictionary"),
        ("tool_choice", object, "dictionary"),
    ] {
        if call.request.field(name).is_some_and(|value| !holds(value)) {
            return Err(Refusal::from_model(format!(
                "{name}: Input should be a valid {expected}"
            )));
        }
    }
    Ok(())
}
