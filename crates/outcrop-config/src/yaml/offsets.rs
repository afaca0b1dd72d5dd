//! From places as parsers count them, in characters, to bytes.

/// The byte offsets of characters, by their number.
pub(super) struct Offsets<'a> {
    text: &'a str,
    /// The byte where every [`STEP`]th character starts; empty when characters are bytes.
    marks: Vec<usize>,
}

/// One mark for so many characters keeps the table small beside the text.
const STEP: usize = 64;

impl<'a> Offsets<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        let marks = if text.is_ascii() {
            Vec::new()
        } else {
            let starts = text.char_indices().map(|(byte, _)| byte);
            starts.step_by(STEP).collect()
        };
        Self { text, marks }
    }

    /// The byte where character number `character`, from 0, starts; the end of the text if it has
    /// fewer.
    pub(super) fn byte(&self, character: usize) -> usize {
        if self.marks.is_empty() {
            return character.min(self.text.len());
        }
        let Some(&mark) = self.marks.get(character / STEP) else {
            return self.text.len();
        };
        self.text
            .get(mark..)
            .and_then(|rest| rest.char_indices().nth(character % STEP))
            .map_or(self.text.len(), |(byte, _)| mark + byte)
    }
}

/// The byte at a line and a column, both from 1 and the column in characters.
pub(super) fn byte_at(text: &str, line: usize, column: usize) -> usize {
    let mut start = 0;
    for _ in 1..line {
        let Some(end) = text.get(start..).and_then(|rest| rest.find('\n')) else {
            return text.len();
        };
        start += end + 1;
    }
    text.get(start..)
        .and_then(|rest| rest.char_indices().nth(column.saturating_sub(1)))
        .map_or(text.len(), |(byte, _)| start + byte)
}

#[cfg(test)]
mod tests {
    use super::{Offsets, byte_at};

    #[test]
    fn characters_are_found_in_any_text() {
        for text in ["", "plain", &"ä".repeat(200), &"a€𝄞\n".repeat(100)] {
            let offsets = Offsets::new(text);
            let starts = text.char_indices().map(|(byte, _)| byte);
            for (character, byte) in starts.chain([text.len(), text.len()]).enumerate() {
                assert_eq!(offsets.byte(character), byte);
            }
        }
    }

    #[test]
    fn lines_and_columns_are_found() {
        let text = "ab\nä€c\n";
        assert_eq!(byte_at(text, 1, 1), 0);
        assert_eq!(byte_at(text, 2, 3), 8);
        assert_eq!(byte_at(text, 9, 9), text.len());
    }
}
