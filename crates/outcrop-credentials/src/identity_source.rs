//! Where an identity comes from.

use std::fmt;

use crate::source::{ProfileOrigin, Quoted};
use crate::variables;

/// Where an identity comes from. Its `Display` is meant for people.
#[derive(Clone, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub enum IdentitySource {
    /// The variable that `token_key` names.
    TokenKey(String),
    /// `AWS_BEARER_TOKEN_BEDROCK`, unasked.
    AmbientToken,
    /// The static key pair of the environment.
    EnvironmentKeys,
    /// An AWS profile.
    Profile {
        /// Its name.
        name: String,
        /// Who chose it.
        origin: ProfileOrigin,
    },
    /// `AWS_WEB_IDENTITY_TOKEN_FILE` and `AWS_ROLE_ARN`.
    WebIdentity,
    /// The credentials of a container (ECS, EKS Pod Identity).
    Container {
        /// The variable that says where they are.
        variable: &'static str,
    },
    /// The instance profile of an EC2 machine.
    InstanceMetadata,
    /// The emulator's key pair.
    Emulator,
    /// Nothing was found.
    Nothing,
}

impl IdentitySource {
    /// The key of the model entry that it concerns, where there is one.
    pub(crate) fn path(&self) -> Option<&'static str> {
        match self {
            Self::TokenKey(_) => Some("token_key"),
            Self::Profile { origin, .. } => origin.path(),
            _ => None,
        }
    }
}

impl fmt::Display for IdentitySource {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::TokenKey(variable) => write!(f, "{} (token_key)", variables::shown(variable)),
            Self::AmbientToken => f.write_str(variables::AWS_BEARER_TOKEN_BEDROCK),
            Self::EnvironmentKeys => {
                f.write_str("environment variables AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY")
            }
            Self::Profile { name, origin } => write!(f, "profile {} ({origin})", Quoted(name)),
            Self::WebIdentity => f.write_str("web identity token (AWS_WEB_IDENTITY_TOKEN_FILE)"),
            Self::Container { variable } => write!(f, "container credentials ({variable})"),
            Self::InstanceMetadata => f.write_str("EC2 instance metadata"),
            Self::Emulator => f.write_str("the emulator's key"),
            Self::Nothing => f.write_str("nothing"),
        }
    }
}
