//! What reaches a terminal.

use crate::support::{Outcrop, Shown, outcrop, shown};

/// An answer that would clear the screen, set the title and ring the bell.
const SCRIPT: &str = r#"
- answer:
    - thinking: "Clear\e[2J it.\x9b"
    - tool_use: { name: look, id: a }
    - text: "One\e]0;owned\a\ttwo\r\nthree\x7f\n"
"#;

fn run() -> Outcrop {
    let model = "us.anthropic.claude-sonnet-4-5-20250929-v1:0";
    let args = ["run", "--offline", "--script", "s.yaml", "-m", model, "Hi"];
    let tools = r#"{"messages": [], "toolConfig": {"tools": [{"toolSpec": {"name": "look",
        "inputSchema": {"json": {"type": "object"}}}}]}}"#;
    let thinking = ["--thinking-budget", "2048", "--messages", "tools.json"];
    let run = outcrop(args.into_iter().chain(thinking));
    run.file("s.yaml", SCRIPT).file("tools.json", tools)
}

#[test]
fn an_answer_moves_no_cursor() {
    for streaming in ["--show-thinking", "--no-stream"] {
        let page = shown(run().arg(streaming), Shown::Stdout);
        // The terminal itself makes `\r\n` of each line break.
        let expected = "One\\u{1b}]0;owned\\u{7}\ttwo\\u{d}\r\nthree\\u{7f}\r\n";
        assert_eq!(page, expected);
    }
}

#[test]
fn thinking_moves_no_cursor() {
    for streaming in ["--show-thinking", "--no-stream"] {
        let page = shown(run().arg(streaming), Shown::Stderr);
        assert!(page.contains("Clear\\u{1b}[2J it.\\u{9b}\r\n"), "{page}");
        let works = |letter: char| letter.is_control() && !"\r\n\t".contains(letter);
        assert!(!page.contains(works), "{page:?}");
    }
}

#[test]
fn an_answer_is_left_as_it_is_in_a_pipe() {
    let ran = run().run().ok();
    assert_eq!(ran.stdout, "One\x1b]0;owned\x07\ttwo\r\nthree\x7f\n");
}
