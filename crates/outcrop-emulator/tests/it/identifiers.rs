//! Model identifiers over the wire; the table of their forms is tested where it stands.

use outcrop_emulator::{Emulator, EmulatorConfig};
use serde_json::json;

use crate::support::{
    Accepted, Refused, Signer, converse, emulator, encode, expect_all, hello, with_fields,
};

const UNKNOWN: &str = "The provided model identifier is invalid.";

#[tokio::test]
async fn a_bare_identifier_needs_a_profile_from_claude_3_7_on() {
    expect_all([
        (
            "anthropic.claude-opus-5",
            hello(json!({})),
            Refused(
                "Invocation of model ID anthropic.claude-opus-5 with on-demand throughput \
                 isn\u{2019}t supported. Retry your request with the ID or ARN of an inference \
                 profile that contains this model.",
            ),
        ),
        (
            "us.anthropic.claude-3-7-sonnet-20250219-v1:0",
            hello(json!({})),
            Accepted,
        ),
        ("amazon.nova-lite-v1:0", hello(json!({})), Accepted),
        (
            "anthropic.claude-opus-99",
            hello(json!({})),
            Refused(UNKNOWN),
        ),
        (
            "apac.anthropic.claude-opus-5",
            hello(json!({})),
            Refused(UNKNOWN),
        ),
    ])
    .await;
}

#[tokio::test]
async fn the_region_of_the_signature_must_be_of_the_geography() {
    let emulator = emulator().await;
    let body = hello(json!({})).to_string();
    let arn = "arn:aws:bedrock:us-east-1:123456789012:inference-profile/us.anthropic.claude-opus-5";
    for (id, region, accepted) in [
        ("eu.anthropic.claude-opus-5", "eu-central-1", true),
        ("eu.anthropic.claude-opus-5", "us-east-1", false),
        (arn, "us-east-1", true),
        (arn, "us-west-2", false),
    ] {
        let signer = Signer {
            region: region.to_owned(),
            ..Signer::new("bedrock")
        };
        let path = format!("/model/{}/converse", encode(id));
        let reply = signer
            .post(emulator.address(), &path, body.as_bytes())
            .await;
        assert_eq!(reply.status == 200, accepted, "{id} from {region}");
    }
}

#[tokio::test]
async fn a_text_that_is_no_identifier_breaks_the_pattern() {
    let emulator = emulator().await;
    let reply = converse(&emulator, "bad%20model%20id", &hello(json!({}))).await;
    assert!(
        reply.message().contains("Value at 'modelId' failed"),
        "{}",
        reply.message()
    );
}

#[tokio::test]
async fn an_opaque_arn_is_held_to_the_rules_of_the_model_it_is_told_to_hide() {
    let arn = "arn:aws:bedrock:us-east-1:123456789012:application-inference-profile/a1b2c3";
    let body = with_fields(json!({ "thinking": { "type": "enabled", "budget_tokens": 2048 } }));
    let lenient = emulator().await;
    assert_eq!(converse(&lenient, arn, &body).await.status, 200);
    let told = Emulator::start(EmulatorConfig {
        known_arns: vec![(arn.to_owned(), "anthropic.claude-opus-5".to_owned())],
        ..EmulatorConfig::default()
    })
    .await
    .unwrap();
    let reply = converse(&told, arn, &body).await;
    assert!(
        reply
            .message()
            .contains("\"thinking.type.enabled\" is not supported")
    );
}

#[tokio::test]
async fn a_retired_model_can_be_refused() {
    let emulator = Emulator::start(EmulatorConfig {
        refuse_retired: true,
        ..EmulatorConfig::default()
    })
    .await
    .unwrap();
    let id = "us.anthropic.claude-3-7-sonnet-20250219-v1:0";
    let reply = converse(&emulator, id, &hello(json!({}))).await;
    assert_eq!(
        (reply.status, reply.header("x-amzn-errortype")),
        (404, "ResourceNotFoundException")
    );
}
