//! What is sent: our bytes, unchanged, signed.

use outcrop_converse::Conversation;
use outcrop_emulator::Operation;

use crate::support::{NOVA, Script, Server, answer, body, body_of, client, emulator};

/// A conversation whose JSON would change in any typed model: order, numbers, escapes.
const AWKWARD: &str = r#"{
    "messages": [{"role": "user", "content": [{"text": "Grüße \u0007 \"quoted\" 🪨 </script>"}]}],
    "toolConfig": {"tools": [{"toolSpec": {"name": "z", "inputSchema": {"json":
        {"type": "object", "b": 0.70, "a": 1E2, "properties": {"y": {}, "x": {}}}}}}]}
}"#;

#[tokio::test]
async fn a_body_arrives_unchanged_under_a_verified_signature() {
    let emulator = emulator().await;
    let client = client(emulator.endpoint());
    let body = body_of(&serde_json::from_str::<Conversation>(AWKWARD).unwrap());

    client.stream(NOVA, body.clone()).await.unwrap();
    client.call(NOVA, body.clone()).await.unwrap();

    let requests = emulator.requests();
    assert_eq!(requests.len(), 2);
    for (request, operation) in requests
        .iter()
        .zip([Operation::ConverseStream, Operation::Converse])
    {
        assert_eq!(request.body, body.as_bytes());
        assert_eq!(request.operation, operation);
        assert!(request.signature_verified);
        assert_eq!(request.region.as_deref(), Some("us-east-1"));
        assert_eq!(request.status, 200);
    }
}

#[tokio::test]
async fn a_long_body_arrives_whole() {
    let emulator = emulator().await;
    let body = body(&"All work and no play. ".repeat(20_000));

    let stream = client(emulator.endpoint()).stream(NOVA, body.clone()).await;

    stream.unwrap().finish().await.unwrap();
    let request = emulator.requests().remove(0);
    assert!(request.signature_verified);
    assert_eq!(request.body, body.as_bytes());
}

#[tokio::test]
async fn the_head_tells_the_length_and_type_of_the_body() {
    let server = Server::start(Script::stream(&answer()).end()).await;
    let body = body("Grüße.");

    let client = client(server.endpoint());
    client.stream(NOVA, body.clone()).await.unwrap();

    let request = server.requests().remove(0);
    assert_eq!(request.body, body.as_bytes());
    let length = body.as_bytes().len().to_string();
    assert_eq!(request.header("content-length"), Some(length.as_str()));
    assert_eq!(request.header("content-type"), Some("application/json"));
    assert_eq!(request.header("transfer-encoding"), None);
    let agent = request.header("user-agent").unwrap();
    assert!(agent.contains("app/outcrop"), "{agent}");
}

#[tokio::test]
async fn any_model_identifier_is_encoded_and_signed() {
    let models = [
        "us.anthropic.claude-sonnet-4-5-20250929-v1:0",
        "global.anthropic.claude-opus-4-8",
        "arn:aws:bedrock:us-east-1::foundation-model/amazon.nova-lite-v1:0",
        "arn:aws:bedrock:us-east-1:123456789012:inference-profile/us.amazon.nova-lite-v1:0",
        "arn:aws:bedrock:us-east-1:123456789012:application-inference-profile/abc123def456",
        "arn:aws:bedrock:us-east-1:123456789012:provisioned-model/abc123def456",
    ];
    for model in models {
        let emulator = emulator().await;
        let client = client(emulator.endpoint());

        client.call(model, body("Hello.")).await.unwrap();
        let stream = client.stream(model, body("Hello.")).await.unwrap();
        stream.finish().await.unwrap();

        let requests = emulator.requests();
        assert_eq!(requests.len(), 2);
        for request in requests {
            assert_eq!(request.model_id.as_deref(), Some(model));
            assert!(request.signature_verified, "{model}");
        }
    }
}
