//! Files, the schema, and diagnostics as people read them.

use std::collections::BTreeSet;
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

/// The committed schema as a validator in Python reads it, where `$` is also in front of a line feed
/// at the end.
pub(crate) fn schema_in_python() -> Validator {
    fn reread(schema: &mut Value) {
        match schema {
            Value::Object(pairs) => {
                if let Some(Value::String(pattern)) = pairs.get_mut("pattern")
                    && pattern.ends_with('$')
                {
                    pattern.pop();
                    pattern.push_str("\\n?$");
                }
                pairs.values_mut().for_each(reread);
            }
            Value::Array(items) => items.iter_mut().for_each(reread),
            _ => {}
        }
    }
    let mut schema: Value = serde_json::from_str(SCHEMA).unwrap();
    reread(&mut schema);
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

/// Fails unless what was said about a text is sound: places that exist and agree with each other,
/// one line a message, an end to the list, and no model both loaded and broken.
#[track_caller]
pub(crate) fn assert_sound(text: &str, loaded: &Loaded) {
    assert!(loaded.diagnostics.len() <= 1001);
    let mut last = 0;
    for found in &loaded.diagnostics {
        // A span inside the text, between characters.
        assert!(text.get(found.span.clone()).is_some(), "{found:?}");
        assert_eq!(
            (found.line, found.column),
            place(text, found.span.start),
            "{found:?}"
        );
        assert!(last <= found.span.start, "{found:?} is out of order");
        last = found.span.start;
        let help = found.help.as_deref().unwrap_or("-");
        for said in [&found.message, help, &found.path] {
            assert!(!said.contains(['\n', '\r']), "{found:?}");
        }
        assert!(!found.message.is_empty() && !help.is_empty());
    }
    let models = loaded.models.iter().map(|model| &model.name);
    let names: Vec<_> = models.chain(&loaded.broken).collect();
    let distinct: BTreeSet<_> = names.iter().collect();
    assert_eq!(names.len(), distinct.len(), "{names:?}");
    assert!(loaded.broken.is_empty() || loaded.has_errors());
}

/// The line and the column of a byte, from 1, counted in another way than the loader counts: a
/// byte order mark takes no column.
fn place(text: &str, byte: usize) -> (usize, usize) {
    let before = &text[..byte];
    assert!(!(before.ends_with('\r') && text[byte..].starts_with('\n')));
    let before = before.replace("\r\n", "\n").replace('\r', "\n");
    let last = before.rsplit('\n').next().unwrap();
    let mark = usize::from(before.starts_with('\u{feff}') && !before.contains('\n'));
    (
        before.matches('\n').count() + 1,
        last.chars().count() + 1 - mark,
    )
}
