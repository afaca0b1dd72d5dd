//! The interleaving beta flag.

use crate::render::{check, decided};

#[test]
fn budget_thinking_on_claude_4_to_4_5_sends_the_beta() {
    for model in [
        "claude-sonnet-4-20250514-v1:0",
        "claude-opus-4-20250514-v1:0",
        "claude-opus-4-1-20250805-v1:0",
        "claude-sonnet-4-5-20250929-v1:0",
        "claude-haiku-4-5-20251001-v1:0",
        "claude-opus-4-5-20251101-v1:0",
    ] {
        check(model, "budget=8192", "enabled:8192 beta |");
        check(model, "budget=8192 interleaved=true", "enabled:8192 beta |");
        check(
            model,
            "budget=8192 interleaved=false",
            "enabled:8192 | interleaved.disabled",
        );
        assert_eq!(
            decided(model, "budget=8192").betas,
            ["interleaved-thinking-2025-05-14"]
        );
    }
}

#[test]
fn other_models_never_get_the_beta() {
    check(
        "claude-3-7-sonnet-20250219-v1:0",
        "budget=8192",
        "enabled:8192 |",
    );
    check(
        "claude-sonnet-4-6",
        "budget=8192",
        "enabled:8192 | thinking.budget-deprecated",
    );
    check(
        "claude-sonnet-4-6",
        "budget=8192 interleaved=false",
        "enabled:8192 | thinking.budget-deprecated interleaved.no-effect",
    );
    check("claude-opus-4-6-v1", "budget=adaptive", "adaptive:high |");
}

#[test]
fn asking_for_it_where_it_does_nothing_is_reported() {
    let no_effect = "interleaved.no-effect";
    check(
        "claude-3-7-sonnet",
        "budget=8192 interleaved=true",
        &format!("enabled:8192 | {no_effect}"),
    );
    check(
        "claude-opus-4-6",
        "budget=adaptive interleaved=true",
        &format!("adaptive:high | {no_effect}"),
    );
    check(
        "claude-sonnet-4-5",
        "interleaved=true",
        &format!("| {no_effect}"),
    );
    check(
        "amazon.nova-lite-v1:0",
        "interleaved=true",
        &format!("| {no_effect}"),
    );
    check(
        "claude-sonnet-4-5",
        "budget=500 interleaved=true",
        &format!("| thinking.below-minimum {no_effect}"),
    );
}

#[test]
fn asking_for_none_where_that_does_nothing_is_reported() {
    for (model, settings, sent) in [
        ("claude-haiku-4-5", "", "|"),
        ("claude-opus-4-8", "", "|"),
        (
            "claude-opus-4-8",
            "budget=8192",
            "adaptive:medium | thinking.coerced-to-adaptive thinking.display-omitted",
        ),
        (
            "claude-opus-4-8",
            "budget=adaptive/high",
            "adaptive:high | thinking.display-omitted",
        ),
        ("claude-3-7-sonnet", "budget=8192", "enabled:8192 |"),
        ("claude-haiku-4-5", "budget=500", "| thinking.below-minimum"),
        ("amazon.nova-lite-v1:0", "", "|"),
    ] {
        let settings = format!("{settings} interleaved=false");
        let sent = format!("{sent} interleaved.no-effect");
        check(model, settings.trim_start(), &sent);
    }
    // Whether it does nothing to a model that nobody knows is not known either.
    check(
        "arn:aws:bedrock:us-east-1:123456789012:application-inference-profile/abc",
        "budget=8192 interleaved=false",
        "enabled:8192 | model.unknown",
    );
}
