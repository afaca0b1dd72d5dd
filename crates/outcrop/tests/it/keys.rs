//! Every accepted key changes the request, the plan or the transport, or is reported.

use std::time::Duration;

use outcrop::config::{Effect, Key, keys};
use outcrop::{Conversation, Env, Model, Tool, ToolConfig, ToolSpec};
use serde_json::value::to_raw_value;

use crate::support::{emulator, model, offline};

/// A value for each key that differs from what holds without it.
fn sample(key: &Key) -> &'static str {
    match key.path {
        "model" => "amazon.nova-pro-v1:0",
        "max_tokens" => "2000",
        "temperature" | "top_p" => "0.5",
        "token_key" => "MY_TOKEN",
        "thinking_budget" => "adaptive/low",
        "parallel_tool_calls" | "track_usage" | "provider_opts.interleaved_thinking" => "false",
        "provider_opts.region" => "eu-west-1",
        "provider_opts.profile" => "dev",
        "provider_opts.role_arn" => "arn:aws:iam::123456789012:role/BedrockAccessRole",
        "provider_opts.role_session_name" | "provider_opts.external_id" => "my-name",
        "provider_opts.endpoint_url" => "https://vpce.example.com",
        "provider_opts.disable_prompt_caching" => "true",
        "provider_opts.top_k" => "40",
        "provider_opts.base_model" => "anthropic.claude-opus-4-8",
        "provider_opts.cache_ttl" => "1h",
        "provider_opts.thinking_display" => "summarized",
        "provider_opts.stop_sequences" => "[END]",
        "provider_opts.max_attempts" => "2",
        "provider_opts.connect_timeout" | "provider_opts.idle_timeout" => "1",
        "provider_opts.additional_request_fields" => "{ x: 1 }",
        "provider_opts.context_size" => "200000",
        "routing" | "first_available" => "[x]",
        path if key.effect == Effect::Ignored => {
            assert!(!path.starts_with("provider_opts."), "{path} wants a sample");
            "1"
        }
        path => panic!("{path} wants a sample"),
    }
}

/// A model with one key more; a budget stands beside the keys that mean nothing without one.
fn with(key: Option<&Key>) -> Model {
    let entry = |prefix: &str| {
        let key = key.filter(|key| key.path.starts_with(prefix))?;
        (prefix.is_empty() != key.path.starts_with("provider_opts."))
            .then(|| format!("{}: {}", key.name, sample(key)))
    };
    let written = |path: &str| key.is_some_and(|key| key.path == path);
    let id = if written("model") {
        String::new()
    } else {
        "model: us.anthropic.claude-sonnet-4-5-20250929-v1:0".to_owned()
    };
    let budget = if written("provider_opts.interleaved_thinking") {
        "thinking_budget: 8192"
    } else {
        ""
    };
    model(&format!(
        "models:\n  m:\n    provider: amazon-bedrock\n    {id}\n    {budget}\n    {}\n    provider_opts:\n      {}\n",
        entry("").unwrap_or_default(),
        entry("provider_opts.").unwrap_or_default(),
    ))
}

/// Everything about a model that can be seen without a call, as text.
fn seen(model: &Model, key: Option<&Key>) -> String {
    let tool = ToolSpec::new(
        "t",
        "A tool.",
        to_raw_value(&serde_json::json!({})).expect("JSON"),
    );
    let tools = ToolConfig {
        tools: vec![Tool::Spec(tool)],
        tool_choice: None,
        rest: outcrop::converse::Members::default(),
    };
    // Long enough to be cached.
    let conversation = Conversation::from("Hello")
        .with_system("Be brief. ".repeat(1000))
        .with_tools(tools);
    let needs_role = key.is_some_and(|key| matches!(key.name, "role_session_name" | "external_id"));
    let env = Env::empty().with_variable("MY_TOKEN", "token");
    let plan = model.plan(&env);
    let explained = model.explain(&conversation, &plan).expect("an explanation");
    let json = serde_json::to_value(&explained).expect("JSON");
    let timeouts = (model.connect_timeout(), model.idle_timeout());
    let mut seen = format!("{json} {timeouts:?} {}", model.max_attempts());
    if needs_role {
        seen.push_str(&format!("{:?}", plan.role()));
    }
    seen
}

#[test]
fn every_key_changes_something_or_is_reported() {
    let structure = ["provider", "provider_opts"];
    let mut checked = 0;
    for key in keys().filter(|key| !structure.contains(&key.path)) {
        if key.path == "track_usage" {
            continue; // It changes the answer; the next test looks at one.
        }
        let budget_alone = key.path == "provider_opts.interleaved_thinking";
        let without = if budget_alone {
            model(
                "models:\n  m:\n    provider: amazon-bedrock\n    model: us.anthropic.claude-sonnet-4-5-20250929-v1:0\n    thinking_budget: 8192\n",
            )
        } else {
            with(None)
        };
        assert_ne!(
            seen(&with(Some(key)), Some(key)),
            seen(&without, None),
            "{}",
            key.path
        );
        if key.effect == Effect::Ignored {
            let model = with(Some(key));
            let explained = model.explain(&"Hello".into(), &model.plan(&Env::empty()));
            let adjustments = explained.expect("an explanation").adjustments;
            let path = format!("models.m.{}", key.path);
            let reported = adjustments.iter().any(|adjustment| {
                adjustment.code() == "option.ignored" && adjustment.path(model.entry()) == path
            });
            assert!(reported, "{} is not reported", key.path);
        }
        checked += 1;
    }
    assert!(checked > 30, "{checked} keys");
}

#[tokio::test]
async fn track_usage_leaves_usage_out_of_the_result() {
    let emulator = emulator().await;
    let key = keys()
        .find(|key| key.path == "track_usage")
        .expect("the key");
    for (model, has_usage) in [(with(None), true), (with(Some(key)), false)] {
        let client = model
            .connect(&offline(&model, &emulator))
            .await
            .expect("a client");
        let streamed = client.stream(&"Hello".into()).await.expect("an answer");
        let streamed = streamed.finish().await.expect("an answer").response;
        let whole = client
            .call(&"Hello".into())
            .await
            .expect("an answer")
            .response;
        assert_eq!(
            (streamed.usage.is_some(), whole.usage.is_some()),
            (has_usage, has_usage)
        );
    }
}

#[test]
fn the_documented_defaults_of_the_transport_hold() {
    let default = |path: &str| {
        let key = keys().find(|key| key.path == path).expect("the key");
        let seconds = key
            .default
            .and_then(|default| default.parse().ok())
            .expect("seconds");
        Duration::from_secs(seconds)
    };
    let model = with(None);
    assert_eq!(
        model.connect_timeout(),
        default("provider_opts.connect_timeout")
    );
    assert_eq!(model.idle_timeout(), default("provider_opts.idle_timeout"));
    let attempts = Duration::from_secs(model.max_attempts().get().into());
    assert_eq!(attempts, default("provider_opts.max_attempts"));
}
