//! Patterns that the loader and the JSON Schema share, so that they cannot disagree.

use std::sync::OnceLock;

use regex_lite::Regex;

/// A regular expression in the subset that JavaScript, Python and Rust read alike, but for one thing:
/// in Python `$` is also in front of a line feed at the end. Anchored, ASCII classes, no flags.
pub(crate) struct Pattern {
    source: &'static str,
    compiled: OnceLock<Option<Regex>>,
}

impl Pattern {
    /// A pattern for a whole text; it starts with `^` and ends with `$`.
    pub(crate) const fn new(source: &'static str) -> Self {
        Self {
            source,
            compiled: OnceLock::new(),
        }
    }

    /// Whether a text is in it.
    pub(crate) fn matches(&self, text: &str) -> bool {
        let compiled = self.compiled.get_or_init(|| Regex::new(self.source).ok());
        compiled.as_ref().is_some_and(|regex| regex.is_match(text))
    }

    /// Whether a text of the pattern may end in a line feed.
    #[cfg(feature = "schema")]
    pub(crate) fn takes_line_feeds(&self) -> bool {
        self.source.ends_with(r"\n]*$")
    }

    /// The expression, as the schema has it. Where it takes no line feed at the end, the schema
    /// needs [`no_line_feed`] beside it.
    #[cfg(feature = "schema")]
    pub(crate) const fn source(&self) -> &'static str {
        self.source
    }
}

/// What the schema says beside a pattern without line feeds, for validators in Python. There is no
/// end of the text that all three read alike: `\z` and look-ahead are not known to all.
#[cfg(feature = "schema")]
pub(super) fn no_line_feed() -> serde_json::Value {
    serde_json::json!({ "type": "string", "pattern": "\n" })
}
