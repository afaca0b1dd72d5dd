//! Tabs between a key and its value, which YAML 1.2 allows (section 6.2) and the parser of the events
//! refuses in front of a word or a dash.

use std::borrow::Cow;

use saphyr_parser::Parser;

use super::offsets::Offsets;

/// How many such tabs are forgiven: for each, the text up to it is read once more.
const MOST: usize = 100;

/// The text with spaces for those tabs, as many, so that every place stays where it is. What the
/// parser then refuses is refused for another reason, and is not changed here.
pub(crate) fn separated(text: &str) -> Cow<'_, str> {
    let mut separated = Cow::Borrowed(text);
    if !text.contains(":\t") {
        return separated;
    }
    let offsets = Offsets::new(text);
    for _ in 0..MOST {
        let Some(Err(error)) = Parser::new_from_str(&separated).find(Result::is_err) else {
            break;
        };
        let end = offsets.byte(error.marker().index());
        let before = separated.get(..end).unwrap_or_default();
        let start = before.trim_end_matches('\t').len();
        let is_separation = error.info().starts_with("':' must be followed")
            && start < end
            && before
                .get(..start)
                .is_some_and(|before| before.ends_with(':'));
        if !is_separation {
            break;
        }
        let spaces = " ".repeat(end - start);
        separated.to_mut().replace_range(start..end, &spaces);
    }
    separated
}

#[cfg(test)]
mod tests {
    use super::separated;

    #[test]
    fn only_a_tab_that_separates_is_replaced() {
        for (text, expected) in [
            ("a:\tb\n", "a: b\n"),
            ("é:\t\t-b\nc:\td\n", "é:  -b\nc: d\n"),
            ("a: |\n  b:\tc\nd:\te\n", "a: |\n  b:\tc\nd: e\n"),
            ("a: \"b:\tc\"\n", "a: \"b:\tc\"\n"),
            ("a: \t5\n", "a: \t5\n"),
            ("a:\tb: c\n", "a: b: c\n"),
        ] {
            assert_eq!(separated(text), expected, "{text:?}");
        }
    }
}
