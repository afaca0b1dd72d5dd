//! What is asked: arguments, stdin and files.

use std::io::{BufRead, BufReader};

use serde_json::Value;

use crate::support::{Outcrop, Ran, outcrop, workspace};

const MODEL: &str = "us.amazon.nova-pro-v1:0";

fn run<'a>(args: impl IntoIterator<Item = &'a str>) -> Outcrop {
    outcrop(["run", "--offline", "-m", MODEL].into_iter().chain(args))
}

/// What is explained of a conversation in a file, with other options.
fn explain_turns<'a>(turns: &str, options: impl IntoIterator<Item = &'a str>) -> Outcrop {
    let args = ["explain", MODEL, "--format=json", "--messages=turns.json"];
    outcrop(args.into_iter().chain(options)).file("turns.json", turns)
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
    let ran = explain_turns(turns, ["-s", "First."]).run().ok();
    let system = ran.json()["request"]["system"].to_string();
    assert_eq!(system, r#"[{"text":"First."},{"text":"Second."}]"#);
}

/// The page on conversations.
fn page() -> String {
    std::fs::read_to_string(workspace().join("docs/conversations.md")).expect("the page")
}

/// The conversation that the page shows.
fn shown() -> String {
    let page = page();
    let (_, after) = page.split_once("```json\n").expect("a conversation");
    let (shown, _) = after.split_once("```").expect("its end");
    shown.to_owned()
}

const CLAUDE: &str = "us.anthropic.claude-sonnet-4-5-20250929-v1:0";

#[test]
fn the_conversation_of_the_page_is_sent_as_it_stands() {
    let ran = outcrop([
        "explain",
        CLAUDE,
        "--format",
        "json",
        "--messages",
        "shown.json",
    ])
    .file("shown.json", &shown())
    .run()
    .ok()
    .json();
    let written: Value = serde_json::from_str(&shown()).expect("JSON");
    for (name, value) in written.as_object().expect("an object") {
        // Cache points are planned into the tools.
        if name != "toolConfig" {
            assert_eq!(&ran["request"][name], value, "{name}");
        }
    }
    let codes = ran["adjustments"].as_array().expect("a list").iter();
    let codes = codes.filter(|it| it["code"].as_str().is_some_and(|it| it.starts_with("conv")));
    assert_eq!(codes.count(), 0);
}

/// What the page has jq do, done without it.
#[test]
fn an_answer_goes_on_as_the_page_says() {
    assert!(page().contains("jq '.messages += [input.output.message]' asked.json answer.json"));
    let ask = |conversation: &str, prompt: &[&'static str]| {
        let args = ["run", "--offline", "-m", CLAUDE, "--format", "json"];
        outcrop(
            args.into_iter()
                .chain(["--messages", "asked.json"])
                .chain(prompt.iter().copied()),
        )
        .file("asked.json", conversation)
        .run()
    };
    let answer = ask(&shown(), &[]).ok();
    let mut next: Value = serde_json::from_str(&shown()).expect("JSON");
    let messages = next["messages"].as_array_mut().expect("messages");
    messages.push(answer.json()["output"]["message"].clone());
    let next = ask(&next.to_string(), &["And in winter?"]).ok().json();
    let text = next["output"]["message"]["content"].to_string();
    assert!(text.contains("messages  5"), "{text}");

    let refused = ask(&answer.stdout, &[]);
    assert_eq!(refused.code, Some(1));
    let hint = refused.json()["error"]["hints"].to_string();
    assert!(
        hint.contains("jq '.messages += [input.output.message]'"),
        "{hint}"
    );
}

#[test]
fn the_page_names_every_member_that_comes_back() {
    let page = page();
    let ran = run(["--format", "json", "Hi"]).run().ok().json();
    for name in crate::support::keys(&ran) {
        let row = if name == "output" {
            "output.message"
        } else {
            name
        };
        assert!(page.contains(&format!("| `{row}` |")), "{name}");
    }
    let failed = outcrop([
        "run",
        "--offline",
        "-m",
        CLAUDE,
        "--format",
        "json",
        "--thinking-budget",
        "adaptive",
        "Hi",
    ])
    .run();
    for name in crate::support::keys(&failed.json()["error"]) {
        assert!(page.contains(&format!("| `error.{name}` |")), "{name}");
    }
}

#[test]
fn a_file_that_is_missing_is_an_error_of_the_command_line() {
    for args in [["--messages", "none"], ["-a", "none"], ["--script", "none"]] {
        let ran = run(args).arg("Hi").arg("--format=json").run();
        assert_eq!(ran.code, Some(2), "{args:?}");
        assert_eq!(ran.json()["error"]["kind"], "Usage", "{args:?}");
    }
}

#[test]
fn nothing_to_ask_is_told_to_programs_too() {
    let ran = run(["--format", "json"]).run();
    assert_eq!(ran.code, Some(2));
    let error = &ran.json()["error"];
    assert_eq!(error["kind"], "Usage");
    assert_eq!(error["message"], "there is nothing to ask");
    assert_eq!(error["hints"].as_array().map(Vec::len), Some(1));
}

#[test]
fn a_script_comes_from_stdin() {
    let script = "- answer: [{ text: Played. }]\n";
    let ran = run(["--script", "-", "Hi"]).stdin(script).run().ok();
    assert_eq!(ran.stdout, "Played.\n");
    for args in [
        ["--script", "-", "-"],
        ["--script=-", "--messages=-", "Hi"],
        ["--script=-", "-a=-", "Hi"],
    ] {
        let ran = run(args).stdin(script).run();
        assert_eq!(ran.code, Some(2), "{}", ran.page());
        assert!(
            ran.stderr.contains("stdin cannot be the script"),
            "{}",
            ran.page()
        );
    }
}

#[test]
fn attachments_go_with_the_last_question_of_the_file() {
    let explain = |turns: &str| {
        let explained = explain_turns(turns, ["-a", "doc.csv"]);
        explained.file("doc.csv", "a,b\n").run()
    };
    let asked = r#"[{"role": "user", "content": [{"text": "Sum up."}]}]"#;
    let json = explain(asked).ok().json();
    let messages = json["request"]["messages"].as_array().expect("messages");
    assert_eq!(messages.len(), 1);
    assert!(messages[0].to_string().contains("document"));
    let answered = r#"[{"role": "user", "content": [{"text": "Hi."}]}, {"role": "assistant", "content": [{"text": "Ho."}]}]"#;
    assert_eq!(explain(answered).code, Some(2));
}

#[test]
fn an_attachment_past_every_limit_is_told_by_no_size_that_it_has_not() {
    let big = vec![b'a'; 64 * 1024 * 1024 + 1];
    let ran = run(["-a", "big.txt", "Hi"]).bytes("big.txt", &big).run();
    assert_eq!(ran.code, Some(1));
    assert!(ran.stderr.contains("64 MiB or more"), "{}", ran.stderr);
}

#[test]
fn stdin_that_is_waited_for_is_named() {
    let (mut child, _home) = run(["Hi"]).spawn();
    let stdin = child.stdin.take();
    let mut line = String::new();
    BufReader::new(child.stderr.take().expect("stderr"))
        .read_line(&mut line)
        .expect("a line");
    assert!(line.starts_with("waiting for stdin"), "{line}");
    drop(stdin);
    assert!(child.wait().expect("an end").success());
}

/// Text that thinking or a tool call parted does not run together.
#[test]
fn parted_text_is_kept_apart() {
    let script =
        "- answer: [{ text: One. }, { tool_use: { name: f } }, { text: Two. }, { text: Three. }]\n";
    let conversation = r#"{"messages": [{"role": "user", "content": [{"text": "Hi"}]}],
        "toolConfig": {"tools": [{"toolSpec": {"name": "f", "inputSchema": {"json": {"type": "object", "properties": {}}}}}]}}"#;
    for streaming in ["--usage", "--no-stream"] {
        let ran = run([
            "--script",
            "play.yaml",
            "--messages",
            "asked.json",
            streaming,
        ])
        .file("play.yaml", script)
        .file("asked.json", conversation)
        .run()
        .ok();
        assert_eq!(ran.stdout, "One.\n\nTwo.Three.\n", "{streaming}");
    }
}
