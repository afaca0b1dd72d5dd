//! What a plan reports beside its decisions.

use std::fmt;

use crate::identity_source::IdentitySource;
use crate::problem::{BadFile, MissingProfile, Problem};
use crate::source::{Choice, Source};
use crate::variables;

/// Something that the plan passed over, put aside or predicts.
#[derive(Clone, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub enum Adjustment {
    /// `token_key` names a variable that is unset or blank; the next method is used.
    TokenKeyEmpty {
        /// The variable.
        variable: String,
    },
    /// `AWS_BEARER_TOKEN_BEDROCK` is set, and `profile` or `role_arn` in the file wins.
    AmbientTokenPassedOver {
        /// The option that wins: `provider_opts.profile` or `provider_opts.role_arn`.
        winner: &'static str,
    },
    /// A bearer token is used, so an option that makes credentials does not.
    OptionPassedOver {
        /// The option, such as `provider_opts.role_arn`.
        option: &'static str,
        /// The token that wins.
        winner: IdentitySource,
    },
    /// An option that needs `role_arn`, without one.
    OptionWithoutRole {
        /// `provider_opts.external_id` or `provider_opts.role_session_name`.
        option: &'static str,
    },
    /// One of the two variables of a static key pair is set, the other is not.
    KeyPairIncomplete {
        /// The variable that is unset or blank.
        missing: &'static str,
    },
    /// A profile that does not exist was named, and nothing needs it.
    ProfileMissing(MissingProfile),
    /// An AWS file cannot be used, so nothing was read from the AWS files.
    FileUnreadable(BadFile),
    /// A switch that is neither `true` nor `false` counts as unset.
    FlagInvalid {
        /// The name of the variable or of the profile's key.
        name: &'static str,
        /// Its value, and where it is set.
        flag: Choice,
    },
    /// FIPS or dual-stack endpoints are asked for, and an endpoint is set by hand.
    VariantIgnored {
        /// The endpoint that is used as it is written.
        endpoint: Choice,
    },
    /// The plan cannot be carried out.
    Refused(Problem),
    /// The plan could not be carried out, were it not [offline](crate::AuthPlan::offline).
    RefusedOnline(Problem),
    /// The identity is replaced by the emulator's.
    Offline {
        /// The identity that was planned.
        planned: IdentitySource,
    },
}

/// How much an [`Adjustment`] matters.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub enum Severity {
    /// Good to know.
    Info,
    /// Probably not what was meant.
    Warning,
}

impl fmt::Display for Severity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Info => "info",
            Self::Warning => "warning",
        })
    }
}

impl Adjustment {
    /// A stable code for programs.
    pub fn code(&self) -> &'static str {
        match self {
            Self::TokenKeyEmpty { .. } => "credentials.token-key-empty",
            Self::AmbientTokenPassedOver { .. } => "credentials.ambient-token-passed-over",
            // The rules that a review of the file tells by the same code.
            Self::OptionPassedOver { .. } | Self::OptionWithoutRole { .. } => "config.conflict",
            Self::KeyPairIncomplete { .. } => "credentials.key-pair-incomplete",
            Self::ProfileMissing(_) => MissingProfile::CODE,
            Self::FileUnreadable(_) => BadFile::CODE,
            Self::FlagInvalid { .. } => "endpoint.flag-invalid",
            Self::VariantIgnored { .. } => "endpoint.variant-ignored",
            Self::Refused(problem) | Self::RefusedOnline(problem) => problem.code(),
            Self::Offline { .. } => "auth.offline",
        }
    }

    /// How much it matters.
    pub fn severity(&self) -> Severity {
        match self {
            Self::AmbientTokenPassedOver { .. } | Self::Offline { .. } => Severity::Info,
            Self::TokenKeyEmpty { .. }
            | Self::OptionPassedOver { .. }
            | Self::OptionWithoutRole { .. }
            | Self::KeyPairIncomplete { .. }
            | Self::ProfileMissing(_)
            | Self::FileUnreadable(_)
            | Self::FlagInvalid { .. }
            | Self::VariantIgnored { .. }
            | Self::Refused(_)
            | Self::RefusedOnline(_) => Severity::Warning,
        }
    }

    /// Whether [`resolve`](crate::resolve) will refuse the plan because of it.
    pub fn predicts_refusal(&self) -> bool {
        matches!(self, Self::Refused(_))
    }

    /// The key of the model entry that it comes from, when it comes from there.
    pub fn path(&self) -> Option<&'static str> {
        match self {
            Self::TokenKeyEmpty { .. } => Some("token_key"),
            Self::AmbientTokenPassedOver { winner } => Some(winner),
            Self::OptionPassedOver { option, .. } | Self::OptionWithoutRole { option } => {
                Some(option)
            }
            Self::ProfileMissing(missing) => missing.origin.path(),
            Self::VariantIgnored { endpoint } => endpoint.source.path(),
            Self::Refused(problem) | Self::RefusedOnline(problem) => problem.path(),
            Self::KeyPairIncomplete { .. }
            | Self::FileUnreadable(_)
            | Self::FlagInvalid { .. }
            | Self::Offline { .. } => None,
        }
    }
}

impl fmt::Display for Adjustment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::TokenKeyEmpty { variable } => {
                let variable = variables::shown(variable);
                write!(
                    f,
                    "{variable} is unset or blank, so token_key is passed over"
                )
            }
            Self::AmbientTokenPassedOver { winner } => write!(
                f,
                "AWS_BEARER_TOKEN_BEDROCK is passed over, because {winner} is set"
            ),
            Self::OptionPassedOver { option, winner } => {
                write!(
                    f,
                    "{option} makes no credentials: the token of {winner} wins"
                )
            }
            Self::OptionWithoutRole { option } => {
                write!(f, "{option} does nothing without provider_opts.role_arn")
            }
            Self::KeyPairIncomplete { missing } => {
                write!(
                    f,
                    "the key pair of the environment is passed over: {missing} is unset"
                )
            }
            Self::ProfileMissing(missing) => missing.fmt(f),
            Self::FileUnreadable(file) => {
                write!(f, "the AWS files are passed over, because of {file}")
            }
            Self::FlagInvalid { name, flag } => {
                let Choice { value, source } = flag;
                match source {
                    Source::Profile(_) => write!(f, "{name} of {source}")?,
                    _ => f.write_str(name)?,
                }
                write!(f, " is {value:?}, neither true nor false, and is ignored")
            }
            Self::VariantIgnored { endpoint } => {
                let Choice { value, source } = endpoint;
                write!(
                    f,
                    "FIPS or dual-stack endpoints are asked for, but {value} ({source}) is used as \
                     it is"
                )
            }
            Self::Refused(problem) => problem.fmt(f),
            Self::RefusedOnline(problem) => write!(f, "not offline: {problem}"),
            Self::Offline { planned } => write!(
                f,
                "offline: the emulator's key is used in place of {planned}"
            ),
        }
    }
}
