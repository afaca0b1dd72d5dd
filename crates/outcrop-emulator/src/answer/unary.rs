//! An answer as the one JSON body of `Converse`.

use serde_json::{Map, Value, json};

use super::{Answer, Block, Stop, Usage};
use crate::request::{Request, list};

/// The body of a `Converse` reply (Converse API reference, response syntax).
pub(crate) fn body(answer: &Answer) -> Value {
    let content: Vec<Value> = answer.blocks.iter().map(block).collect();
    let mut body = json!({
        "metrics": { "latencyMs": answer.latency_ms },
        "output": { "message": { "content": content, "role": "assistant" } },
        "stopReason": answer.stop.reason(),
        "usage": usage(answer.usage),
    });
    if let (Some(fields), Some(body)) = (&answer.additional, body.as_object_mut()) {
        body.insert("additionalModelResponseFields".to_owned(), fields.clone());
    }
    body
}

/// The token counts, as both kinds of reply carry them.
pub(crate) fn usage(usage: Usage) -> Value {
    let Usage { input, output } = usage;
    json!({
        "cacheDetails": input.details(),
        "cacheReadInputTokens": input.cache_read_input_tokens,
        "cacheWriteInputTokens": input.cache_write_input_tokens(),
        "inputTokens": input.input_tokens,
        "outputTokens": output,
        "totalTokens": input.total_input_tokens() + output,
    })
}

fn block(block: &Block) -> Value {
    match block {
        Block::Text(text) => json!({ "text": text }),
        Block::ToolUse { id, name, input } => {
            json!({ "toolUse": { "input": input, "name": name, "toolUseId": id } })
        }
        Block::Redacted(content) => {
            json!({ "reasoningContent": { "redactedContent": content } })
        }
        Block::Reasoning { text, signature } => {
            let mut reasoning = json!({ "text": text });
            if let Some(signature) = signature {
                reasoning["signature"] = json!(signature);
            }
            json!({ "reasoningContent": { "reasoningText": reasoning } })
        }
    }
}

/// The fields of the model's own reply that the request points at. The emulator's has one, the
/// stop sequence, which clients look for in either of two places; a pointer at anything else is
/// passed over, as the service does.
pub(super) fn additional_fields(request: &Request, stop: &Stop) -> Option<Value> {
    let Stop::Sequence(sequence) = stop else {
        return None;
    };
    let mut fields = Map::new();
    for pointer in list(request.get(&["additionalModelResponseFieldPaths"])) {
        match pointer.as_str() {
            Some("/stop_sequence") => fields.insert("stop_sequence".to_owned(), json!(sequence)),
            Some("/delta/stop_sequence") => {
                fields.insert("delta".to_owned(), json!({ "stop_sequence": sequence }))
            }
            _ => None,
        };
    }
    (!fields.is_empty()).then_some(Value::Object(fields))
}
