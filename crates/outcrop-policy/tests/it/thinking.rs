//! The thinking field, rule by rule.

use outcrop_policy::{Level, TABLE, ThinkingClass, Unasked};

use crate::render::{check, decided, render};

#[test]
fn nothing_asked_sends_nothing_on_any_model() {
    for row in TABLE {
        check(row.name, "", "|");
    }
    check("amazon.nova-lite-v1:0", "", "|");
}

#[test]
fn off_sends_nothing_to_a_model_that_thinks_only_when_asked() {
    for row in TABLE.iter().filter(|row| row.unasked == Unasked::Rests) {
        check(row.name, "budget=none", "|");
        check(row.name, "budget=0", "|");
    }
    check("amazon.nova-lite-v1:0", "budget=none", "|");
    check("meta.llama3-3-70b-instruct-v1:0", "budget=0", "|");
}

#[test]
fn off_takes_the_form_of_a_model_that_thinks_by_default() {
    for model in ["claude-opus-5", "claude-sonnet-5", "claude-haiku-5-5"] {
        check(model, "budget=none", "disabled |");
        check(model, "budget=0", "disabled |");
    }
    check(
        "claude-sonnet-5-5",
        "budget=none",
        "between_tools | thinking.least-available",
    );
    for model in [
        "claude-opus-5-5",
        "claude-fable-5",
        "claude-fable-5-1",
        "claude-mythos-5",
        "claude-mythos-5-1",
        "claude-mythos-preview",
    ] {
        check(model, "budget=none", "| thinking.cannot-be-disabled");
    }
}

#[test]
fn levels_are_token_counts_where_budgets_are_taken() {
    let counts = [1024, 2048, 8192, 16_384, 32_768, 32_768];
    for (level, count) in Level::ALL.into_iter().zip(counts) {
        let settings = format!("budget={} max=64000", level.as_str());
        check(
            "claude-sonnet-4-5",
            &settings,
            &format!("enabled:{count} beta |"),
        );
        check(
            "claude-3-7-sonnet",
            &settings,
            &format!("enabled:{count} |"),
        );
        check(
            "claude-sonnet-4-6",
            &settings,
            &format!("enabled:{count} | thinking.budget-deprecated"),
        );
    }
}

#[test]
fn a_level_is_judged_by_its_token_count() {
    check(
        "claude-sonnet-4-5",
        "budget=high max=16384",
        "| thinking.not-below-max-tokens",
    );
    check(
        "claude-sonnet-4-5",
        "budget=high max=16385",
        "enabled:16384 beta |",
    );
    check(
        "claude-opus-4-1",
        "budget=max",
        "| thinking.not-below-max-tokens",
    );
    check("claude-opus-4-1", "budget=high", "enabled:16384 beta |");
}

#[test]
fn levels_become_efforts_where_only_adaptive_is_taken() {
    let coerced = "thinking.coerced-to-adaptive";
    let check = |level: &str, sent: &str, more: &str| {
        let settings = format!("budget={level} display=summarized");
        let expected = format!("adaptive:{sent}:summarized | {coerced}{more}");
        check("claude-opus-4-8", &settings, &expected);
    };
    check("minimal", "low", " thinking.minimal-as-low");
    check("low", "low", "");
    check("medium", "medium", "");
    check("high", "high", "");
    check("xhigh", "xhigh", "");
    check("max", "max", "");
}

#[test]
fn an_effort_the_model_lacks_is_lowered() {
    check(
        "claude-opus-4-6",
        "budget=xhigh",
        "adaptive:high | thinking.coerced-to-adaptive thinking.effort-lowered",
    );
    check(
        "claude-opus-4-6",
        "budget=max",
        "adaptive:max | thinking.coerced-to-adaptive",
    );
    check(
        "claude-opus-4-6",
        "budget=adaptive/xhigh",
        "adaptive:high | thinking.effort-lowered",
    );
    check(
        "claude-sonnet-4-6",
        "budget=adaptive/xhigh",
        "adaptive:high | thinking.effort-lowered",
    );
}

#[test]
fn token_counts_become_efforts_where_only_adaptive_is_taken() {
    let edges = [
        (1, "low"),
        (1023, "low"),
        (2048, "low"),
        (2049, "medium"),
        (8192, "medium"),
        (8193, "high"),
        (16_384, "high"),
        (16_385, "xhigh"),
        (32_768, "xhigh"),
        (1_000_000, "xhigh"),
    ];
    for (count, effort) in edges {
        let expected = format!("adaptive:{effort}:omitted | thinking.coerced-to-adaptive");
        check(
            "claude-opus-4-8",
            &format!("budget={count} display=omitted"),
            &expected,
        );
    }
    check(
        "claude-opus-4-6",
        "budget=32768",
        "adaptive:high | thinking.coerced-to-adaptive thinking.effort-lowered",
    );
}

#[test]
fn max_tokens_does_not_limit_what_becomes_adaptive() {
    check(
        "claude-opus-4-6",
        "budget=8192 max=100",
        "adaptive:medium | thinking.coerced-to-adaptive",
    );
}

#[test]
fn a_budget_lies_between_the_minimum_and_max_tokens() {
    check(
        "claude-sonnet-4-5",
        "budget=1023 max=4096",
        "| thinking.below-minimum",
    );
    check(
        "claude-sonnet-4-5",
        "budget=1024 max=4096",
        "enabled:1024 beta |",
    );
    check(
        "claude-sonnet-4-5",
        "budget=4095 max=4096",
        "enabled:4095 beta |",
    );
    check(
        "claude-sonnet-4-5",
        "budget=4096 max=4096",
        "| thinking.not-below-max-tokens",
    );
    check(
        "claude-sonnet-4-5",
        "budget=1024 max=1024",
        "| thinking.not-below-max-tokens",
    );
    check(
        "claude-sonnet-4-5",
        "budget=500 max=100",
        "| thinking.below-minimum",
    );
}

#[test]
fn without_max_tokens_the_models_own_limit_counts() {
    let above = "thinking.above-documented-range";
    check(
        "claude-sonnet-4-5",
        "budget=63999",
        &format!("enabled:63999 beta | {above}"),
    );
    check(
        "claude-sonnet-4-5",
        "budget=64000",
        "| thinking.not-below-max-tokens",
    );
    check("claude-opus-4", "budget=31999", "enabled:31999 beta |");
    check(
        "claude-opus-4",
        "budget=32000",
        "| thinking.not-below-max-tokens",
    );
    check(
        "claude-sonnet-4-6",
        "budget=64000",
        "| thinking.not-below-max-tokens",
    );
}

#[test]
fn a_budget_beyond_the_documented_range_is_sent_with_a_warning() {
    check(
        "claude-sonnet-4-5",
        "budget=32768 max=64000",
        "enabled:32768 beta |",
    );
    check(
        "claude-sonnet-4-5",
        "budget=32769 max=64000",
        "enabled:32769 beta | thinking.above-documented-range",
    );
    check(
        "claude-sonnet-4-6",
        "budget=32769 max=64000",
        "enabled:32769 | thinking.above-documented-range thinking.budget-deprecated",
    );
}

#[test]
fn a_negative_count_is_dropped_on_any_model() {
    for row in TABLE {
        check(row.name, "budget=-1", "| thinking.negative");
    }
    check("amazon.nova-lite-v1:0", "budget=-1", "| thinking.negative");
}

#[test]
fn adaptive_is_sent_with_its_effort_where_it_is_offered() {
    let adaptive = |row: &&outcrop_policy::Row| {
        matches!(
            row.class,
            ThinkingClass::AdaptiveOnly | ThinkingClass::Deprecated
        ) && row.efforts.is_some()
    };
    for row in TABLE.iter().filter(adaptive) {
        check(
            row.name,
            "budget=adaptive display=omitted",
            "adaptive:high:omitted |",
        );
        for effort in row.efforts.into_iter().flatten() {
            let settings = format!("budget=adaptive/{} display=omitted", effort.as_str());
            check(
                row.name,
                &settings,
                &format!("adaptive:{}:omitted |", effort.as_str()),
            );
        }
    }
}

#[test]
fn no_effort_is_sent_where_the_efforts_are_unknown() {
    let model = "claude-mythos-preview";
    check(
        model,
        "budget=adaptive display=omitted",
        "adaptive:-:omitted |",
    );
    check(
        model,
        "budget=adaptive/low display=omitted",
        "adaptive:-:omitted | thinking.effort-unknown",
    );
    check(
        model,
        "budget=8192 display=omitted",
        "adaptive:-:omitted | thinking.coerced-to-adaptive",
    );
}

#[test]
fn adaptive_is_forwarded_to_budget_models_with_a_predicted_refusal() {
    for row in TABLE
        .iter()
        .filter(|row| row.class == ThinkingClass::Budget)
    {
        check(
            row.name,
            "budget=adaptive",
            "adaptive:high | thinking.adaptive-refused",
        );
        check(
            row.name,
            "budget=adaptive/max",
            "adaptive:max | thinking.adaptive-refused",
        );
    }
    let decision = decided("claude-sonnet-4-5", "budget=adaptive t=0.5");
    assert_eq!(
        render(&decision),
        "adaptive:high | thinking.adaptive-refused sampling.dropped-for-thinking"
    );
    assert!(decision.adjustments[0].predicts_refusal());
}

#[test]
fn models_without_extended_thinking_get_no_field() {
    let plain = TABLE
        .iter()
        .filter(|row| row.class == ThinkingClass::None)
        .map(|row| row.name);
    let others = [
        "amazon.nova-pro-v1:0",
        "openai.gpt-oss-120b-1:0",
        "meta.llama4-scout-17b-v1:0",
    ];
    for model in plain.chain(others) {
        for budget in ["500", "8192", "high", "adaptive", "adaptive/low"] {
            check(
                model,
                &format!("budget={budget}"),
                "| thinking.not-supported",
            );
        }
    }
}

#[test]
fn hidden_thinking_is_reported_unless_display_is_set() {
    check(
        "claude-opus-4-7",
        "budget=adaptive",
        "adaptive:high | thinking.display-omitted",
    );
    check("claude-opus-4-6", "budget=adaptive", "adaptive:high |");
    check("claude-opus-5", "", "|");
    check(
        "claude-opus-5",
        "budget=none display=summarized",
        "disabled | option.ignored",
    );
    check(
        "claude-sonnet-4-5",
        "budget=8192 display=omitted",
        "enabled:8192:omitted beta |",
    );
}

#[test]
fn an_unknown_claude_takes_what_is_written() {
    let arn = "arn:aws:bedrock:us-east-1:123456789012:application-inference-profile/abc123";
    for model in [arn, "anthropic.claude-saga-6"] {
        check(model, "budget=none", "| model.unknown");
        check(
            model,
            "budget=8192 t=0.5",
            "enabled:8192 | model.unknown sampling.dropped-for-thinking",
        );
        check(model, "t=0.5 p=0.9", "t=0.5 p=0.9 | model.unknown");
        check(model, "budget=high", "enabled:16384 | model.unknown");
        check(model, "budget=adaptive/max", "adaptive:max | model.unknown");
        check(
            model,
            "budget=500",
            "| model.unknown thinking.below-minimum",
        );
        check(
            model,
            "budget=8192 interleaved=true",
            "enabled:8192 beta | model.unknown",
        );
        check(
            model,
            "budget=8192 interleaved=false",
            "enabled:8192 | model.unknown",
        );
    }
}

#[test]
fn max_tokens_above_the_models_limit_is_sent_and_predicted() {
    for row in TABLE {
        let Some(limit) = row.max_output else {
            continue;
        };
        check(row.name, &format!("max={limit}"), "|");
        let decision = decided(row.name, &format!("max={}", limit + 1));
        assert_eq!(render(&decision), "| max-tokens.above-model-limit");
        assert_eq!(decision.max_tokens, Some(limit + 1));
        assert!(decision.adjustments[0].predicts_refusal());
    }
}
