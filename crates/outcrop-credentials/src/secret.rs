//! A text that must not be printed.

use std::fmt;

/// A secret text: an API key, a secret access key, a session token.
///
/// It has no `Display` and no `Serialize`, and its `Debug` is redacted, so it cannot reach a
/// log, an error or a JSON report by accident. [`Secret::expose`] is the one way out.
///
/// ```
/// use outcrop_credentials::Secret;
///
/// assert_eq!(format!("{:?}", Secret::new("hunter2")), "Secret(** redacted **)");
/// ```
#[derive(Clone, Eq, PartialEq)]
pub struct Secret(String);

impl Secret {
    /// Wraps a secret text.
    pub fn new(text: impl Into<String>) -> Self {
        Self(text.into())
    }

    /// The text itself, for the one place that sends it or signs with it.
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(** redacted **)")
    }
}
