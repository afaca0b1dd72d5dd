//! What an answer says, and where it ends.

use serde_json::{Value, json};

use crate::support::{
    OPUS_5, SONNET_4_5, Signer, converse, emulator, hello, tool_result, tools, user, with_fields,
};

fn last_text(reply: &Value) -> String {
    let content = reply["output"]["message"]["content"].as_array().unwrap();
    content.last().unwrap()["text"].as_str().unwrap().to_owned()
}

#[tokio::test]
async fn an_answer_tells_what_arrived() {
    let emulator = emulator().await;
    let body = json!({
        "messages": [user(json!({ "text": "What is\n an outcrop?" }))],
        "system": [{ "text": "Be brief." }, { "cachePoint": { "type": "default" } }],
        "inferenceConfig": { "maxTokens": 32_000, "stopSequences": ["\u{0}"] },
        "toolConfig": tools(json!({ "auto": {} })),
        "additionalModelRequestFields": {
            "thinking": { "type": "enabled", "budget_tokens": 16_000 },
        },
    });
    let path = "/model/us.anthropic.claude-sonnet-4-5-20250929-v1%3A0/converse";
    let reply = Signer::new("bedrock")
        .post(emulator.address(), path, body.to_string().as_bytes())
        .await;
    insta::assert_snapshot!(last_text(&reply.json()));
}

#[tokio::test]
async fn a_stop_sequence_ends_the_answer() {
    let emulator = emulator().await;
    let body = hello(json!({
        "inferenceConfig": { "stopSequences": ["No model"] },
        "additionalModelResponseFieldPaths": ["/stop_sequence", "/delta/stop_sequence", "/other"],
    }));
    let reply = converse(&emulator, SONNET_4_5, &body).await.json();
    assert_eq!(reply["stopReason"], "stop_sequence");
    assert_eq!(
        last_text(&reply),
        "This is Outcrop's local stand-in for Amazon Bedrock. "
    );
    assert_eq!(
        reply["additionalModelResponseFields"],
        json!({ "stop_sequence": "No model", "delta": { "stop_sequence": "No model" } })
    );
}

#[tokio::test]
async fn a_small_limit_ends_the_answer() {
    let emulator = emulator().await;
    let body = hello(json!({ "inferenceConfig": { "maxTokens": 2 } }));
    let reply = converse(&emulator, SONNET_4_5, &body).await.json();
    assert_eq!(reply["stopReason"], "max_tokens");
    assert_eq!(last_text(&reply), "This is ");
    assert_eq!(reply["usage"]["outputTokens"], 2);
}

#[tokio::test]
async fn usage_adds_up() {
    let emulator = emulator().await;
    let usage = converse(&emulator, SONNET_4_5, &hello(json!({})))
        .await
        .json()["usage"]
        .clone();
    let count = |name: &str| usage[name].as_u64().unwrap();
    assert!(count("inputTokens") > 0 && count("outputTokens") > 0);
    assert_eq!(
        count("totalTokens"),
        count("inputTokens") + count("outputTokens")
    );
    assert_eq!(
        (
            count("cacheReadInputTokens"),
            count("cacheWriteInputTokens")
        ),
        (0, 0)
    );
}

#[tokio::test]
async fn a_forced_tool_is_called_with_what_its_schema_requires() {
    let emulator = emulator().await;
    let schema = json!({
        "type": "object",
        "properties": {
            "city": { "type": "string" },
            "days": { "type": "integer" },
            "unit": { "enum": ["C", "F"] },
            "exact": { "type": "boolean" },
        },
        "required": ["city", "days", "unit"],
    });
    let spec = json!({ "name": "weather", "inputSchema": { "json": schema } });
    let config =
        json!({ "tools": [{ "toolSpec": spec }], "toolChoice": { "tool": { "name": "weather" } } });
    let reply = converse(
        &emulator,
        SONNET_4_5,
        &hello(json!({ "toolConfig": config })),
    )
    .await
    .json();
    assert_eq!(reply["stopReason"], "tool_use");
    let tool_use = &reply["output"]["message"]["content"][0]["toolUse"];
    assert_eq!(tool_use["name"], "weather");
    assert_eq!(
        tool_use["input"],
        json!({ "city": "example", "days": 1, "unit": "C" })
    );
}

#[tokio::test]
async fn an_answer_can_be_sent_back_as_it_is() {
    let emulator = emulator().await;
    let mut body =
        with_fields(json!({ "thinking": { "type": "adaptive", "display": "summarized" } }));
    let reply = converse(&emulator, OPUS_5, &body).await.json();
    let messages = body["messages"].as_array_mut().unwrap();
    messages.push(reply["output"]["message"].clone());
    messages.push(user(json!({ "text": "Go on." })));
    assert_eq!(converse(&emulator, OPUS_5, &body).await.status, 200);

    body["messages"][1]["content"][0]["reasoningContent"]["reasoningText"]["text"] = json!("Else.");
    let reply = converse(&emulator, OPUS_5, &body).await;
    assert!(
        reply.message().contains("cannot be modified"),
        "{}",
        reply.message()
    );
}

#[tokio::test]
async fn thinking_between_tools_shows_after_a_result_only() {
    let emulator = emulator().await;
    let model = "us.anthropic.claude-sonnet-5-5";
    let mut body = with_fields(json!({ "thinking": { "type": "between_tools" } }));
    let kinds = |reply: &Value| {
        reply["output"]["message"]["content"]
            .as_array()
            .unwrap()
            .len()
    };
    assert_eq!(kinds(&converse(&emulator, model, &body).await.json()), 1);
    body["toolConfig"] = tools(Value::Null);
    let messages = body["messages"].as_array_mut().unwrap();
    messages.push(json!({ "role": "assistant", "content": [crate::support::tool_use("a")] }));
    messages.push(user(tool_result("a")));
    assert_eq!(kinds(&converse(&emulator, model, &body).await.json()), 2);
}
