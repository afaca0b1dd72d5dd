//! Explanations, and that they tell the truth.

use outcrop::{Conversation, Env};

use crate::support::{emulator, examples, model, offline};

#[tokio::test]
async fn the_explained_bytes_are_the_bytes_that_are_sent() {
    let emulator = emulator().await;
    let conversation = Conversation::from("Why is the sky blue?").with_system("Be brief.");
    for (name, model) in examples() {
        let plan = offline(&model, &emulator);
        let explained = model.explain(&conversation, &plan).expect(&name);
        let client = model.connect(&plan).await.expect(&name);
        client
            .stream(&conversation)
            .await
            .expect(&name)
            .finish()
            .await
            .expect(&name);
        let received = emulator.requests().pop().expect("a request");
        assert_eq!(received.body, explained.body.as_bytes(), "{name}");
        assert_eq!(
            received.model_id.as_deref(),
            Some(explained.model_id.as_str()),
            "{name}"
        );
        assert_eq!(
            received.region.as_deref(),
            Some(explained.region.value.as_str()),
            "{name}"
        );
        assert!(received.signature_verified, "{name}");
    }
}

#[test]
fn the_json_form_is_stable() {
    let model = model(
        "models:
  opus:
    provider: amazon-bedrock
    model: arn:aws:bedrock:eu-west-1:123456789012:inference-profile/eu.anthropic.claude-opus-4-8
    thinking_budget: 32768
    temperature: 0.7
    frequency_penalty: 1
    provider_opts:
      region: us-east-1
      role_arn: arn:aws:iam::123456789012:role/BedrockAccessRole
      cache_ttl: 1h
",
    );
    let env = Env::empty()
        .with_variable("AWS_ACCESS_KEY_ID", "AKIAIOSFODNN7EXAMPLE")
        .with_variable("AWS_SECRET_ACCESS_KEY", "secret")
        .with_variable("AWS_BEARER_TOKEN_BEDROCK", "token");
    let explained = model
        .explain(&"Hello".into(), &model.plan(&env))
        .expect("an explanation");
    insta::assert_json_snapshot!(explained);
}

#[test]
fn every_example_is_explained_without_anything_around_it() {
    for (name, model) in examples() {
        let explained = model
            .explain(&"Hello".into(), &model.plan(&Env::empty()))
            .expect(&name);
        let json = serde_json::to_value(&explained).expect(&name);
        assert!(json["request"]["messages"].is_array(), "{name}");
    }
}
