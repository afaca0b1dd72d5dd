//! What a model wrote, on a terminal.

use std::borrow::Cow;
use std::fmt::Write;

/// The text with its control characters (C0, DEL, C1) written as `\u{1b}`, but for line breaks and
/// tabs: what a model writes must not move the cursor, set the title or fill the clipboard.
pub(crate) fn visible(text: &str) -> Cow<'_, str> {
    let is_hidden = |letter: char| letter.is_control() && letter != '\n' && letter != '\t';
    if !text.contains(is_hidden) {
        return Cow::Borrowed(text);
    }
    let mut page = String::with_capacity(text.len() * 2);
    for letter in text.chars() {
        if is_hidden(letter) {
            let _ = write!(page, "{}", letter.escape_unicode());
        } else {
            page.push(letter);
        }
    }
    Cow::Owned(page)
}

#[cfg(test)]
mod tests {
    use super::visible;

    #[test]
    fn only_line_breaks_and_tabs_work_on_a_terminal() {
        for (text, expected) in [
            ("Zürich 🙂\n\tas it is", "Zürich 🙂\n\tas it is"),
            (
                "a\x1b[2J\x1b]0;x\x07b\r",
                r"a\u{1b}[2J\u{1b}]0;x\u{7}b\u{d}",
            ),
            ("\u{9b}2J\u{7f}\u{0}", r"\u{9b}2J\u{7f}\u{0}"),
            ("", ""),
        ] {
            assert_eq!(visible(text), expected);
        }
    }
}
