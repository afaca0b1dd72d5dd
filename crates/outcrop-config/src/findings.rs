//! Diagnostics while they are being collected, before their lines and columns are known.

use std::ops::Range;

use crate::diagnostic::{Code, Diagnostic, Severity};
use crate::locate::Cursor;
use crate::path;

/// Beyond this a list helps nobody, and a hostile file could make it as long as it likes.
const MOST: usize = 1000;

/// Everything found so far in one text.
#[derive(Default)]
pub(crate) struct Findings(Vec<Finding>);

/// A [`Diagnostic`] that has not been given its line and column.
pub(crate) struct Finding {
    pub(crate) code: Code,
    pub(crate) path: String,
    pub(crate) span: Range<usize>,
    pub(crate) message: String,
    pub(crate) help: Option<String>,
}

impl Findings {
    /// Adds a finding, unless there are far too many already. Names from the file are in it as they
    /// are, and may hold anything.
    pub(crate) fn push(&mut self, mut finding: Finding) {
        if !self.is_full() {
            finding.message = path::in_one_line(finding.message);
            finding.help = finding.help.map(path::in_one_line);
            self.0.push(finding);
        }
    }

    /// Whether there are so many that looking further is pointless.
    pub(crate) fn is_full(&self) -> bool {
        self.0.len() >= MOST
    }

    /// How many there are: a mark for [`errors_since`](Self::errors_since).
    pub(crate) fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether an error was added after `mark`.
    pub(crate) fn errors_since(&self, mark: usize) -> bool {
        self.0
            .iter()
            .skip(mark)
            .any(|finding| finding.code.severity() == Severity::Error)
    }

    /// Whether every known setting could be read in spite of the errors that were added after
    /// `mark`.
    pub(crate) fn all_readable_since(&self, mark: usize) -> bool {
        let leaves_settings = |finding: &Finding| {
            finding.code.severity() != Severity::Error
                || matches!(
                    finding.code,
                    Code::ConfigUnknownKey | Code::ConfigInsecureEndpoint
                )
        };
        self.0.iter().skip(mark).all(leaves_settings)
    }

    /// Whether an error concerns something inside `path`.
    pub(crate) fn errors_within(&self, path: &str) -> bool {
        self.0.iter().any(|finding| {
            finding.code.severity() == Severity::Error
                && finding
                    .path
                    .strip_prefix(path)
                    .is_some_and(|rest| rest.is_empty() || rest.starts_with(['.', '[']))
        })
    }

    /// The diagnostics in the order of the text, located in one walk over it.
    pub(crate) fn locate(mut self, text: &str) -> Vec<Diagnostic> {
        for finding in &mut self.0 {
            // A parser may stop within a line end of two characters, which is one place.
            let at = finding.span.start;
            if at > 0 && text.get(at - 1..at + 1) == Some("\r\n") {
                finding.span.start = at - 1;
            }
        }
        self.0.sort_by_key(|finding| finding.span.start);
        let mut cursor = Cursor::default();
        self.0
            .into_iter()
            .map(|finding| {
                cursor.advance(text, finding.span.start);
                Diagnostic {
                    code: finding.code,
                    path: finding.path,
                    span: finding.span,
                    line: cursor.line(),
                    column: cursor.column(),
                    message: finding.message,
                    help: finding.help,
                }
            })
            .collect()
    }
}
