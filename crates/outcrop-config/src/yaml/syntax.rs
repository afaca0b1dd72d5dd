//! Syntax errors at the place where a person has to mend them, which is often not where the parser
//! gave up.

use super::about_text;
use super::events::too_deep;
use crate::diagnostic::Code;
use crate::findings::Finding;

/// What the parser says, brought to its cause where that is known. `open` is where the collections
/// begin that are open. The parser has a bound of its own for the depth of flow collections, which it
/// reaches while it looks ahead.
pub(super) fn refused(info: &str, at: usize, text: &str, open: &[usize]) -> Finding {
    if info.contains("recursion limit") {
        return too_deep(at..at);
    }
    if let Some(start) = conflict_marker(text) {
        let message = "a merge that was not finished left its markers in the file".to_owned();
        return Finding {
            help: Some(
                "keep one side, and remove the lines <<<<<<<, ======= and >>>>>>>".to_owned(),
            ),
            ..about_text(Code::YamlSyntax, start..start + "<<<<<<<".len(), message)
        };
    }
    if is_indented_with_no_break_spaces(text) {
        return with_help(info, at, super::NO_BREAK_SPACE);
    }
    if let Some((bracket, start)) = never_closed(text, open) {
        let message = format!("this `{bracket}` is never closed");
        let help = format!("close it with a `{}`", closing(bracket));
        return Finding {
            help: Some(help),
            ..about_text(Code::YamlSyntax, start..start + 1, message)
        };
    }
    let may_lack_a_colon = info.contains("mapping values") || info.contains("simple key expect");
    if may_lack_a_colon && let Some(finding) = line_without_colon(text, at) {
        return finding;
    }
    if info.contains("found a tab") {
        return with_help(info, tab_after(text, at), "indent with spaces");
    }
    match advice(info) {
        Some(advice) => with_help(info, at, advice),
        None => about_text(Code::YamlSyntax, at..at, info.to_owned()),
    }
}

fn with_help(info: &str, at: usize, help: &str) -> Finding {
    Finding {
        help: Some(help.to_owned()),
        ..about_text(Code::YamlSyntax, at..at, info.to_owned())
    }
}

/// Where the first conflict of git begins.
fn conflict_marker(text: &str) -> Option<usize> {
    let is_start = |at: &usize| *at == 0 || text.as_bytes().get(at - 1) == Some(&b'\n');
    let mut starts = text.match_indices("<<<<<<< ").map(|(at, _)| at);
    let start = starts.find(is_start)?;
    text.contains("\n>>>>>>> ").then_some(start)
}

/// Whether a line starts with the blank that web pages are copied with, which is none in YAML.
fn is_indented_with_no_break_spaces(text: &str) -> bool {
    text.lines()
        .any(|line| line.trim_start_matches(' ').starts_with('\u{a0}'))
}

/// The innermost open bracket that nothing closes up to the end of the text.
fn never_closed(text: &str, open: &[usize]) -> Option<(char, usize)> {
    let brackets = open.iter().rev().filter_map(|&start| {
        let bracket = text.get(start..)?.chars().next()?;
        matches!(bracket, '[' | '{').then_some((bracket, start))
    });
    // Only the nearest few: each costs a walk over the rest of the text.
    let mut brackets = brackets.take(4);
    brackets.find(|&(bracket, start)| {
        text.get(start..)
            .is_some_and(|rest| surplus(rest, bracket) > 0)
    })
}

/// How many more brackets open than close, those in quotes and comments left out.
fn surplus(text: &str, bracket: char) -> i64 {
    let mut surplus = 0;
    let mut quote = None;
    let mut before = ' ';
    let mut characters = text.chars();
    while let Some(character) = characters.next() {
        match (quote, character) {
            (Some('"'), '\\') => {
                characters.next();
            }
            (Some(open), _) if open == character => quote = None,
            (Some(_), _) => {}
            (None, '"' | '\'') if !before.is_alphanumeric() => quote = Some(character),
            (None, '#') if before.is_whitespace() => {
                characters.by_ref().find(|character| *character == '\n');
            }
            (None, _) if character == bracket => surplus += 1,
            (None, _) if character == closing(bracket) => surplus -= 1,
            (None, _) => {}
        }
        before = character;
    }
    surplus
}

fn closing(bracket: char) -> char {
    if bracket == '[' { ']' } else { '}' }
}

/// The line before the parser's place, or at it, if it is a key whose colon is missing or has no
/// blank behind it: the parser takes it for the start of a text of several lines.
fn line_without_colon(text: &str, at: usize) -> Option<Finding> {
    let start = text.get(..at)?.rfind('\n').map_or(0, |end| end + 1);
    let before = text.get(..start)?;
    let mut end = before.len();
    for line in before.split_inclusive('\n').rev() {
        let start = end - line.len();
        end = start;
        let content = line.split(" #").next().unwrap_or(line).trim();
        if content.is_empty() || content.starts_with('#') {
            continue;
        }
        let start = start + (line.len() - line.trim_start().len());
        return about_line(content, start);
    }
    None
}

fn about_line(content: &str, start: usize) -> Option<Finding> {
    let is_whole = content.ends_with(':') || content.contains(": ") || content.contains(":\t");
    let is_plain = content.starts_with(|first: char| first.is_alphanumeric() || first == '_');
    if is_whole || !is_plain {
        return None;
    }
    let is_name = |name: &str| {
        name.chars()
            .all(|c| c.is_alphanumeric() || "_-.".contains(c))
    };
    // What stands behind the colon, or instead of one, may be a secret.
    let (message, help) = match content.split_once(':') {
        Some((name, _)) if is_name(name) => (
            format!("there is no blank after the colon of `{name}`"),
            "put a blank between the colon and the value",
        ),
        None if content.contains('：') => (
            "this is no colon but U+FF1A, which looks like one".to_owned(),
            "write a plain colon and a blank",
        ),
        None if content
            .split_once('=')
            .is_some_and(|(name, _)| is_name(name.trim())) =>
        {
            (
                "there is an equals sign where a colon belongs".to_owned(),
                "write a colon and a blank between the key and its value",
            )
        }
        None if is_name(content) => (
            "there is no colon after this word".to_owned(),
            "put a colon after it, and then its value, or the keys inside it",
        ),
        _ => return None,
    };
    Some(Finding {
        help: Some(help.to_owned()),
        ..about_text(Code::YamlSyntax, start..start + content.len(), message)
    })
}

/// The tab that indents a line at or after `at`; the parser names the text before it.
fn tab_after(text: &str, at: usize) -> usize {
    let mut start = at;
    for line in text.get(at..).unwrap_or_default().split_inclusive('\n') {
        let indented = line.trim_start_matches(' ');
        if indented.starts_with('\t') && start > at {
            return start + (line.len() - indented.len());
        }
        start += line.len();
    }
    at
}

/// What usually helps, by a part of what the parser says.
fn advice(info: &str) -> Option<&'static str> {
    const ADVICE: [(&str, &str); 11] = [
        (
            "escape",
            "write \\\\ for a backslash, or put the text in single quotes",
        ),
        ("tab", "indent with spaces"),
        (
            "mapping values",
            "put a blank after the colon of a key, a text with a colon in quotes, and indent the keys \
             of one map alike",
        ),
        (
            "did not find expected key",
            "indent the keys of one map alike",
        ),
        (
            "expected <document start>",
            "indent the keys of one map alike; a line that starts with % is no key",
        ),
        (
            "must be followed by",
            "put a blank after the colon, not a tab",
        ),
        (
            "flow sequence",
            "put a comma between the items, and close every [ with a ]",
        ),
        (
            "flow mapping",
            "put a comma between the keys, and close every { with a }",
        ),
        (
            "unknown anchor",
            "define the anchor before, or put a text that starts with * in quotes",
        ),
        (
            "unexpected character",
            "put a text that starts with this character in quotes",
        ),
        (
            "quoted scalar",
            "close the quote in the line where it opens",
        ),
    ];
    let (_, advice) = ADVICE.iter().find(|(part, _)| info.contains(part))?;
    Some(advice)
}

#[cfg(test)]
mod tests {
    use super::surplus;

    #[test]
    fn brackets_are_counted_outside_quotes_and_comments() {
        for (text, count) in [
            ("[a, b]", 0),
            ("[a, [b]", 1),
            ("[\"]\", ']' # ]\n", 1),
            ("[it's, ']']", 0),
            ("[\"a\\\"]\"", 1),
        ] {
            assert_eq!(surplus(text, '['), count, "{text}");
        }
    }
}
