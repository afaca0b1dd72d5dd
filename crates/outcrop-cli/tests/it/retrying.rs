//! Calls that fail before their answer begins, and answers that break off.

use crate::support::{Ran, StubServer, event, exception, outcrop};

fn start() -> Vec<u8> {
    event("messageStart", r#"{"role":"assistant"}"#)
}

fn text(text: &str) -> Vec<u8> {
    let payload = format!(r#"{{"contentBlockIndex":0,"delta":{{"text":"{text}"}}}}"#);
    event("contentBlockDelta", &payload)
}

fn whole() -> Vec<u8> {
    let stop = event("messageStop", r#"{"stopReason":"end_turn"}"#);
    StubServer::stream(&[start(), text("One"), text(" two"), stop])
}

fn throttled() -> Vec<u8> {
    // The pause is one that no dice have a part in.
    let header = "x-amz-retry-after: 1000";
    StubServer::refusal(429, "ThrottlingException", "Too many requests.", header)
}

fn run(server: &StubServer, format: &str) -> Ran {
    outcrop(["run", "-m", "us.amazon.nova-pro-v1:0", "Hi"])
        .arg("--format")
        .arg(format)
        .with_keys()
        .at(server.endpoint())
        .run()
}

/// The text of an answer, in whatever format it was printed.
fn printed(ran: &Ran, format: &str) -> String {
    match format {
        "text" => ran.stdout.trim_end_matches('\n').to_owned(),
        "json" => {
            let json = ran.json();
            let whole = json.pointer("/output/message/content/0/text");
            let text = whole.or_else(|| json.pointer("/partial/content/0/text"));
            text.map_or_else(String::new, |text| text.as_str().unwrap().to_owned())
        }
        _ => {
            let lines = ran.json_lines();
            let texts = lines
                .iter()
                .filter_map(|line| line.pointer("/contentBlockDelta/delta/text")?.as_str());
            texts.collect()
        }
    }
}

const FORMATS: [&str; 3] = ["text", "json", "ndjson"];

#[test]
fn a_retry_is_seen_on_stderr_and_its_answer_is_printed_once() {
    for format in FORMATS {
        let broken = StubServer::stream(&[start(), exception("throttlingException", "Later.")]);
        let server = StubServer::in_turn(vec![throttled(), broken, whole()]);
        let ran = run(&server, format).ok();
        assert_eq!(server.requests(), 3);
        assert_eq!(printed(&ran, format), "One two", "{}", ran.page());
        let lines: Vec<_> = ran.stderr.lines().collect();
        assert_eq!(lines.len(), 2, "{}", ran.page());
        assert_eq!(
            lines[0],
            "retrying in 1.0 s (attempt 2 of 4): ThrottlingException: Too many requests."
        );
        assert!(
            lines[1].ends_with("(attempt 3 of 4): ThrottlingException: Later."),
            "{}",
            ran.page()
        );
        if format == "ndjson" {
            let starts = ran.stdout.matches("messageStart").count();
            assert_eq!(starts, 1, "{}", ran.page());
        }
    }
}

#[test]
fn the_last_failure_says_how_often_it_was_tried() {
    let server = StubServer::in_turn(vec![throttled()]);
    let ran = outcrop(["run", "-c", "o.yaml", "Hi"])
        .file(
            "o.yaml",
            "models:\n  m:\n    provider: amazon-bedrock\n    model: us.amazon.nova-pro-v1:0\n    \
             provider_opts: { max_attempts: 2 }\n",
        )
        .with_keys()
        .at(server.endpoint())
        .run();
    assert_eq!(server.requests(), 2);
    insta::assert_snapshot!(ran.page());
}

#[test]
fn an_answer_that_breaks_off_is_kept_and_not_asked_for_again() {
    let failure = exception("modelStreamErrorException", "It broke.");
    let broken = StubServer::stream(&[start(), text("One"), text(" two"), failure]);
    for format in FORMATS {
        let server = StubServer::in_turn(vec![broken.clone(), whole()]);
        let ran = run(&server, format);
        assert_eq!(ran.code, Some(5), "{}", ran.page());
        assert_eq!(server.requests(), 1);
        assert_eq!(printed(&ran, format), "One two", "{}", ran.page());
        assert_eq!(
            ran.stderr,
            "error: ModelStreamErrorException: It broke.\nrequest stub\n"
        );
    }
}

#[test]
fn the_pause_that_is_asked_for_stands_in_the_error() {
    let header = "x-amz-retry-after: 61500";
    let refusal = StubServer::refusal(429, "ThrottlingException", "Later.", header);
    let server = StubServer::in_turn(vec![refusal]);
    let ran = run(&server, "json");
    assert_eq!(ran.code, Some(5), "{}", ran.page());
    assert_eq!(ran.json()["error"]["retry_after_ms"], 61_500);
    assert_eq!(server.requests(), 1);
    let server = StubServer::refusing(403, "AccessDeniedException", "No.");
    assert!(
        run(&server, "json").json()["error"]
            .get("retry_after_ms")
            .is_none()
    );
}

#[test]
fn what_a_server_says_is_one_line_and_moves_no_cursor() {
    let message = r"a\u001b[2J\nerror: forged\r\nhint: b";
    let ran = run(
        &StubServer::refusing(400, "ValidationException", message),
        "text",
    );
    let expected = "error: ValidationException: a\\u{1b}[2J error: forged hint: b\n";
    assert!(ran.stderr.starts_with(expected), "{}", ran.page());
}
