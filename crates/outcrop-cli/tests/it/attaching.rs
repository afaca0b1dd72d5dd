//! Files beside the prompt.

use crate::support::{Outcrop, Ran, outcrop};

const MODEL: &str = "us.anthropic.claude-opus-4-8";

/// The start of a PNG of one pixel, as far as its size.
const PNG: &[u8] = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01\x08\x06\0\0\0";

fn explain<'a>(args: impl IntoIterator<Item = &'a str>) -> Outcrop {
    let start = ["explain", "-m", MODEL, "--format", "json"];
    outcrop(start.into_iter().chain(args))
}

/// The content of the last message that would be sent, without cache points.
#[track_caller]
fn content(ran: Ran) -> String {
    let explained = ran.ok().json();
    let messages = explained["request"]["messages"].as_array().unwrap();
    let content = messages.last().unwrap()["content"].to_string();
    content.replace(r#",{"cachePoint":{"type":"default"}}"#, "")
}

#[test]
fn attachments_stand_before_the_prompt_in_one_message() {
    let ran = explain(["-a", "q3_sales.csv", "-a", "pixel.txt", "What", "is this?"])
        .file("q3_sales.csv", "region,sales\n")
        .bytes("pixel.txt", PNG)
        .run();
    let png = r#"{"image":{"format":"png","source":{"bytes":"iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAA="}}}"#;
    assert_eq!(
        content(ran),
        format!(
            r#"[{{"document":{{"format":"csv","name":"q3-sales","source":{{"bytes":"cmVnaW9uLHNhbGVzCg=="}}}}}},{png},{{"text":"What is this?"}}]"#
        )
    );
}

#[test]
fn stdin_can_be_an_attachment() {
    let ran = explain(["-a", "-", "Sum up."]).stdin("A text.\n").run();
    assert_eq!(
        content(ran),
        r#"[{"document":{"format":"txt","name":"stdin","source":{"bytes":"QSB0ZXh0Lgo="}}},{"text":"Sum up."}]"#
    );
}

#[test]
fn an_attachment_is_sent_and_answered() {
    let ran = outcrop(["run", "--offline", "-m", MODEL, "-a", "-", "Sum up."])
        .stdin("A text.\n")
        .run()
        .ok();
    assert!(ran.stdout.contains("\"Sum up.\""), "{}", ran.page());
}

#[test]
fn an_image_needs_no_prompt_and_a_conversation_goes_on_with_it() {
    let turns = r#"[{"role":"user","content":[{"text":"Hi"}]},{"role":"assistant","content":[{"text":"Hello."}]}]"#;
    let args = ["--messages", "turns.json", "-a", "pixel"];
    let ran = explain(args)
        .file("turns.json", turns)
        .bytes("pixel", PNG)
        .run();
    assert!(content(ran).starts_with(r#"[{"image":"#));
}

#[test]
fn two_files_of_one_name_are_told_apart() {
    let ran = explain(["-a", "a/notes.md", "-a", "b/notes.md", "Compare."])
        .file("a/notes.md", "# A")
        .file("b/notes.md", "# B")
        .run()
        .ok();
    let adjustments = ran.json()["adjustments"].clone();
    let renamed = adjustments
        .as_array()
        .unwrap()
        .iter()
        .find(|it| it["code"] == "conversation.document-renamed");
    let renamed = renamed.unwrap();
    assert_eq!(renamed["path"], "messages[0]");
    assert!(renamed["message"].as_str().unwrap().contains("`notes (2)`"));
}

/// A PNG that says it is as wide.
fn png_of_width(width: u32) -> Vec<u8> {
    let mut png = PNG.to_vec();
    png[16..20].copy_from_slice(&width.to_be_bytes());
    png
}

#[test]
fn what_cannot_be_attached_is_refused_before_any_call() {
    let mut page = String::new();
    let too_large = [PNG, &vec![0; 4_000_000]].concat();
    for (name, bytes) in [
        ("empty.txt", &b""[..]),
        ("photo.heic", b"\0\0\0\x18ftypheic"),
        ("program", b"\x7fELF\x02\x01\x01\0"),
        ("large.png", &too_large),
        ("wide.png", &png_of_width(8001)),
        ("long.txt", &vec![b'x'; 4_800_000]),
    ] {
        let args = ["run", "-m", MODEL, "-a", name, "--format", "json", "What?"];
        let ran = outcrop(args).bytes(name, bytes).run();
        assert_eq!(ran.code, Some(1), "{name}: {}", ran.page());
        assert_eq!(ran.json()["error"]["kind"], "InvalidInput");
        page += &ran.stderr;
    }
    insta::assert_snapshot!(page);
}

#[test]
fn a_command_line_that_makes_no_sense_is_explained() {
    let mut page = String::new();
    for args in [
        vec!["-a", "missing.png", "What?"],
        vec!["-a", "notes.md"],
        vec!["-a", "-", "-a", "-", "What?"],
        vec!["-a", "-", "-"],
        vec!["-a", "-", "--messages", "-", "What?"],
    ] {
        let start = ["run", "-m", MODEL].into_iter();
        let ran = outcrop(start.chain(args)).file("notes.md", "# A").run();
        assert_eq!(ran.code, Some(2), "{}", ran.page());
        page += &ran.stderr;
    }
    insta::assert_snapshot!(page);
}
