//! The SDK's default chain, decided without asking anyone.

use crate::adjustment::Adjustment;
use crate::env::Env;
use crate::identity::{self, Base, Chosen, Identity};
use crate::identity_source::IdentitySource;
use crate::problem::Problem;
use crate::profile_chain;
use crate::profiles::Profiles;
use crate::source::ProfileOrigin;
use crate::variables;

/// Takes the first link that is configured: the variables' key pair, a profile, a web identity, a
/// container, EC2 instance metadata.
///
/// This is the order of the AWS SDK for Rust, with two differences. Only one link is ever asked,
/// so a plan can name it. And a profile that is named but leads nowhere ends the search where
/// only EC2 instance metadata is left: a person who named a profile should not wait for a machine
/// that is not there.
pub(crate) fn choose(
    env: &Env,
    profiles: &Profiles,
    mut tried: Vec<IdentitySource>,
    adjustments: &mut Vec<Adjustment>,
) -> Chosen {
    tried.push(IdentitySource::EnvironmentKeys);
    match identity::environment_keys(env) {
        Ok(Some(keys)) => {
            note_missing_profile(profiles, adjustments);
            return chosen(Base::Keys(keys), IdentitySource::EnvironmentKeys, tried);
        }
        Ok(None) => {}
        Err(missing) => adjustments.push(Adjustment::KeyPairIncomplete { missing }),
    }

    let profile = IdentitySource::Profile {
        name: profiles.selected.clone(),
        origin: profiles.origin.clone(),
    };
    tried.push(profile.clone());
    let obstacle = match profile_chain::follow(profiles, env) {
        Ok(base) => return chosen(Base::Profile(base), profile, tried),
        Err(problem) => obstacle(problem, adjustments),
    };

    for (base, source) in [web_identity(env), container(env)] {
        tried.push(source.clone());
        if let Some(base) = base {
            note_missing_profile(profiles, adjustments);
            return chosen(base, source, tried);
        }
    }

    if let Some(problem) = obstacle {
        adjustments.push(Adjustment::Refused(problem));
        return chosen(Base::Missing, profile, tried);
    }
    if is_metadata_disabled(env) {
        let problem = Problem::NoCredentials {
            tried: tried.clone(),
        };
        adjustments.push(Adjustment::Refused(problem));
        return chosen(Base::Missing, IdentitySource::Nothing, tried);
    }
    tried.push(IdentitySource::InstanceMetadata);
    let endpoint = env.get(variables::AWS_EC2_METADATA_SERVICE_ENDPOINT);
    let base = Base::InstanceMetadata {
        endpoint: endpoint.map(str::to_owned),
    };
    chosen(base, IdentitySource::InstanceMetadata, tried)
}

fn chosen(base: Base, source: IdentitySource, tried: Vec<IdentitySource>) -> Chosen {
    Chosen {
        identity: Identity::SigV4(base),
        source,
        tried,
    }
}

/// Whether a profile without credentials is something to stop at. A `default` profile that does
/// not exist is not, and neither is a profile that holds only a region, say.
fn obstacle(problem: Problem, adjustments: &mut Vec<Adjustment>) -> Option<Problem> {
    match identity::explain_by_bad_file(problem, adjustments) {
        Problem::ProfileMissing(missing) if missing.origin == ProfileOrigin::Default => None,
        Problem::ProfileWithoutCredentials {
            origin: ProfileOrigin::Default | ProfileOrigin::Variable,
            ..
        } => None,
        problem => Some(problem),
    }
}

/// Reports a profile that was named, does not exist, and is not needed. It may stand in a file that
/// could not be read; then that is reported already.
pub(crate) fn note_missing_profile(profiles: &Profiles, adjustments: &mut Vec<Adjustment>) {
    let is_unreadable = |it: &Adjustment| matches!(it, Adjustment::FileUnreadable(_));
    if adjustments.iter().any(is_unreadable) {
        return;
    }
    if profiles.origin != ProfileOrigin::Default && profiles.selected().is_none() {
        let missing = profiles.missing(&profiles.selected, profiles.origin.clone());
        adjustments.push(Adjustment::ProfileMissing(missing));
    }
}

fn web_identity(env: &Env) -> (Option<Base>, IdentitySource) {
    let base = || {
        Some(Base::WebIdentity {
            token_file: env.get(variables::AWS_WEB_IDENTITY_TOKEN_FILE)?.to_owned(),
            role_arn: env.get(variables::AWS_ROLE_ARN)?.to_owned(),
            session_name: env
                .get(variables::AWS_ROLE_SESSION_NAME)
                .unwrap_or(identity::DEFAULT_SESSION_NAME)
                .to_owned(),
        })
    };
    (base(), IdentitySource::WebIdentity)
}

fn container(env: &Env) -> (Option<Base>, IdentitySource) {
    let relative = variables::AWS_CONTAINER_CREDENTIALS_RELATIVE_URI;
    let full = variables::AWS_CONTAINER_CREDENTIALS_FULL_URI;
    let (https, variable) = match (env.get(relative), env.get(full)) {
        (None, Some(url)) => (Some(url.starts_with("https:")), full),
        (Some(_), _) => (Some(false), relative),
        (None, None) => (None, relative),
    };
    let base = https.map(|https| Base::Container { https });
    (base, IdentitySource::Container { variable })
}

fn is_metadata_disabled(env: &Env) -> bool {
    env.get(variables::AWS_EC2_METADATA_DISABLED)
        .is_some_and(|value| value.eq_ignore_ascii_case("true"))
}
