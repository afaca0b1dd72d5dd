//! Structured output: a schema for the answer, and tools that hold the model to theirs.
//!
//! Source: Bedrock user guide, "Structured output". The text about open objects is a reported one.

use serde_json::Value;

use super::Verdict;
use crate::converse::Call;
use crate::refusal::Refusal;

/// Where a request carries a schema as text.
const SCHEMA: &[&str] = &[
    "outputConfig",
    "textFormat",
    "structure",
    "jsonSchema",
    "schema",
];

/// Claude before 4.5 knows neither. Of the other vendors some models do, and no list is published
/// that is complete, so they are not asked. The wording follows the text for other fields.
pub(super) fn is_supported(call: &Call<'_>) -> Verdict {
    let claude = call.target.model().and_then(|model| model.claude());
    if claude.is_none_or(|claude| claude.formats) {
        return Ok(());
    }
    if call.request.get(&["outputConfig", "textFormat"]).is_some() {
        return Err(Refusal::unsupported_field("outputConfig.textFormat"));
    }
    match strict_tools(call).next() {
        None => Ok(()),
        Some((index, _)) => Err(Refusal::unsupported_field(&format!(
            "toolConfig.tools.{index}.toolSpec.strict"
        ))),
    }
}

/// The schema of the answer is JSON, and its objects are closed.
pub(super) fn schema_is_closed(call: &Call<'_>) -> Verdict {
    if let Some(text) = call.request.get(SCHEMA).and_then(Value::as_str) {
        let path = SCHEMA.join(".");
        let schema: Value = serde_json::from_str(text).map_err(|_| {
            Refusal::validation(format!(
                "The value at {path} is not valid JSON. Provide a JSON Schema as a string and try \
                 again."
            ))
        })?;
        if has_open_object(&schema) {
            return Err(open(&path));
        }
    }
    let format = call
        .request
        .field("output_config")
        .and_then(|config| config.get("format")?.get("schema"));
    if format.is_some_and(has_open_object) {
        return Err(open("output_config.format.schema"));
    }
    Ok(())
}

/// The schema of a strict tool is closed as well.
pub(super) fn strict_tools_are_closed(call: &Call<'_>) -> Verdict {
    let mut tools = strict_tools(call);
    match tools.find(|(_, schema)| schema.is_some_and(has_open_object)) {
        None => Ok(()),
        Some((index, _)) => Err(open(&format!("tools.{index}.custom.input_schema"))),
    }
}

/// The places and schemas of the tools that are `strict`.
fn strict_tools<'a>(call: &'a Call<'_>) -> impl Iterator<Item = (usize, Option<&'a Value>)> {
    call.request
        .tools()
        .filter(|tool| tool.value.get("strict").and_then(Value::as_bool) == Some(true))
        .map(|tool| {
            let schema = tool.value.get("inputSchema").and_then(|it| it.get("json"));
            (tool.index, schema)
        })
}

fn open(path: &str) -> Refusal {
    Refusal::from_model(format!(
        "{path}: For 'object' type, 'additionalProperties' must be explicitly set to false"
    ))
}

/// Whether an object somewhere in a schema allows members that it does not name.
fn has_open_object(schema: &Value) -> bool {
    match schema {
        Value::Array(items) => items.iter().any(has_open_object),
        Value::Object(members) => {
            let is_object = match members.get("type") {
                Some(Value::String(name)) => name == "object",
                Some(Value::Array(names)) => names.iter().any(|name| name == "object"),
                _ => false,
            };
            let is_closed = members.get("additionalProperties") == Some(&Value::Bool(false));
            // These hold values and no schemas.
            let data = ["const", "default", "enum", "examples"];
            (is_object && !is_closed)
                || members
                    .iter()
                    .any(|(name, value)| !data.contains(&name.as_str()) && has_open_object(value))
        }
        _ => false,
    }
}
