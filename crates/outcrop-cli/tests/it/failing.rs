//! Failures as people and programs are told of them.

use crate::support::{LocalBedrock, Ran, StubServer, keys, outcrop};

const MODEL: &str = "global.anthropic.claude-sonnet-4-5-20250929-v1:0";

const BROKEN: &str = "\
models:
  opus:
    provider: amazon-bedrock
    model: global.anthropic.claude-opus-4-8
    max_tokens: lots
    title_model: small
    provider_opts:
      regoin: us-east-1
";

#[test]
fn an_invalid_file_is_shown_as_check_shows_it() {
    for command in ["run", "explain"] {
        let ran = outcrop([command, "-c", "broken.yaml", "-m", "opus", "Hi"])
            .file("broken.yaml", BROKEN)
            .run();
        insta::assert_snapshot!("an_invalid_file", ran.page());
    }
}

#[test]
fn a_refusal_has_its_request_and_a_hint() {
    let denied = StubServer::refusing(403, "AccessDeniedException", "No access.");
    let ran = outcrop(["run", "-m", MODEL, "Hi"])
        .with_keys()
        .at(denied.endpoint())
        .run();
    insta::assert_snapshot!(ran.page());
}

#[test]
fn a_missing_profile_names_the_files_that_were_read() {
    let ran = outcrop(["run", "-m", MODEL, "--profile", "mine", "Hi"])
        .with_profile("main")
        .run();
    insta::assert_snapshot!(ran.page());
}

#[test]
fn an_empty_token_variable_is_told_before_the_search_that_fails() {
    let ran = outcrop(["run", "-c", "examples/api-key.yaml", "Hi"])
        .in_workspace()
        .run();
    assert_eq!(ran.code, Some(4));
    assert!(
        ran.stderr.contains("credentials.token-key-empty"),
        "{}",
        ran.page()
    );
}

#[test]
fn options_that_cannot_be_read_are_an_error_object() {
    let run = |args: &[&'static str]| outcrop(args.iter().copied()).run();
    let plain = run(&["run", "--bogus", "Hi"]);
    assert_eq!(plain.stdout, "");
    for format in ["--format=json", "--format=ndjson"] {
        for args in [
            ["run", format, "--bogus", "Hi"],
            ["run", "--temperature=2", format, "Hi"],
            ["run", format, "--script=a.yaml", "Hi"],
            ["run", format, "--show-thinking", "--hide-thinking"],
        ] {
            let ran = run(&args);
            assert_error(&ran, "Usage", 2);
            assert_eq!(ran.stdout.lines().count(), 1, "{}", ran.page());
            // The same is said to people.
            let first = ran.stderr.lines().next().unwrap();
            let document = ran.json();
            let message = document["error"]["message"].as_str().unwrap();
            let said = first.strip_prefix("error: ").unwrap();
            assert!(message.starts_with(said), "{}", ran.page());
        }
    }
    insta::assert_snapshot!(run(&["run", "--format", "json", "--formt", "x"]).page());
    let asked = run(&["run", "--format", "json", "--help"]);
    assert_eq!(asked.code, Some(0));
    assert!(asked.stdout.starts_with("Ask a model"), "{}", asked.page());
}

#[test]
fn every_failure_of_a_call_is_an_error_object() {
    let bedrock = LocalBedrock::start();
    let throttling = StubServer::refusing(429, "ThrottlingException", "Too many requests.");
    let damaged = StubServer::answering(
        "HTTP/1.1 200 OK\r\ncontent-type: application/vnd.amazon.eventstream\r\n\
         content-length: 4\r\n\r\n\0\0\0\0"
            .to_owned(),
    );
    let run = |args: &[&'static str]| {
        let args = ["run", "-m", MODEL, "Hi"]
            .into_iter()
            .chain(args.iter().copied());
        outcrop(args)
            .file("broken.yaml", BROKEN)
            .file("bad.json", r#"[{"role": "user", "conten": []}]"#)
            .file(
                "orphan.json",
                r#"[{"role": "assistant", "content": [{"text": "Hi"}]}]"#,
            )
    };
    let keyed = |args: &[&'static str], endpoint: &str| run(args).with_keys().at(endpoint);
    let local = bedrock.endpoint();
    for (started, kind, code) in [
        (run(&["-c", "broken.yaml"]), "Configuration", 3),
        (run(&["-c", "missing.yaml"]), "Configuration", 3),
        (run(&["--messages", "bad.json"]), "InvalidInput", 1),
        (run(&["--messages", "orphan.json"]), "InvalidInput", 1),
        (run(&[]), "NoCredentials", 4),
        (run(&["--profile", "missing"]), "NoCredentials", 4),
        (run(&[]).env("AWS_REGION", "!"), "Configuration", 3),
        (
            keyed(&["--thinking-budget", "adaptive"], &local),
            "InvalidRequest",
            1,
        ),
        (keyed(&[], throttling.endpoint()), "Throttled", 5),
        (keyed(&[], damaged.endpoint()), "StreamInterrupted", 5),
        (keyed(&[], "http://127.0.0.1:1"), "Connection", 5),
    ] {
        let ran = started.arg("--format=json").run();
        assert_error(&ran, kind, code);
    }
}

#[test]
fn the_last_of_the_lines_is_the_error() {
    let run = |args: &[&'static str]| {
        let call = ["run", "-m", MODEL, "--format", "ndjson", "Hi"].into_iter();
        outcrop(call.chain(args.iter().copied())).run()
    };
    let refused = run(&["--offline", "--thinking-budget", "adaptive"]).json_lines();
    assert_eq!(keys(&refused[0]), ["adjustments"]);
    assert_eq!(keys(refused.last().unwrap()), ["error"]);
    let unknown = run(&[]).json_lines();
    assert_eq!(keys(&unknown[0]), ["adjustments"]);
    assert_eq!(unknown[1]["error"]["kind"], "NoCredentials");
    assert_eq!(unknown.len(), 2);
}

#[track_caller]
fn assert_error(ran: &Ran, kind: &str, code: i32) {
    assert_eq!(ran.code, Some(code), "{}", ran.page());
    let output = ran.json();
    assert_eq!(keys(&output), ["error"]);
    let error = &output["error"];
    let mut expected = vec![
        "kind",
        "code",
        "message",
        "request_id",
        "retryable",
        "hints",
    ];
    // Where a call was made, it says how often.
    expected.extend(error.get("attempts").map(|_| "attempts"));
    assert_eq!(keys(error), expected);
    assert_eq!(error["kind"], kind, "{}", ran.page());
    assert!(error["retryable"].is_boolean());
    assert!(error["hints"].is_array());
    assert!(ran.stderr.contains("error"), "{}", ran.page());
}
