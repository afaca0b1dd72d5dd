//! The order of messages.

use serde_json::{Value, json};

use crate::support::{
    Accepted, ByModel, NOVA, OPUS_4_6, OPUS_5, Refused, SONNET_4_5, expect_all, hello, model_says,
    user,
};

fn says(text: &str) -> Value {
    user(json!({ "text": text }))
}

fn answers(text: &str) -> Value {
    model_says(json!({ "text": text }))
}

fn conversation(messages: Vec<Value>) -> Value {
    json!({ "messages": messages })
}

#[tokio::test]
async fn user_and_model_take_turns_and_the_user_begins() {
    const START: &str = "A conversation must start with a user message. Try again with a \
         conversation that starts with a user message.";
    const TURNS: &str = "A conversation must alternate between user and assistant roles. Make sure \
         the conversation alternates between user and assistant roles and try again.";
    expect_all([
        (
            NOVA,
            conversation(vec![says("a"), answers("b"), says("c")]),
            Accepted,
        ),
        (
            NOVA,
            conversation(vec![answers("b"), says("c")]),
            Refused(START),
        ),
        (NOVA, conversation(vec![]), Refused(START)),
        (NOVA, json!({}), Refused(START)),
        (
            NOVA,
            conversation(vec![says("a"), says("b")]),
            Refused(TURNS),
        ),
    ])
    .await;
}

#[tokio::test]
async fn nothing_is_blank() {
    expect_all([
        (
            NOVA,
            conversation(vec![says("a"), answers(" \n"), says("c")]),
            Refused(
                "The text field in the ContentBlock object at messages.1.content.0 is blank. Add \
                 text to the text field, and try again.",
            ),
        ),
        (
            NOVA,
            hello(json!({ "system": [{ "text": " " }] })),
            Refused(
                "The text field in the SystemContentBlock object at system.0 is blank. Add text to \
                 the text field, and try again.",
            ),
        ),
        (
            NOVA,
            json!({ "messages": [{ "role": "user", "content": [] }] }),
            Refused(
                "The content field in the Message object at messages.0 is empty. Add a \
                 ContentBlock object to the content field and try again.",
            ),
        ),
    ])
    .await;
}

#[tokio::test]
async fn the_model_is_not_given_its_first_words_from_4_6_on() {
    const PREFILL: &str = "This model does not support assistant message prefill. The conversation \
         must end with a user message.";
    let prefilled = || conversation(vec![says("a"), answers("Once upon")]);
    let mut thinking = prefilled();
    thinking["additionalModelRequestFields"] =
        json!({ "thinking": { "type": "enabled", "budget_tokens": 1_024 } });
    expect_all([
        (SONNET_4_5, prefilled(), Accepted),
        (SONNET_4_5, thinking, ByModel(PREFILL)),
        (OPUS_4_6, prefilled(), ByModel(PREFILL)),
        (OPUS_5, prefilled(), ByModel(PREFILL)),
    ])
    .await;
}

#[tokio::test]
async fn the_system_role_is_for_models_that_no_row_describes() {
    let body = || {
        conversation(vec![
            says("a"),
            json!({ "role": "system", "content": [{ "text": "b" }] }),
        ])
    };
    let opaque = "arn:aws:bedrock:us-east-1:123456789012:application-inference-profile/a1b2";
    expect_all([
        (
            OPUS_5,
            body(),
            Refused(
                "This model doesn't support the system role. Remove the message at messages.1 and \
                 try again.",
            ),
        ),
        (opaque, body(), Accepted),
    ])
    .await;
}

#[tokio::test]
async fn reasoning_is_the_models() {
    let reasoning = json!({ "reasoningContent": { "reasoningText": { "text": "Hm." } } });
    expect_all([(
        OPUS_5,
        conversation(vec![user(reasoning)]),
        Refused(
            "User messages cannot contain reasoning content. Remove the reasoning content and try \
             again.",
        ),
    )])
    .await;
}
