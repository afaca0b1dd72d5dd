//! The event stream.

use aws_smithy_eventstream::frame::{DecodedFrame, MessageFrameDecoder};
use bytes::BytesMut;
use serde_json::{Value, json};

use crate::support::{Reply, SONNET_4_5, call, converse, emulator, hello, tools, with_fields};

/// The events of a stream: name and payload, without the padding.
fn events(reply: &Reply) -> Vec<(String, Value)> {
    let mut bytes = BytesMut::from(&reply.body[..]);
    let mut decoder = MessageFrameDecoder::new();
    let mut events = Vec::new();
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
        assert_eq!(header(":message-type"), "event");
        assert_eq!(header(":content-type"), "application/json");
        let mut payload: Value = serde_json::from_slice(message.payload()).unwrap();
        let padding = payload.as_object_mut().unwrap().remove("p").unwrap();
        assert!(padding.is_string());
        events.push((header(":event-type"), payload));
    }
    assert!(bytes.is_empty());
    events
}

/// Puts the blocks of a stream together as `Converse` returns them.
fn assemble(events: &[(String, Value)]) -> Value {
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
            add(&mut block["reasoningContent"]["reasoningText"][name], text);
        }
    }
}

#[tokio::test]
async fn both_kinds_of_reply_have_the_same_answer() {
    let emulator = emulator().await;
    let thinking = json!({ "thinking": { "type": "enabled", "budget_tokens": 1_024 } });
    let choice = json!({ "tool": { "name": "look" } });
    for (model, body) in [
        (SONNET_4_5, hello(json!({}))),
        (SONNET_4_5, with_fields(thinking)),
        ("us.deepseek.r1-v1:0", hello(json!({}))),
        (
            "us.anthropic.claude-haiku-5-5",
            hello(json!({ "toolConfig": tools(choice) })),
        ),
    ] {
        let unary = converse(&emulator, model, &body).await;
        let stream = call(&emulator, model, "converse-stream", &body).await;
        assert_eq!(
            stream.header("content-type"),
            "application/vnd.amazon.eventstream"
        );
        let events = events(&stream);
        let unary = unary.json();
        let mut assembled = assemble(&events);
        // An omitted thinking block has an empty text that no delta carries.
        for block in assembled.as_array_mut().unwrap() {
            if let Some(reasoning) = block.pointer_mut("/reasoningContent/reasoningText") {
                reasoning
                    .as_object_mut()
                    .unwrap()
                    .entry("text")
                    .or_insert(json!(""));
            }
        }
        let mut expected = unary["output"]["message"]["content"].clone();
        expected.sort_all_objects();
        assembled.sort_all_objects();
        assert_eq!(assembled, expected, "{model}");
        let (_, stop) = &events[events.len() - 2];
        assert_eq!(stop["stopReason"], unary["stopReason"]);
        let (_, metadata) = &events[events.len() - 1];
        assert_eq!(metadata["usage"], unary["usage"]);
    }
}

#[tokio::test]
async fn a_stream_has_the_order_of_the_service() {
    let emulator = emulator().await;
    let body = with_fields(json!({ "thinking": { "type": "enabled", "budget_tokens": 1_024 } }));
    let events = events(&call(&emulator, SONNET_4_5, "converse-stream", &body).await);
    let mut names: Vec<&str> = events.iter().map(|(name, _)| name.as_str()).collect();
    assert!(names.len() > 20, "an answer comes in small pieces");
    names.dedup();
    assert_eq!(
        names,
        [
            "messageStart",
            "contentBlockDelta",
            "contentBlockStop",
            "contentBlockDelta",
            "contentBlockStop",
            "messageStop",
            "metadata",
        ]
    );
    let signed = events
        .iter()
        .position(|(_, payload)| payload["delta"]["reasoningContent"]["signature"].is_string())
        .unwrap();
    assert_eq!(events[signed + 1].0, "contentBlockStop");
}

#[tokio::test]
async fn omitted_thinking_streams_as_a_signature_alone() {
    let emulator = emulator().await;
    let reply = call(
        &emulator,
        "us.anthropic.claude-opus-5",
        "converse-stream",
        &hello(json!({})),
    )
    .await;
    let events = events(&reply);
    assert!(events[1].1["delta"]["reasoningContent"]["signature"].is_string());
    assert_eq!(events[2].0, "contentBlockStop");
    assert!(events[3].1["delta"]["text"].is_string());
}

#[tokio::test]
async fn equal_requests_get_equal_bytes() {
    let emulator = emulator().await;
    let body = hello(json!({}));
    let first = call(&emulator, SONNET_4_5, "converse-stream", &body).await;
    let second = call(&emulator, SONNET_4_5, "converse-stream", &body).await;
    assert_eq!(first.body, second.body);
    assert_ne!(
        first.header("x-amzn-requestid"),
        second.header("x-amzn-requestid")
    );
}
