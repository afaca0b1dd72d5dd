//! Calls that never leave this machine.

use outcrop::{Conversation, Env, ErrorKind, transport};
use outcrop_emulator::Operation;

use crate::support::{emulator, examples, model, offline};

#[tokio::test]
async fn a_role_is_really_assumed() {
    let emulator = emulator().await;
    let model = model(
        "models:
  m:
    provider: amazon-bedrock
    model: global.anthropic.claude-sonnet-4-5-20250929-v1:0
    provider_opts:
      role_arn: arn:aws:iam::123456789012:role/BedrockAccessRole
      external_id: my-external-id
",
    );
    let client = model
        .connect(&offline(&model, &emulator))
        .await
        .expect("a client");
    client.call(&"Hello".into()).await.expect("an answer");
    let operations: Vec<_> = emulator.requests().iter().map(|it| it.operation).collect();
    assert_eq!(operations.last(), Some(&Operation::Converse));
    assert!(
        operations.contains(&Operation::AssumeRole),
        "{operations:?}"
    );
    let identity = emulator
        .requests()
        .pop()
        .and_then(|it| it.identity)
        .expect("an identity");
    let role = identity.role.expect("a role");
    assert_eq!(
        role.role_arn,
        "arn:aws:iam::123456789012:role/BedrockAccessRole"
    );
    assert_eq!(role.session_name, "docker-agent-bedrock-session");
    assert_eq!(role.external_id.as_deref(), Some("my-external-id"));
}

#[tokio::test]
async fn every_example_is_answered_alike_whole_and_in_pieces() {
    let emulator = emulator().await;
    let conversation = Conversation::from("Why is the sky blue?");
    for (name, model) in examples() {
        let client = model
            .connect(&offline(&model, &emulator))
            .await
            .expect(&name);
        let whole = client.call(&conversation).await.expect(&name);
        let pieces = client
            .stream(&conversation)
            .await
            .expect(&name)
            .finish()
            .await
            .expect(&name);
        assert_eq!(whole.response.output, pieces.response.output, "{name}");
        assert_eq!(
            whole.response.stop_reason, pieces.response.stop_reason,
            "{name}"
        );
        assert_eq!(whole.response.usage, pieces.response.usage, "{name}");
    }
}

#[tokio::test]
async fn a_refusal_of_the_service_comes_with_its_kind_and_words() {
    let emulator = emulator().await;
    let model = model(
        "models:
  m:
    provider: amazon-bedrock
    model: us.anthropic.claude-sonnet-4-5-20250929-v1:0
    thinking_budget: adaptive
",
    );
    let client = model
        .connect(&offline(&model, &emulator))
        .await
        .expect("a client");
    let error = client.stream(&"Hello".into()).await.expect_err("a refusal");
    assert_eq!(
        error.kind(),
        ErrorKind::Call(transport::ErrorKind::InvalidRequest)
    );
    assert_eq!(error.code(), Some("ValidationException"));
    assert!(
        error.message().contains("'adaptive'"),
        "{}",
        error.message()
    );
    assert!(error.request_id().is_some());
    assert!(!error.retryable());
}

#[tokio::test]
async fn a_bearer_token_is_used_as_it_is_planned() {
    let emulator = emulator().await;
    let model = model(&format!(
        "models:
  m:
    provider: amazon-bedrock
    model: us.anthropic.claude-sonnet-4-5-20250929-v1:0
    token_key: MY_TOKEN
    provider_opts:
      endpoint_url: {}
",
        emulator.endpoint()
    ));
    let env = Env::empty().with_variable("MY_TOKEN", outcrop_emulator::BEARER_TOKEN);
    let client = model.connect(&model.plan(&env)).await.expect("a client");
    client.call(&"Hello".into()).await.expect("an answer");
    let wrong = Env::empty().with_variable("MY_TOKEN", "xyz-other-token");
    let client = model.connect(&model.plan(&wrong)).await.expect("a client");
    let error = client.call(&"Hello".into()).await.expect_err("a refusal");
    assert_eq!(
        error.kind(),
        ErrorKind::Call(transport::ErrorKind::CredentialsInvalid)
    );
    assert!(!format!("{error:?} {client:?}").contains("xyz-other-token"));
}

fn nova(name: &str) -> outcrop::Model {
    model(&format!(
        "models:\n  m:\n    provider: amazon-bedrock\n    model: us.amazon.nova-{name}-v1:0\n"
    ))
}

#[tokio::test]
async fn what_was_prepared_for_another_model_is_not_sent() {
    let emulator = emulator().await;
    let (pro, lite) = (nova("pro"), nova("lite"));
    let client = pro.connect(&offline(&pro, &emulator)).await;
    let client = client.expect("a client");
    let prepared = || lite.prepare(&"Hello".into()).expect("a request");
    for error in [
        client
            .stream_prepared(prepared())
            .await
            .expect_err("an error"),
        client
            .call_prepared(prepared())
            .await
            .expect_err("an error"),
    ] {
        assert_eq!(error.kind(), ErrorKind::Input);
        assert_eq!(
            error.message(),
            "the conversation was prepared for `us.amazon.nova-lite-v1:0`, and \
             `us.amazon.nova-pro-v1:0` is called"
        );
    }
    let prepared = pro.prepare(&"Hello".into()).expect("a request");
    assert!(client.call_prepared(prepared).await.is_ok());
}

#[test]
fn a_conversation_that_cannot_be_sent_is_no_refusal_of_the_service() {
    let error = nova("pro").prepare(&outcrop::Conversation::default());
    let error = error.expect_err("an empty conversation");
    assert_eq!(error.kind(), ErrorKind::Input);
    assert_eq!(error.kind().as_str(), "InvalidInput");
}
