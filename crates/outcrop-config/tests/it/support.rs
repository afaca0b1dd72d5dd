//! Files, the schema, and diagnostics as people read them.

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use jsonschema::Validator;
use outcrop_config::{Diagnostic, Loaded, SCHEMA};
use serde_json::Value;

/// The name and the text of every YAML file in a folder of this crate, in order.
pub(crate) fn files(folder: &str) -> Vec<(String, String)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
    let mut paths: Vec<PathBuf> = fs::read_dir(&folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| {
            path.extension()
                .is_some_and(|extension| extension == "yaml")
        })
        .collect();
    paths.sort();
    let read = |path: PathBuf| {
        let name = path.file_stem().unwrap().to_str().unwrap().to_owned();
        (name, fs::read_to_string(path).unwrap())
    };
    paths.into_iter().map(read).collect()
}

/// The committed schema, compiled.
pub(crate) fn schema() -> Validator {
    let schema: Value = serde_json::from_str(SCHEMA).unwrap();
    jsonschema::draft7::new(&schema).unwrap()
}

/// What a schema validator sees of a YAML text, by way of `serde_yaml` alone. `None` if that
/// cannot read it.
pub(crate) fn as_json(text: &str) -> Option<Value> {
    let mut value: serde_yaml::Value = serde_yaml::from_str(text).ok()?;
    // One application leaves the merge keys of what was merged.
    for _ in 0..4 {
        value.apply_merge().ok()?;
    }
    serde_json::to_value(value).ok()
}

/// A Bedrock entry `m` with one more line.
pub(crate) fn with_line(line: &str) -> String {
    format!("models:\n  m:\n    provider: amazon-bedrock\n    model: m\n    {line}\n")
}

/// Every diagnostic with the place it points at.
pub(crate) fn render(text: &str, loaded: &Loaded) -> String {
    let mut rendered = String::new();
    for diagnostic in &loaded.diagnostics {
        render_one(text, diagnostic, &mut rendered);
    }
    let names: Vec<&str> = loaded
        .models
        .iter()
        .map(|model| model.name.as_str())
        .collect();
    writeln!(rendered, "models {names:?}, broken {:?}", loaded.broken).unwrap();
    rendered
}

fn render_one(text: &str, diagnostic: &Diagnostic, rendered: &mut String) {
    let Diagnostic {
        code,
        path,
        span,
        line,
        column,
        message,
        help,
        ..
    } = diagnostic;
    let severity = diagnostic.severity();
    writeln!(rendered, "{severity}[{code}] {message}").unwrap();
    writeln!(rendered, "  at {line}:{column} {path}").unwrap();
    if let Some(shown) = text.lines().nth(line - 1) {
        let shown: String = shown.chars().take(100).collect();
        let length = text[span.clone()]
            .chars()
            .take_while(|c| *c != '\n')
            .count();
        let marks = "^".repeat(length.clamp(1, 100));
        let indent = " ".repeat(column - 1);
        writeln!(rendered, "  | {shown}\n  | {indent}{marks}").unwrap();
    }
    if let Some(help) = help {
        writeln!(rendered, "  help: {help}").unwrap();
    }
    rendered.push('\n');
}
