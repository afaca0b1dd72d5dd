//! What a service answers when it does not do what it was asked.

use std::borrow::Cow;
use std::time::Duration;

/// A refusal in the words of the service that gives it.
///
/// The same value is written as JSON by Bedrock and as XML by STS; see [`crate::server`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Refusal {
    /// The HTTP status.
    pub(crate) status: u16,
    /// The error type, which travels in `x-amzn-errortype` (Bedrock) or in `Code` (STS).
    pub(crate) error_type: Cow<'static, str>,
    /// The text a person reads.
    pub(crate) message: String,
    /// Whether the JSON member is spelled `Message`, as the layer before Bedrock does.
    pub(crate) capital: bool,
    /// After how long to try again, which travels in milliseconds in `x-amz-retry-after`.
    pub(crate) retry_after: Option<Duration>,
}

impl Refusal {
    /// Any refusal that has no constructor of its own.
    pub(crate) fn new(
        status: u16,
        error_type: impl Into<Cow<'static, str>>,
        message: impl Into<String>,
    ) -> Self {
        Self {
            status,
            error_type: error_type.into(),
            message: message.into(),
            capital: false,
            retry_after: None,
        }
    }

    /// The request is not a valid Converse request (Converse API reference, ValidationException).
    pub(crate) fn validation(message: impl Into<String>) -> Self {
        Self::new(400, "ValidationException", message)
    }

    /// The model's own server refused the request. Bedrock passes the text on behind a fixed
    /// prefix (reported error text).
    pub(crate) fn from_model(message: impl AsRef<str>) -> Self {
        Self::validation(format!(
            "The model returned the following errors: {}",
            message.as_ref()
        ))
    }

    /// The body cannot be read as the JSON the operation takes.
    pub(crate) fn unreadable(message: impl Into<String>) -> Self {
        Self::new(400, "SerializationException", message)
    }

    /// The field is one that this model does not take (reported error text).
    pub(crate) fn unsupported_field(field: &str) -> Self {
        Self::validation(format!(
            "This model doesn't support the {field} field. Remove {field} and try again."
        ))
    }

    /// The same refusal with its text under `Message` instead of `message`.
    pub(crate) fn with_capital(mut self) -> Self {
        self.capital = true;
        self
    }
}
