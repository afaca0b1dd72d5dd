//! An answer as the events of `ConverseStream`, framed as `application/vnd.amazon.eventstream`.
//!
//! Sources: botocore service model (`ConverseStreamOutput`), recorded streams of the service: text
//! and reasoning blocks have no `contentBlockStart`, a signature comes last in its block, and every
//! payload carries padding under `p`.

use std::num::NonZeroUsize;

use aws_smithy_eventstream::frame::write_message_to;
use aws_smithy_types::event_stream::{Header, HeaderValue, Message};
use bytes::{Bytes, BytesMut};
use serde_json::{Map, Value, json};

use crate::answer::{Answer, Block, usage};

/// How many words a delta of text has.
const WORDS: usize = 3;
/// How many characters a delta of a tool's input has.
const INPUT_PIECE: NonZeroUsize = NonZeroUsize::new(12).unwrap();
/// What padding is cut from, as the service's is.
const PADDING: &str = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";

/// One event: its name and its payload.
pub(crate) type Event = (&'static str, Value);

/// The events of an answer, in the order in which the service sends them.
/// A delta has `size` characters, or as many as the service's usually have.
pub(crate) fn events(answer: &Answer, size: Option<NonZeroUsize>) -> Vec<Event> {
    let mut events = vec![("messageStart", json!({ "role": "assistant" }))];
    for (index, block) in answer.blocks.iter().enumerate() {
        if let Block::ToolUse { id, name, .. } = block {
            let start = json!({ "toolUse": { "name": name, "toolUseId": id } });
            let payload = json!({ "contentBlockIndex": index, "start": start });
            events.push(("contentBlockStart", payload));
        }
        for delta in deltas(block, size) {
            let payload = json!({ "contentBlockIndex": index, "delta": delta });
            events.push(("contentBlockDelta", payload));
        }
        events.push(("contentBlockStop", json!({ "contentBlockIndex": index })));
    }
    let mut stop = json!({ "stopReason": answer.stop.reason() });
    if let Some(fields) = &answer.additional {
        stop["additionalModelResponseFields"] = fields.clone();
    }
    events.push(("messageStop", stop));
    events.push((
        "metadata",
        json!({
            "metrics": { "latencyMs": answer.latency_ms },
            "usage": usage(answer.usage),
        }),
    ));
    events
}

fn deltas(block: &Block, size: Option<NonZeroUsize>) -> Vec<Value> {
    let pieces = |text: &str| size.map_or_else(|| by_words(text), |size| by_characters(text, size));
    match block {
        Block::Text(text) => pieces(text)
            .into_iter()
            .map(|piece| json!({ "text": piece }))
            .collect(),
        Block::Reasoning { text, signature } => {
            let texts = pieces(text)
                .into_iter()
                .map(|piece| json!({ "reasoningContent": { "text": piece } }));
            let signature = signature
                .iter()
                .map(|signature| json!({ "reasoningContent": { "signature": signature } }));
            texts.chain(signature).collect()
        }
        Block::Redacted(content) => {
            vec![json!({ "reasoningContent": { "redactedContent": content } })]
        }
        // Without arguments the service was recorded to send an empty text in place of `{}`.
        Block::ToolUse { input, .. } if input.as_object().is_some_and(Map::is_empty) => {
            vec![json!({ "toolUse": { "input": "" } })]
        }
        Block::ToolUse { input, .. } => {
            by_characters(&input.to_string(), size.unwrap_or(INPUT_PIECE))
                .into_iter()
                .map(|piece| json!({ "toolUse": { "input": piece } }))
                .collect()
        }
    }
}

/// Cuts a text into pieces of a few words that make the text again.
fn by_words(text: &str) -> Vec<String> {
    let words: Vec<&str> = text.split_inclusive(char::is_whitespace).collect();
    words.chunks(WORDS).map(|piece| piece.concat()).collect()
}

/// Cuts a text into pieces of so many characters.
fn by_characters(text: &str, size: NonZeroUsize) -> Vec<String> {
    let characters: Vec<char> = text.chars().collect();
    let pieces = characters.chunks(size.get());
    pieces.map(|piece| piece.iter().collect()).collect()
}

/// The bytes of one event; `number` only varies the padding.
pub(crate) fn frame((name, payload): &Event, number: usize) -> Bytes {
    message("event", ":event-type", name, payload, number)
}

/// The bytes of an exception, which ends a stream.
pub(crate) fn exception(name: &'static str, text: &str, number: usize) -> Bytes {
    let payload = json!({ "message": text });
    message("exception", ":exception-type", name, &payload, number)
}

fn message(
    kind: &'static str,
    type_header: &'static str,
    name: &'static str,
    payload: &Value,
    number: usize,
) -> Bytes {
    let mut payload = payload.clone();
    // A multiplier without a factor in common with 62 visits every length.
    let padding = &PADDING[..(number * 37 + 11) % PADDING.len()];
    payload["p"] = json!(padding);
    let header = |name: &'static str, value: &'static str| {
        Header::new(name, HeaderValue::String(value.into()))
    };
    let message = Message::new(payload.to_string().into_bytes())
        .add_header(header(type_header, name))
        .add_header(header(":content-type", "application/json"))
        .add_header(header(":message-type", kind));
    let mut bytes = BytesMut::new();
    write_message_to(&message, &mut bytes)
        .expect("three short headers and a small payload fit into a frame");
    bytes.freeze()
}
