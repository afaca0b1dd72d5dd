//! Pages that must keep up with the code, as tests.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use crate::files::root;

/// The crates whose findings and adjustments have codes.
const CRATES: [&str; 6] = [
    "outcrop",
    "outcrop-cli",
    "outcrop-config",
    "outcrop-converse",
    "outcrop-credentials",
    "outcrop-policy",
];

/// What a code begins with.
const AREAS: [&str; 16] = [
    "auth",
    "cache",
    "config",
    "conversation",
    "credentials",
    "endpoint",
    "file",
    "interleaved",
    "max-tokens",
    "model",
    "option",
    "region",
    "sampling",
    "thinking",
    "tool-choice",
    "yaml",
];

#[test]
fn docs_diagnostics_lists_every_code_and_no_other() {
    let mut in_code = BTreeSet::new();
    for name in CRATES {
        collect(&root().join("crates").join(name).join("src"), &mut in_code);
    }
    let page = fs::read_to_string(root().join("docs/diagnostics.md")).expect("the page");
    let tables = crate::codes::upper_part(&page);
    let rows = tables.lines().filter_map(|line| line.strip_prefix("| `"));
    let on_page: BTreeSet<String> = rows
        .filter_map(|row| Some(row.split_once('`')?.0.to_owned()))
        .collect();
    assert_eq!(on_page, in_code);
}

/// The codes in the source files below a folder: whole literals of the form `area.words`.
fn collect(folder: &Path, codes: &mut BTreeSet<String>) {
    for entry in fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            collect(&path, codes);
        } else {
            let text = fs::read_to_string(&path).expect("a source file");
            let literals = text.split('"').skip(1).step_by(2);
            codes.extend(
                literals
                    .filter(|literal| is_code(literal))
                    .map(str::to_owned),
            );
        }
    }
}

fn is_code(literal: &str) -> bool {
    let Some((area, rest)) = literal.split_once('.') else {
        return false;
    };
    let known = AREAS.contains(&area);
    known
        && !rest.is_empty()
        && rest
            .bytes()
            .all(|byte| byte.is_ascii_lowercase() || byte == b'-')
}
