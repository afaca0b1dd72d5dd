//! What `run` prints as text, and where.

use crate::support::{Outcrop, outcrop};

fn run(arg: &str) -> Outcrop {
    outcrop([
        "run",
        "--offline",
        "-c",
        "examples/thinking-budget.yaml",
        "Why?",
        arg,
    ])
    .in_workspace()
}

#[test]
fn the_answer_alone_is_on_stdout_and_ends_with_one_newline() {
    let text = run("--hide-thinking").run().ok().stdout;
    let json = run("--format=json").run().ok().json();
    let answer = json["output"]["message"]["content"][1]["text"]
        .as_str()
        .unwrap();
    assert_eq!(text, format!("{answer}\n"));
}

#[test]
fn an_answer_that_came_whole_reads_the_same() {
    assert_eq!(
        run("--no-stream").run().ok().stdout,
        run("--hide-thinking").run().ok().stdout,
    );
}

#[test]
fn thinking_is_on_stderr_where_it_is_asked_for() {
    const THOUGHT: &str = "This is where the model would think";
    for (arg, shown) in [
        ("--show-thinking", true),
        ("--hide-thinking", false),
        // stderr is no terminal here.
        ("--usage", false),
    ] {
        let ran = run(arg).run().ok();
        assert_eq!(ran.stderr.contains(THOUGHT), shown, "{}", ran.page());
        assert!(!ran.stdout.contains(THOUGHT), "{}", ran.page());
    }
}

#[test]
fn thinking_cannot_be_shown_and_hidden() {
    assert_eq!(
        run("--show-thinking").arg("--hide-thinking").run().code,
        Some(2)
    );
}

#[test]
fn usage_is_one_line_on_stderr() {
    let usage = |ran: crate::support::Ran| {
        let last = ran.stderr.lines().last().unwrap().to_owned();
        assert!(last.starts_with("tokens: "), "{}", ran.page());
        last
    };
    let streamed = usage(run("--usage").run().ok());
    assert_eq!(
        streamed,
        usage(run("--usage").arg("--no-stream").run().ok())
    );
    assert!(!run("--no-stream").run().ok().stderr.contains("tokens: "));
}

#[test]
fn usage_that_is_not_tracked_is_said_to_be_unknown() {
    let model = "models:\n  m:\n    provider: amazon-bedrock\n    \
                 model: us.anthropic.claude-opus-4-8\n    track_usage: false\n";
    for streaming in ["--hide-thinking", "--no-stream"] {
        let args = ["run", "--offline", "--usage", streaming, "Why?"];
        let ran = outcrop(args).file("outcrop.yaml", model).run().ok();
        let last = ran.stderr.lines().last().unwrap();
        assert!(last.starts_with("tokens: unknown"), "{}", ran.page());
    }
}

#[test]
fn colour_is_forced_and_forbidden_by_variables() {
    let forced = || run("--show-thinking").env("CLICOLOR_FORCE", "1");
    let coloured = forced().run().ok();
    assert!(coloured.stderr.contains("\x1b[2m"));
    assert!(!coloured.stdout.contains('\x1b'));
    assert!(
        !forced()
            .env("NO_COLOR", "1")
            .run()
            .ok()
            .stderr
            .contains('\x1b')
    );
}
