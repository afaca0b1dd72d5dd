//! The errors of every crate under one roof.

use std::fmt;
use std::time::Duration;

use outcrop_converse::{Message, PrepareError};

use crate::InvalidFile;

/// Why a model could not be called.
#[derive(Debug)]
#[non_exhaustive]
pub enum Error {
    /// The call failed on its way or at the service.
    Call {
        /// What happened.
        error: Box<outcrop_transport::Error>,
        /// What a person can do about it.
        hints: Vec<String>,
    },
    /// The identity could not be had.
    Credentials(outcrop_credentials::Error),
    /// The configuration file cannot be used.
    File(InvalidFile),
    /// The conversation was prepared for another model than is called.
    OtherModel {
        /// The ID of the model that it was prepared for.
        prepared_for: String,
        /// The ID of the model of the client.
        called: String,
    },
    /// The conversation cannot be sent.
    Prepare(PrepareError),
    /// The configuration has no such model.
    UnknownModel {
        /// The name that was asked for.
        name: String,
        /// The names that exist.
        known: Vec<String>,
    },
}

/// What kind of failure it was.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub enum ErrorKind {
    /// The configuration is wrong.
    Configuration,
    /// The conversation cannot be sent; nothing was. A refusal of the service has the kind
    /// [`InvalidRequest`](outcrop_transport::ErrorKind::InvalidRequest).
    Input,
    /// Anything that a call can fail with.
    Call(outcrop_transport::ErrorKind),
}

impl ErrorKind {
    /// The name of the kind, as JSON output has it.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Configuration => "Configuration",
            Self::Input => "InvalidInput",
            Self::Call(kind) => kind.as_str(),
        }
    }
}

impl Error {
    /// What kind of failure it was.
    #[must_use]
    pub fn kind(&self) -> ErrorKind {
        use outcrop_credentials::ErrorKind as Credentials;
        use outcrop_transport::ErrorKind as Call;
        match self {
            Self::Call { error, .. } => ErrorKind::Call(error.kind()),
            Self::Credentials(error) => match error.kind() {
                Credentials::NoCredentials => ErrorKind::Call(Call::NoCredentials),
                Credentials::CredentialsExpired => ErrorKind::Call(Call::CredentialsExpired),
                Credentials::CredentialsInvalid => ErrorKind::Call(Call::CredentialsInvalid),
                Credentials::Connection => ErrorKind::Call(Call::Connection),
                _ => ErrorKind::Configuration,
            },
            Self::File(_) | Self::UnknownModel { .. } => ErrorKind::Configuration,
            Self::OtherModel { .. } | Self::Prepare(_) => ErrorKind::Input,
        }
    }

    /// Whether the same call may work a little later.
    #[must_use]
    pub fn retryable(&self) -> bool {
        matches!(self.kind(), ErrorKind::Call(kind) if kind.is_retryable())
    }

    /// The service's code, such as `ThrottlingException`.
    #[must_use]
    pub fn code(&self) -> Option<&str> {
        match self {
            Self::Call { error, .. } => error.code(),
            _ => None,
        }
    }

    /// The service's name for the call.
    #[must_use]
    pub fn request_id(&self) -> Option<&str> {
        match self {
            Self::Call { error, .. } => error.request_id(),
            _ => None,
        }
    }

    /// How many times the call was tried, where it was.
    #[must_use]
    pub fn attempts(&self) -> Option<u32> {
        match self {
            Self::Call { error, .. } => Some(error.attempts()),
            _ => None,
        }
    }

    /// How long the service asks to wait before the next attempt, where it does.
    #[must_use]
    pub fn retry_after(&self) -> Option<Duration> {
        match self {
            Self::Call { error, .. } => error.retry_after(),
            _ => None,
        }
    }

    /// The answer as far as it came, where it broke off and [`Answer::finish`](crate::Answer::finish)
    /// was collecting it.
    #[must_use]
    pub fn partial_message(&self) -> Option<&Message> {
        match self {
            Self::Call { error, .. } => error.partial_message(),
            _ => None,
        }
    }

    /// What went wrong in one line, its causes included, without the code.
    #[must_use]
    pub fn message(&self) -> String {
        let mut message = match self {
            Self::Call { error, .. } => error.message().to_owned(),
            error => error.to_string(),
        };
        let mut next = std::error::Error::source(self);
        if let Self::Call { error, .. } = self {
            next = std::error::Error::source(error);
        }
        while let Some(cause) = next {
            let text = cause.to_string();
            if !text.is_empty() && !message.contains(&text) {
                message = format!("{message}: {text}");
            }
            next = cause.source();
        }
        message
    }

    /// What a person can do about it.
    #[must_use]
    pub fn hints(&self) -> Vec<String> {
        match self {
            Self::Call { hints, .. } => hints.clone(),
            Self::Credentials(error) => error.hints(),
            Self::Prepare(error) => error.hint().map(str::to_owned).into_iter().collect(),
            Self::UnknownModel { known, .. } if !known.is_empty() => {
                vec![format!("the Bedrock models are: {}", known.join(", "))]
            }
            Self::OtherModel { .. } => vec!["prepare it with the client that sends it".to_owned()],
            Self::File(_) | Self::UnknownModel { .. } => Vec::new(),
        }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Call { error, .. } => error.fmt(f),
            Self::Credentials(error) => error.fmt(f),
            Self::File(error) => error.fmt(f),
            Self::OtherModel {
                prepared_for,
                called,
            } => write!(
                f,
                "the conversation was prepared for `{prepared_for}`, and `{called}` is called"
            ),
            Self::Prepare(error) => error.fmt(f),
            Self::UnknownModel { name, .. } => write!(f, "there is no Bedrock model `{name}`"),
        }
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        // The message of the inner error is this error's own, so that its source comes next.
        match self {
            Self::Call { error, .. } => error.source(),
            Self::Credentials(error) => error.source(),
            Self::File(error) => error.source(),
            Self::Prepare(error) => error.source(),
            Self::OtherModel { .. } | Self::UnknownModel { .. } => None,
        }
    }
}

impl From<outcrop_credentials::Error> for Error {
    fn from(error: outcrop_credentials::Error) -> Self {
        Self::Credentials(error)
    }
}

impl From<PrepareError> for Error {
    fn from(error: PrepareError) -> Self {
        Self::Prepare(error)
    }
}

impl From<InvalidFile> for Error {
    fn from(error: InvalidFile) -> Self {
        Self::File(error)
    }
}
