//! Failures: what ends a command early, what is said about it, and with which exit code.

use std::borrow::Cow;
use std::io;
use std::process::ExitCode;

use outcrop::{Error, ErrorKind};
use serde::Serialize;

use crate::configuration::Configuration;
use crate::exit;

/// Why a command ends early.
#[derive(Debug)]
pub(crate) enum Failure {
    /// Nobody reads the output any more.
    ClosedPipe,
    /// A file that the command line names holds something else than it should.
    Input {
        /// What is wrong.
        message: String,
        /// What to write instead.
        hint: Option<Cow<'static, str>>,
    },
    /// The configuration has errors.
    InvalidConfiguration(Box<Configuration>),
    /// The machine is in the way: a port, a terminal, a file.
    Io {
        /// What was being done.
        doing: String,
        /// What came of it.
        error: io::Error,
    },
    /// The call or its configuration failed.
    Outcrop(Error),
    /// The configuration has no model of that name.
    UnknownModel {
        /// The name that was asked for.
        name: String,
        /// The names that exist.
        known: Vec<String>,
        /// The one that was probably meant.
        meant: Option<String>,
    },
    /// The command line makes no sense.
    Usage {
        /// What is wrong.
        message: String,
        /// What to write instead.
        hint: String,
    },
}

/// A failure as people and programs are told of it. Its JSON form is stable.
#[derive(Debug, Serialize)]
pub(crate) struct Report {
    pub(crate) kind: &'static str,
    pub(crate) code: Option<String>,
    pub(crate) message: String,
    pub(crate) request_id: Option<String>,
    pub(crate) retryable: bool,
    pub(crate) hints: Vec<String>,
    /// How many times a call was tried, where it was.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) attempts: Option<u32>,
    /// How many milliseconds the service asks to wait, where it does.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) retry_after_ms: Option<u64>,
}

impl Failure {
    pub(crate) fn usage(message: impl Into<String>, hint: impl Into<String>) -> Self {
        Self::Usage {
            message: message.into(),
            hint: hint.into(),
        }
    }

    pub(crate) fn io(doing: impl Into<String>, error: io::Error) -> Self {
        Self::Io {
            doing: doing.into(),
            error,
        }
    }

    pub(crate) fn exit_code(&self) -> ExitCode {
        ExitCode::from(match self {
            // Whoever read the output has had enough of it.
            Self::ClosedPipe => return ExitCode::SUCCESS,
            Self::Io { .. } | Self::Input { .. } => exit::REFUSED,
            Self::Usage { .. } | Self::UnknownModel { .. } => exit::USAGE,
            Self::InvalidConfiguration(_) => exit::CONFIGURATION,
            Self::Outcrop(error) => exit::of(error.kind()),
        })
    }

    /// What JSON output says about it: nothing where nobody reads it.
    pub(crate) fn report(&self) -> Option<Report> {
        match self {
            Self::ClosedPipe => None,
            Self::Io { doing, error } => Some(Report::local("Io", format!("{doing}: {error}"), [])),
            Self::Usage { message, hint } => Some(Report::usage(message, [hint.clone()])),
            Self::Input { message, hint } => Some(Report::local(
                ErrorKind::Input.as_str(),
                message.clone(),
                hint.iter().map(ToString::to_string),
            )),
            Self::InvalidConfiguration(configuration) => {
                Some(Report::of(&configuration.to_error()))
            }
            Self::Outcrop(error) => Some(Report::of(error)),
            Self::UnknownModel { name, known, meant } => {
                let mut report = Report::of(&Error::UnknownModel {
                    name: name.clone(),
                    known: known.clone(),
                });
                let hint = meant.iter().map(|meant| format!("did you mean `{meant}`?"));
                report.hints.splice(0..0, hint);
                Some(report)
            }
        }
    }
}

impl Report {
    /// What went wrong before anything was sent.
    fn local(kind: &'static str, message: String, hints: impl IntoIterator<Item = String>) -> Self {
        Self {
            kind,
            code: None,
            message,
            request_id: None,
            retryable: false,
            hints: hints.into_iter().collect(),
            attempts: None,
            retry_after_ms: None,
        }
    }

    /// A command line that makes no sense.
    pub(crate) fn usage(message: &str, hints: impl IntoIterator<Item = String>) -> Self {
        Self::local("Usage", message.to_owned(), hints)
    }

    /// Ctrl-C, which is nobody's failure and ends the output all the same.
    pub(crate) fn interrupted() -> Self {
        Self {
            retryable: true,
            ..Self::local("Interrupted", "interrupted by Ctrl-C".to_owned(), [])
        }
    }

    fn of(error: &Error) -> Self {
        Self {
            kind: error.kind().as_str(),
            code: error.code().map(str::to_owned),
            message: error.message(),
            request_id: error.request_id().map(str::to_owned),
            retryable: error.retryable(),
            hints: error.hints(),
            attempts: error.attempts(),
            retry_after_ms: error.retry_after().map(|it| it.as_millis() as u64),
        }
    }
}

impl<E: Into<Error>> From<E> for Failure {
    fn from(error: E) -> Self {
        Self::Outcrop(error.into())
    }
}
