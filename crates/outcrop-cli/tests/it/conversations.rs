//! What is asked: arguments, stdin and files.

use crate::support::{Outcrop, Ran, outcrop};

const MODEL: &str = "us.amazon.nova-pro-v1:0";

fn run<'a>(args: impl IntoIterator<Item = &'a str>) -> Outcrop {
    outcrop(["run", "--offline", "-m", MODEL].into_iter().chain(args))
}

/// The request of a call, told by what the emulator says of the last message.
#[track_caller]
fn last(ran: Ran) -> String {
    let ran = ran.ok();
    let line = ran
        .stdout
        .lines()
        .find(|line| line.starts_with("  messages"));
    line.unwrap_or_else(|| panic!("{}", ran.page()))
        .trim()
        .to_owned()
}

#[test]
fn words_are_joined_by_blanks() {
    let ran = run(["Why", "is", "5", "-", "3", "2?"]).run();
    assert_eq!(last(ran), "messages  1, the last: \"Why is 5 - 3 2?\"");
}

#[test]
fn piped_stdin_goes_before_the_prompt() {
    let ran = run(["Sum up."]).stdin("A text.\n").run();
    assert_eq!(last(ran), "messages  1, the last: \"A text. Sum up.\"");
}

#[test]
fn a_dash_reads_stdin_where_it_stands() {
    for (words, asked) in [
        (vec!["-"], "A text."),
        (vec!["-", "Sum up."], "A text. Sum up."),
        (vec!["Sum up:", "-"], "Sum up: A text."),
    ] {
        let ran = run(words).stdin("A text.\n").run();
        assert_eq!(last(ran), format!("messages  1, the last: \"{asked}\""));
    }
}

#[test]
fn empty_stdin_counts_as_none() {
    let ran = run(["Hi"]).stdin("\n").run();
    assert_eq!(last(ran), "messages  1, the last: \"Hi\"");
    let ran = run([]).run();
    assert_eq!(ran.code, Some(2));
    insta::assert_snapshot!(ran.stderr);
}

#[test]
fn stdin_that_is_not_text_is_refused() {
    let ran = run(["--format", "json"]).stdin(*b"\xff\xfe").run();
    assert_eq!(ran.code, Some(1));
    assert_eq!(ran.json()["error"]["kind"], "InvalidInput");
}

#[test]
fn a_conversation_goes_on_with_the_prompt() {
    let turns = r#"[
        {"role": "user", "content": [{"text": "Hi"}]},
        {"role": "assistant", "content": [{"text": "Hello."}]}
    ]"#;
    let ran = run(["--messages", "turns.json", "Why?"])
        .file("turns.json", turns)
        .run();
    assert_eq!(last(ran), "messages  3, the last: \"Why?\"");
    let ran = run(["--messages", "-", "Why?"]).stdin(turns).run();
    assert_eq!(last(ran), "messages  3, the last: \"Why?\"");
}

#[test]
fn a_conversation_needs_no_prompt() {
    let turns = r#"{"messages": [{"role": "user", "content": [{"text": "Hi"}]}]}"#;
    let ran = run(["--messages", "turns.json"])
        .file("turns.json", turns)
        .run();
    assert_eq!(last(ran), "messages  1, the last: \"Hi\"");
}

#[test]
fn stdin_cannot_be_conversation_and_prompt() {
    let ran = run(["--messages", "-", "-"]).stdin("[]").run();
    assert_eq!(ran.code, Some(2));
    insta::assert_snapshot!(ran.stderr);
}

#[test]
fn the_system_prompt_goes_before_that_of_the_conversation() {
    let turns = r#"{
        "messages": [{"role": "user", "content": [{"text": "Hi"}]}],
        "system": [{"text": "Second."}]
    }"#;
    let args = [
        "explain",
        MODEL,
        "--format",
        "json",
        "--messages",
        "turns.json",
        "-s",
        "First.",
    ];
    let ran = outcrop(args).file("turns.json", turns).run().ok();
    let system = ran.json()["request"]["system"].to_string();
    assert_eq!(system, r#"[{"text":"First."},{"text":"Second."}]"#);
}
