//! `explain`: what would be sent, and that it is what is sent.

use serde::Deserialize;
use serde_json::value::RawValue;

use crate::support::{LocalBedrock, examples, keys, models, outcrop};

#[test]
fn an_explanation_is_read_as_a_page() {
    let args = [
        "explain",
        "-c",
        "examples/bedrock.yaml",
        "bedrock-role",
        "Why is the sky blue?",
        "--thinking-budget",
        "adaptive",
        "--temperature",
        "0.5",
        "--today",
        "2026-11-22",
    ];
    let ran = outcrop(args).in_workspace().with_keys().run().ok();
    insta::assert_snapshot!(ran.page());
}

#[test]
fn an_explanation_has_a_stable_form_for_programs() {
    let args = [
        "explain",
        "-c",
        "examples/assume-role.yaml",
        "bedrock",
        "--format",
        "json",
        "--thinking-budget",
        "12",
    ];
    let ran = outcrop(args).in_workspace().hostile().run().ok();
    assert_eq!(ran.stderr, "");
    let explanation = ran.json();
    assert_eq!(
        keys(&explanation),
        [
            "model",
            "model_id",
            "region",
            "endpoint",
            "auth",
            "http",
            "request",
            "adjustments",
            "cache",
        ]
    );
    assert_eq!(keys(&explanation["auth"]), ["method", "source", "role_arn"]);
    assert_eq!(keys(&explanation["http"]), ["method", "path"]);
    let adjustments = explanation["adjustments"].as_array().unwrap();
    assert!(adjustments.len() > 1);
    for adjustment in adjustments {
        assert_eq!(
            keys(adjustment),
            ["code", "severity", "path", "message", "predicts_refusal"]
        );
    }
}

#[test]
fn without_a_model_every_bedrock_model_is_explained() {
    let all = outcrop(["explain", "-c", "examples/bedrock.yaml"]).in_workspace();
    let page = all.run().ok().stdout;
    for model in models("examples/bedrock.yaml") {
        assert!(page.lines().any(|line| line == model), "{model}: {page}");
    }
    assert_eq!(models("examples/docker-agent.yaml"), ["thinker"]);
}

#[test]
fn a_file_without_bedrock_models_explains_none_and_says_so() {
    let explain = |format| {
        outcrop(["explain", "--format", format])
            .file("models.yaml", "models:\n  a: { provider: bedrock }\n")
            .run()
            .ok()
    };
    assert_eq!(explain("json").stdout, "[]\n");
    insta::assert_snapshot!(explain("text").page());
}

#[test]
fn the_explained_bytes_are_the_bytes_that_are_sent() {
    let bedrock = LocalBedrock::start();
    for example in examples() {
        for model in models(&example) {
            compare(
                &bedrock,
                &["-c", &example, "-m", &model, "Why is the sky blue?"],
            );
        }
    }
    let overridden = [
        "-c",
        "examples/bedrock.yaml",
        "-m",
        "bedrock-claude",
        "-s",
        "Be brief.",
        "--max-tokens",
        "9000",
        "--thinking-budget",
        "medium",
        "--temperature",
        "0.7",
        "--region",
        "eu-west-1",
        "Why",
        "is",
        "the",
        "sky",
        "blue?",
    ];
    compare(&bedrock, &overridden);
    compare(
        &bedrock,
        &["-m", "us.amazon.nova-pro-v1:0", "--top-p", "0.9", "Why?"],
    );
}

/// Explains and runs the same arguments, and compares body and path.
fn compare(bedrock: &LocalBedrock, args: &[&str]) {
    #[derive(Deserialize)]
    struct Explanation {
        model_id: String,
        region: String,
        request: Box<RawValue>,
    }
    let started = |command: &[&'static str]| {
        let args = command.iter().copied().chain(args.iter().copied());
        outcrop(args)
            .in_workspace()
            .with_keys()
            .with_profile("my-aws-profile")
            .at(&bedrock.endpoint())
            .run()
            .ok()
    };
    let explained = started(&["explain", "--format", "json"]);
    let explained: Explanation = serde_json::from_str(&explained.stdout).unwrap();
    for command in [&["run"][..], &["run", "--no-stream"]] {
        started(command);
        let sent = bedrock.last_call();
        assert_eq!(explained.request.get().as_bytes(), &*sent.body, "{args:?}");
        assert_eq!(Some(explained.model_id.as_str()), sent.model_id.as_deref());
        assert_eq!(Some(explained.region.as_str()), sent.region.as_deref());
        assert!(sent.signature_verified);
    }
}

#[test]
fn the_day_decides_which_models_have_ended() {
    let codes = |day: &'static str| {
        let sonnet = "us.anthropic.claude-sonnet-4-5-20250929-v1:0";
        let ran = outcrop(["explain", sonnet, "--format", "json", "--today", day])
            .run()
            .ok();
        let json = ran.json();
        let adjustments = json["adjustments"].as_array().unwrap().iter();
        adjustments
            .map(|adjustment| adjustment["code"].as_str().unwrap().to_owned())
            .filter(|code| code.starts_with("model."))
            .collect::<Vec<_>>()
    };
    assert!(codes("2026-01-01").is_empty());
    assert_eq!(codes("2027-01-01"), ["model.retiring"]);
    assert_eq!(codes("2028-01-01"), ["model.retired"]);
}

#[test]
fn the_request_of_a_conversation_is_the_same_in_every_process() {
    let folder = "crates/outcrop-converse/tests/conversations/sendable";
    for name in ["documents", "interleaved_reasoning", "tools_of_the_history"] {
        let file = format!("{folder}/{name}.json");
        let explain = || {
            let args = [
                "explain",
                "us.anthropic.claude-opus-4-8",
                "--messages",
                &file,
            ];
            let ran = outcrop(args)
                .arg("--format")
                .arg("json")
                .in_workspace()
                .run();
            ran.ok().stdout
        };
        let first = explain();
        assert!((0..3).all(|_| explain() == first), "{name}");
    }
}

/// A conversation whose second question is to be asked: a long system prompt, a tool and a long
/// result.
fn long_conversation() -> String {
    let words = |count| "word ".repeat(count);
    format!(
        r#"{{
          "system": [{{"text": "{}"}}],
          "toolConfig": {{"tools": [{{"toolSpec": {{"name": "read", "inputSchema": {{"json": {{"type": "object"}}}}}}}}]}},
          "messages": [
            {{"role": "user", "content": [{{"text": "What does the file say?"}}]}},
            {{"role": "assistant", "content": [{{"toolUse": {{"toolUseId": "t1", "name": "read", "input": {{}}}}}}]}},
            {{"role": "user", "content": [{{"toolResult": {{"toolUseId": "t1", "content": [{{"text": "{}"}}]}}}}]}},
            {{"role": "assistant", "content": [{{"text": "Words."}}]}},
            {{"role": "user", "content": [{{"text": "Which?"}}]}}
          ]
        }}"#,
        words(2_000),
        words(3_000)
    )
}

#[test]
fn the_plan_of_the_cache_is_part_of_the_page() {
    let cache = |model: &str| {
        let ran = outcrop(["explain", model, "--messages", "long.json"]);
        let page = ran.file("long.json", &long_conversation()).run().ok();
        let after = page.stdout.split_once("\n  cache\n").expect("a plan").1;
        let (plan, _request) = after.split_once("\n\n  request\n").expect("a request");
        format!("{model}\n{plan}\n")
    };
    let pages = [
        "us.anthropic.claude-opus-4-8",
        "us.anthropic.claude-haiku-4-5-20251001-v1:0",
        "us.amazon.nova-pro-v1:0",
        "openai.gpt-5.4",
        "us.meta.llama3-3-70b-instruct-v1:0",
    ];
    insta::assert_snapshot!(pages.map(cache).join("\n"));
}

#[test]
fn the_plan_of_the_cache_has_a_form_for_programs() {
    let explain = |model| {
        let args = [
            "explain",
            model,
            "--messages",
            "long.json",
            "--format",
            "json",
        ];
        let ran = outcrop(args).file("long.json", &long_conversation()).run();
        ran.ok().json()["cache"].clone()
    };
    let plan = explain("us.anthropic.claude-opus-4-8");
    let text = serde_json::to_string_pretty(&plan).unwrap();
    insta::assert_snapshot!(text);
    assert_eq!(plan["stateless"], true);
    assert!(plan["expected"]["read"].as_u64() > Some(5_000));
}
