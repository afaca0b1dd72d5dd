//! The place of a finding: a piece of its line with the span underlined.

use std::collections::HashMap;
use std::ops::Range;

use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};
use outcrop::Finding;

use super::secrets::Verdict;
use crate::render::style::DIM;

/// How many characters are shown of a span, and on either side of it. It is more than a snippet
/// is wide.
const SHOWN: usize = 200;

/// What stands where a line is cut.
const CUT: char = '…';

/// A text whose lines are shown. What is found out about a line serves every finding in it, since
/// a whole file may be one line.
pub(super) struct Places<'a> {
    text: &'a str,
    /// Where lines end.
    ends: Vec<usize>,
    verdicts: HashMap<Range<usize>, Verdict>,
}

impl<'a> Places<'a> {
    pub(super) fn of(text: &'a str) -> Self {
        let ends = text.match_indices(['\n', '\r']).map(|(at, _)| at);
        Self {
            text,
            ends: ends.collect(),
            verdicts: HashMap::new(),
        }
    }

    /// Shows where a finding is, unless a secret may stand anywhere in its lines.
    pub(super) fn show(&mut self, finding: &Finding, level: Level<'static>) -> Option<String> {
        if self.text.is_empty() {
            return None;
        }
        let (text, lines) = (self.text, self.lines(&finding.span));
        let verdict = self.verdicts.entry(lines.clone());
        let verdict = verdict.or_insert_with(|| Verdict::on(text, lines.clone()));
        if verdict.hides(text.get(lines.clone()).unwrap_or_default(), &finding.path) {
            let hidden = "(the line is not shown: it may hold a secret)";
            return Some(format!("   {DIM}{hidden}{DIM:#}"));
        }
        let (shown, span) = piece(text, &lines, &finding.span);
        let annotation = AnnotationKind::Primary.span(span);
        let snippet = Snippet::source(shown)
            .line_start(finding.line)
            .annotation(annotation);
        let group = Group::with_level(level).element(snippet);
        Some(Renderer::styled().render(&[group]))
    }

    /// The bytes of the lines that a span touches.
    fn lines(&self, span: &Range<usize>) -> Range<usize> {
        let before = self.ends.partition_point(|end| *end < span.start);
        let within = self.ends.partition_point(|end| *end < span.end);
        let start = before.checked_sub(1).and_then(|last| self.ends.get(last));
        let end = self.ends.get(within).copied();
        start.map_or(0, |end| end + 1)..end.unwrap_or(self.text.len())
    }
}

/// What is shown of `lines`, and where `span` is in it. A snippet looks at all the text that it is
/// given, so it is given no more than fits.
fn piece(text: &str, lines: &Range<usize>, span: &Range<usize>) -> (String, Range<usize>) {
    let slice = |range: Range<usize>| text.get(range).unwrap_or_default();
    let (before, is_cut_before) = last(slice(lines.start..span.start));
    let (marked, is_cut) = first(slice(span.clone()));
    let (after, is_cut_after) = match is_cut {
        true => ("", true),
        false => first(slice(span.end..lines.end)),
    };
    let mut shown = String::new();
    shown.extend(is_cut_before.then_some(CUT));
    shown.push_str(before);
    let start = shown.len();
    shown.push_str(marked);
    let end = shown.len();
    shown.push_str(after);
    shown.extend(is_cut_after.then_some(CUT));
    (shown, start..end)
}

/// The first characters of a text, and whether there are more.
fn first(text: &str) -> (&str, bool) {
    let end = text.char_indices().nth(SHOWN).map(|(at, _)| at);
    (end.map_or(text, |end| text.split_at(end).0), end.is_some())
}

/// The last characters of a text, and whether there are more.
fn last(text: &str) -> (&str, bool) {
    let start = text
        .char_indices()
        .rev()
        .nth(SHOWN - 1)
        .map_or(0, |it| it.0);
    (text.split_at(start).1, start > 0)
}

#[cfg(test)]
mod tests {
    use super::{Places, SHOWN, piece};

    #[test]
    fn a_span_is_shown_with_the_characters_around_it() {
        let far = "é".repeat(SHOWN + 1);
        let near = "é".repeat(SHOWN);
        for (before, span, after, expected) in [
            ("", "x", "", "x".to_owned()),
            ("a", "", "b", "ab".to_owned()),
            (&near, "🙂", &near, format!("{near}🙂{near}")),
            (&far, "🙂", &far, format!("…{near}🙂{near}…")),
            ("a", &far, "b", format!("a{near}…")),
        ] {
            let text = format!("{before}{span}{after}");
            let (start, end) = (before.len(), before.len() + span.len());
            let (shown, marked) = piece(&text, &(0..text.len()), &(start..end));
            assert_eq!(shown, expected);
            assert!(span.starts_with(&shown[marked.clone()]));
            assert_eq!(marked.is_empty(), span.is_empty());
        }
    }

    #[test]
    fn lines_end_at_every_line_break() {
        let text = "a\nbc\r\nd\re";
        let lines = |span| &text[Places::of(text).lines(&span)];
        for (span, expected) in [
            (0..1, "a"),
            (1..1, "a"),
            (2..3, "bc"),
            (4..4, "bc"),
            (0..3, "a\nbc"),
            (6..7, "d"),
            (8..9, "e"),
            (9..9, "e"),
        ] {
            assert_eq!(lines(span.clone()), expected, "{span:?}");
        }
    }
}
