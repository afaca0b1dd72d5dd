//! `check`: findings for people and programs.

use serde_json::json;

use crate::support::{examples, keys, outcrop};

const BROKEN: &str = "\
models:
  opus:
    provider: amazon-bedrock
    model: global.anthropic.claude-opus-4-8
    max_tokens: lots
    title_model: small
    provider_opts:
      regoin: us-east-1
  sonnet:
    provider: bedrock
    model: global.anthropic.claude-sonnet-4-5-20250929-v1:0
";

const FINE: &str = "\
models:
  nova:
    provider: amazon-bedrock
    model: us.amazon.nova-pro-v1:0
";

const DOUBTFUL: &str = "\
models:
  haiku:
    provider: amazon-bedrock
    model: us.anthropic.claude-haiku-4-5-20251001-v1:0
    max_tokens: 8192
    thinking_budget: 16384
    top_p: 0.9
  \"50%, größer\":
    provider: amazon-bedrock
    model: us.anthropic.claude-opos-4-8
  opus:
    provider: amazon-bedrock
    model: us.anthropic.claude-opus-4-1-20250805-v1:0
";

fn check(args: &[&'static str]) -> crate::support::Outcrop {
    outcrop(
        ["check", "--today", "2026-11-22"]
            .iter()
            .chain(args)
            .copied(),
    )
    .file("broken.yaml", BROKEN)
    .file("doubtful.yaml", DOUBTFUL)
    .file("fine.yaml", FINE)
    .file("100%: a,b.yaml", DOUBTFUL)
}

#[test]
fn what_a_file_means_is_read_with_its_place() {
    let ran = check(&["doubtful.yaml"]).run().ok();
    insta::assert_snapshot!(ran.page());
}

#[test]
fn warnings_count_as_errors_when_it_is_strict() {
    let ran = check(&["--strict", "doubtful.yaml", "fine.yaml"]).run();
    assert_eq!(ran.code, Some(3));
    insta::assert_snapshot!(ran.page());

    let ran = check(&["--strict", "--format", "json", "doubtful.yaml"]).run();
    assert_eq!(ran.code, Some(3));
    let severities: Vec<_> = ran
        .json()
        .as_array()
        .unwrap()
        .iter()
        .map(|finding| finding["severity"].as_str().unwrap().to_owned())
        .collect();
    assert_eq!(severities, ["error", "error", "info"]);
}

#[test]
fn infos_are_no_errors_even_when_it_is_strict() {
    let mut args = vec!["check", "--strict", "--today", "2026-11-22"];
    let examples = examples();
    args.extend(examples.iter().map(String::as_str));
    outcrop(args).in_workspace().run().ok();
}

#[test]
fn every_file_is_checked_and_counted() {
    let ran = check(&["fine.yaml", "broken.yaml", "-", "doubtful.yaml"])
        .stdin(DOUBTFUL)
        .run();
    assert_eq!(ran.code, Some(3));
    assert_eq!(
        ran.stderr,
        "fine.yaml: 1 Bedrock model, no errors, no warnings\n\
         broken.yaml: 1 Bedrock model, 2 errors, 1 warning, 1 info\n\
         -: 3 Bedrock models, no errors, 2 warnings, 1 info\n\
         doubtful.yaml: 3 Bedrock models, no errors, 2 warnings, 1 info\n"
    );
    assert!(ran.stdout.contains("\n-:6:22: warning "), "{}", ran.page());
}

#[test]
fn annotations_are_escaped_as_github_reads_them() {
    let ran = check(&["--format", "github", "broken.yaml", "100%: a,b.yaml"]).run();
    assert_eq!((ran.code, ran.stderr.as_str()), (Some(3), ""));
    insta::assert_snapshot!(ran.stdout);
}

#[test]
fn the_day_decides_which_models_have_ended() {
    let sonnet = "us.anthropic.claude-sonnet-4-5-20250929-v1:0";
    let yaml = FINE.replace("us.amazon.nova-pro-v1:0", sonnet);
    let codes = |day| {
        let ran = outcrop(["check", "--format", "json", "--today", day, "-"])
            .stdin(yaml.as_str())
            .run()
            .ok();
        ran.json()
            .as_array()
            .unwrap()
            .iter()
            .map(|finding| finding["code"].as_str().unwrap().to_owned())
            .collect::<Vec<_>>()
    };
    assert!(codes("2026-01-01").is_empty());
    assert_eq!(codes("2027-01-01"), ["model.retiring"]);
    assert_eq!(codes("2028-01-01"), ["model.retired"]);

    let ran = outcrop(["check", "--today", "2026-02-30"]).run();
    assert_eq!(ran.code, Some(2));
    assert!(
        ran.stderr.contains("expected a day such as 2026-11-22"),
        "{}",
        ran.page()
    );
}

#[test]
fn a_place_has_the_colour_of_its_severity() {
    let coloured = |args: &[&'static str]| check(args).env("CLICOLOR_FORCE", "1").run().stdout;
    let (yellow, red) = ("\u{1b}[33m^", "\u{1b}[91m^");
    let calm = coloured(&["doubtful.yaml"]);
    assert!(calm.contains(yellow) && !calm.contains(red), "{calm:?}");
    let strict = coloured(&["--strict", "doubtful.yaml"]);
    assert!(
        strict.contains(red) && !strict.contains(yellow),
        "{strict:?}"
    );
    let dimmed = "\u{1b}[2mdoubtful.yaml:13:12: info model.retiring";
    assert!(calm.contains(dimmed), "{calm:?}");
}

#[test]
fn every_example_is_fine() {
    let examples = examples();
    let args = ["check", "--today", "2026-11-22"]
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
    let ran = outcrop(["check", "--format", "json", "fine.yaml"])
        .file("fine.yaml", FINE)
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
        "error: - cannot be read: byte 9 is not UTF-8; save it as UTF-8\n"
    );
    let ran = outcrop(["check", "-"]).stdin(*b"\xff\xfem\0").run();
    assert_eq!(
        ran.stderr,
        "error: - cannot be read: it is in UTF-16; save it as UTF-8\n"
    );
}

#[test]
fn too_large_a_file_is_refused_without_being_shown() {
    let long = "# é".repeat(2 << 20);
    let run = |file: &'static str| outcrop(["check", file]).file("long.yaml", &long);
    let endless = cfg!(unix).then(|| run("/dev/zero").run());
    let stdin = run("-").stdin(long.as_str()).run();
    for ran in [run("long.yaml").run(), stdin].into_iter().chain(endless) {
        assert_eq!(ran.code, Some(3));
        let said =
            "error yaml.too-large: the file has more than 4194304 bytes, the most that is read";
        assert_eq!(ran.stdout.trim_end().split_once(": ").unwrap().1, said);
    }
    let ran = outcrop(["explain", "-c", "long.yaml", "-m", "m"])
        .file("long.yaml", &long)
        .run();
    assert!(
        ran.code == Some(3) && ran.page().len() < 1000,
        "{}",
        ran.page()
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
    let checked = |run: crate::support::Outcrop| run.file("broken.yaml", BROKEN).run().page();
    let calm = checked(outcrop(["check", "broken.yaml"]));
    let hostile = checked(outcrop(["check", "broken.yaml"]).hostile());
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

#[test]
fn an_unreadable_file_is_a_finding_for_programs() {
    let run = |format: &'static str| {
        let ran = outcrop(["check", "--format", format, "fine.yaml", "missing.yaml"])
            .file("fine.yaml", FINE)
            .run();
        assert_eq!((ran.code, ran.stderr.as_str()), (Some(3), ""));
        ran
    };
    let json = run("json").json();
    let [finding] = json.as_array().unwrap().as_slice() else {
        panic!("{json}")
    };
    assert_eq!(finding["file"], "missing.yaml");
    assert_eq!(finding["code"], "file.unreadable");
    assert_eq!(
        (&finding["line"], &finding["column"]),
        (&json!(1), &json!(1))
    );
    let message = finding["message"].as_str().unwrap();
    assert!(
        message.starts_with("missing.yaml cannot be read: "),
        "{message}"
    );

    let github = run("github").stdout;
    let start = "::error file=missing.yaml,line=1,col=1,endColumn=1,title=file.unreadable::";
    assert!(github.starts_with(start), "{github}");
}

#[test]
fn stdin_is_read_once() {
    let ran = outcrop(["check", "-", "-"]).stdin(FINE).run();
    assert_eq!(ran.code, Some(2));
    assert!(
        ran.stderr.contains("stdin can be read only once"),
        "{}",
        ran.page()
    );
}

#[test]
fn more_is_said_to_be_left_out_only_where_it_is() {
    for (count, more) in [(10_000, false), (10_001, true)] {
        let entry =
            |n| format!("  m{n}: {{provider: amazon-bedrock, model: anthropic.claude-opus-4-8}}\n");
        let entries: String = (0..count).map(entry).collect();
        let ran = outcrop(["check", "--format", "json", "-"])
            .stdin(format!("models:\n{entries}"))
            .run();
        assert_eq!(ran.stdout.contains("file.more-findings"), more, "{count}");
    }
}

#[test]
fn of_a_file_that_is_one_line_each_finding_shows_its_own_piece() {
    let entry = |name: usize| {
        format!(
            "\"größer-{name}\":{{\"provider\":\"amazon-bedrock\",\"model\":\
             \"global.anthropic.claude-opus-4-8\",\"temperature\":0.{name}}}"
        )
    };
    let entries: Vec<_> = (100..300).map(entry).collect();
    let yaml = format!("{{\"models\":{{{}}}}}", entries.join(","));
    let ran = outcrop(["check", "-"]).stdin(yaml.as_str()).run().ok();
    let blocks: Vec<_> = ran.stdout.split("\n\n").collect();
    for (name, block) in (100..300).zip(blocks) {
        let at = yaml.find(&format!("\"temperature\":0.{name}")).unwrap();
        let column = yaml[..at].chars().count() + 1;
        assert!(
            block.starts_with(&format!("-:1:{column}: warning ")),
            "{block}"
        );
        assert!(
            block.contains(&format!("\"temperature\":0.{name}")),
            "{block}"
        );
        let lines: Vec<_> = block.lines().collect();
        let widest = lines.iter().map(|line| line.chars().count()).max();
        assert!(widest < Some(160), "{block}");
        let marked = lines[3].chars().position(|mark| mark == '^').unwrap();
        let shown: String = lines[2].chars().skip(marked).collect();
        assert!(shown.starts_with("\"temperature\""), "{block}");
    }
}

#[test]
fn a_secret_anywhere_in_a_line_hides_every_piece_of_it() {
    let far = "x".repeat(2_000);
    let yaml = format!(
        "{{models: {{m: {{provider: amazon-bedrock, model: global.anthropic.claude-opus-4-8, \
         temperature: 0.5}}}}, x: {far}, api_key: sk-SECRET}}"
    );
    let ran = outcrop(["check", "-"]).stdin(yaml.as_str()).run();
    assert!(
        ran.stdout.contains("the line is not shown"),
        "{}",
        ran.page()
    );
    assert!(!ran.stdout.contains("temperature: 0.5"), "{}", ran.page());
}

#[test]
fn a_shared_setting_is_reported_once_with_its_models() {
    let yaml = "\
providers:
  ours:
    provider: amazon-bedrock
    thinking_budget: 500
models:
  haiku: { provider: ours, model: us.anthropic.claude-haiku-4-5-20251001-v1:0 }
  opus: { provider: ours, model: us.anthropic.claude-opus-4-5-20251101-v1:0 }
";
    for format in ["text", "github", "json"] {
        let ran = outcrop(["check", "--today", "2026-01-01", "--format", format, "-"])
            .stdin(yaml)
            .run()
            .ok();
        let found = ran.stdout.matches("thinking.below-minimum").count();
        assert_eq!(found, 1, "{}", ran.page());
        assert!(
            ran.stdout.contains("(models haiku, opus)"),
            "{}",
            ran.page()
        );
        if format == "json" {
            assert_eq!(ran.json()[0]["path"], "models.haiku.thinking_budget");
        }
    }
}
