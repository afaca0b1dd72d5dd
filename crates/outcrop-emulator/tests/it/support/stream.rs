//! Event streams, taken apart by the SDK's own decoder and put together again.

use aws_smithy_eventstream::frame::{DecodedFrame, MessageFrameDecoder};
use bytes::BytesMut;
use serde_json::{Value, json};

use super::Reply;

/// The events of a stream: name and payload, without the padding.
pub(crate) fn events(reply: &Reply) -> Vec<(String, Value)> {
    let (events, rest) = frames(reply);
    assert!(rest.is_empty());
    let event = |(kind, name, mut payload): (String, String, Value)| {
        assert_eq!(kind, "event");
        let padding = payload.as_object_mut().unwrap().remove("p").unwrap();
        assert!(padding.is_string());
        (name, payload)
    };
    events.into_iter().map(event).collect()
}

/// The whole frames of a body as message type, event or exception type, and payload, and the bytes
/// after them.
pub(crate) fn frames(reply: &Reply) -> (Vec<(String, String, Value)>, Vec<u8>) {
    let mut bytes = BytesMut::from(&reply.body[..]);
    let mut decoder = MessageFrameDecoder::new();
    let mut frames = Vec::new();
    while let DecodedFrame::Complete(message) = decoder.decode_frame(&mut bytes).unwrap() {
        let header = |name: &str| {
            let header = message
                .headers()
                .iter()
                .find(|it| it.name().as_str() == name);
            header
                .unwrap()
                .value()
                .as_string()
                .unwrap()
                .as_str()
                .to_owned()
        };
        assert_eq!(header(":content-type"), "application/json");
        let payload = serde_json::from_slice(message.payload()).unwrap();
        let kind = header(":message-type");
        let name = header(&format!(":{kind}-type"));
        frames.push((kind, name, payload));
    }
    (frames, bytes.to_vec())
}

/// Puts the blocks of a stream together as `Converse` returns them.
pub(crate) fn assemble(events: &[(String, Value)]) -> Value {
    let mut content: Vec<Value> = Vec::new();
    for (name, payload) in events {
        let index = payload["contentBlockIndex"]
            .as_u64()
            .map(|it| usize::try_from(it).unwrap());
        match (name.as_str(), index) {
            ("contentBlockStart", Some(index)) => {
                assert_eq!(index, content.len());
                let mut block = payload["start"].clone();
                block["toolUse"]["input"] = json!("");
                content.push(block);
            }
            ("contentBlockDelta", Some(index)) => {
                if index == content.len() {
                    content.push(json!({}));
                }
                append(&mut content[index], &payload["delta"]);
            }
            _ => {}
        }
    }
    for block in &mut content {
        if let Some(input) = block["toolUse"]["input"].as_str() {
            // A call without arguments streams no JSON at all.
            let input = if input.is_empty() { "{}" } else { input };
            block["toolUse"]["input"] = serde_json::from_str(input).unwrap();
        }
    }
    json!(content)
}

fn append(block: &mut Value, delta: &Value) {
    let add = |place: &mut Value, text: &Value| {
        let have = place.as_str().unwrap_or_default().to_owned();
        *place = json!(have + text.as_str().unwrap());
    };
    if let Some(text) = delta.get("text") {
        add(&mut block["text"], text);
    }
    if let Some(tool) = delta.get("toolUse") {
        add(&mut block["toolUse"]["input"], &tool["input"]);
    }
    if let Some(reasoning) = delta.get("reasoningContent") {
        for (name, text) in reasoning.as_object().unwrap() {
            let place = match name.as_str() {
                "redactedContent" => &mut block["reasoningContent"][name],
                _ => &mut block["reasoningContent"]["reasoningText"][name],
            };
            add(place, text);
        }
    }
}
