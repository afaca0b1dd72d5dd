//! What a file means: the files of `tests/cases/review`. The name of a file is the name of its case,
//! and what is said about it stands beside it.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use outcrop::config::Severity;
use outcrop::policy::Date;
use outcrop::{Finding, review};

use crate::support::model;

/// The day on which the files are judged.
const TODAY: Date = Date::new(2026, 11, 22);

const CASES: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/cases/review");

fn findings(text: &str) -> Vec<Finding> {
    review(&outcrop::config::load(text), TODAY)
}

/// The YAML files of a folder, by their names.
fn files(folder: &Path) -> Vec<(String, String)> {
    let entries = fs::read_dir(folder).expect("a folder");
    let paths = entries.map(|entry| entry.expect("an entry").path());
    let mut files: Vec<_> = paths
        .filter(|path| {
            path.extension()
                .is_some_and(|extension| extension == "yaml")
        })
        .map(|path| {
            let name = path.file_stem().expect("a name").to_string_lossy();
            (name.into_owned(), fs::read_to_string(&path).expect("text"))
        })
        .collect();
    files.sort();
    files
}

/// Findings with what they point at.
fn page(text: &str) -> String {
    let mut page = String::new();
    for finding in findings(text) {
        let Finding {
            line,
            column,
            severity,
            code,
            ..
        } = &finding;
        let pointed_at = &text[finding.span.clone()];
        writeln!(
            page,
            "{line}:{column} {severity} {code} at {}",
            finding.path
        )
        .expect("a string");
        writeln!(page, "  {pointed_at:?}: {}", finding.message).expect("a string");
        if let Some(help) = &finding.help {
            writeln!(page, "  help: {help}").expect("a string");
        }
    }
    page
}

#[test]
fn every_case_is_said_at_its_place() {
    let files = files(Path::new(CASES));
    assert!(files.len() >= 50, "{} cases", files.len());
    for (name, text) in files {
        let mut settings = insta::Settings::clone_current();
        settings.set_snapshot_path(CASES);
        settings.set_prepend_module_to_snapshot(false);
        settings.set_omit_expression(true);
        settings.bind(|| insta::assert_snapshot!(name, page(&text)));
    }
}

#[test]
fn every_finding_points_at_something() {
    for (name, text) in files(Path::new(CASES)) {
        for finding in findings(&text) {
            assert!(!finding.span.is_empty(), "{name}: {finding:?}");
            let lines = text[..finding.span.start].matches('\n').count();
            assert_eq!(finding.line, lines + 1, "{name}: {finding:?}");
        }
    }
}

#[test]
fn the_examples_have_nothing_to_change() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../examples");
    for (name, text) in files(Path::new(folder)) {
        for finding in findings(&text) {
            assert_eq!(finding.severity, Severity::Info, "{name}: {finding:?}");
        }
    }
}

#[test]
fn a_review_says_what_an_explanation_says() {
    let yaml = "models:
  opus:
    provider: amazon-bedrock
    model: eu.anthropic.claude-opus-4-8
    thinking_budget: 8192
    temperature: 0.5
    frequency_penalty: 1
    provider_opts:
      region: us-east-1
";
    let model = model(yaml);
    let plan = model.plan(&outcrop::Env::empty());
    let explained = model
        .explain(&"Hello".into(), &plan)
        .expect("an explanation");
    let mut explained: Vec<_> = explained
        .adjustments
        .iter()
        .filter(|adjustment| !matches!(adjustment, outcrop::Adjustment::Credentials(_)))
        .map(|adjustment| (adjustment.code(), adjustment.path(model.entry())))
        .collect();
    let mut reviewed: Vec<_> = findings(yaml)
        .into_iter()
        .map(|finding| (finding.code, finding.path))
        .collect();
    explained.sort();
    reviewed.sort();
    assert_eq!(reviewed, explained);
}

#[test]
fn a_list_of_findings_has_an_end() {
    let mut yaml = "models:\n".to_owned();
    for number in 0..12_000 {
        let entry = "{ provider: amazon-bedrock, model: m, thinking_budget: 1 }";
        writeln!(yaml, "  m{number}: {entry}").expect("a string");
    }
    let count = findings(&yaml).len();
    assert!((10_000..11_000).contains(&count), "{count} findings");
}
