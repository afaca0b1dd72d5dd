//! Patterns that the loader and the JSON Schema share, so that they cannot disagree.

use std::sync::OnceLock;

use regex_lite::Regex;

/// A regular expression in the subset that JavaScript, Python and Rust read alike: anchored, ASCII
/// classes, no flags.
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

    /// The expression, as the schema has it.
    #[cfg(feature = "schema")]
    pub(crate) const fn source(&self) -> &'static str {
        self.source
    }
}
