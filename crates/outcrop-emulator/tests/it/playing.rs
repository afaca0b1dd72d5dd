//! What a script makes the emulator answer.

use outcrop_emulator::{Emulator, EmulatorConfig};
use serde_json::{Value, json};

use crate::support::{
    NOVA, OPUS_5, SONNET_4_5, assemble, call, converse, events, hello, model_says, tool_result,
    tools, user, with_fields,
};

async fn playing(script: &str) -> Emulator {
    let config = EmulatorConfig {
        script: script.parse().unwrap(),
        ..EmulatorConfig::default()
    };
    Emulator::start(config).await.unwrap()
}

fn content(reply: &Value) -> &Vec<Value> {
    reply["output"]["message"]["content"].as_array().unwrap()
}

/// A request that offers the tool `look` and asks for thinking that can be read.
fn offering() -> Value {
    let mut body =
        with_fields(json!({ "thinking": { "type": "adaptive", "display": "summarized" } }));
    body["toolConfig"] = tools(Value::Null);
    body
}

#[tokio::test]
async fn entries_are_played_in_order_and_then_no_more() {
    let emulator = playing(
        "- answer: [{ text: One. }]\n- answer: [{ text: Two. }]\n  times: 2\n- {}\n- answer: []",
    )
    .await;
    let mut texts = Vec::new();
    for _ in 0..6 {
        let reply = converse(&emulator, SONNET_4_5, &hello(json!({})))
            .await
            .json();
        assert_eq!(reply["stopReason"], "end_turn");
        let text = content(&reply).first().map(|block| block["text"].clone());
        let text = text.and_then(|text| text.as_str().map(|text| text[..4].to_owned()));
        texts.push(text.unwrap_or_default());
    }
    assert_eq!(texts, ["One.", "Two.", "Two.", "This", "", "This"]);
}

#[tokio::test]
async fn blocks_of_every_kind_come_in_their_order_in_both_forms() {
    let script = "
- answer:
    - thinking: First of all, look.
    - text: Let me look.
    - thinking: Twice is better.
    - redacted: Nobody may read this.
    - tool_use: { name: look, input: { at: [1, 2.5, true, null], 'key with ü': { deep: x } } }
    - thinking: And once more.
    - tool_use: { name: look }
    - tool_use: { name: look, id: mine }
  times: 2
";
    let emulator = playing(script).await;
    let unary = converse(&emulator, OPUS_5, &offering()).await.json();
    let stream = call(&emulator, OPUS_5, "converse-stream", &offering()).await;
    let events = events(&stream);
    assert_eq!(json!(content(&unary)), assemble(&events));
    assert_eq!(unary["stopReason"], "tool_use");
    assert_eq!(events[events.len() - 2].1["stopReason"], "tool_use");

    let ids: Vec<&str> = content(&unary)
        .iter()
        .filter_map(|block| block["toolUse"]["toolUseId"].as_str())
        .collect();
    assert!(ids[0].starts_with("tooluse_") && ids[1].starts_with("tooluse_"));
    assert_ne!(ids[0], ids[1]);
    assert_eq!(ids[2], "mine");
    assert_eq!(
        content(&unary)[4]["toolUse"]["input"].to_string(),
        r#"{"at":[1,2.5,true,null],"key with ü":{"deep":"x"}}"#
    );
}

#[tokio::test]
async fn scripted_reasoning_is_signed_and_must_come_back_unchanged() {
    let script = "
- answer:
    - thinking: Look first.
    - redacted: Secret.
    - tool_use: { name: look, id: a }
";
    let emulator = playing(script).await;
    let mut body = offering();
    let reply = converse(&emulator, OPUS_5, &body).await.json();
    let messages = body["messages"].as_array_mut().unwrap();
    messages.push(reply["output"]["message"].clone());
    messages.push(user(tool_result("a")));
    assert_eq!(converse(&emulator, OPUS_5, &body).await.status, 200);

    for (pointer, other) in [
        (
            "/messages/1/content/0/reasoningContent/reasoningText/text",
            json!("Look last."),
        ),
        // The same words, encrypted as something else: one byte of the end is another.
        ("/messages/1/content/1/reasoningContent/redactedContent", {
            let content =
                reply["output"]["message"]["content"][1]["reasoningContent"]["redactedContent"]
                    .as_str()
                    .unwrap();
            json!(format!("{}A=", &content[..content.len() - 2]))
        }),
    ] {
        let mut altered = body.clone();
        let place = altered.pointer_mut(pointer).unwrap();
        assert_ne!(*place, other);
        *place = other;
        let reply = converse(&emulator, OPUS_5, &altered).await;
        assert!(
            reply.message().contains("cannot be modified"),
            "{pointer}: {}",
            reply.message()
        );
    }
}

#[tokio::test]
async fn the_latest_turn_comes_back_with_its_blocks_where_they_were() {
    let script = "
- answer:
    - thinking: First.
    - tool_use: { name: look, id: a }
    - thinking: Second.
    - tool_use: { name: look, id: b }
";
    let emulator = playing(script).await;
    let first = converse(&emulator, OPUS_5, &offering()).await.json();
    let turn = content(&first).clone();
    let cached = json!({ "cachePoint": { "type": "default" } });
    let cases = [
        ("as it was", vec![0, 1, 2, 3], true),
        ("the thoughts in another order", vec![2, 1, 0, 3], false),
        ("the thoughts together", vec![0, 2, 1, 3], false),
        ("the first thought alone", vec![0, 1, 3], true),
        ("the second thought alone", vec![1, 2, 3], false),
        ("no thoughts", vec![1, 3], true),
    ];
    for (case, kept, accepted) in cases {
        let mut blocks: Vec<Value> = kept.iter().map(|index| turn[*index].clone()).collect();
        blocks.push(cached.clone());
        let result = |id: &str| tool_result(id);
        let mut body = offering();
        let messages = body["messages"].as_array_mut().unwrap();
        messages.push(json!({ "role": "assistant", "content": blocks }));
        messages.push(json!({ "role": "user", "content": [result("a"), result("b")] }));
        let reply = converse(&emulator, OPUS_5, &body).await;
        let refused = reply.message().contains("cannot be modified");
        assert_eq!(
            (reply.status == 200, refused),
            (accepted, !accepted),
            "{case}"
        );

        // What is further back is no longer looked at.
        let messages = body["messages"].as_array_mut().unwrap();
        messages.push(model_says(json!({ "text": "Done." })));
        messages.push(user(json!({ "text": "And now?" })));
        assert_eq!(
            converse(&emulator, OPUS_5, &body).await.message(),
            "",
            "{case}"
        );
    }
}

#[tokio::test]
async fn thinking_comes_as_the_model_shows_it() {
    let script = "- answer: [{ thinking: Hm. }, { text: So. }]\n  times: 2";
    let emulator = playing(script).await;
    let hidden = converse(&emulator, OPUS_5, &hello(json!({}))).await.json();
    let reasoning = &content(&hidden)[0]["reasoningContent"]["reasoningText"];
    assert_eq!(reasoning["text"], "");
    assert!(reasoning["signature"].is_string());

    let unsigned = converse(&emulator, NOVA, &hello(json!({}))).await.json();
    let reasoning = &content(&unsigned)[0]["reasoningContent"]["reasoningText"];
    assert_eq!(*reasoning, json!({ "text": "Hm." }));
}

#[tokio::test]
async fn a_refused_request_uses_up_no_entry() {
    let emulator = playing("- answer: [{ text: Kept. }]").await;
    let wrong = json!({ "messages": [model_says(json!({ "text": "Hello" }))] });
    assert_eq!(converse(&emulator, SONNET_4_5, &wrong).await.status, 400);
    let reply = converse(&emulator, SONNET_4_5, &hello(json!({})))
        .await
        .json();
    assert_eq!(content(&reply)[0]["text"], "Kept.");
}

#[tokio::test]
async fn a_tool_that_the_request_does_not_offer_is_named() {
    let emulator = playing("- answer: [{ tool_use: { name: loook } }]").await;
    let none = converse(&emulator, OPUS_5, &hello(json!({}))).await;
    none.assert_refused(
        400,
        "EmulatorScriptException",
        "Entry 1 of the emulator's script cannot be played: it calls the tool `loook`, and the \
         request offers no tools; add the tool to `toolConfig.tools`.",
        "none",
    );
    let other = converse(&emulator, OPUS_5, &offering()).await;
    other.assert_refused(
        400,
        "EmulatorScriptException",
        "Entry 1 of the emulator's script cannot be played: it calls the tool `loook`, which the \
         request does not offer; call one of `look`, or add the tool to `toolConfig.tools`.",
        "other",
    );
}

#[tokio::test]
async fn stop_and_usage_can_be_said() {
    let script = "
- answer: [{ text: So far and }]
  stop: max_tokens
  usage: { input: 7, output: 5, cache_read: 11, cache_write_5m: 2, cache_write_1h: 3 }
";
    let emulator = playing(script).await;
    let reply = converse(&emulator, SONNET_4_5, &hello(json!({})))
        .await
        .json();
    assert_eq!(reply["stopReason"], "max_tokens");
    assert_eq!(
        reply["usage"],
        json!({
            "cacheDetails": [{ "inputTokens": 3, "ttl": "1h" }, { "inputTokens": 2, "ttl": "5m" }],
            "cacheReadInputTokens": 11,
            "cacheWriteInputTokens": 5,
            "inputTokens": 7,
            "outputTokens": 5,
            "totalTokens": 28,
        })
    );
}

#[tokio::test]
async fn sizes_say_how_an_answer_is_cut_up() {
    let script = "
- answer: [{ text: abcdéfg }]
  delta_size: 3
- answer: [{ text: abcdéfg }]
  chunk_size: 1
";
    let emulator = playing(script).await;
    let body = hello(json!({}));
    let by_deltas = events(&call(&emulator, SONNET_4_5, "converse-stream", &body).await);
    let texts: Vec<&str> = by_deltas
        .iter()
        .filter_map(|(_, payload)| payload["delta"]["text"].as_str())
        .collect();
    assert_eq!(texts, ["abc", "déf", "g"]);
    let by_bytes = events(&call(&emulator, SONNET_4_5, "converse-stream", &body).await);
    assert_eq!(assemble(&by_bytes), assemble(&by_deltas));
}
