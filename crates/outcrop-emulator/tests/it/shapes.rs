//! What a request may be made of.

use serde_json::{Value, json};

use crate::support::{Accepted, NOVA, Refused, converse, emulator, expect_all, hello, user};

#[tokio::test]
async fn members_that_do_not_exist_are_refused() {
    expect_all([
        (
            NOVA,
            hello(json!({ "bogus": 1 })),
            Refused(
                "Malformed input request: #: extraneous key [bogus] is not permitted, please \
                 reformat your input and try again.",
            ),
        ),
        (
            NOVA,
            hello(json!({ "inferenceConfig": { "max_tokens": 1 } })),
            Refused(
                "Malformed input request: #/inferenceConfig: extraneous key [max_tokens] is not \
                 permitted, please reformat your input and try again.",
            ),
        ),
        (
            NOVA,
            hello(json!({ "system": null, "requestMetadata": { "team": "a b" } })),
            Accepted,
        ),
    ])
    .await;
}

#[tokio::test]
async fn limits_are_those_of_the_service_model() {
    let call = user(json!({ "toolUse": { "toolUseId": "a b", "name": "n", "input": {} } }));
    expect_all([
        (
            NOVA,
            hello(json!({ "inferenceConfig": { "maxTokens": 0 } })),
            Refused(
                "1 validation error detected: Value at 'inferenceConfig.maxTokens' failed to \
                 satisfy constraint: Member must have value greater than or equal to 1",
            ),
        ),
        (
            NOVA,
            hello(json!({ "inferenceConfig": { "temperature": 1.5, "topP": -1 } })),
            Refused(
                "2 validation errors detected: Value at 'inferenceConfig.temperature' failed to \
                 satisfy constraint: Member must have value less than or equal to 1; Value at \
                 'inferenceConfig.topP' failed to satisfy constraint: Member must have value \
                 greater than or equal to 0",
            ),
        ),
        (
            NOVA,
            json!({ "messages": [{ "role": "robot", "content": [{ "text": "a" }] }] }),
            Refused(
                "1 validation error detected: Value at 'messages.1.member.role' failed to satisfy \
                 constraint: Member must satisfy enum value set: [user, assistant, system]",
            ),
        ),
        (
            NOVA,
            json!({ "messages": [{ "content": [{ "text": "a" }] }] }),
            Refused(
                "1 validation error detected: Value at 'messages.1.member.role' failed to satisfy \
                 constraint: Member must not be null",
            ),
        ),
        (
            NOVA,
            hello(json!({ "toolConfig": { "tools": [] } })),
            Refused(
                "1 validation error detected: Value at 'toolConfig.tools' failed to satisfy \
                 constraint: Member must have length greater than or equal to 1",
            ),
        ),
        (
            NOVA,
            json!({ "messages": [call] }),
            Refused(
                "1 validation error detected: Value at \
                 'messages.1.member.content.1.member.toolUse.toolUseId' failed to satisfy \
                 constraint: Member must satisfy regular expression pattern: [a-zA-Z0-9_.:-]+",
            ),
        ),
        (
            NOVA,
            hello(json!({ "requestMetadata": {} })),
            Refused(
                "1 validation error detected: Value at 'requestMetadata' failed to satisfy \
                 constraint: Member must have length greater than or equal to 1",
            ),
        ),
        (
            NOVA,
            hello(json!({ "system": [{ "text": "" }] })),
            Refused(
                "1 validation error detected: Value at 'system.1.member.text' failed to satisfy \
                 constraint: Member must have length greater than or equal to 1",
            ),
        ),
    ])
    .await;
}

#[tokio::test]
async fn a_union_has_exactly_one_member() {
    let two_choices = json!({
        "tools": [{ "systemTool": { "name": "a" } }],
        "toolChoice": { "auto": {}, "any": {} },
    });
    expect_all([
        (
            NOVA,
            json!({ "messages": [user(json!({}))] }),
            Refused(
                "The ContentBlock object at messages.0.content.0 must set one of the following \
                 keys: text, image, document, video, audio, toolUse, toolResult, guardContent, \
                 cachePoint, reasoningContent, citationsContent, searchResult, toolAddition, \
                 toolRemoval.",
            ),
        ),
        (
            NOVA,
            hello(json!({ "toolConfig": two_choices })),
            Refused(
                "The ToolChoice object at toolConfig.toolChoice must set only one of the following \
                 keys: auto, any, tool.",
            ),
        ),
    ])
    .await;
}

#[tokio::test]
async fn values_of_another_type_cannot_be_read() {
    let emulator = emulator().await;
    let image = json!({ "image": { "format": "png", "source": { "bytes": "%" } } });
    let cases: [(Value, &str); 6] = [
        (json!([]), "Unexpected field type at #: expected an object"),
        (
            json!({ "messages": "hi" }),
            "Unexpected field type at #/messages: expected a list",
        ),
        (
            hello(json!({ "inferenceConfig": { "maxTokens": "10" } })),
            "Unexpected field type at #/inferenceConfig/maxTokens: expected an integer",
        ),
        (
            hello(json!({ "inferenceConfig": { "maxTokens": 1.5 } })),
            "Unexpected field type at #/inferenceConfig/maxTokens: expected an integer",
        ),
        (
            hello(json!({ "inferenceConfig": { "temperature": true } })),
            "Unexpected field type at #/inferenceConfig/temperature: expected a number",
        ),
        (
            json!({ "messages": [user(image)] }),
            "Unexpected field type at #/messages/0/content/0/image/source/bytes: expected a \
             base64 string",
        ),
    ];
    for (body, text) in cases {
        let reply = converse(&emulator, NOVA, &body).await;
        reply.assert_refused(400, "SerializationException", text, text);
    }
}

#[tokio::test]
async fn only_a_stream_has_a_mode_for_its_guardrail() {
    let emulator = emulator().await;
    let guardrail = json!({ "guardrailConfig": {
        "guardrailIdentifier": "abc",
        "guardrailVersion": "DRAFT",
        "streamProcessingMode": "sync",
    } });
    let streamed = crate::support::call(
        &emulator,
        NOVA,
        "converse-stream",
        &hello(guardrail.clone()),
    )
    .await;
    assert_eq!(streamed.status, 200);
    let unary = converse(&emulator, NOVA, &hello(guardrail)).await;
    assert!(
        unary
            .message()
            .contains("extraneous key [streamProcessingMode]")
    );
}
