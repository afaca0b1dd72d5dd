//! Why a plan cannot be carried out.

use std::fmt;

use crate::error::ErrorKind;
use crate::identity_source::IdentitySource;
use crate::source::{Choice, ProfileOrigin, Quoted};

/// Something in settings or environment that [`resolve`](crate::resolve) refuses.
///
/// A plan that holds one can still be explained; see [`AuthPlan::refusal`](crate::AuthPlan::refusal).
#[derive(Clone, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub enum Problem {
    /// A profile that is needed does not exist.
    ProfileMissing(MissingProfile),
    /// The profile exists and holds nothing that credentials could come from.
    ProfileWithoutCredentials {
        /// The profile.
        name: String,
        /// Who chose it.
        origin: ProfileOrigin,
    },
    /// The profile is needed, and a file it may be in cannot be used.
    ProfileUnreadable {
        /// The profile.
        name: String,
        /// Who chose it.
        origin: ProfileOrigin,
        /// The file, and what is wrong with it.
        file: BadFile,
    },
    /// Nothing in settings or environment leads to credentials.
    NoCredentials {
        /// What was looked at, in order.
        tried: Vec<IdentitySource>,
    },
    /// The bearer token holds a character that no HTTP header can carry.
    InvalidToken {
        /// Where the token came from.
        source: IdentitySource,
    },
    /// The region is not a host label: 1 to 63 of `a-z`, `0-9` and `-`, no `-` at either end.
    InvalidRegion(Choice),
    /// The endpoint is not an HTTP address.
    InvalidEndpoint {
        /// The address, without user information.
        endpoint: Choice,
        /// What is wrong with it.
        reason: &'static str,
    },
    /// A bearer token would be sent over plain HTTP to another machine.
    InsecureEndpoint {
        /// The endpoint.
        endpoint: Choice,
        /// Where the token came from.
        token: IdentitySource,
    },
}

impl Problem {
    /// A stable code for programs.
    pub fn code(&self) -> &'static str {
        match self {
            Self::ProfileMissing(_) => MissingProfile::CODE,
            Self::ProfileWithoutCredentials { .. } => "credentials.profile-empty",
            Self::ProfileUnreadable { .. } => BadFile::CODE,
            Self::NoCredentials { .. } => "credentials.none-found",
            Self::InvalidToken { .. } => "credentials.token-invalid",
            Self::InvalidRegion(_) => "region.invalid",
            Self::InvalidEndpoint { .. } => "endpoint.invalid",
            Self::InsecureEndpoint { .. } => "config.insecure-endpoint",
        }
    }

    /// What kind of error [`resolve`](crate::resolve) makes of it.
    pub fn kind(&self) -> ErrorKind {
        match self {
            Self::ProfileMissing(_)
            | Self::ProfileWithoutCredentials { .. }
            | Self::NoCredentials { .. } => ErrorKind::NoCredentials,
            Self::ProfileUnreadable { .. } | Self::InvalidToken { .. } => {
                ErrorKind::CredentialsInvalid
            }
            Self::InvalidRegion(_)
            | Self::InvalidEndpoint { .. }
            | Self::InsecureEndpoint { .. } => ErrorKind::Configuration,
        }
    }

    /// The key of the model entry that it comes from, when it comes from there.
    pub fn path(&self) -> Option<&'static str> {
        match self {
            Self::ProfileMissing(MissingProfile { origin, .. })
            | Self::ProfileWithoutCredentials { origin, .. }
            | Self::ProfileUnreadable { origin, .. } => origin.path(),
            Self::NoCredentials { .. } => None,
            Self::InvalidToken { source } => source.path(),
            Self::InvalidRegion(choice)
            | Self::InvalidEndpoint {
                endpoint: choice, ..
            }
            | Self::InsecureEndpoint {
                endpoint: choice, ..
            } => choice.source.path(),
        }
    }

    /// What a person may do about it.
    pub fn hints(&self) -> Vec<String> {
        match self {
            Self::ProfileMissing(missing) => missing.hints(),
            Self::ProfileWithoutCredentials { name, .. } => {
                configure_hint(name).into_iter().collect()
            }
            Self::NoCredentials { .. } => no_credentials_hints(),
            Self::InsecureEndpoint { .. } => {
                vec!["use an https:// address, or a loopback one such as http://127.0.0.1".into()]
            }
            Self::ProfileUnreadable { .. }
            | Self::InvalidToken { .. }
            | Self::InvalidRegion(_)
            | Self::InvalidEndpoint { .. } => Vec::new(),
        }
    }
}

/// The ways to get credentials, shortest first.
pub(crate) fn no_credentials_hints() -> Vec<String> {
    vec![
        "set AWS_BEARER_TOKEN_BEDROCK to a Bedrock API key".into(),
        "or run `aws configure`, and name the profile in provider_opts.profile".into(),
    ]
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::ProfileMissing(missing) => missing.fmt(f),
            Self::ProfileWithoutCredentials { name, origin } => {
                write!(
                    f,
                    "profile {} ({origin}) holds no credentials",
                    Quoted(name)
                )
            }
            Self::ProfileUnreadable { name, origin, file } => {
                write!(
                    f,
                    "profile {} ({origin}) cannot be read: {file}",
                    Quoted(name)
                )
            }
            Self::NoCredentials { tried } => fmt_no_credentials(f, tried),
            Self::InvalidToken { source } => write!(
                f,
                "the bearer token of {source} holds a character that no HTTP header can carry"
            ),
            Self::InvalidRegion(Choice { value, source }) => write!(
                f,
                "{value:?} ({source}) is not a region: expected something like us-east-1"
            ),
            Self::InvalidEndpoint {
                endpoint: Choice { value, source },
                reason,
            } => write!(f, "{value:?} ({source}) is not an endpoint: {reason}"),
            Self::InsecureEndpoint {
                endpoint: Choice { value, source },
                token,
            } => write!(
                f,
                "the bearer token of {token} would be sent over plain HTTP to {value} ({source})"
            ),
        }
    }
}

/// "no credentials found; tried A, then B", in the order of the search.
pub(crate) fn fmt_no_credentials(
    f: &mut fmt::Formatter<'_>,
    tried: &[IdentitySource],
) -> fmt::Result {
    f.write_str("no credentials found; tried ")?;
    for (i, source) in tried.iter().enumerate() {
        let separator = if i == 0 { "" } else { ", then " };
        write!(f, "{separator}{source}")?;
    }
    Ok(())
}

/// A profile that is in neither file.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct MissingProfile {
    /// The name that was looked for.
    pub name: String,
    /// Who chose it.
    pub origin: ProfileOrigin,
    /// The files it was looked for in.
    pub files: Vec<FileRead>,
    /// The profiles that exist, sorted.
    pub known: Vec<String>,
}

impl MissingProfile {
    pub(crate) const CODE: &str = "credentials.profile-missing";

    fn hints(&self) -> Vec<String> {
        let known = (!self.known.is_empty())
            .then(|| format!("the profiles there are `{}`", self.known.join("`, `")));
        known
            .into_iter()
            .chain(configure_hint(&self.name))
            .collect()
    }
}

/// A command that is safe to paste, so none for a name that a shell could take apart.
fn configure_hint(profile: &str) -> Option<String> {
    let is_plain = |c: char| c.is_ascii_alphanumeric() || "_-./@:+".contains(c);
    profile
        .chars()
        .all(is_plain)
        .then(|| format!("run `aws configure --profile {profile}`"))
}

impl fmt::Display for MissingProfile {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            name,
            origin,
            files,
            known: _,
        } = self;
        let name = Quoted(name);
        write!(f, "profile {name} ({origin}) does not exist; read ")?;
        for (i, FileRead { path, found }) in files.iter().enumerate() {
            let separator = if i == 0 { "" } else { " and " };
            let absent = if *found { "" } else { " (not found)" };
            write!(f, "{separator}{path}{absent}")?;
        }
        Ok(())
    }
}

/// An AWS file that was read, or looked for.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct FileRead {
    /// Its path.
    pub path: String,
    /// Whether it is there.
    pub found: bool,
}

/// An AWS file that is there and cannot be used.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct BadFile {
    /// Its path.
    pub path: String,
    /// What is wrong with it.
    pub reason: String,
}

impl BadFile {
    pub(crate) const CODE: &str = "credentials.file-unreadable";
}

impl fmt::Display for BadFile {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.path, self.reason)
    }
}
