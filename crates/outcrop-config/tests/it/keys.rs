//! Every accepted key does something, or says that it does not.

use std::collections::BTreeSet;

use outcrop_config::{Code, Effect, Key, ModelConfig, SCHEMA, keys, load};
use serde_json::Value;

/// A value that a key accepts.
fn value(path: &str) -> &'static str {
    match path {
        "model" | "provider_opts.base_model" => "anthropic.claude-opus-4-8",
        "max_tokens" | "provider_opts.top_k" | "provider_opts.max_attempts" => "7",
        "temperature" | "top_p" => "0.5",
        "token_key" => "MY_KEY",
        "thinking_budget" => "high",
        "parallel_tool_calls" | "track_usage" => "false",
        "provider_opts.region" => "eu-west-3",
        "provider_opts.profile" => "work",
        "provider_opts.role_arn" => "arn:aws:iam::123456789012:role/R",
        "provider_opts.role_session_name" | "provider_opts.external_id" => "me",
        "provider_opts.endpoint_url" => "https://example.com",
        "provider_opts.interleaved_thinking" | "provider_opts.disable_prompt_caching" => "true",
        "provider_opts.cache_ttl" => "1h",
        "provider_opts.thinking_display" => "omitted",
        "provider_opts.stop_sequences" => "[END]",
        "provider_opts.connect_timeout" | "provider_opts.idle_timeout" => "5m",
        "provider_opts.additional_request_fields" => "{ a: 1 }",
        _ => "{}",
    }
}

/// What is read of an entry with one key, and the diagnostics' codes.
fn read(key: &Key) -> (ModelConfig, Vec<Code>) {
    let model = if key.path == "model" {
        ""
    } else {
        "model: m, "
    };
    let value = value(key.path);
    let line = match key.path.split_once('.') {
        Some((outer, inner)) => format!("{outer}: {{ {inner}: {value} }}"),
        None => format!("{}: {value}", key.name),
    };
    let text = format!("models: {{ m: {{ provider: amazon-bedrock, {model}{line} }} }}");
    let loaded = load(&text);
    let codes = loaded.diagnostics.iter().map(|found| found.code).collect();
    (loaded.models.into_iter().next().unwrap().config, codes)
}

#[test]
fn every_key_changes_what_is_read_or_is_reported_as_ignored() {
    for key in keys().filter(|key| !key.path.starts_with("provider") || key.path.contains('.')) {
        let (mut config, codes) = read(key);
        let ignored: Vec<_> = config
            .ignored
            .drain(..)
            .map(|ignored| ignored.path)
            .collect();
        match key.effect {
            Effect::Active => {
                assert_ne!(config, ModelConfig::new("m"), "{}", key.path);
                assert!(ignored.is_empty(), "{}", key.path);
            }
            Effect::Ignored => {
                assert_eq!(ignored, [key.path]);
                assert!(codes.contains(&Code::OptionIgnored), "{}", key.path);
            }
        }
    }
}

#[test]
fn a_null_leaves_every_key_but_the_model_unset() {
    for key in keys().filter(|key| !matches!(key.path, "provider" | "model")) {
        let line = match key.path.split_once('.') {
            Some((outer, inner)) => format!("{outer}: {{ {inner}: ~ }}"),
            None => format!("{}: ~", key.name),
        };
        let text = format!("models: {{ m: {{ provider: amazon-bedrock, model: m, {line} }} }}");
        let loaded = load(&text);
        assert!(loaded.diagnostics.is_empty(), "{}", key.path);
        assert_eq!(
            loaded.model("m"),
            Some(&ModelConfig::new("m")),
            "{}",
            key.path
        );
    }
}

#[test]
fn the_schema_has_the_same_keys() {
    let schema: Value = serde_json::from_str(SCHEMA).unwrap();
    let entry = &schema["definitions"]["BedrockModel"]["properties"];
    let options = &entry["provider_opts"]["properties"];
    let names = |value: &Value| {
        value
            .as_object()
            .unwrap()
            .keys()
            .cloned()
            .collect::<Vec<_>>()
    };
    let mut in_schema: BTreeSet<String> = names(entry).into_iter().collect();
    in_schema.extend(
        names(options)
            .iter()
            .map(|name| format!("provider_opts.{name}")),
    );
    let listed: BTreeSet<String> = keys().map(|key| key.path.to_owned()).collect();
    assert_eq!(in_schema, listed);
    assert_eq!(keys().count(), listed.len());
}

#[test]
fn every_key_is_documented_in_sentences() {
    for key in keys() {
        assert!(
            key.summary().trim_end().ends_with('.'),
            "{}: {}",
            key.path,
            key.summary()
        );
    }
}

#[test]
fn every_default_is_accepted_as_a_value() {
    for key in keys() {
        let Some(default) = key.default else { continue };
        let line = match key.path.split_once('.') {
            Some((outer, inner)) => format!("{outer}: {{ {inner}: {default} }}"),
            None => format!("{}: {default}", key.name),
        };
        let text = format!("models: {{ m: {{ provider: amazon-bedrock, model: m, {line} }} }}");
        assert!(!load(&text).has_errors(), "{}", key.path);
    }
}

#[test]
fn the_codes_are_listed_once_and_in_order() {
    let spelt = Code::ALL.map(Code::as_str);
    assert!(spelt.is_sorted());
    assert_eq!(BTreeSet::from(spelt).len(), spelt.len());
}
