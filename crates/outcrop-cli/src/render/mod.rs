//! What people and programs read.

pub(crate) mod adjustments;
pub(crate) mod answer;
pub(crate) mod diagnostics;
pub(crate) mod explanation;
pub(crate) mod failure;
pub(crate) mod findings;
mod json_text;
pub(crate) mod plan;
pub(crate) mod retry;
pub(crate) mod style;
mod visible;

use std::fmt::Display;
use std::io::{self, Write};

use serde::Serialize;

use crate::failure::Failure;

/// What came of writing to stdout: a closed pipe is not worth a word.
pub(crate) fn written(result: io::Result<()>) -> Result<(), Failure> {
    match result {
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Err(Failure::ClosedPipe),
        Err(error) => Err(Failure::io("stdout cannot be written", error)),
        Ok(()) => Ok(()),
    }
}

/// Prints a whole page in one piece.
pub(crate) fn print_page(mut stdout: impl Write, page: &str) -> Result<(), Failure> {
    written(
        stdout
            .write_all(page.as_bytes())
            .and_then(|()| stdout.flush()),
    )
}

/// Prints one JSON value. It is one line, but for line breaks in JSON of an author's or a model's
/// own, whose bytes are kept.
pub(crate) fn print_json(value: &impl Serialize) -> Result<(), Failure> {
    print_line(&to_text(value)?)
}

/// Prints one JSON value on one line, whatever it holds.
pub(crate) fn print_json_line(value: &impl Serialize) -> Result<(), Failure> {
    let text = to_text(value)?;
    // Strings have their line breaks escaped, so that one as it is stands between values.
    if text.contains(['\n', '\r']) {
        print_line(&text.replace(['\n', '\r'], " "))
    } else {
        print_line(&text)
    }
}

fn to_text(value: &impl Serialize) -> Result<String, Failure> {
    serde_json::to_string(value)
        .map_err(|error| Failure::io("JSON cannot be written", error.into()))
}

fn print_line(text: &str) -> Result<(), Failure> {
    let mut stdout = io::stdout().lock();
    written(writeln!(stdout, "{text}").and_then(|()| stdout.flush()))
}

/// Prints a line on stderr.
pub(crate) fn note(text: impl Display) {
    piece_of_note(format_args!("{text}\n"));
}

/// Prints something on stderr that is not a line yet. Nobody has to listen: what is lost there is
/// no reason to end the answer on stdout.
pub(crate) fn piece_of_note(text: impl Display) {
    let mut stderr = anstream::stderr().lock();
    let _ = write!(stderr, "{text}").and_then(|()| stderr.flush());
}
