//! A small HTTP client with a signer of its own, and shorthand for requests and verdicts.

mod http;
mod signer;
mod stream;

use outcrop_emulator::{BEARER_TOKEN, Emulator, EmulatorConfig};
use serde_json::{Value, json};

pub(crate) use http::{Reply, exchange, raw};
pub(crate) use signer::Signer;
pub(crate) use stream::{assemble, events, frames};

pub(crate) const SONNET_4_5: &str = "us.anthropic.claude-sonnet-4-5-20250929-v1:0";
pub(crate) const OPUS_4_5: &str = "us.anthropic.claude-opus-4-5-20251101-v1:0";
pub(crate) const OPUS_4_6: &str = "us.anthropic.claude-opus-4-6-v1";
pub(crate) const OPUS_5: &str = "us.anthropic.claude-opus-5";
pub(crate) const NOVA: &str = "us.amazon.nova-lite-v1:0";
pub(crate) const NOVA_2: &str = "us.amazon.nova-2-lite-v1:0";

pub(crate) async fn emulator() -> Emulator {
    Emulator::start(EmulatorConfig::default()).await.unwrap()
}

/// Calls `operation` (`converse` or `converse-stream`) with the bearer token.
pub(crate) async fn call(emulator: &Emulator, model: &str, operation: &str, body: &Value) -> Reply {
    let path = format!("/model/{}/{operation}", encode(model));
    let authorization = format!("Bearer {BEARER_TOKEN}");
    let headers = [("authorization", authorization.as_str())];
    let body = body.to_string();
    exchange(emulator.address(), "POST", &path, &headers, body.as_bytes()).await
}

pub(crate) async fn converse(emulator: &Emulator, model: &str, body: &Value) -> Reply {
    call(emulator, model, "converse", body).await
}

/// What is expected of a request.
pub(crate) enum Expected {
    Accepted,
    /// Refused with 400 `ValidationException` and exactly this text.
    Refused(&'static str),
    /// The same, and the text came from the model's own server.
    ByModel(&'static str),
}

pub(crate) use Expected::{Accepted, ByModel, Refused};

/// Sends each case and compares what comes back, naming the case that differs.
pub(crate) async fn expect_all(cases: impl IntoIterator<Item = (&str, Value, Expected)>) {
    let emulator = emulator().await;
    for (model, body, expected) in cases {
        let reply = converse(&emulator, model, &body).await;
        let case = format!("{model} {body}");
        match expected {
            Accepted => assert_eq!(
                (reply.status, reply.message().as_str()),
                (200, ""),
                "{case}"
            ),
            Refused(text) => reply.assert_refused(400, "ValidationException", text, &case),
            ByModel(text) => {
                let text = format!("The model returned the following errors: {text}");
                reply.assert_refused(400, "ValidationException", &text, &case);
            }
        }
    }
}

/// A request with one user message, and these members beside it.
pub(crate) fn hello(members: Value) -> Value {
    let mut body = json!({ "messages": [user(json!({ "text": "Hello" }))] });
    for (name, value) in members.as_object().unwrap() {
        body[name] = value.clone();
    }
    body
}

/// A request with these fields for the model, and room for an answer.
pub(crate) fn with_fields(fields: Value) -> Value {
    hello(json!({
        "additionalModelRequestFields": fields,
        "inferenceConfig": { "maxTokens": 4096 },
    }))
}

pub(crate) fn user(block: Value) -> Value {
    json!({ "role": "user", "content": [block] })
}

pub(crate) fn model_says(block: Value) -> Value {
    json!({ "role": "assistant", "content": [block] })
}

/// A tool configuration with one tool, `look`, and this choice.
pub(crate) fn tools(choice: Value) -> Value {
    let schema = json!({ "json": { "type": "object", "properties": {} } });
    let mut config =
        json!({ "tools": [{ "toolSpec": { "name": "look", "inputSchema": schema } }] });
    if !choice.is_null() {
        config["toolChoice"] = choice;
    }
    config
}

pub(crate) fn tool_use(id: &str) -> Value {
    json!({ "toolUse": { "toolUseId": id, "name": "look", "input": {} } })
}

pub(crate) fn tool_result(id: &str) -> Value {
    json!({ "toolResult": { "toolUseId": id, "content": [{ "text": "seen" }] } })
}

pub(crate) fn encode(id: &str) -> String {
    id.replace(':', "%3A").replace('/', "%2F")
}
