//! Settings for one call.

use serde_json::{Value, json};

use crate::support::{LocalBedrock, outcrop};

const FILE: &str = "\
models:
  claude:
    provider: amazon-bedrock
    model: global.anthropic.claude-sonnet-4-5-20250929-v1:0
    token_key: SOME_TOKEN
    max_tokens: 100
    thinking_budget: low
    provider_opts: { region: us-east-1, profile: of-the-file }
";

fn explain(args: &[&str]) -> Value {
    let args = ["explain", "claude", "--format", "json"]
        .into_iter()
        .chain(args.iter().copied());
    let run = outcrop(args)
        .file("outcrop.yaml", FILE)
        .env("SOME_TOKEN", "token");
    run.run().ok().json()
}

#[test]
fn each_goes_before_what_the_file_says() {
    let explained = explain(&["--max-tokens", "9000", "--thinking-budget", "2000"]);
    assert_eq!(
        explained["request"]["inferenceConfig"],
        json!({"maxTokens": 9000})
    );
    let thinking = &explained["request"]["additionalModelRequestFields"]["thinking"];
    assert_eq!(thinking["budget_tokens"], 2000);

    let explained = explain(&["--thinking-budget", "none", "--temperature", "0.25"]);
    let inference = &explained["request"]["inferenceConfig"];
    assert_eq!(*inference, json!({"maxTokens": 100, "temperature": 0.25}));

    let explained = explain(&["--thinking-budget", "none", "--top-p", "1"]);
    assert_eq!(explained["request"]["inferenceConfig"]["topP"], 1.0);

    let explained = explain(&["--region", "eu-west-1"]);
    assert_eq!(explained["region"], "eu-west-1");
    assert_eq!(
        explained["endpoint"],
        "https://bedrock-runtime.eu-west-1.amazonaws.com"
    );
}

#[test]
fn a_profile_goes_before_the_token_of_the_file() {
    assert_eq!(explain(&[])["auth"]["method"], "bearer");
    let auth = &explain(&["--profile", "mine"])["auth"];
    assert_eq!(auth["method"], "sigv4");
    assert!(
        auth["source"].as_str().unwrap().contains("`mine`"),
        "{auth}"
    );
}

#[test]
fn they_go_before_what_a_conversation_says() {
    let turns = r#"{
        "messages": [{"role": "user", "content": [{"text": "Hi"}]}],
        "inferenceConfig": {"maxTokens": 50, "temperature": 1.0, "stopSequences": ["END"]}
    }"#;
    let args = [
        "explain",
        "us.amazon.nova-pro-v1:0",
        "--format",
        "json",
        "--messages",
        "turns.json",
        "--max-tokens",
        "60",
    ];
    let explained = outcrop(args).file("turns.json", turns).run().ok().json();
    assert_eq!(
        explained["request"]["inferenceConfig"],
        json!({"maxTokens": 60, "temperature": 1.0, "stopSequences": ["END"]})
    );
}

#[test]
fn run_calls_with_them() {
    let bedrock = LocalBedrock::start();
    let args = [
        "run",
        "Hi",
        "--region",
        "ap-south-1",
        "--profile",
        "mine",
        "--max-tokens",
        "5000",
    ];
    outcrop(args)
        .file("outcrop.yaml", FILE)
        .with_profile("mine")
        .env("SOME_TOKEN", "token")
        .at(&bedrock.endpoint())
        .run()
        .ok();
    let call = bedrock.last_call();
    assert_eq!(call.region.as_deref(), Some("ap-south-1"));
    let body: Value = serde_json::from_slice(&call.body).unwrap();
    assert_eq!(body["inferenceConfig"]["maxTokens"], 5000);
}

#[test]
fn values_that_make_no_sense_are_refused_by_name() {
    let mut page = String::new();
    for (option, value) in [
        ("--max-tokens", "0"),
        ("--max-tokens", "lots"),
        ("--temperature", "1.5"),
        ("--temperature", "nan"),
        ("--top-p", "-1"),
        ("--thinking-budget", "auto"),
        ("--thinking-budget", "8192.5"),
        ("--region", "us east"),
        ("--region", "example.com/"),
        ("--region", ""),
        ("--profile", " "),
    ] {
        let arg = format!("{option}={value}");
        let ran = outcrop([
            "run",
            "--offline",
            "-m",
            "us.amazon.nova-pro-v1:0",
            &arg,
            "Hi",
        ])
        .run();
        assert_eq!(ran.code, Some(2), "{arg}: {}", ran.page());
        page.push_str(ran.stderr.lines().next().unwrap());
        page.push('\n');
    }
    insta::assert_snapshot!(page);
}
