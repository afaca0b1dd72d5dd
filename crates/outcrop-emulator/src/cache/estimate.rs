//! How many tokens a block is taken to have. See the documentation of [`crate::cache`].

use serde_json::Value;

use crate::request::{Block, list, text};

const CHARACTERS_PER_TOKEN: usize = 4;
/// An image of about a megapixel (Anthropic, "Vision": width × height ÷ 750), and whatever cannot
/// be looked into.
const MEDIUM: u64 = 1_500;
/// Bytes of a file that is no plain text for one token.
const BYTES_PER_TOKEN: usize = 40;
/// The formats of documents that are plain text.
const PLAIN: [&str; 4] = ["csv", "html", "md", "txt"];

/// The tokens of a block of a message or a system prompt, or of a tool. `json_characters` is the
/// length of its value as JSON.
pub(super) fn tokens(block: Block<'_>, json_characters: usize) -> u64 {
    let tokens = match block.kind {
        "text" => of_text(text(Some(block.value))),
        "toolUse" => of_tool_use(block.value),
        "toolResult" => of_result(block.value),
        "reasoningContent" => of_reasoning(block.value),
        "image" | "document" | "video" | "audio" => of_medium(block.kind, block.value),
        _ => of_characters(json_characters),
    };
    tokens.max(1)
}

fn of_text(text: &str) -> u64 {
    of_characters(text.chars().count())
}

fn of_characters(count: usize) -> u64 {
    count.div_ceil(CHARACTERS_PER_TOKEN) as u64
}

fn of_tool_use(value: &Value) -> u64 {
    let input = value.get("input").map_or(0, characters);
    of_characters(text(value.get("name")).len() + input)
}

fn of_result(value: &Value) -> u64 {
    let content = crate::request::blocks(list(value.get("content")));
    content
        .map(|block| match block.kind {
            "json" => of_characters(characters(block.value)),
            _ => tokens(block, 0),
        })
        .sum()
}

fn of_reasoning(value: &Value) -> u64 {
    match value.get("reasoningText") {
        Some(reasoning) => of_text(text(reasoning.get("text"))),
        None => of_text(text(value.get("redactedContent"))),
    }
}

fn of_medium(kind: &str, value: &Value) -> u64 {
    let source = value.get("source");
    let member = |name| source.and_then(|source| source.get(name));
    if let Some(written) = member("text") {
        return of_text(text(Some(written)));
    }
    if let Some(content) = member("content") {
        let parts = crate::request::blocks(list(Some(content)));
        return parts.map(|part| of_text(text(Some(part.value)))).sum();
    }
    if kind == "image" || member("bytes").is_none() {
        return MEDIUM;
    }
    // Four characters of base64 hold three bytes.
    let bytes = text(member("bytes")).len() / 4 * 3;
    if PLAIN.contains(&text(value.get("format"))) {
        of_characters(bytes)
    } else {
        bytes.div_ceil(BYTES_PER_TOKEN) as u64
    }
}

fn characters(value: &Value) -> usize {
    value.to_string().chars().count()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn each_kind_of_block_has_its_measure() {
        let base64 = "A".repeat(400);
        for (block, expected) in [
            (json!({ "text": "x".repeat(9) }), 3),
            (json!({ "text": "äöüß" }), 1),
            (json!({ "text": "" }), 1),
            (
                json!({ "toolUse": { "toolUseId": "ignored", "name": "look", "input": { "a": 1 } } }),
                3,
            ),
            (
                json!({ "toolResult": { "toolUseId": "ignored", "content": [
                    { "text": "12345" },
                    { "json": { "a": 12 } },
                    { "image": { "format": "png", "source": { "bytes": base64 } } },
                ] } }),
                2 + 2 + 1_500,
            ),
            (
                json!({ "reasoningContent": { "reasoningText": { "text": "12345678", "signature": base64 } } }),
                2,
            ),
            (
                json!({ "image": { "format": "png", "source": { "bytes": base64 } } }),
                1_500,
            ),
            (
                json!({ "document": { "format": "txt", "name": "a", "source": { "bytes": base64 } } }),
                75,
            ),
            (
                json!({ "document": { "format": "pdf", "name": "a", "source": { "bytes": base64 } } }),
                8,
            ),
            (
                json!({ "document": { "format": "pdf", "name": "a", "source": { "text": "1234" } } }),
                1,
            ),
            (
                json!({ "video": { "format": "mp4", "source": { "s3Location": { "uri": "s3://a/b" } } } }),
                1_500,
            ),
        ] {
            let blocks = [block.clone()];
            let found = crate::request::blocks(&blocks).next().unwrap();
            assert_eq!(tokens(found, 0), expected, "{block}");
        }
    }
}
