//! How a profile gets its credentials, followed as far as the files tell.

use aws_config::profile::Profile;
use aws_runtime::env_config::file::EnvConfigFiles;

use crate::env::Env;
use crate::identity::{self, Keys};
use crate::problem::Problem;
use crate::profiles::{self, Profiles, value};
use crate::source::ProfileOrigin;

/// A profile that credentials can be taken from, and what its provider needs.
#[derive(Clone, Debug)]
pub(crate) struct ProfileBase {
    pub(crate) name: String,
    pub(crate) files: EnvConfigFiles,
    /// For `credential_source = Environment`.
    pub(crate) environment_keys: Option<Keys>,
    /// Whether getting the credentials takes the network.
    pub(crate) remote: bool,
    pub(crate) sign_in: Option<SignIn>,
}

/// A profile whose credentials begin with a person signing in.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(crate) enum SignIn {
    /// `aws sso login`.
    Sso { profile: String },
    /// `aws login`.
    Console { profile: String },
}

impl SignIn {
    fn of(profile: &Profile) -> Option<Self> {
        let name = profile.name().to_owned();
        if has_any(profile, &["sso_session", "sso_start_url"]) {
            Some(Self::Sso { profile: name })
        } else if has_any(profile, &["login_session"]) {
            Some(Self::Console { profile: name })
        } else {
            None
        }
    }

    /// The command that signs in again.
    pub(crate) fn hint(&self) -> String {
        match self {
            Self::Sso { profile } => format!("run `aws sso login --profile {profile}`"),
            Self::Console { profile } => format!("run `aws login --profile {profile}`"),
        }
    }
}

/// Follows the selected profile through its `source_profile`s to the one that holds credentials.
///
/// What is configured, but wrongly, is left to the provider, which says it best.
pub(crate) fn follow(profiles: &Profiles, env: &Env) -> Result<ProfileBase, Problem> {
    let mut visited: Vec<&str> = Vec::new();
    let mut name = profiles.selected.as_str();
    let profile = loop {
        let origin = visited
            .last()
            .map_or(profiles.origin.clone(), |last: &&str| {
                ProfileOrigin::SourceProfile((*last).to_owned())
            });
        let Some(profile) = profiles.get(name) else {
            return Err(Problem::ProfileMissing(profiles.missing(name, origin)));
        };
        if !has_any(profile, &CREDENTIAL_KEYS) {
            return Err(Problem::ProfileWithoutCredentials {
                name: name.to_owned(),
                origin,
            });
        }
        visited.push(name);
        match next(profile, visited.len() > 1) {
            Some(next) if !visited.contains(&next) => name = next,
            _ => break profile,
        }
    };
    Ok(ProfileBase {
        name: profiles.selected.clone(),
        files: profiles::in_memory(env),
        environment_keys: identity::environment_keys(env).ok().flatten(),
        remote: visited.len() > 1 || !has_only_local_credentials(profile),
        sign_in: SignIn::of(profile),
    })
}

/// Keys of a profile that can lead to credentials. `source_profile` is not one of them: without
/// `role_arn` it has no meaning.
const CREDENTIAL_KEYS: [&str; 12] = [
    "role_arn",
    "credential_source",
    "web_identity_token_file",
    "sso_session",
    "sso_start_url",
    "sso_account_id",
    "sso_role_name",
    "login_session",
    "credential_process",
    "aws_access_key_id",
    "aws_secret_access_key",
    "aws_session_token",
];

/// The profile that `profile` assumes its role from. Static keys end the chain anywhere but at
/// its beginning, as in the SDK.
fn next(profile: &Profile, is_source: bool) -> Option<&str> {
    let ends_here = is_source && has_any(profile, &["aws_access_key_id"]);
    if ends_here || has_any(profile, &["web_identity_token_file"]) {
        return None;
    }
    value(profile, "role_arn")?;
    value(profile, "source_profile")
}

fn has_only_local_credentials(profile: &Profile) -> bool {
    !has_any(profile, &CREDENTIAL_KEYS[..8])
}

fn has_any(profile: &Profile, keys: &[&str]) -> bool {
    keys.iter().any(|key| value(profile, key).is_some())
}
