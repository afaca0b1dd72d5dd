//! The recorded answers: what Bedrock sends for a long text, in chunks of so many frames.

use aws_smithy_eventstream::frame::write_message_to;
use aws_smithy_types::event_stream::{Header, HeaderValue, Message};

/// How many deltas an answer has.
pub(crate) const DELTAS: usize = 100_000;

/// How many frames the server puts into a chunk.
pub(crate) const CHUNKINGS: [usize; 3] = [1, 16, 64];

const HEAD: &str = "HTTP/1.1 200 OK\r\nx-amzn-requestid: 1\r\n\
    content-type: application/vnd.amazon.eventstream\r\ntransfer-encoding: chunked\r\n\r\n";

/// A whole HTTP response with this many deltas in chunks of `frames` frames.
pub(crate) fn response(deltas: usize, frames: usize) -> Vec<u8> {
    let mut events = vec![event(
        "messageStart",
        r#"{"p":"abcdef","role":"assistant"}"#,
    )];
    for number in 0..deltas {
        // Words of ordinary lengths, and padding as the service adds it.
        let word = &"understanding "[number % 9..];
        let padding = &"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"[..number % 50];
        let payload =
            format!(r#"{{"contentBlockIndex":0,"delta":{{"text":"{word}"}},"p":"{padding}"}}"#);
        events.push(event("contentBlockDelta", &payload));
    }
    events.push(event("contentBlockStop", r#"{"contentBlockIndex":0}"#));
    events.push(event("messageStop", r#"{"stopReason":"end_turn"}"#));
    let usage = r#"{"inputTokens":3,"outputTokens":100000,"totalTokens":100003}"#;
    let metadata = format!(r#"{{"metrics":{{"latencyMs":7}},"usage":{usage}}}"#);
    events.push(event("metadata", &metadata));

    let mut response = HEAD.as_bytes().to_vec();
    for chunk in events.chunks(frames) {
        let chunk = chunk.concat();
        response.extend_from_slice(format!("{:x}\r\n", chunk.len()).as_bytes());
        response.extend_from_slice(&chunk);
        response.extend_from_slice(b"\r\n");
    }
    response.extend_from_slice(b"0\r\n\r\n");
    response
}

fn event(name: &'static str, payload: &str) -> Vec<u8> {
    let mut message = Message::new(payload.to_owned());
    for (header, value) in [
        (":event-type", name),
        (":content-type", "application/json"),
        (":message-type", "event"),
    ] {
        let value = HeaderValue::String(value.to_owned().into());
        message = message.add_header(Header::new(header, value));
    }
    let mut bytes = Vec::new();
    write_message_to(&message, &mut bytes).unwrap();
    bytes
}
