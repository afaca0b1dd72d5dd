//! Errors: what went wrong, told apart by what a caller can do about it.

use std::fmt;
use std::time::Duration;

use outcrop_converse::Message;

use crate::redact::Secrets;
use crate::{Hint, hint, one_line};

/// A call that failed.
#[derive(Debug)]
pub struct Error {
    pub(crate) kind: ErrorKind,
    pub(crate) code: Option<String>,
    pub(crate) message: Box<str>,
    pub(crate) request_id: Option<String>,
    pub(crate) retry_after: Option<Duration>,
    pub(crate) attempts: u32,
    /// Whether the call may not be made again: the model may be at work on it, or have answered, and
    /// a second answer would be paid for too.
    pub(crate) unrepeatable: bool,
    /// The status of an answer that has no code of the service: another server may have given it.
    pub(crate) foreign: Option<u16>,
    pub(crate) partial: Option<Box<Message>>,
    pub(crate) source: Option<Box<dyn std::error::Error + Send + Sync>>,
}

/// What kind of failure it was.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub enum ErrorKind {
    /// The identity may not do this, or the account has no access to the model.
    AccessDenied,
    /// No connection, or it broke before an answer began.
    Connection,
    /// The prompt is longer than the model's context window.
    ContextOverflow,
    /// The credentials have expired.
    CredentialsExpired,
    /// The service does not know the credentials.
    CredentialsInvalid,
    /// The tokens of the day, or another quota of the account, are used up; waiting a little will not
    /// help.
    DailyQuota,
    /// The request breaks a rule of the service or the model.
    InvalidRequest,
    /// The answer is not what the service sends, as when another server answered.
    InvalidResponse,
    /// There is no such model here.
    ModelNotFound,
    /// The model can be called through an inference profile only.
    NeedsInferenceProfile,
    /// No credentials could be had.
    NoCredentials,
    /// The service or the model is over capacity, not ready, or failed.
    Overloaded,
    /// Nothing came for longer than the idle timeout.
    Stalled,
    /// The answer broke off or was damaged before it was complete.
    StreamInterrupted,
    /// The account sends too much at once.
    Throttled,
    /// The model took too long.
    Timeout,
}

impl ErrorKind {
    /// The name of the kind, as JSON output has it.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::AccessDenied => "AccessDenied",
            Self::Connection => "Connection",
            Self::ContextOverflow => "ContextOverflow",
            Self::CredentialsExpired => "CredentialsExpired",
            Self::CredentialsInvalid => "CredentialsInvalid",
            Self::DailyQuota => "DailyQuota",
            Self::InvalidRequest => "InvalidRequest",
            Self::InvalidResponse => "InvalidResponse",
            Self::ModelNotFound => "ModelNotFound",
            Self::NeedsInferenceProfile => "NeedsInferenceProfile",
            Self::NoCredentials => "NoCredentials",
            Self::Overloaded => "Overloaded",
            Self::Stalled => "Stalled",
            Self::StreamInterrupted => "StreamInterrupted",
            Self::Throttled => "Throttled",
            Self::Timeout => "Timeout",
        }
    }

    /// Whether the same call may work a little later.
    #[must_use]
    pub fn is_retryable(self) -> bool {
        matches!(
            self,
            Self::Connection
                | Self::Overloaded
                | Self::Stalled
                | Self::StreamInterrupted
                | Self::Throttled
                | Self::Timeout
        )
    }
}

impl Error {
    pub(crate) fn new(kind: ErrorKind, message: impl Into<String>) -> Self {
        Self {
            kind,
            code: None,
            message: message.into().into(),
            request_id: None,
            retry_after: None,
            attempts: 1,
            unrepeatable: false,
            foreign: None,
            partial: None,
            source: None,
        }
    }

    pub(crate) fn with_source(
        mut self,
        source: impl Into<Box<dyn std::error::Error + Send + Sync>>,
    ) -> Self {
        self.source = Some(source.into());
        self
    }

    /// The same without secrets, and with every text on one line: nothing that a server sent is
    /// shown otherwise.
    pub(crate) fn without(self, secrets: &Secrets) -> Self {
        let clean = |text: &str| one_line(&secrets.hide(text)).into_owned();
        Self {
            code: self.code.as_deref().map(clean),
            message: clean(&self.message).into(),
            request_id: self.request_id.as_deref().map(clean),
            source: self.source.map(|source| {
                let told = Told::new(&*source, &clean);
                // What says nothing else may stay what it is.
                if told.is_as(&*source) {
                    source
                } else {
                    told.into()
                }
            }),
            ..self
        }
    }

    pub(crate) fn with_request_id(mut self, request_id: Option<String>) -> Self {
        self.request_id = self.request_id.or(request_id);
        self
    }

    pub(crate) fn with_attempts(mut self, attempts: u32) -> Self {
        self.attempts = attempts;
        self
    }

    /// What kind of failure it was.
    #[must_use]
    pub fn kind(&self) -> ErrorKind {
        self.kind
    }

    /// Whether the same call may work a little later.
    #[must_use]
    pub fn retryable(&self) -> bool {
        self.kind.is_retryable()
    }

    /// The service's code, such as `ThrottlingException`.
    #[must_use]
    pub fn code(&self) -> Option<&str> {
        self.code.as_deref()
    }

    /// What the service said, or what was seen, on one line. What looks like a secret of the request
    /// is not in it, and control characters are escaped.
    #[must_use]
    pub fn message(&self) -> &str {
        &self.message
    }

    /// The service's name for the call, for its support.
    #[must_use]
    pub fn request_id(&self) -> Option<&str> {
        self.request_id.as_deref()
    }

    /// How long the service asks to wait before the next attempt.
    #[must_use]
    pub fn retry_after(&self) -> Option<Duration> {
        self.retry_after
    }

    /// How many times the call was tried, this failure included.
    #[must_use]
    pub fn attempts(&self) -> u32 {
        self.attempts
    }

    /// The answer as far as it came, where some of it did and nobody has taken it from the stream:
    /// [`EventStream::finish`](crate::EventStream::finish) puts it here. Who reads events one by
    /// one has them already, and `outcrop_converse::Assembler` makes a message of them.
    #[must_use]
    pub fn partial_message(&self) -> Option<&Message> {
        self.partial.as_deref()
    }

    /// What a person can do about it.
    #[must_use]
    pub fn hints(&self) -> Vec<Hint> {
        hint::hints(self)
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.code {
            Some(code) if self.message.is_empty() => f.write_str(code),
            Some(code) => write!(f, "{code}: {}", self.message),
            None => f.write_str(&self.message),
        }
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match &self.source {
            Some(source) => Some(&**source),
            None => None,
        }
    }
}

/// A cause as it may be shown.
#[derive(Debug)]
struct Told {
    text: String,
    source: Option<Box<Told>>,
}

impl Told {
    fn new(error: &(dyn std::error::Error + 'static), clean: &impl Fn(&str) -> String) -> Self {
        Self {
            text: clean(&error.to_string()),
            source: error.source().map(|it| Box::new(Self::new(it, clean))),
        }
    }

    fn is_as(&self, error: &(dyn std::error::Error + 'static)) -> bool {
        let source = self.source.as_ref().zip(error.source());
        self.text == error.to_string() && source.is_none_or(|(told, source)| told.is_as(source))
    }
}

impl fmt::Display for Told {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

impl std::error::Error for Told {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        let source = self.source.as_deref()?;
        Some(source)
    }
}
