//! Diagnostics while they are being collected, before their lines and columns are known.

use std::collections::HashSet;
use std::ops::Range;

use crate::diagnostic::{Code, Diagnostic, Severity};
use crate::locate::Cursor;
use crate::path;

/// Beyond this a list helps nobody, and a hostile file could make it as long as it likes.
pub(crate) const MOST: usize = 1000;

/// Everything found so far in one text.
#[derive(Default)]
pub(crate) struct Findings {
    list: Vec<Finding>,
    /// How many of them are errors.
    errors: usize,
    /// Whether there are others, which are not in the list, since there were too many.
    is_cut: bool,
}

/// A [`Diagnostic`] that has not been given its line and column.
pub(crate) struct Finding {
    pub(crate) code: Code,
    pub(crate) path: String,
    pub(crate) span: Range<usize>,
    pub(crate) message: String,
    pub(crate) help: Option<String>,
}

impl Finding {
    fn is_error(&self) -> bool {
        self.code.severity() == Severity::Error
    }
}

impl Findings {
    /// Adds a finding, unless there are far too many already and it is no error. Names from the file
    /// are in it as they are, and may hold anything.
    pub(crate) fn push(&mut self, mut finding: Finding) {
        if self.list.len() >= MOST {
            self.is_cut = true;
            if self.is_full() || !finding.is_error() {
                return;
            }
        }
        self.errors += usize::from(finding.is_error());
        finding.message = path::in_one_line(finding.message);
        finding.help = finding.help.map(path::in_one_line);
        self.list.push(finding);
    }

    /// Whether there are so many that looking further is pointless. That takes an error, without
    /// which every model of the file has to be read.
    pub(crate) fn is_full(&self) -> bool {
        self.list.len() >= MOST && self.errors > 0
    }

    /// How many of them are errors.
    pub(crate) fn errors(&self) -> usize {
        self.errors
    }

    /// The errors that concern something inside `path`: what leads to each of them from there.
    pub(crate) fn errors_within(&self, path: &str) -> Vec<String> {
        let errors = self.list.iter().filter(|finding| finding.is_error());
        let inside = errors.filter_map(|finding| finding.path.strip_prefix(path));
        let inside = inside.filter(|rest| rest.is_empty() || rest.starts_with(['.', '[']));
        inside
            .map(|rest| rest.trim_start_matches('.').to_owned())
            .collect()
    }

    /// The diagnostics in the order of the text, located in one walk over it.
    pub(crate) fn locate(mut self, text: &str) -> Vec<Diagnostic> {
        if self.is_cut || self.is_full() {
            let last = self.list.iter().max_by_key(|finding| finding.span.start);
            self.list.push(Finding {
                code: Code::FileMoreFindings,
                path: String::new(),
                span: last.map_or(0..0, |finding| finding.span.clone()),
                message: format!("{MOST} findings and more; the others are left out"),
                help: Some("mend these and check again".to_owned()),
            });
        }
        for finding in &mut self.list {
            // A parser may stop within a line end of two characters, which is one place.
            let at = finding.span.start;
            if at > 0 && text.get(at - 1..at + 1) == Some("\r\n") {
                finding.span.start = at - 1;
            }
        }
        self.list.sort_by_key(|finding| finding.span.start);
        // What stands behind an anchor is mended once, however many entries take it.
        let mut seen = HashSet::new();
        self.list.retain(|finding| {
            let Finding {
                code,
                span,
                message,
                ..
            } = finding;
            span.is_empty() || seen.insert((*code, span.clone(), message.clone()))
        });
        let mut cursor = Cursor::default();
        self.list
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
