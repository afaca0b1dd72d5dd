//! The `thinking` and `output_config` fields, model by model.

use serde_json::{Value, json};

use crate::support::{
    Accepted, ByModel, Expected, OPUS_4_5, OPUS_4_6, OPUS_5, SONNET_4_5, expect_all, hello,
    model_says, tool_result, tool_use, tools, user, with_fields,
};

const NO_BUDGET: &str = "\"thinking.type.enabled\" is not supported for this model. Use \
     \"thinking.type.adaptive\" and \"output_config.effort\" to control thinking behavior.";
const NO_OFF: &str = "\"thinking.type.disabled\" is not supported for this model.";

fn thinking(field: Value) -> Value {
    with_fields(json!({ "thinking": field }))
}

fn budget(tokens: u64) -> Value {
    thinking(json!({ "type": "enabled", "budget_tokens": tokens }))
}

fn with_effort(kind: &str, effort: &str) -> Value {
    with_fields(json!({ "thinking": { "type": kind }, "output_config": { "effort": effort } }))
}

#[tokio::test]
async fn each_model_takes_its_own_types() {
    const V3_7: &str = "us.anthropic.claude-3-7-sonnet-20250219-v1:0";
    const OLD_TAGS: &str = "thinking: Input tag 'adaptive' found using 'type' does not match any \
         of the expected tags: 'disabled', 'enabled'";
    const NO_BETWEEN: &str = "thinking: Input tag 'between_tools' found using 'type' does not \
         match any of the expected tags: 'adaptive', 'disabled'";
    const V3: &str = "anthropic.claude-3-haiku-20240307-v1:0";
    const NO_THINKING: &str = "thinking: Extra inputs are not permitted";
    let cases: &[(&str, &str, Result<(), &'static str>)] = &[
        (V3, "enabled", Err(NO_THINKING)),
        (V3, "disabled", Err(NO_THINKING)),
        (V3_7, "enabled", Ok(())),
        (V3_7, "adaptive", Err(OLD_TAGS)),
        (SONNET_4_5, "enabled", Ok(())),
        (SONNET_4_5, "adaptive", Err(OLD_TAGS)),
        (OPUS_4_6, "enabled", Ok(())),
        (OPUS_4_6, "adaptive", Ok(())),
        (OPUS_4_6, "disabled", Ok(())),
        ("us.anthropic.claude-opus-4-7", "enabled", Err(NO_BUDGET)),
        ("us.anthropic.claude-opus-4-7", "disabled", Ok(())),
        ("us.anthropic.claude-sonnet-5", "disabled", Ok(())),
        (OPUS_5, "enabled", Err(NO_BUDGET)),
        (OPUS_5, "adaptive", Ok(())),
        (OPUS_5, "disabled", Ok(())),
        (OPUS_5, "between_tools", Err(NO_BETWEEN)),
        ("us.anthropic.claude-fable-5", "disabled", Err(NO_OFF)),
        ("us.anthropic.claude-fable-5-1", "disabled", Err(NO_OFF)),
        ("us.anthropic.claude-opus-5-5", "disabled", Err(NO_OFF)),
        ("us.anthropic.claude-sonnet-5-5", "disabled", Err(NO_OFF)),
        ("us.anthropic.claude-sonnet-5-5", "between_tools", Ok(())),
        ("us.anthropic.claude-haiku-5-5", "disabled", Ok(())),
        ("us.anthropic.claude-haiku-5-5", "enabled", Err(NO_BUDGET)),
    ];
    expect_all(cases.iter().map(|(model, kind, expected)| {
        let body = match *kind {
            "enabled" => budget(1_024),
            kind => thinking(json!({ "type": kind })),
        };
        let expected = match expected {
            Ok(()) => Accepted,
            Err(text) => ByModel(text),
        };
        (*model, body, expected)
    }))
    .await;
}

#[tokio::test]
async fn a_budget_is_at_least_1024_and_below_max_tokens() {
    const BELOW: &str = "`max_tokens` must be greater than `thinking.budget_tokens`. Please \
         consult our documentation at \
         https://docs.claude.com/en/docs/build-with-claude/extended-thinking#max-tokens-and-context-window-size";
    let interleaved = |with_tools: bool| {
        let mut body = with_fields(json!({
            "thinking": { "type": "enabled", "budget_tokens": 8_192 },
            "anthropic_beta": ["interleaved-thinking-2025-05-14"],
        }));
        if with_tools {
            body["toolConfig"] = tools(Value::Null);
        }
        body
    };
    let unbounded = |tokens: u64| {
        let field = json!({ "thinking": { "type": "enabled", "budget_tokens": tokens } });
        hello(json!({ "additionalModelRequestFields": field }))
    };
    expect_all([
        (
            SONNET_4_5,
            budget(1_023),
            ByModel(
                "thinking.enabled.budget_tokens: Input should be greater than or equal to 1024",
            ),
        ),
        (SONNET_4_5, budget(4_095), Accepted),
        (SONNET_4_5, budget(4_096), ByModel(BELOW)),
        (SONNET_4_5, unbounded(63_999), Accepted),
        (SONNET_4_5, unbounded(64_000), ByModel(BELOW)),
        (SONNET_4_5, interleaved(true), Accepted),
        (SONNET_4_5, interleaved(false), ByModel(BELOW)),
    ])
    .await;
}

#[tokio::test]
async fn the_field_has_the_members_of_its_type() {
    expect_all([
        (
            SONNET_4_5,
            thinking(json!({ "type": "enabled" })),
            ByModel("thinking.enabled.budget_tokens: Field required"),
        ),
        (
            SONNET_4_5,
            thinking(json!({ "type": "enabled", "budget_tokens": "2048" })),
            ByModel("thinking.enabled.budget_tokens: Input should be a valid integer"),
        ),
        (
            OPUS_5,
            thinking(json!({ "type": "adaptive", "budget_tokens": 2048 })),
            ByModel("thinking.adaptive.budget_tokens: Extra inputs are not permitted"),
        ),
        (
            OPUS_5,
            thinking(json!({ "type": "adaptive", "display": "summarized" })),
            Accepted,
        ),
        (
            OPUS_5,
            thinking(json!({ "type": "adaptive", "display": "full" })),
            ByModel("thinking.adaptive.display: Input should be 'summarized' or 'omitted'"),
        ),
        (
            OPUS_5,
            thinking(json!({ "type": "adaptive", "block_binding": {} })),
            ByModel("thinking.adaptive.block_binding: Extra inputs are not permitted"),
        ),
        (
            OPUS_5,
            thinking(json!({})),
            ByModel("thinking: Unable to extract tag using discriminator 'type'"),
        ),
        (
            OPUS_5,
            thinking(json!("adaptive")),
            ByModel(
                "thinking: Input should be a valid dictionary or object to extract fields from",
            ),
        ),
    ])
    .await;
}

#[tokio::test]
async fn effort_has_the_levels_of_the_model() {
    let effort = |level: &str| with_fields(json!({ "output_config": { "effort": level } }));
    let flagged = |level: &str| {
        with_fields(json!({
            "output_config": { "effort": level },
            "anthropic_beta": ["effort-2025-11-24"],
        }))
    };
    let native = hello(json!({ "outputConfig": { "effort": "xhigh" } }));
    let cases: Vec<(&str, Value, Expected)> = vec![
        (
            SONNET_4_5,
            effort("high"),
            ByModel("This model does not support the effort parameter."),
        ),
        (
            OPUS_4_5,
            effort("high"),
            ByModel("output_config.effort: Extra inputs are not permitted"),
        ),
        (OPUS_4_5, flagged("high"), Accepted),
        (
            OPUS_4_5,
            flagged("max"),
            ByModel("output_config.effort: Input should be 'low', 'medium' or 'high'"),
        ),
        (OPUS_4_6, effort("max"), Accepted),
        (
            OPUS_4_6,
            effort("xhigh"),
            ByModel("output_config.effort: Input should be 'low', 'medium', 'high' or 'max'"),
        ),
        (OPUS_5, effort("xhigh"), Accepted),
        (OPUS_5, native.clone(), Accepted),
        (
            OPUS_4_6,
            native,
            ByModel("output_config.effort: Input should be 'low', 'medium', 'high' or 'max'"),
        ),
        (
            OPUS_5,
            with_fields(json!({ "output_config": { "level": "low" } })),
            ByModel("output_config.level: Extra inputs are not permitted"),
        ),
    ];
    expect_all(cases).await;
}

#[tokio::test]
async fn high_effort_needs_thinking_on_some_models() {
    const WITHOUT: &str = "output_config.effort: 'max' is not supported with \
         \"thinking.type.disabled\" on this model. Use 'high' or lower.";
    expect_all([
        (OPUS_5, with_effort("disabled", "high"), Accepted),
        (OPUS_5, with_effort("disabled", "max"), ByModel(WITHOUT)),
        (
            "us.anthropic.claude-haiku-5-5",
            with_effort("disabled", "max"),
            ByModel(WITHOUT),
        ),
        (
            "us.anthropic.claude-sonnet-5",
            with_effort("disabled", "max"),
            Accepted,
        ),
        (
            "us.anthropic.claude-sonnet-5-5",
            with_effort("between_tools", "high"),
            Accepted,
        ),
        (
            "us.anthropic.claude-sonnet-5-5",
            with_effort("between_tools", "xhigh"),
            ByModel(
                "output_config.effort: 'xhigh' is not supported with \
                 \"thinking.type.between_tools\" on this model. Use 'high' or lower.",
            ),
        ),
    ])
    .await;
}

const SIGNED: &str = "any text from the service";

fn reasoning(signature: Value) -> Value {
    json!({ "reasoningContent": { "reasoningText": { "text": "Hm.", "signature": signature } } })
}

fn tool_loop(first: Value, kind: &str) -> Value {
    let turn = json!({ "role": "assistant", "content": [first, tool_use("t1")] });
    let mut fields = json!({ "thinking": { "type": kind } });
    if kind == "enabled" {
        fields["thinking"]["budget_tokens"] = json!(1_024);
    }
    json!({
        "messages": [user(json!({ "text": "Look." })), turn, user(tool_result("t1"))],
        "toolConfig": tools(Value::Null),
        "additionalModelRequestFields": fields,
    })
}

#[tokio::test]
async fn a_tool_loop_with_a_budget_starts_with_its_thinking() {
    const EXPECTED: &str = "messages.1.content.0.type: Expected `thinking` or \
         `redacted_thinking`, but found `text`. When `thinking` is enabled, a final `assistant` \
         message must start with a thinking block (preceeding the lastmost set of `tool_use` and \
         `tool_result` blocks). We recommend you include thinking blocks from previous turns. To \
         avoid this requirement, disable `thinking`.";
    let text = json!({ "text": "Looking." });
    let redacted = json!({ "reasoningContent": { "redactedContent": "AAAA" } });
    expect_all([
        (
            SONNET_4_5,
            tool_loop(reasoning(json!(SIGNED)), "enabled"),
            Accepted,
        ),
        (SONNET_4_5, tool_loop(redacted, "enabled"), Accepted),
        (
            SONNET_4_5,
            tool_loop(text.clone(), "enabled"),
            ByModel(EXPECTED),
        ),
        (SONNET_4_5, tool_loop(text.clone(), "disabled"), Accepted),
        (OPUS_5, tool_loop(text, "adaptive"), Accepted),
        (
            SONNET_4_5,
            tool_loop(reasoning(Value::Null), "enabled"),
            ByModel("messages.1.content.0.thinking.signature: Field required"),
        ),
    ])
    .await;
}

#[tokio::test]
async fn later_steps_of_a_loop_need_no_thinking_of_their_own() {
    let mut body = tool_loop(reasoning(json!(SIGNED)), "enabled");
    let messages = body["messages"].as_array_mut().unwrap();
    messages.push(model_says(tool_use("t2")));
    messages.push(user(tool_result("t2")));
    expect_all([(SONNET_4_5, body, Accepted)]).await;
}
