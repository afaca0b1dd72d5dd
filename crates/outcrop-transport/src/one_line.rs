//! Text of a stranger, made fit for one line of a terminal or a log.

use std::borrow::Cow;
use std::fmt::Write;

/// The text on one line: line breaks, and white space around them, become a space, and other control
/// characters (C0, DEL, C1, and those that turn the direction of writing) are written as `\u{1b}`.
///
/// What a server says cannot then pretend to be another line, nor move the cursor of a terminal.
#[must_use]
pub fn one_line(text: &str) -> Cow<'_, str> {
    if !text.contains(|it| is_break(it) || is_control(it)) {
        return Cow::Borrowed(text);
    }
    let lines = text.split(is_break).map(str::trim);
    let mut page = String::with_capacity(text.len());
    for line in lines.filter(|line| !line.is_empty()) {
        if !page.is_empty() {
            page.push(' ');
        }
        for letter in line.chars() {
            if is_control(letter) {
                let _ = write!(page, "{}", letter.escape_unicode());
            } else {
                page.push(letter);
            }
        }
    }
    Cow::Owned(page)
}

fn is_break(letter: char) -> bool {
    matches!(
        letter,
        '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}'
    )
}

fn is_control(letter: char) -> bool {
    let turns = matches!(letter, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    (letter.is_control() && letter != '\t') || turns
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_stays_on_its_line_and_moves_no_cursor() {
        for (text, expected) in [
            ("as it is, Zürich 🙂\t!", "as it is, Zürich 🙂\t!"),
            ("a\r\nerror: b\n\n  c\n", "a error: b c"),
            ("over\rwritten\u{2028}too", "over written too"),
            ("\x1b[31mred\x1b]0;x\x07", r"\u{1b}[31mred\u{1b}]0;x\u{7}"),
            ("\u{9b}2J\u{7f}\u{0}", r"\u{9b}2J\u{7f}\u{0}"),
            ("a\u{202e}b", r"a\u{202e}b"),
            ("", ""),
        ] {
            assert_eq!(one_line(text), expected);
            assert_eq!(one_line(expected), expected);
        }
    }
}
