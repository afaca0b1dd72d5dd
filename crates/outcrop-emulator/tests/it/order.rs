//! Which refusal comes first when there is more than one reason.

use serde_json::{Value, json};

use crate::support::{Signer, converse, emulator, hello};

const OPUS_5: &str = "us.anthropic.claude-opus-5";

/// A request with a thinking type that Opus 5 refuses.
fn against_the_model() -> Value {
    hello(json!({
        "additionalModelRequestFields": { "thinking": { "type": "enabled", "budget_tokens": 1 } },
    }))
}

#[tokio::test]
async fn the_sender_is_asked_before_the_body() {
    let emulator = emulator().await;
    let signer = Signer {
        secret: "other".to_owned(),
        ..Signer::new("bedrock")
    };
    for body in ["not json", "[]", "{}"] {
        let path = format!("/model/{OPUS_5}/converse");
        let reply = signer
            .post(emulator.address(), &path, body.as_bytes())
            .await;
        assert_eq!(
            reply.header("x-amzn-errortype"),
            "InvalidSignatureException"
        );
    }
}

#[tokio::test]
async fn the_shape_is_asked_before_the_model_and_the_model_before_its_rules() {
    let emulator = emulator().await;
    let mut misshapen = against_the_model();
    misshapen["bogus"] = json!(1);
    for (model, body, text) in [
        (
            "us.anthropic.claude-opus-99",
            misshapen,
            "extraneous key [bogus]",
        ),
        (
            "us.anthropic.claude-opus-99",
            against_the_model(),
            "identifier is invalid",
        ),
        (OPUS_5, against_the_model(), "thinking.type.enabled"),
    ] {
        let reply = converse(&emulator, model, &body).await;
        assert!(reply.message().contains(text), "{}", reply.message());
    }
}

#[tokio::test]
async fn a_conversation_is_asked_before_the_rules_of_its_model() {
    let emulator = emulator().await;
    let mut body = against_the_model();
    body["messages"][0]["content"][0]["text"] = json!("");
    let reply = converse(&emulator, OPUS_5, &body).await;
    assert!(reply.message().contains("is blank"), "{}", reply.message());
}

#[tokio::test]
async fn a_stream_is_refused_before_it_begins() {
    let emulator = emulator().await;
    let reply =
        crate::support::call(&emulator, OPUS_5, "converse-stream", &against_the_model()).await;
    assert_eq!(reply.status, 400);
    assert_eq!(reply.header("content-type"), "application/json");
}
