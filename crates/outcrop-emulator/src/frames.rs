//! An answer as the events of `ConverseStream`, framed as `application/vnd.amazon.eventstream`.
//!
//! Sources: botocore service model (`ConverseStreamOutput`), recorded streams of the service: text
//! and reasoning blocks have no `contentBlockStart`, a signature comes last in its block, and every
//! payload carries padding under `p`.

use aws_smithy_eventstream::frame::write_message_to;
use aws_smithy_types::event_stream::{Header, HeaderValue, Message};
use bytes::{Bytes, BytesMut};
use serde_json::{Value, json};

use crate::answer::{Answer, Block, usage};

/// How many words a delta of text has.
const WORDS: usize = 3;
/// How many characters a delta of a tool's input has.
const INPUT_PIECE: usize = 12;
/// What padding is cut from, as the service's is.
const PADDING: &str = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";

/// One event: its name and its payload.
pub(crate) type Event = (&'static str, Value);

/// The events of an answer, in the order in which the service sends them.
pub(crate) fn events(answer: &Answer) -> Vec<Event> {
    let mut events = vec![("messageStart", json!({ "role": "assistant" }))];
    for (index, block) in answer.blocks.iter().enumerate() {
        if let Block::ToolUse { id, name, .. } = block {
            let start = json!({ "toolUse": { "name": name, "toolUseId": id } });
            let payload = json!({ "contentBlockIndex": index, "start": start });
            events.push(("contentBlockStart", payload));
        }
        for delta in deltas(block) {
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

fn deltas(block: &Block) -> Vec<Value> {
    match block {
        Block::Text(text) => by_words(text)
            .into_iter()
            .map(|piece| json!({ "text": piece }))
            .collect(),
        Block::Reasoning { text, signature } => {
            let texts = by_words(text)
                .into_iter()
                .map(|piece| json!({ "reasoningContent": { "text": piece } }));
            let signature = signature
                .iter()
                .map(|signature| json!({ "reasoningContent": { "signature": signature } }));
            texts.chain(signature).collect()
        }
        Block::ToolUse { input, .. } => {
            let input: Vec<char> = input.to_string().chars().collect();
            input
                .chunks(INPUT_PIECE)
                .map(|piece| json!({ "toolUse": { "input": piece.iter().collect::<String>() } }))
                .collect()
        }
    }
}

/// Cuts a text into pieces of a few words that make the text again.
fn by_words(text: &str) -> Vec<String> {
    let words: Vec<&str> = text.split_inclusive(char::is_whitespace).collect();
    words.chunks(WORDS).map(|piece| piece.concat()).collect()
}

/// The bytes of one event; `number` only varies the padding.
pub(crate) fn frame((name, payload): &Event, number: usize) -> Bytes {
    let mut payload = payload.clone();
    // A multiplier without a factor in common with 62 visits every length.
    let padding = &PADDING[..(number * 37 + 11) % PADDING.len()];
    payload["p"] = json!(padding);
    let header = |name: &'static str, value: &'static str| {
        Header::new(name, HeaderValue::String(value.into()))
    };
    let message = Message::new(payload.to_string().into_bytes())
        .add_header(header(":event-type", name))
        .add_header(header(":content-type", "application/json"))
        .add_header(header(":message-type", "event"));
    let mut bytes = BytesMut::new();
    write_message_to(&message, &mut bytes)
        .expect("three short headers and a small payload fit into a frame");
    bytes.freeze()
}
