//! Frames, written by the library of the AWS SDK.

use aws_smithy_eventstream::frame::write_message_to;
use aws_smithy_types::event_stream::{Header, HeaderValue, Message};

fn frame(headers: &[(&'static str, &str)], payload: &str) -> Vec<u8> {
    let mut message = Message::new(payload.to_owned());
    for (name, value) in headers {
        let value = HeaderValue::String((*value).to_owned().into());
        message = message.add_header(Header::new(*name, value));
    }
    let mut bytes = Vec::new();
    write_message_to(&message, &mut bytes).unwrap();
    bytes
}

pub(crate) fn event(name: &str, payload: &str) -> Vec<u8> {
    let headers = [
        (":event-type", name),
        (":content-type", "application/json"),
        (":message-type", "event"),
    ];
    frame(&headers, payload)
}

pub(crate) fn exception(name: &str, payload: &str) -> Vec<u8> {
    let headers = [
        (":exception-type", name),
        (":content-type", "application/json"),
        (":message-type", "exception"),
    ];
    frame(&headers, payload)
}

pub(crate) fn error_frame(code: &str, message: &str) -> Vec<u8> {
    let headers = [
        (":error-code", code),
        (":error-message", message),
        (":message-type", "error"),
    ];
    frame(&headers, "")
}

/// More text.
pub(crate) fn delta(text: &str) -> Vec<u8> {
    let payload = format!(r#"{{"contentBlockIndex":0,"delta":{{"text":"{text}"}},"p":"ab"}}"#);
    event("contentBlockDelta", &payload)
}

pub(crate) fn stop() -> Vec<u8> {
    event("messageStop", r#"{"stopReason":"end_turn"}"#)
}

/// Usage, with prompt caching and a member that nobody has documented.
pub(crate) fn metadata() -> Vec<u8> {
    let usage = r#"{"inputTokens":3,"outputTokens":5,"totalTokens":1208,"cacheReadInputTokens":1000,"cacheWriteInputTokens":200,"serverToolUsage":{}}"#;
    let payload = format!(r#"{{"usage":{usage},"metrics":{{"latencyMs":7}},"p":"abc"}}"#);
    event("metadata", &payload)
}

/// An answer up to its third delta: "One two three".
pub(crate) fn beginning() -> Vec<u8> {
    let start = event("messageStart", r#"{"role":"assistant"}"#);
    [start, delta("One"), delta(" two"), delta(" three")].concat()
}

/// A whole answer: "One two three".
pub(crate) fn answer() -> Vec<u8> {
    let end = event("contentBlockStop", r#"{"contentBlockIndex":0}"#);
    [beginning(), end, stop(), metadata()].concat()
}
