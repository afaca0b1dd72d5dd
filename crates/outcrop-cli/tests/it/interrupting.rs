//! Ctrl-C.

use std::io::{BufRead, BufReader};
use std::process::{Child, Command};

use crate::support::{Ran, StubServer, event, outcrop};

/// What JSON output says of Ctrl-C.
const INTERRUPTED: &str = r#"{"kind":"Interrupted","code":null,"message":"interrupted by Ctrl-C","request_id":null,"retryable":true,"hints":[]}"#;

fn interrupt(child: &Child) {
    let kill = format!("kill -INT {}", child.id());
    assert!(
        Command::new("sh")
            .args(["-c", &kill])
            .status()
            .unwrap()
            .success()
    );
}

#[test]
fn an_interrupted_call_closes_its_connection_and_exits_with_130() {
    let server = StubServer::silent();
    for format in ["text", "json", "ndjson"] {
        let (mut child, _home) = outcrop(["run", "-m", "us.amazon.nova-pro-v1:0", "Hi"])
            .arg("--format")
            .arg(format)
            .with_keys()
            .at(server.endpoint())
            .spawn();
        drop(child.stdin.take());
        assert_eq!(server.next(), "request");
        interrupt(&child);
        let ran = Ran::of(child.wait_with_output().unwrap(), "nowhere".as_ref());
        assert_eq!(server.next(), "closed");
        assert_eq!(ran.code, Some(130), "{}", ran.page());
        assert_eq!(ran.stderr, "");
        let lines: Vec<_> = ran.stdout.lines().collect();
        let interrupted = |line: &str| line.starts_with(r#"{"error":{"kind":"Interrupted","#);
        match format {
            "ndjson" => {
                assert_eq!(lines[0], r#"{"adjustments":[]}"#);
                assert!(interrupted(lines[1]), "{}", ran.page());
            }
            "json" => assert!(interrupted(lines[0]), "{}", ran.page()),
            _ => assert!(lines.is_empty(), "{}", ran.page()),
        }
    }
}

#[test]
fn an_interrupted_pause_between_attempts_ends() {
    let header = "retry-after: 60";
    let server = StubServer::in_turn(vec![StubServer::refusal(503, "Busy", "Later.", header)]);
    let (mut child, _home) = outcrop(["run", "-m", "us.amazon.nova-pro-v1:0", "Hi"])
        .with_keys()
        .at(server.endpoint())
        .spawn();
    drop(child.stdin.take());
    let mut lines = BufReader::new(child.stderr.take().unwrap()).lines();
    let line = lines.next().unwrap().unwrap();
    assert_eq!(line, "retrying in 60.0 s (attempt 2 of 4): Busy: Later.");
    interrupt(&child);
    let ran = Ran::of(child.wait_with_output().unwrap(), "nowhere".as_ref());
    assert_eq!(ran.code, Some(130), "{}", ran.page());
    assert_eq!(server.requests(), 1);
}

#[test]
fn an_interrupted_wait_for_stdin_ends() {
    // The pipe stays open, so that only the signal can end it.
    let (mut child, _home) = outcrop(["run", "-m", "us.amazon.nova-pro-v1:0", "-"]).spawn();
    interrupt(&child);
    assert!(!child.wait().unwrap().success());
}

#[test]
fn an_interrupted_emulator_is_done() {
    let (mut child, _home) = outcrop(["emulate"]).spawn();
    let mut lines = BufReader::new(child.stderr.take().unwrap()).lines();
    assert!(lines.next().unwrap().unwrap().starts_with("listening on "));
    interrupt(&child);
    assert_eq!(child.wait().unwrap().code(), Some(0));
}

fn delta(text: &str) -> Vec<u8> {
    let payload = format!(r#"{{"contentBlockIndex":0,"delta":{{"text":"{text}"}}}}"#);
    event("contentBlockDelta", &payload)
}

/// More than the buffers between two programs hold: once it is written, some of it has been read.
fn flood() -> Vec<Vec<u8>> {
    vec![delta(&"x".repeat(1_000)); 16_000]
}

#[test]
fn what_had_come_goes_with_an_interruption() {
    let server = StubServer::stalling(StubServer::stream(&flood()));
    let (mut child, _home) = outcrop(["run", "-m", "us.amazon.nova-pro-v1:0", "Hi"])
        .arg("--format")
        .arg("json")
        .with_keys()
        .at(server.endpoint())
        .spawn();
    drop(child.stdin.take());
    assert_eq!(server.next(), "request");
    assert_eq!(server.next(), "answered");
    interrupt(&child);
    let ran = Ran::of(child.wait_with_output().unwrap(), "nowhere".as_ref());
    assert_eq!(ran.code, Some(130));
    let beginning = format!(
        r#"{{"error":{INTERRUPTED},"partial":{{"role":"assistant","content":[{{"text":"xxx"#
    );
    assert!(ran.stdout.starts_with(&beginning), "{:.500}", ran.stdout);
}

#[test]
fn the_last_line_of_an_interrupted_answer_is_the_error() {
    let server = StubServer::stalling(StubServer::stream(&[delta("One")]));
    let (mut child, _home) = outcrop(["run", "-m", "us.amazon.nova-pro-v1:0", "Hi"])
        .arg("--format")
        .arg("ndjson")
        .with_keys()
        .at(server.endpoint())
        .spawn();
    drop(child.stdin.take());
    let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
    let mut line = || lines.next().map(Result::unwrap).unwrap_or_default();
    assert_eq!(line(), r#"{"adjustments":[]}"#);
    assert!(line().contains("One"));
    interrupt(&child);
    assert_eq!(line(), format!(r#"{{"error":{INTERRUPTED}}}"#));
    assert_eq!(line(), "");
    assert_eq!(child.wait().unwrap().code(), Some(130));
}

#[test]
fn an_answer_that_nobody_reads_can_be_interrupted() {
    let server = StubServer::stalling(StubServer::stream(&flood()));
    let (mut child, _home) = outcrop(["run", "-m", "us.amazon.nova-pro-v1:0", "Hi"])
        .with_keys()
        .at(server.endpoint())
        .spawn();
    drop(child.stdin.take());
    assert_eq!(server.next(), "request");
    // The pipe is never read, and never closed.
    let _stdout = child.stdout.take();
    loop {
        interrupt(&child);
        std::thread::sleep(std::time::Duration::from_millis(200));
        if let Some(status) = child.try_wait().unwrap() {
            return assert_eq!(status.code(), Some(130));
        }
    }
}
