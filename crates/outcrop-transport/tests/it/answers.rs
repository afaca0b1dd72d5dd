//! What comes back when all goes well.

use outcrop_converse::{Conversation, Response, StopReason};
use serde_json::json;

use crate::support::{NOVA, Script, Server, answer, body, body_of, client, drain, emulator, open};

const WITH_TOOL: &str = r#"{
    "messages": [{"role": "user", "content": [{"text": "Zürich?"}]}],
    "toolConfig": {
        "tools": [{"toolSpec": {"name": "get_weather", "inputSchema": {"json":
            {"type": "object", "properties": {"city": {"type": "string"}}, "required": ["city"]}}}}],
        "toolChoice": {"any": {}}
    }
}"#;

#[tokio::test]
async fn a_streamed_answer_is_the_unary_answer() {
    let conversations = [
        Conversation::from("Why is the sky blue?"),
        serde_json::from_str(WITH_TOOL).unwrap(),
    ];
    let models = ["us.anthropic.claude-opus-5", NOVA];
    for (conversation, model) in conversations.iter().zip(models) {
        let emulator = emulator().await;
        let client = client(emulator.endpoint());

        let stream = client.stream(model, body_of(conversation)).await.unwrap();
        let streamed = stream.finish().await.unwrap();
        let whole = client.call(model, body_of(conversation)).await.unwrap();

        assert_eq!(streamed, whole);
        assert!(!streamed.output.message.content.is_empty());
        assert!(streamed.usage.is_some());
    }
}

#[tokio::test]
async fn the_request_id_is_kept() {
    let emulator = emulator().await;

    let client = client(emulator.endpoint());
    let stream = client.stream(NOVA, body("Hello.")).await.unwrap();

    let request = emulator.requests().remove(0);
    assert_eq!(stream.request_id(), Some(request.request_id.as_str()));
}

#[track_caller]
fn check_usage(response: &Response) {
    let usage = response.usage.as_ref().unwrap();
    assert_eq!((usage.input_tokens, usage.output_tokens), (3, 5));
    assert_eq!(usage.total_tokens, 1208);
    assert_eq!(usage.cache_read_input_tokens, Some(1000));
    assert_eq!(usage.cache_write_input_tokens, Some(200));
    assert_eq!(response.metrics.as_ref().unwrap().latency_ms, 7);
    assert_eq!(response.stop_reason, StopReason::EndTurn);
    assert_eq!(response.output.message.text(), "One two three");
}

#[tokio::test]
async fn usage_is_kept_with_its_cache_counts() {
    let streaming = Server::start(Script::stream(&answer()).end()).await;
    check_usage(&open(&streaming).await.finish().await.unwrap());

    let response = json!({
        "output": {"message": {"role": "assistant", "content": [{"text": "One two three"}]}},
        "stopReason": "end_turn",
        "usage": {
            "inputTokens": 3, "outputTokens": 5, "totalTokens": 1208,
            "cacheReadInputTokens": 1000, "cacheWriteInputTokens": 200,
        },
        "metrics": {"latencyMs": 7},
    });
    let headers = [("content-type", "application/json")];
    let unary = Server::start(Script::response(200, &headers, &response.to_string())).await;
    let client = client(unary.endpoint());
    check_usage(&client.call(NOVA, body("Hello.")).await.unwrap());
}

#[tokio::test]
async fn events_come_in_the_shape_and_order_in_which_they_were_sent() {
    let server = Server::start(Script::stream(&answer()).end()).await;
    let (events, error) = drain(&mut open(&server).await).await;
    assert!(error.is_none());
    insta::assert_snapshot!(events.join("\n"), @r#"
    {"messageStart":{"role":"assistant"}}
    {"contentBlockDelta":{"contentBlockIndex":0,"delta":{"text":"One"}}}
    {"contentBlockDelta":{"contentBlockIndex":0,"delta":{"text":" two"}}}
    {"contentBlockDelta":{"contentBlockIndex":0,"delta":{"text":" three"}}}
    {"contentBlockStop":{"contentBlockIndex":0}}
    {"messageStop":{"stopReason":"end_turn"}}
    {"metadata":{"usage":{"inputTokens":3,"outputTokens":5,"totalTokens":1208,"cacheReadInputTokens":1000,"cacheWriteInputTokens":200,"serverToolUsage":{}},"metrics":{"latencyMs":7}}}
    "#);
}

#[tokio::test]
async fn after_the_last_event_there_is_none() {
    let server = Server::start(Script::stream(&answer()).end()).await;
    let mut stream = open(&server).await;
    drain(&mut stream).await;
    assert!(stream.next().await.unwrap().is_none());
    assert!(stream.next().await.unwrap().is_none());
}
