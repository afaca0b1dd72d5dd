//! Paths of keys, as diagnostics name them.

use std::fmt::Write as _;

/// The path of the entry of a model, such as `models.opus`.
///
/// ```
/// assert_eq!(outcrop_config::entry_path("opus"), "models.opus");
/// assert_eq!(outcrop_config::entry_path("claude-4.5"), "models.\"claude-4.5\"");
/// ```
#[must_use]
pub fn entry_path(name: &str) -> String {
    join("models", name)
}

/// `path` and one more key: `models.opus`, or `models."claude-4.5"` for a key that is not a word.
pub(crate) fn join(path: &str, key: &str) -> String {
    let mut joined = String::with_capacity(path.len() + key.len() + 3);
    joined.push_str(path);
    if !path.is_empty() {
        joined.push('.');
    }
    if is_word(key) {
        joined.push_str(key);
    } else {
        joined.push_str(&quote(key));
    }
    joined
}

/// `path` and the position of an item: `stop_sequences[2]`.
pub(crate) fn item(path: &str, position: usize) -> String {
    format!("{path}[{position}]")
}

/// A text in double quotes on one line, cut short when it is long.
pub(crate) fn quote(text: &str) -> String {
    const SHOWN: usize = 60;
    let mut quoted = String::from("\"");
    for character in text.chars().take(SHOWN) {
        match character {
            '"' | '\\' => quoted.extend(['\\', character]),
            _ => push_visible(&mut quoted, character),
        }
    }
    if text.chars().nth(SHOWN).is_some() {
        quoted.push('…');
    }
    quoted.push('"');
    quoted
}

/// A text on one line: whatever ends a line, moves a cursor or turns the direction is shown by its code.
pub(crate) fn in_one_line(text: String) -> String {
    if !text.contains(is_invisible) {
        return text;
    }
    let mut line = String::with_capacity(text.len() + 8);
    text.chars()
        .for_each(|character| push_visible(&mut line, character));
    line
}

fn push_visible(line: &mut String, character: char) {
    match character {
        '\n' => line.push_str("\\n"),
        '\r' => line.push_str("\\r"),
        '\t' => line.push_str("\\t"),
        _ if is_invisible(character) => {
            // Writing to a string cannot fail.
            let _ = write!(line, "{}", character.escape_unicode());
        }
        _ => line.push(character),
    }
}

/// Controls, those of the direction of writing included, with which a text can look like another.
fn is_invisible(character: char) -> bool {
    character.is_control()
        || matches!(character,
            '\u{61c}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

fn is_word(key: &str) -> bool {
    !key.is_empty()
        && key
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-' | b'<'))
}
