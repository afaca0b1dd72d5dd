//! The event stream.

use serde_json::json;

use crate::support::{
    SONNET_4_5, assemble, call, converse, emulator, events, hello, tools, with_fields,
};

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
