//! `check`: findings for people and programs.

use serde_json::json;

use crate::support::{examples, keys, outcrop};

const BROKEN: &str = "\
models:
  opus:
    provider: amazon-bedrock
    model: global.anthropic.claude-opus-4-8
    max_tokens: lots
    base_url: http://localhost
    provider_opts:
      regoin: us-east-1
  sonnet:
    provider: bedrock
    model: global.anthropic.claude-sonnet-4-5-20250929-v1:0
";

#[test]
fn every_example_is_fine() {
    let examples = examples();
    let args = ["check"]
        .into_iter()
        .chain(examples.iter().map(String::as_str));
    let ran = outcrop(args).in_workspace().run().ok();
    assert!(!ran.stdout.contains("warning"), "{}", ran.page());
    assert_eq!(ran.stderr.lines().count(), examples.len());
}

#[test]
fn findings_are_read_with_their_place() {
    let ran = outcrop(["check", "broken.yaml"])
        .file("broken.yaml", BROKEN)
        .run();
    insta::assert_snapshot!(ran.page());
}

#[test]
fn findings_have_a_stable_form_for_programs() {
    let ran = outcrop(["check", "broken.yaml", "--format", "json"])
        .file("broken.yaml", BROKEN)
        .run();
    assert_eq!((ran.code, ran.stderr.as_str()), (Some(3), ""));
    let findings = ran.json();
    for finding in findings.as_array().unwrap() {
        assert_eq!(
            keys(finding),
            [
                "file", "line", "column", "severity", "code", "path", "message", "help"
            ]
        );
    }
    assert_eq!(
        findings[2],
        json!({
            "file": "broken.yaml",
            "line": 8,
            "column": 7,
            "severity": "error",
            "code": "config.unknown-key",
            "path": "models.opus.provider_opts.regoin",
            "message": "unknown key `regoin`; did you mean `region`?",
            "help": null,
        })
    );
}

#[test]
fn a_file_without_findings_is_an_empty_array() {
    let ran = outcrop(["check", "--format", "json", "examples/quickstart.yaml"])
        .in_workspace()
        .run()
        .ok();
    assert_eq!(ran.stdout, "[]\n");
}

#[test]
fn one_unreadable_file_does_not_hide_the_others() {
    let ran = outcrop(["check", "missing.yaml", "broken.yaml"])
        .file("broken.yaml", BROKEN)
        .run();
    assert_eq!(ran.code, Some(3));
    assert!(
        ran.stdout
            .starts_with("broken.yaml:5:17: error config.wrong-type:")
    );
    assert!(ran.stderr.contains("error: missing.yaml cannot be read: "));
}

#[test]
fn text_that_is_not_utf_8_is_unreadable() {
    let ran = outcrop(["check", "-"]).stdin(*b"models: \xff").run();
    assert_eq!(ran.code, Some(3));
    assert_eq!(
        ran.stderr,
        "error: - cannot be read: stream did not contain valid UTF-8\n"
    );
}

#[test]
fn the_default_files_are_looked_for_in_order() {
    let ran = outcrop(["check"]).run();
    assert_eq!(ran.code, Some(2));
    insta::assert_snapshot!(ran.stderr);

    let ran = outcrop(["check"]).file("models.yaml", BROKEN).run();
    assert!(ran.stdout.starts_with("models.yaml:5:17: "));

    let ran = outcrop(["check"])
        .file("models.yaml", BROKEN)
        .file("outcrop.yaml", "models:\n  a: { provider: openai }\n")
        .run();
    assert_eq!(ran.code, Some(0));
    assert_eq!(
        ran.stderr,
        "outcrop.yaml: no Bedrock models, no errors, no warnings\n"
    );
}

#[test]
fn the_environment_is_not_read() {
    let check = |run: crate::support::Outcrop| run.file("broken.yaml", BROKEN).run().page();
    let calm = check(outcrop(["check", "broken.yaml"]));
    let hostile = check(outcrop(["check", "broken.yaml"]).hostile());
    assert_eq!(calm, hostile);
}

#[test]
fn colour_is_for_terminals() {
    let forced = || {
        outcrop(["check", "broken.yaml"])
            .file("broken.yaml", BROKEN)
            .env("CLICOLOR_FORCE", "1")
    };
    assert!(forced().run().stdout.contains("\x1b["));
    assert!(!forced().env("NO_COLOR", "1").run().stdout.contains("\x1b["));
}
