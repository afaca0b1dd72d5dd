//! `temperature`, `top_p`, `top_k` and the length of the answer.

use serde_json::{Value, json};

use crate::support::{Accepted, ByModel, OPUS_4_6, OPUS_5, Refused, SONNET_4_5, expect_all, hello};

const SONNET_4: &str = "us.anthropic.claude-sonnet-4-20250514-v1:0";
const BOTH: &str = "`temperature` and `top_p` cannot both be specified for this model. Please use \
     only one.";
const HOT: &str = "`temperature` may only be set to 1 when thinking is enabled. Please consult our \
     documentation at \
     https://docs.claude.com/en/docs/build-with-claude/extended-thinking#important-considerations-when-using-extended-thinking";

fn sampled(inference: Value) -> Value {
    hello(json!({ "inferenceConfig": inference }))
}

fn while_thinking(inference: Value, fields: Value) -> Value {
    let mut body = sampled(inference);
    body["additionalModelRequestFields"] = fields;
    body["additionalModelRequestFields"]["thinking"] =
        json!({ "type": "enabled", "budget_tokens": 1_024 });
    body
}

#[tokio::test]
async fn models_up_to_4_1_take_everything() {
    let everything = json!({ "temperature": 0.2, "topP": 0.5 });
    let mut body = sampled(everything);
    body["additionalModelRequestFields"] = json!({ "top_k": 40 });
    expect_all([(SONNET_4, body, Accepted)]).await;
}

#[tokio::test]
async fn models_from_4_5_take_one_of_two() {
    let both = || sampled(json!({ "temperature": 0.2, "topP": 0.5 }));
    expect_all([
        (SONNET_4_5, sampled(json!({ "temperature": 0.2 })), Accepted),
        (SONNET_4_5, sampled(json!({ "topP": 0.2 })), Accepted),
        (SONNET_4_5, both(), ByModel(BOTH)),
        (OPUS_4_6, both(), ByModel(BOTH)),
    ])
    .await;
}

#[tokio::test]
async fn models_from_4_7_take_none() {
    const FABLE_5: &str = "us.anthropic.claude-fable-5";
    const FABLE_5_1: &str = "us.anthropic.claude-fable-5-1";
    let top_k = || hello(json!({ "additionalModelRequestFields": { "top_k": 5 } }));
    let deprecated = |name: &str| match name {
        "temperature" => ByModel("`temperature` is deprecated for this model."),
        "top_p" => ByModel("`top_p` is deprecated for this model."),
        _ => ByModel("`top_k` is deprecated for this model."),
    };
    expect_all([
        (OPUS_5, sampled(json!({ "temperature": 1 })), Accepted),
        (
            OPUS_5,
            sampled(json!({ "temperature": 0.5 })),
            deprecated("temperature"),
        ),
        (OPUS_5, sampled(json!({ "topP": 0.5 })), deprecated("top_p")),
        (OPUS_5, top_k(), deprecated("top_k")),
        (
            "us.anthropic.claude-opus-4-7",
            sampled(json!({ "temperature": 0 })),
            deprecated("temperature"),
        ),
        (FABLE_5, sampled(json!({ "topP": 0.995 })), Accepted),
        (FABLE_5, sampled(json!({ "topP": 1 })), deprecated("top_p")),
        (FABLE_5_1, sampled(json!({ "topP": 0.99 })), Accepted),
        (
            FABLE_5_1,
            sampled(json!({ "topP": 0.99, "temperature": 1 })),
            deprecated("top_p"),
        ),
    ])
    .await;
}

#[tokio::test]
async fn thinking_leaves_little_to_sample() {
    let none = || json!({});
    expect_all([
        (
            SONNET_4,
            while_thinking(json!({ "temperature": 1, "topP": 0.95 }), none()),
            Accepted,
        ),
        (
            SONNET_4,
            while_thinking(json!({ "topP": 0.949_999_988_079_071 }), none()),
            Accepted,
        ),
        (
            SONNET_4,
            while_thinking(json!({ "temperature": 0.5 }), none()),
            ByModel(HOT),
        ),
        (
            SONNET_4,
            while_thinking(json!({ "topP": 0.9 }), none()),
            ByModel(
                "`top_p` must be greater than or equal to 0.95 or unset when thinking is enabled.",
            ),
        ),
        (
            SONNET_4,
            while_thinking(json!({}), json!({ "top_k": 5 })),
            ByModel("`top_k` must be unset when thinking is enabled."),
        ),
        (
            OPUS_4_6,
            while_thinking(json!({ "temperature": 0.5 }), none()),
            ByModel(HOT),
        ),
    ])
    .await;
}

#[tokio::test]
async fn an_answer_is_no_longer_than_the_model_allows() {
    let tokens = |tokens: u64| sampled(json!({ "maxTokens": tokens }));
    let mut doubled = tokens(128_000);
    doubled["additionalModelRequestFields"] =
        json!({ "anthropic_beta": ["output-128k-2025-02-19"] });
    expect_all([
        (SONNET_4_5, tokens(64_000), Accepted),
        (
            SONNET_4_5,
            tokens(64_001),
            Refused(
                "The maximum tokens you requested exceed the model limit of 64000. Try again with \
                 a maximum tokens value lower than 64000.",
            ),
        ),
        (OPUS_5, tokens(128_000), Accepted),
        (
            "us.anthropic.claude-3-7-sonnet-20250219-v1:0",
            doubled,
            Accepted,
        ),
    ])
    .await;
}
