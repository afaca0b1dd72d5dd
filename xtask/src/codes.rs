//! The examples in `docs/diagnostics.md`: what a row of its tables says about a code, and below it
//! the bad and the good example of `docs/diagnostics/CODE.md`.
//!
//! The rows are written by hand, in the upper part of the page; the lower part is written here. That
//! the examples are true is a test of the crate `outcrop`, which can run them.

use std::fs;

use crate::files::{Mode, ensure, root};

const PAGE: &str = "docs/diagnostics.md";

/// Where the examples are, a file a code.
const FOLDER: &str = "docs/diagnostics";

/// Where the part of the page begins that is written here.
const MARK: &str = "<!-- From here on written by `cargo xtask docs`, from the rows above and docs/diagnostics/. -->";

const INTRODUCTION: &str = "
## Examples

For each code a file that gives it, what `outcrop check` then says, and how to write it instead.
Where a code is about credentials or a conversation, the environment or the conversation stands
beside the file, and `outcrop explain` says it. Every example is a test; models are judged on
22 November 2026.
";

/// What to do for a code without examples.
const ADVICE: &str = "\
Write docs/diagnostics/CODE.md for each: `Bad:`, a yaml block that gives the code, and an empty text
block; then `Good:`, and a yaml block that gives nothing at all. What the file alone does not give goes
into more blocks: sh for the environment (`export NAME=VALUE`), ini for ~/.aws/config, json for the
conversation. Where there can be no example: `No example: ` and the reason.
`INSTA_UPDATE=always cargo test -p outcrop examples_of_codes` fills in what is said, and
`cargo xtask docs` brings it to the page.";

/// Writes the lower part of the page, or checks that the committed one is the same.
///
/// # Errors
///
/// As [`ensure`], and when a code has no examples, or examples have no code.
pub(crate) fn run(mode: Mode) -> Result<(), String> {
    let page = fs::read_to_string(root().join(PAGE)).map_err(|error| format!("{PAGE}: {error}"))?;
    let upper = upper_part(&page);
    let rows = rows(upper)?;
    refuse_strangers(&rows)?;
    let mut whole = format!("{}\n\n{MARK}\n{INTRODUCTION}", upper.trim_end());
    let mut missing = Vec::new();
    for row in &rows {
        match section(row) {
            Ok(section) => whole.push_str(&section),
            Err(problem) => missing.push(problem),
        }
    }
    if !missing.is_empty() {
        return Err(format!("{}\n\n{ADVICE}", missing.join("\n")));
    }
    ensure(PAGE, &whole, mode, "cargo xtask docs")
}

/// The part of the page that is written by hand.
pub(crate) fn upper_part(page: &str) -> &str {
    page.split(MARK).next().unwrap_or(page)
}

/// What a row of the tables says about a code.
struct Row<'a> {
    code: &'a str,
    weight: &'a str,
    meaning: &'a str,
    remedy: &'a str,
}

fn rows(upper: &str) -> Result<Vec<Row<'_>>, String> {
    let rows = upper.lines().filter(|line| line.starts_with("| `"));
    rows.map(|row| {
        let cells: Vec<_> = row
            .trim()
            .trim_matches('|')
            .split(" | ")
            .map(str::trim)
            .collect();
        let [code, weight, meaning, remedy] = cells.as_slice() else {
            return Err(format!(
                "{PAGE}: not code, severity, meaning and remedy: {row}"
            ));
        };
        let code = code.trim_matches('`');
        Ok(Row {
            code,
            weight,
            meaning,
            remedy,
        })
    })
    .collect()
}

/// A code with all there is to say about it.
fn section(row: &Row<'_>) -> Result<String, String> {
    let Row {
        code,
        weight,
        meaning,
        remedy,
    } = row;
    let path = format!("{FOLDER}/{code}.md");
    let examples = fs::read_to_string(root().join(&path))
        .map_err(|error| format!("`{code}` has no examples, since {path}: {error}"))?;
    let remedy = match *remedy {
        "–" => String::new(),
        remedy => format!(" {remedy}"),
    };
    let (weight, examples) = (weight.replace('*', ""), examples.trim());
    Ok(format!(
        "\n### `{code}`\n\n*{weight}.* {meaning}{remedy}\n\n{examples}\n"
    ))
}

/// Examples whose code has gone would be found by nobody.
fn refuse_strangers(rows: &[Row<'_>]) -> Result<(), String> {
    let entries =
        fs::read_dir(root().join(FOLDER)).map_err(|error| format!("{FOLDER}: {error}"))?;
    for entry in entries {
        let name = entry
            .map_err(|error| format!("{FOLDER}: {error}"))?
            .file_name();
        let name = name.to_string_lossy();
        let code = name.strip_suffix(".md").unwrap_or(&name);
        if !rows.iter().any(|row| row.code == code) {
            return Err(format!(
                "{FOLDER}/{name} is of a code that no row of {PAGE} has"
            ));
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_code_has_its_examples_on_the_page() {
        if let Err(stale) = run(Mode::Check) {
            panic!("{stale}");
        }
    }

    #[test]
    fn a_row_is_read_cell_by_cell() {
        let page = "| code | |\n|---|---|\n| `a.b` | error | It `x | y`s? | Mend. |\n";
        assert!(rows(page).is_err(), "a blank around a bar separates cells");
        let page = "| `a.b` | warning, *stops* | It is. | – |\n";
        let rows = rows(page).expect("a row");
        assert_eq!((rows[0].code, rows[0].remedy), ("a.b", "–"));
    }
}
