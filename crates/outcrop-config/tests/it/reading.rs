//! What well-written values mean.

use std::time::Duration;

use outcrop_config::{CacheTtl, ModelConfig, load};
use outcrop_policy::{Effort, Level, ThinkingBudget, ThinkingDisplay};
use serde_json::json;

use crate::support::with_line;

#[track_caller]
fn read(text: &str) -> ModelConfig {
    let loaded = load(text);
    assert!(!loaded.has_errors(), "{:#?}", loaded.diagnostics);
    loaded.model("m").unwrap().clone()
}

#[track_caller]
fn budget(written: &str) -> Option<ThinkingBudget> {
    read(&with_line(&format!("thinking_budget: {written}"))).thinking_budget
}

#[test]
fn every_key_is_read_into_its_field() {
    let text = include_str!("../configs/valid/every_key.yaml");
    insta::assert_debug_snapshot!("every_key", read(text));
}

#[test]
fn budgets_are_counts_levels_and_efforts() {
    assert_eq!(budget("8192"), Some(ThinkingBudget::tokens(8192)));
    assert_eq!(budget("0"), Some(ThinkingBudget::Off));
    assert_eq!(budget("-5"), Some(ThinkingBudget::tokens(-5)));
    assert_eq!(budget("none"), Some(ThinkingBudget::Off));
    assert_eq!(budget("xHIGH"), Some(ThinkingBudget::Level(Level::XHigh)));
    assert_eq!(budget("adaptive"), Some(ThinkingBudget::Adaptive(None)));
    assert_eq!(
        budget("Adaptive/Low"),
        Some(ThinkingBudget::Adaptive(Some(Effort::Low)))
    );
    assert_eq!(budget("~"), None);
}

#[test]
fn numbers_follow_yaml_1_2() {
    assert_eq!(budget("08192"), Some(ThinkingBudget::tokens(8192)));
    assert_eq!(budget("0x2000"), Some(ThinkingBudget::tokens(8192)));
    assert_eq!(budget("0o20000"), Some(ThinkingBudget::tokens(8192)));
    assert_eq!(budget("+8192"), Some(ThinkingBudget::tokens(8192)));
}

#[test]
fn an_alias_means_the_anchor_before_it_also_when_others_were_redefined() {
    let text = include_str!("../configs/valid/anchor_defined_again.yaml");
    assert_eq!(read(text).max_tokens, Some(2));
}

#[test]
fn merge_keys_apply_and_the_entry_wins() {
    let text = include_str!("../configs/valid/merge_keys.yaml");
    let loaded = load(text);
    let b = loaded.model("b").unwrap();
    assert_eq!(b.max_tokens, Some(2000));
    assert_eq!(b.temperature, Some(0.5));
    assert_eq!(b.provider_opts.region.as_deref(), Some("us-east-1"));
    assert_eq!(b.provider_opts.top_k, Some(5));
    assert_eq!(loaded.model("a").unwrap().max_tokens, Some(1000));
}

#[test]
fn merge_keys_apply_through_a_chain() {
    let config = read(include_str!("../configs/valid/merge_keys_in_a_chain.yaml"));
    assert_eq!(
        (config.max_tokens, config.temperature),
        (Some(5), Some(0.1))
    );
}

#[test]
fn numeric_names_are_texts() {
    let loaded = load(include_str!("../configs/valid/numeric_names.yaml"));
    let names: Vec<_> = loaded
        .models
        .iter()
        .map(|model| model.name.as_str())
        .collect();
    assert_eq!(names, ["1", "4.5", "true"]);
}

#[test]
fn additional_fields_keep_their_order_and_types() {
    let line =
        "provider_opts: { additional_request_fields: { z: 1, a: [1.5, null, yes], \"5\": {} } }";
    let fields = read(&with_line(line))
        .provider_opts
        .additional_request_fields
        .unwrap();
    let written = serde_json::to_string(&fields).unwrap();
    assert_eq!(written, r#"{"z":1,"a":[1.5,null,"yes"],"5":{}}"#);
    assert_eq!(fields["a"], json!([1.5, null, "yes"]));
}

#[test]
fn words_and_time_outs_are_read() {
    let line = "provider_opts: { cache_ttl: 1h, thinking_display: summarized, connect_timeout: 90s, \
                idle_timeout: 7 }";
    let options = read(&with_line(line)).provider_opts;
    assert_eq!(options.cache_ttl, Some(CacheTtl::OneHour));
    assert_eq!(options.thinking_display, Some(ThinkingDisplay::Summarized));
    assert_eq!(options.connect_timeout, Some(Duration::from_secs(90)));
    assert_eq!(options.idle_timeout, Some(Duration::from_secs(7)));
}

#[test]
fn integers_of_other_providers_may_have_any_size() {
    let text = format!(
        "{}  o: {{ provider: x, n: 99999999999999999999 }}\n",
        with_line("")
    );
    assert_eq!(read(&text), ModelConfig::new("m"));
}

#[test]
fn line_breaks_of_yaml_1_1_break_no_line() {
    for character in ['\u{85}', '\u{2028}', '\u{2029}'] {
        for text in [
            format!(
                "# a{character}b: c\nmodels: {{ m: {{ provider: amazon-bedrock, model: m }} }}\n"
            ),
            format!("models: # a{character}b\n  m: {{ provider: amazon-bedrock, model: m }}\n"),
            format!("models:\n  m:\n    provider: amazon-bedrock # {character}- x\n    model: m\n"),
            format!(
                "x: a{character}b\nmodels: {{ m: {{ provider: amazon-bedrock, model: m }} }}\n"
            ),
        ] {
            let loaded = load(&text);
            assert!(
                loaded.diagnostics.is_empty(),
                "{text:?} {:?}",
                loaded.diagnostics
            );
            assert!(loaded.model("m").is_some(), "{text:?}");
        }
    }
}
