//! Models that are not Claude.

use serde_json::{Value, json};

use crate::support::{
    Accepted, NOVA, NOVA_2, Refused, expect_all, hello, model_says, tool_result, tool_use, tools,
    user, with_fields,
};

fn fields(fields: Value) -> Value {
    hello(json!({ "additionalModelRequestFields": fields }))
}

#[tokio::test]
async fn claudes_thinking_is_an_extraneous_key() {
    const EXTRANEOUS: &str = "Malformed input request: #: extraneous key [thinking] is not \
         permitted, please reformat your input and try again.";
    let thinking = || with_fields(json!({ "thinking": { "type": "adaptive" } }));
    expect_all([
        (NOVA, thinking(), Refused(EXTRANEOUS)),
        (NOVA_2, thinking(), Refused(EXTRANEOUS)),
        ("qwen.qwen3-32b-v1:0", thinking(), Refused(EXTRANEOUS)),
        ("deepseek.v3.2", thinking(), Accepted),
        (
            "qwen.qwen3-32b-v1:0",
            fields(json!({ "seed": 1 })),
            Accepted,
        ),
        (
            NOVA,
            fields(json!({ "inferenceConfig": { "topK": 20 } })),
            Accepted,
        ),
        (
            NOVA,
            fields(json!({ "top_k": 20 })),
            Refused(
                "Malformed input request: #: extraneous key [top_k] is not permitted, please \
                 reformat your input and try again.",
            ),
        ),
    ])
    .await;
}

#[tokio::test]
async fn each_family_is_asked_to_reason_in_its_own_words() {
    let nova = |effort: &str| {
        fields(json!({ "reasoningConfig": { "type": "enabled", "maxReasoningEffort": effort } }))
    };
    let mut bounded = nova("high");
    bounded["inferenceConfig"] = json!({ "maxTokens": 100 });
    expect_all([
        (NOVA_2, nova("high"), Accepted),
        (
            NOVA_2,
            nova("max"),
            Refused(
                "Malformed input request: #/reasoningConfig/maxReasoningEffort: max is not a valid \
                 enum value, please reformat your input and try again.",
            ),
        ),
        (
            NOVA_2,
            bounded,
            Refused(
                "maxTokens must be unset when maxReasoningEffort is high. Remove maxTokens and try \
                 again.",
            ),
        ),
        (
            "openai.gpt-oss-120b-1:0",
            fields(json!({ "reasoning_effort": "low" })),
            Accepted,
        ),
        (
            "openai.gpt-oss-120b-1:0",
            fields(json!({ "reasoning_effort": "minimal" })),
            Refused(
                "Malformed input request: #/reasoning_effort: minimal is not a valid enum value, \
                 please reformat your input and try again.",
            ),
        ),
        (
            "us.openai.gpt-6-sol",
            fields(json!({ "reasoning": { "effort": "max" } })),
            Accepted,
        ),
        (
            "us.openai.gpt-6-sol",
            fields(json!({ "reasoning_effort": "low" })),
            Refused(
                "Malformed input request: #: extraneous key [reasoning_effort] is not permitted, \
                 please reformat your input and try again.",
            ),
        ),
        (
            "us.xai.grok-4.7",
            fields(json!({ "reasoning": { "effort": "none" } })),
            Refused(
                "Malformed input request: #/reasoning/effort: none is not a valid enum value, \
                 please reformat your input and try again.",
            ),
        ),
    ])
    .await;
}

#[tokio::test]
async fn openai_models_choose_their_own_sampling() {
    let inference = |inference: Value| hello(json!({ "inferenceConfig": inference }));
    expect_all([
        (
            "us.openai.gpt-6-sol",
            inference(json!({ "temperature": 0.5 })),
            Refused(
                "This model doesn't support the temperature field. Remove temperature and try \
                 again.",
            ),
        ),
        (
            "us.openai.gpt-6-sol",
            inference(json!({ "stopSequences": ["x"] })),
            Refused(
                "This model doesn't support the stopSequences field. Remove stopSequences and try \
                 again.",
            ),
        ),
        (
            "us.openai.gpt-6-sol",
            inference(json!({ "maxTokens": 16 })),
            Accepted,
        ),
        (
            "us.openai.gpt-6-sol",
            inference(json!({ "maxTokens": 15 })),
            Refused(
                "Malformed input request: #/max_completion_tokens: 15 is not greater or equal to \
                 16, please reformat your input and try again.",
            ),
        ),
    ])
    .await;
}

#[tokio::test]
async fn not_every_model_is_told_which_tool_to_call() {
    let choice = |choice: Value| hello(json!({ "toolConfig": tools(choice) }));
    let any = || choice(json!({ "any": {} }));
    expect_all([
        (NOVA, any(), Accepted),
        (
            "us.meta.llama3-3-70b-instruct-v1:0",
            choice(json!({ "auto": {} })),
            Accepted,
        ),
        (
            "us.meta.llama3-3-70b-instruct-v1:0",
            any(),
            Refused(
                "This model doesn't support the toolConfig.toolChoice.any field. Remove \
                 toolConfig.toolChoice.any and try again.",
            ),
        ),
        ("deepseek.v3.2", any(), Accepted),
    ])
    .await;
}

#[tokio::test]
async fn signatures_and_redaction_are_claudes() {
    let replay = |reasoning: Value| {
        json!({ "messages": [
            user(json!({ "text": "a" })),
            { "role": "assistant", "content": [{ "reasoningContent": reasoning }, { "text": "b" }] },
            user(json!({ "text": "c" })),
        ] })
    };
    let unsigned = || replay(json!({ "reasoningText": { "text": "Hm." } }));
    let oss = "openai.gpt-oss-20b-1:0";
    expect_all([
        (oss, unsigned(), Accepted),
        (
            oss,
            replay(json!({ "reasoningText": { "text": "Hm.", "signature": "s" } })),
            Refused(
                "This model doesn't support the reasoningContent.reasoningText.signature field. \
                 Remove reasoningContent.reasoningText.signature and try again.",
            ),
        ),
        (
            oss,
            replay(json!({ "redactedContent": "AAAA" })),
            Refused(
                "This model doesn't support the reasoningContent.redactedContent field. Remove \
                 reasoningContent.redactedContent and try again.",
            ),
        ),
        (
            NOVA,
            unsigned(),
            Refused(
                "This model doesn't support the reasoningContent field. Remove reasoningContent \
                 and try again.",
            ),
        ),
    ])
    .await;
}

#[tokio::test]
async fn palmyra_takes_no_status() {
    let mut result = tool_result("a");
    result["toolResult"]["status"] = json!("success");
    let body = json!({
        "messages": [user(json!({ "text": "a" })), model_says(tool_use("a")), user(result)],
        "toolConfig": tools(Value::Null),
    });
    expect_all([
        (NOVA, body.clone(), Accepted),
        (
            "us.writer.palmyra-x5-v1:0",
            body,
            Refused("This model doesn't support the status field. Remove status and try again."),
        ),
    ])
    .await;
}
