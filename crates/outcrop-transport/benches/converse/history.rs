//! Processor time of a request with a long history.

use aws_sdk_bedrockruntime as sdk;
use aws_smithy_types::{Document, Number};
use outcrop_converse::Conversation;
use sdk::types::{
    ContentBlock, ConversationRole, ToolResultBlock, ToolResultContentBlock, ToolUseBlock,
};

use crate::server::BRIEF;
use crate::{clients, least, ratio, streaming};

/// How many turns of about two kilobytes each side says.
const TURNS: usize = 100;

/// Compares both roads from a conversation that is held in memory to an answer that has been read.
pub(crate) async fn compare(endpoint: &str) {
    let (our_client, their_client) = (clients::ours(endpoint), clients::theirs(endpoint));
    println!("CPU of a request with a long history (budget: 0.80 of the SDK's)");
    for (name, tools) in [("text", false), ("text and tools", true)] {
        let ours: Conversation = serde_json::from_value(conversation(tools)).unwrap();
        let theirs = typed(&conversation(tools));
        let size = streaming::body(&ours).as_bytes().len();
        let [our_time, their_time] = least([0, 1].map(|_| {
            let (ours, theirs) = (&ours, &theirs);
            let (our_client, their_client) = (&our_client, &their_client);
            async move |index| {
                for _ in 0..20 {
                    if index == 0 {
                        let body = streaming::body(ours);
                        let stream = our_client.stream(BRIEF, body).await.unwrap();
                        stream.finish().await.unwrap();
                    } else {
                        send_typed(their_client, theirs).await;
                    }
                }
            }
        }))
        .await;
        println!(
            "  {name}, {} KB: outcrop {:.2} ms, SDK {:.2} ms, ratio {:.2}",
            size / 1000,
            our_time.as_secs_f64() * 1e3 / 20.0,
            their_time.as_secs_f64() * 1e3 / 20.0,
            ratio(our_time, their_time),
        );
    }
}

async fn send_typed(client: &sdk::Client, messages: &[sdk::types::Message]) {
    let call = client.converse_stream().model_id(BRIEF);
    let call = call.set_messages(Some(messages.to_vec()));
    let mut stream = call.send().await.unwrap().stream;
    while stream.recv().await.unwrap().is_some() {}
}

/// The conversation as the AWS CLI takes it.
fn conversation(tools: bool) -> serde_json::Value {
    let prose = "It is \"rather\" long, and has a line break\nor two, as prose has. ".repeat(32);
    let mut messages = Vec::new();
    for turn in 0..TURNS {
        let (question, answer) = if tools && turn % 2 == 1 {
            let id = format!("tooluse_{turn}");
            let lines: Vec<_> = (0..30)
                .map(|line| serde_json::json!({ "line": line, "text": &prose[..50], "score": 0.5 }))
                .collect();
            let result =
                serde_json::json!({ "toolUseId": id, "content": [{ "json": { "lines": lines } }] });
            let input = serde_json::json!({ "path": "src/lib.rs", "pattern": "fn ", "limit": 30 });
            let call = serde_json::json!({ "toolUseId": id, "name": "grep", "input": input });
            messages.push(said("user", serde_json::json!({ "text": prose })));
            (
                said("assistant", serde_json::json!({ "toolUse": call })),
                said("user", serde_json::json!({ "toolResult": result })),
            )
        } else {
            (
                said("user", serde_json::json!({ "text": prose })),
                said("assistant", serde_json::json!({ "text": prose })),
            )
        };
        messages.push(question);
        messages.push(answer);
        if tools && turn % 2 == 1 {
            messages.push(said("assistant", serde_json::json!({ "text": "Done." })));
        }
    }
    messages.push(said("user", serde_json::json!({ "text": "Go on." })));
    serde_json::json!({ "messages": messages })
}

fn said(role: &str, block: serde_json::Value) -> serde_json::Value {
    serde_json::json!({ "role": role, "content": [block] })
}

/// The same conversation in the types of the SDK.
fn typed(conversation: &serde_json::Value) -> Vec<sdk::types::Message> {
    let messages = conversation["messages"].as_array().unwrap();
    messages.iter().map(typed_message).collect()
}

fn typed_message(message: &serde_json::Value) -> sdk::types::Message {
    let block = &message["content"][0];
    let text = |value: &serde_json::Value| value.as_str().unwrap().to_owned();
    let block = if let Some(said) = block.get("text") {
        ContentBlock::Text(text(said))
    } else if let Some(call) = block.get("toolUse") {
        let call = ToolUseBlock::builder()
            .tool_use_id(text(&call["toolUseId"]))
            .name(text(&call["name"]))
            .input(document(&call["input"]));
        ContentBlock::ToolUse(call.build().unwrap())
    } else {
        let result = &block["toolResult"];
        let content = document(&result["content"][0]["json"]);
        let result = ToolResultBlock::builder()
            .tool_use_id(text(&result["toolUseId"]))
            .content(ToolResultContentBlock::Json(content));
        ContentBlock::ToolResult(result.build().unwrap())
    };
    let role = text(&message["role"]);
    sdk::types::Message::builder()
        .role(ConversationRole::from(&*role))
        .content(block)
        .build()
        .unwrap()
}

fn document(value: &serde_json::Value) -> Document {
    match value {
        serde_json::Value::Null => Document::Null,
        serde_json::Value::Bool(value) => Document::Bool(*value),
        serde_json::Value::Number(number) => Document::Number(match number.as_u64() {
            Some(number) => Number::PosInt(number),
            None => Number::Float(number.as_f64().unwrap()),
        }),
        serde_json::Value::String(text) => Document::String(text.clone()),
        serde_json::Value::Array(values) => Document::Array(values.iter().map(document).collect()),
        serde_json::Value::Object(members) => Document::Object(
            members
                .iter()
                .map(|(name, value)| (name.clone(), document(value)))
                .collect(),
        ),
    }
}
