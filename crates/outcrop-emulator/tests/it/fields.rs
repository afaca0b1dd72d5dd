//! Fields for the model, flags, and what only prompts take.

use serde_json::{Value, json};

use crate::support::{
    Accepted, ByModel, NOVA, OPUS_5, Refused, SONNET_4_5, expect_all, hello, tools, with_fields,
};

#[tokio::test]
async fn fields_that_claude_does_not_know_are_extra() {
    expect_all([
        (
            OPUS_5,
            with_fields(json!({ "reasoningConfig": {} })),
            ByModel("reasoningConfig: Extra inputs are not permitted"),
        ),
        (
            OPUS_5,
            with_fields(json!({ "outputConfig": { "effort": "low" } })),
            ByModel("outputConfig: Extra inputs are not permitted"),
        ),
        (
            SONNET_4_5,
            with_fields(json!({ "top_k": 1.5 })),
            ByModel("top_k: Input should be a valid integer"),
        ),
        (
            SONNET_4_5,
            hello(json!({ "additionalModelRequestFields": "text" })),
            Refused(
                "The format of the value at additionalModelRequestFields is invalid. Provide a \
                 json object for the field and try again.",
            ),
        ),
    ])
    .await;
}

#[tokio::test]
async fn one_unknown_flag_fails_the_request() {
    let flags = |flags: &[&str]| with_fields(json!({ "anthropic_beta": flags }));
    let interleaved = "interleaved-thinking-2025-05-14";
    let invalid = || ByModel("invalid beta flag");
    expect_all([
        (
            SONNET_4_5,
            flags(&[interleaved, "context-1m-2025-08-07"]),
            Accepted,
        ),
        (
            SONNET_4_5,
            flags(&[interleaved, "made-up-2020-01-01"]),
            invalid(),
        ),
        (SONNET_4_5, flags(&["effort-2025-11-24"]), invalid()),
        (OPUS_5, flags(&[interleaved]), invalid()),
        (
            "us.anthropic.claude-opus-4-7",
            flags(&[interleaved]),
            Accepted,
        ),
        (
            "us.anthropic.claude-3-7-sonnet-20250219-v1:0",
            flags(&[interleaved]),
            invalid(),
        ),
        (
            SONNET_4_5,
            with_fields(json!({ "anthropic_beta": interleaved })),
            ByModel("anthropic_beta: Input should be a valid list"),
        ),
    ])
    .await;
}

#[tokio::test]
async fn a_prompt_brings_its_own_configuration() {
    const PROMPT: &str = "arn:aws:bedrock:us-east-1:123456789012:prompt/ABCDEFGHIJ:1";
    let variables = json!({ "promptVariables": { "name": { "text": "x" } } });
    expect_all([
        (PROMPT, variables.clone(), Accepted),
        (
            PROMPT,
            json!({ "inferenceConfig": { "maxTokens": 5 } }),
            Refused(
                "The inferenceConfig field cannot be set when the model is a prompt from Prompt \
                 management. Remove inferenceConfig and try again.",
            ),
        ),
        (
            NOVA,
            hello(variables),
            Refused(
                "The promptVariables field can only be set when the model is a prompt from Prompt \
                 management. Remove promptVariables and try again.",
            ),
        ),
    ])
    .await;
}

#[tokio::test]
async fn response_paths_are_pointers() {
    let paths = |path: &str| hello(json!({ "additionalModelResponseFieldPaths": [path] }));
    expect_all([
        (NOVA, paths("/stop_sequence"), Accepted),
        (
            NOVA,
            paths("stop_sequence"),
            Refused(
                "The value at additionalModelResponseFieldPaths.0 is not a valid JSON Pointer. \
                 Provide a JSON Pointer such as /stop_sequence and try again.",
            ),
        ),
    ])
    .await;
}

#[tokio::test]
async fn tools_are_forced_where_the_model_allows_it() {
    const NO_THINKING: &str = "Thinking may not be enabled when tool_choice forces tool use.";
    const NEVER: &str = "tool_choice: 'any' is not supported for this model. Input should be \
         'auto' or 'none'";
    let forced = |thinking: Value| {
        let mut body = hello(json!({ "toolConfig": tools(json!({ "any": {} })) }));
        if !thinking.is_null() {
            body["additionalModelRequestFields"] = json!({ "thinking": thinking });
        }
        body
    };
    let budget = || json!({ "type": "enabled", "budget_tokens": 1_024 });
    let adaptive = || json!({ "type": "adaptive" });
    let off = || json!({ "type": "disabled" });
    let by_field = json!({
        "messages": hello(json!({}))["messages"],
        "toolConfig": tools(Value::Null),
        "additionalModelRequestFields": { "tool_choice": { "type": "any" } },
    });
    let mut twice = by_field.clone();
    twice["toolConfig"] = tools(json!({ "auto": {} }));
    expect_all([
        (SONNET_4_5, forced(Value::Null), Accepted),
        (SONNET_4_5, forced(budget()), ByModel(NO_THINKING)),
        (SONNET_4_5, by_field.clone(), Accepted),
        (
            SONNET_4_5,
            twice,
            Refused("The additional field tool_choice conflicts with an existing field."),
        ),
        (OPUS_5, forced(Value::Null), ByModel(NO_THINKING)),
        (OPUS_5, by_field, ByModel(NO_THINKING)),
        (OPUS_5, forced(off()), Accepted),
        ("us.anthropic.claude-opus-4-8", forced(adaptive()), Accepted),
        (
            "us.anthropic.claude-haiku-5-5",
            forced(adaptive()),
            Accepted,
        ),
        (
            "us.anthropic.claude-opus-5-5",
            forced(Value::Null),
            ByModel(NEVER),
        ),
        (
            "us.anthropic.claude-fable-5-1",
            forced(Value::Null),
            ByModel(NEVER),
        ),
    ])
    .await;
}
