//! Why a plan could not be carried out.

use std::error::Error as StdError;
use std::fmt;

use crate::identity_source::IdentitySource;
use crate::problem::{self, Problem};
use crate::source::Choice;

/// An error of [`resolve`](crate::resolve) or of building an [`HttpClient`](crate::HttpClient).
///
/// Its messages are lowercase fragments that never repeat their source. Advice is apart, in
/// [`hints`](Self::hints). No message, source or `Debug` holds a secret.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The plan itself says that it cannot work.
    #[error("{0}")]
    Refused(Problem),

    /// The last link of the search had no credentials.
    #[error("{}", NoCredentials(tried))]
    NoCredentials {
        /// What was looked at, in order.
        tried: Vec<IdentitySource>,
        /// What the last link said.
        #[source]
        cause: Option<Cause>,
    },

    /// There are credentials, and their time is over.
    #[error("the credentials of {identity} have expired")]
    Expired {
        /// Whose credentials.
        identity: IdentitySource,
        /// The command that renews them, where one does.
        renewal: Option<String>,
        /// What the provider or the service said.
        #[source]
        cause: Cause,
    },

    /// There is an identity, and it was refused or could not be read.
    #[error("the credentials of {identity} cannot be used")]
    Invalid {
        /// Whose credentials.
        identity: IdentitySource,
        /// The command that may help, where there is one.
        renewal: Option<String>,
        /// What the provider or the service said.
        #[source]
        cause: Cause,
    },

    /// The role could not be assumed.
    #[error("the role {role_arn} cannot be assumed with {identity}")]
    RoleRefused {
        /// The role.
        role_arn: String,
        /// The base identity.
        identity: IdentitySource,
        /// What STS said.
        #[source]
        cause: Cause,
    },

    /// The service that gives the credentials did not answer, or asked to try again later.
    #[error("the credentials of {identity} could not be fetched")]
    Unavailable {
        /// Whose credentials.
        identity: IdentitySource,
        /// What went wrong on the way.
        #[source]
        cause: Cause,
    },

    /// The CA bundle cannot be used.
    #[error("the CA bundle {} ({}) cannot be used: {reason}", bundle.value, bundle.source)]
    CaBundle {
        /// Its path, and what names it.
        bundle: Choice,
        /// What is wrong with it.
        reason: String,
    },

    /// The proxy's address is not one. It is not shown: it may hold a password.
    #[error("the proxy address in {variable} is not a URL")]
    Proxy {
        /// The variable that sets it.
        variable: &'static str,
    },

    /// The HTTP client could not be built.
    #[error("the HTTP client cannot be built")]
    HttpClient {
        /// What it said.
        #[source]
        cause: Cause,
    },
}

/// What an [`Error`] means to a program.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub enum ErrorKind {
    /// There are no credentials, or the profile they should come from does not exist.
    NoCredentials,
    /// The credentials have expired.
    CredentialsExpired,
    /// The credentials are there and were refused.
    CredentialsInvalid,
    /// The settings or the environment say something that cannot be done.
    Configuration,
    /// Trying again later may help.
    Connection,
}

impl Error {
    /// What it means to a program.
    pub fn kind(&self) -> ErrorKind {
        match self {
            Self::Refused(problem) => problem.kind(),
            Self::NoCredentials { .. } => ErrorKind::NoCredentials,
            Self::Expired { .. } => ErrorKind::CredentialsExpired,
            Self::Invalid { .. } | Self::RoleRefused { .. } => ErrorKind::CredentialsInvalid,
            Self::Unavailable { .. } => ErrorKind::Connection,
            Self::CaBundle { .. } | Self::Proxy { .. } | Self::HttpClient { .. } => {
                ErrorKind::Configuration
            }
        }
    }

    /// What a person may do about it.
    pub fn hints(&self) -> Vec<String> {
        match self {
            Self::Refused(problem) => problem.hints(),
            Self::NoCredentials { .. } => problem::no_credentials_hints(),
            Self::Expired { renewal, .. } | Self::Invalid { renewal, .. } => {
                renewal.iter().cloned().collect()
            }
            Self::RoleRefused { .. } => vec![
                "the role's trust policy must allow the base identity, with the same external ID"
                    .into(),
            ],
            Self::Unavailable { .. }
            | Self::CaBundle { .. }
            | Self::Proxy { .. }
            | Self::HttpClient { .. } => Vec::new(),
        }
    }
}

struct NoCredentials<'a>(&'a [IdentitySource]);

impl fmt::Display for NoCredentials<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        problem::fmt_no_credentials(f, self.0)
    }
}

/// What a provider, a service or the network said, as text.
///
/// The SDK's own errors are not kept: their `Debug` shows whole HTTP answers, and the answers of
/// STS hold credentials.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Cause(String);

impl Cause {
    pub(crate) fn new(text: impl Into<String>) -> Self {
        Self(text.into())
    }

    /// The messages of an error and of its sources, each once, outermost first.
    pub(crate) fn of(error: &(dyn StdError + 'static)) -> Self {
        let mut messages: Vec<String> = Vec::new();
        for error in chain(error) {
            let message = error.to_string();
            let is_new = messages.last().is_none_or(|last| !last.contains(&message));
            if is_new && !message.is_empty() {
                messages.push(message);
            }
        }
        Self(messages.join(": "))
    }

    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Cause {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl StdError for Cause {}

/// An error, its source, the source of that, and so on.
pub(crate) fn chain<'a>(
    error: &'a (dyn StdError + 'static),
) -> impl Iterator<Item = &'a (dyn StdError + 'static)> {
    std::iter::successors(Some(error), |&error| error.source())
}
