//! Where a decided value came from.

use std::fmt;

/// A decided value and where it came from.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Choice {
    /// The value, as written there.
    pub value: String,
    /// Where it was found.
    pub source: Source,
}

/// The origin of a region or an endpoint. Its `Display` is meant for people.
#[derive(Clone, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub enum Source {
    /// A key of the model entry, such as `provider_opts.region`.
    Setting(&'static str),
    /// The region inside the model's ARN.
    ModelArn,
    /// An environment variable.
    Variable(&'static str),
    /// A key of an AWS profile.
    Profile(String),
    /// The `services` section that an AWS profile refers to.
    Services {
        /// The name of the section.
        section: String,
        /// The profile that refers to it.
        profile: String,
    },
    /// Nothing was set.
    Default,
    /// The emulator, in an [offline](crate::AuthPlan::offline) plan.
    Offline,
}

impl Source {
    /// The key of the model entry, when the value was written there.
    pub(crate) fn path(&self) -> Option<&'static str> {
        match self {
            Self::Setting(path) => Some(path),
            Self::ModelArn => Some("model"),
            Self::Variable(_)
            | Self::Profile(_)
            | Self::Services { .. }
            | Self::Default
            | Self::Offline => None,
        }
    }
}

impl fmt::Display for Source {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Setting(path) => f.write_str(path),
            Self::ModelArn => f.write_str("the model's ARN"),
            Self::Variable(name) => f.write_str(name),
            Self::Profile(name) => write!(f, "profile {}", Quoted(name)),
            Self::Services { section, profile } => {
                let (section, profile) = (Quoted(section), Quoted(profile));
                write!(f, "services {section} of profile {profile}")
            }
            Self::Default => f.write_str("default"),
            Self::Offline => f.write_str("offline"),
        }
    }
}

/// How an AWS profile came to be the one that is used.
#[derive(Clone, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub enum ProfileOrigin {
    /// `provider_opts.profile` names it.
    Setting,
    /// `AWS_PROFILE` names it.
    Variable,
    /// Nothing names a profile, so it is `default`.
    Default,
    /// Another profile names it as its `source_profile`.
    SourceProfile(String),
}

impl ProfileOrigin {
    /// The key of the model entry, when the profile was chosen there.
    pub(crate) fn path(&self) -> Option<&'static str> {
        match self {
            Self::Setting => Some("provider_opts.profile"),
            Self::Variable | Self::Default | Self::SourceProfile(_) => None,
        }
    }
}

impl fmt::Display for ProfileOrigin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Setting => f.write_str("provider_opts.profile"),
            Self::Variable => f.write_str(crate::variables::AWS_PROFILE),
            Self::Default => f.write_str("default chain"),
            Self::SourceProfile(of) => write!(f, "source_profile of {}", Quoted(of)),
        }
    }
}

/// A name between backquotes, with line breaks and the like escaped: names come from files, and
/// a message must stay on its line.
pub(crate) struct Quoted<'a>(pub(crate) &'a str);

impl fmt::Display for Quoted<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "`{}`", self.0.escape_debug())
    }
}
