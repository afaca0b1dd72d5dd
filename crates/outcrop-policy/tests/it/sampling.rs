//! Sampling parameters.

use outcrop_policy::{SamplingRule, TABLE};

use crate::render::check;

#[test]
fn active_thinking_drops_every_sampling_parameter_in_one_adjustment() {
    for (model, budget, sent) in [
        ("claude-sonnet-4-5", "8192", "enabled:8192 beta"),
        ("claude-opus-4-6", "adaptive/low", "adaptive:low"),
        (
            "claude-opus-4-8",
            "adaptive/low display=omitted",
            "adaptive:low:omitted",
        ),
    ] {
        let settings = format!("budget={budget} t=0.5 p=0.9 k=40");
        check(
            model,
            &settings,
            &format!("{sent} | sampling.dropped-for-thinking"),
        );
    }
}

#[test]
fn a_dropped_budget_leaves_sampling_alone() {
    check(
        "claude-sonnet-4-5",
        "budget=500 t=0.5",
        "t=0.5 | thinking.below-minimum",
    );
    check(
        "claude-sonnet-4",
        "budget=none t=0.5 p=0.9 k=3",
        "t=0.5 p=0.9 k=3:TopLevel |",
    );
}

#[test]
fn models_that_refuse_sampling_get_none_even_at_one() {
    for row in TABLE
        .iter()
        .filter(|row| row.sampling == SamplingRule::Refused)
    {
        for settings in ["t=1", "p=1", "k=1", "t=0.2 p=0.9 k=40"] {
            check(row.name, settings, "| sampling.refused-by-model");
        }
    }
    check(
        "claude-opus-5",
        "budget=none t=1",
        "disabled | sampling.refused-by-model",
    );
    check("openai.gpt-5.4", "t=1", "| sampling.refused-by-model");
}

#[test]
fn where_the_pair_is_refused_top_p_goes() {
    for row in TABLE
        .iter()
        .filter(|row| row.sampling == SamplingRule::NotBoth)
    {
        check(row.name, "t=0.5 p=0.9", "t=0.5 | sampling.pair-refused");
        check(row.name, "t=0.5 k=4", "t=0.5 k=4:TopLevel |");
        check(row.name, "p=0.9", "p=0.9 |");
    }
}

#[test]
fn every_other_model_gets_what_was_written() {
    for row in TABLE.iter().filter(|row| row.sampling == SamplingRule::Any) {
        check(row.name, "t=0 p=1 k=5", "t=0 p=1 k=5:TopLevel |");
    }
    check(
        "amazon.nova-lite-v1:0",
        "t=0.5 p=0.9 k=5",
        "t=0.5 p=0.9 k=5:NovaInferenceConfig |",
    );
}
