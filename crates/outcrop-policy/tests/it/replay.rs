//! What a model takes back of a conversation: reasoning, and a message to continue.

use outcrop_policy::{FAMILIES, Model, ModelId, PrefillRefusal, ReasoningReplay, Request, decide};

use crate::render::decided;

#[track_caller]
fn check_reasoning(model: &str, expected: ReasoningReplay) {
    assert_eq!(decided(model, "").reasoning_replay, expected, "{model}");
}

#[test]
fn claude_takes_signed_reasoning_back() {
    for model in [
        "claude-3-7-sonnet-20250219-v1:0",
        "us.anthropic.claude-opus-4-8",
        "claude-haiku-6",
        "anthropic.claude-new-line-9",
    ] {
        check_reasoning(model, ReasoningReplay::Signed);
    }
}

/// The lists of LiteLLM and Strands Agents.
#[test]
fn other_families_take_plain_reasoning_or_none() {
    for (model, expected) in [
        ("amazon.nova-lite-v1:0", ReasoningReplay::Refused),
        ("us.amazon.nova-pro-v1:0", ReasoningReplay::Refused),
        ("amazon.nova-2-lite-v1:0", ReasoningReplay::Unsigned),
        ("deepseek.r1-v1:0", ReasoningReplay::Refused),
        ("deepseek.v3.2", ReasoningReplay::Refused),
        ("google.gemma-3-27b-it", ReasoningReplay::Refused),
        ("meta.llama3-3-70b-instruct-v1:0", ReasoningReplay::Refused),
        ("minimax.minimax-m2", ReasoningReplay::Unsigned),
        ("mistral.devstral-2-123b", ReasoningReplay::Refused),
        ("mistral.ministral-3-8b-instruct", ReasoningReplay::Refused),
        (
            "mistral.mistral-large-3-675b-instruct",
            ReasoningReplay::Refused,
        ),
        ("mistral.magistral-small-2509", ReasoningReplay::Unsigned),
        ("moonshotai.kimi-k3", ReasoningReplay::Unsigned),
        ("nvidia.nemotron-nano-9b-v2", ReasoningReplay::Refused),
        ("openai.gpt-oss-120b-1:0", ReasoningReplay::Unsigned),
        ("openai.gpt-5.4", ReasoningReplay::Refused),
        ("openai.gpt-6-sol", ReasoningReplay::Refused),
        ("qwen.qwen3-235b-a22b-2507-v1:0", ReasoningReplay::Refused),
        ("qwen.qwen3-coder-480b-a35b-v1:0", ReasoningReplay::Refused),
        ("qwen.qwen3-32b-v1:0", ReasoningReplay::Unsigned),
        ("qwen.qwen3-vl-235b-a22b", ReasoningReplay::Unsigned),
        ("writer.palmyra-x5-v1:0", ReasoningReplay::Refused),
        ("xai.grok-4.7", ReasoningReplay::Refused),
        ("zai.glm-5", ReasoningReplay::Unsigned),
    ] {
        check_reasoning(model, expected);
    }
}

#[test]
fn what_is_not_known_is_left_to_the_service() {
    let arn = "arn:aws:bedrock:us-east-1:123456789012:application-inference-profile/abc123";
    check_reasoning(arn, ReasoningReplay::Unknown);
    check_reasoning("who.knows-1", ReasoningReplay::Unknown);
    let known = Model::resolve(ModelId::new(arn), Some("amazon.nova-pro-v1:0"));
    let decision = decide(&known, &Request::default());
    assert_eq!(decision.reasoning_replay, ReasoningReplay::Refused);
}

#[test]
fn a_longer_prefix_stands_before_a_shorter_one() {
    for (position, family) in FAMILIES.iter().enumerate() {
        let hidden = FAMILIES[..position]
            .iter()
            .find(|before| family.prefix.starts_with(before.prefix));
        assert!(hidden.is_none(), "{} is never found", family.prefix);
    }
}

#[test]
fn claude_from_4_6_on_continues_no_message_and_none_does_while_it_thinks() {
    for (model, settings, expected) in [
        ("claude-3-5-haiku-20241022-v1:0", "", None),
        ("claude-sonnet-4-5-20250929-v1:0", "", None),
        (
            "claude-sonnet-4-5-20250929-v1:0",
            "budget=2048 max=4096",
            Some(PrefillRefusal::WhileThinking),
        ),
        (
            "claude-sonnet-4-5-20250929-v1:0",
            "budget=adaptive",
            Some(PrefillRefusal::WhileThinking),
        ),
        (
            "claude-sonnet-4-6",
            "budget=2048 max=4096",
            Some(PrefillRefusal::ByModel),
        ),
        ("claude-opus-4-6-v1", "", Some(PrefillRefusal::ByModel)),
        ("claude-haiku-6", "", Some(PrefillRefusal::ByModel)),
        ("amazon.nova-pro-v1:0", "", None),
        ("who.knows-1", "", None),
    ] {
        let decision = decided(model, settings);
        assert_eq!(decision.refuses_prefill, expected, "{model} {settings}");
    }
}
