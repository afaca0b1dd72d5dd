//! Outputs that nobody reads any more.

use std::io::Write;
use std::process::Child;

use crate::support::{Ran, outcrop};

/// Lets a program that waits for stdin go on when its reader is gone.
fn go_on(mut child: Child, stdin: &str) -> Ran {
    child
        .stdin
        .take()
        .unwrap()
        .write_all(stdin.as_bytes())
        .unwrap();
    Ran::of(child.wait_with_output().unwrap(), "nowhere".as_ref())
}

#[test]
fn a_closed_stdout_ends_quietly() {
    let model = "us.amazon.nova-pro-v1:0";
    let file = "models:\n  a: { provider: bedrock }\n";
    for (args, stdin) in [
        (vec!["run", "--offline", "-m", model], "Hi"),
        (
            vec!["run", "--offline", "-m", model, "--format", "ndjson"],
            "Hi",
        ),
        (
            vec!["run", "--offline", "-m", model, "--format", "json"],
            "Hi",
        ),
        (vec!["explain", model, "-"], "Hi"),
        (vec!["check", "-"], file),
        (vec!["check", "-", "--format", "json"], file),
    ] {
        let (mut child, _home) = outcrop(args.iter().copied()).spawn();
        drop(child.stdout.take());
        let ran = go_on(child, stdin);
        assert_eq!(ran.code, Some(0), "{args:?}: {}", ran.page());
        assert!(!ran.stderr.contains("error"), "{args:?}: {}", ran.page());
    }
}

#[test]
fn a_closed_stdout_does_not_hide_a_failure() {
    let args = ["run", "-m", "us.amazon.nova-pro-v1:0", "--format", "json"];
    let (mut child, _home) = outcrop(args).spawn();
    drop(child.stdout.take());
    let ran = go_on(child, "Hi");
    assert_eq!(ran.code, Some(4), "{}", ran.page());
    assert!(
        ran.stderr.contains("error: no credentials found"),
        "{}",
        ran.page()
    );
}

#[test]
fn a_closed_stderr_does_not_end_the_answer() {
    let args = [
        "run",
        "--offline",
        "-m",
        "us.amazon.nova-pro-v1:0",
        "--usage",
    ];
    let (mut child, _home) = outcrop(args).spawn();
    drop(child.stderr.take());
    let ran = go_on(child, "Hi").ok();
    assert!(ran.stdout.ends_with("the last: \"Hi\"\n"), "{}", ran.page());
}
