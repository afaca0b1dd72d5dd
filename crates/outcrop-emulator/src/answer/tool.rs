//! A tool call, for requests that leave the model no choice but to make one.

use serde_json::{Map, Value, json};
use sha2::{Digest, Sha256};

use super::Block;
use crate::converse::Call;
use crate::request::text;

/// The call that the request forces, if it forces one. Its input is filled in from the tool's
/// schema, with a fixed value for each type.
pub(super) fn forced(call: &Call<'_>) -> Option<Block> {
    let wanted = forced_name(call)?;
    let tool = call
        .request
        .tools()
        .filter(|tool| tool.kind == "toolSpec")
        .find(|tool| wanted.is_empty() || tool.text("name") == wanted)?;
    let schema = tool.value.get("inputSchema").and_then(|it| it.get("json"));
    Some(Block::ToolUse {
        id: identifier(call, 0),
        name: tool.text("name").to_owned(),
        input: object(schema.unwrap_or(&Value::Null), 0),
    })
}

/// The name of the tool that must be called, empty when any will do.
fn forced_name<'a>(call: &'a Call<'_>) -> Option<&'a str> {
    let choice = call.request.get(&["toolConfig", "toolChoice"]);
    if let Some(tool) = choice.and_then(|choice| choice.get("tool")) {
        return Some(text(tool.get("name")));
    }
    if call.request.tool_choice() == Some("any") {
        return Some("");
    }
    let choice = call.request.field("tool_choice")?;
    match text(choice.get("type")) {
        "tool" => Some(text(choice.get("name"))),
        "any" => Some(""),
        _ => None,
    }
}

/// An identifier in the service's form, derived from the request and from which block of the answer
/// it is for. The same call has the same identifiers every time.
pub(crate) fn identifier(call: &Call<'_>, index: usize) -> String {
    const ALPHABET: &[u8; 62] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
    let digest = Sha256::new()
        .chain_update(call.request.body().to_string())
        .chain_update(index.to_be_bytes())
        .finalize();
    let letters = digest
        .iter()
        .take(22)
        .map(|byte| char::from(ALPHABET[usize::from(*byte) % ALPHABET.len()]));
    format!("tooluse_{}", letters.collect::<String>())
}

/// An object with the members that its schema requires. Schemas may nest without end, so the depth
/// is bounded.
fn object(schema: &Value, depth: usize) -> Value {
    let mut members = Map::new();
    let required = schema.get("required").and_then(Value::as_array);
    for name in required.into_iter().flatten().filter_map(Value::as_str) {
        let property = schema.get("properties").and_then(|all| all.get(name));
        let value = property.map_or(Value::Null, |property| sample(property, depth));
        members.insert(name.to_owned(), value);
    }
    Value::Object(members)
}

fn sample(schema: &Value, depth: usize) -> Value {
    if let Some(value) = schema.get("const") {
        return value.clone();
    }
    if let Some(first) = schema.get("enum").and_then(|values| values.get(0)) {
        return first.clone();
    }
    match text(schema.get("type")) {
        "integer" | "number" => json!(1),
        "boolean" => json!(true),
        "array" => json!([]),
        "object" if depth < 8 => object(schema, depth + 1),
        "object" => json!({}),
        "null" => Value::Null,
        _ => json!("example"),
    }
}
