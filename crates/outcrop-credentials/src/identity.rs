//! Which identity.

use crate::adjustment::Adjustment;
use crate::chain;
use crate::env::Env;
use crate::identity_source::IdentitySource;
use crate::problem::Problem;
use crate::profile_chain;
use crate::profiles::Profiles;
use crate::secret::Secret;
use crate::settings::Settings;
use crate::variables;

/// The name of an assumed role's session where the settings give none, as docker-agent's
/// Bedrock page says.
pub const DEFAULT_SESSION_NAME: &str = "docker-agent-bedrock-session";

/// How requests are authenticated.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Method {
    /// A Bedrock API key in the `Authorization` header.
    Bearer,
    /// AWS Signature Version 4, with AWS credentials.
    SigV4,
}

impl Method {
    /// `bearer` or `sigv4`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Bearer => "bearer",
            Self::SigV4 => "sigv4",
        }
    }
}

/// A role to assume over the base credentials.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Role {
    /// `provider_opts.role_arn`.
    pub arn: String,
    /// `provider_opts.role_session_name`, else [`DEFAULT_SESSION_NAME`].
    pub session_name: String,
    /// `provider_opts.external_id`.
    pub external_id: Option<String>,
}

/// The identity of a plan, with all that is needed to get it.
#[derive(Clone, Debug)]
pub(crate) enum Identity {
    Bearer(Secret),
    SigV4(Base),
}

/// Where base credentials are taken from.
#[derive(Clone, Debug)]
pub(crate) enum Base {
    Keys(Keys),
    Profile(profile_chain::ProfileBase),
    WebIdentity {
        token_file: String,
        role_arn: String,
        session_name: String,
    },
    Container {
        https: bool,
    },
    InstanceMetadata {
        endpoint: Option<String>,
    },
    /// A [`Problem`] of the plan says why.
    Missing,
}

/// A static key pair.
#[derive(Clone, Debug)]
pub(crate) struct Keys {
    pub(crate) access_key_id: String,
    pub(crate) secret_access_key: Secret,
    pub(crate) session_token: Option<Secret>,
    pub(crate) account_id: Option<String>,
}

/// What [`choose`] found.
pub(crate) struct Chosen {
    pub(crate) identity: Identity,
    pub(crate) source: IdentitySource,
    /// Everything that was looked at, in order, the source itself last.
    pub(crate) tried: Vec<IdentitySource>,
}

/// Takes the first method that is configured: `token_key`, then an explicit profile or role, then
/// the ambient token, then the default chain.
pub(crate) fn choose(
    settings: &Settings,
    env: &Env,
    profiles: &Profiles,
    adjustments: &mut Vec<Adjustment>,
) -> Chosen {
    let mut tried = Vec::new();
    if let Some(variable) = &settings.token_key {
        let source = IdentitySource::TokenKey(variable.clone());
        tried.push(source.clone());
        match env.get(variable) {
            Some(token) => return bearer(token, source, tried, settings, profiles, adjustments),
            None => adjustments.push(Adjustment::TokenKeyEmpty {
                variable: variable.clone(),
            }),
        }
    }
    if let Some(token) = env.get(variables::AWS_BEARER_TOKEN_BEDROCK) {
        match explicit(settings) {
            Some(winner) => adjustments.push(Adjustment::AmbientTokenPassedOver { winner }),
            None => {
                let source = IdentitySource::AmbientToken;
                tried.push(source.clone());
                return bearer(token, source, tried, settings, profiles, adjustments);
            }
        }
    } else if explicit(settings).is_none() {
        tried.push(IdentitySource::AmbientToken);
    }
    note_options_without_role(settings, adjustments);
    match &settings.profile {
        Some(_) => profile(env, profiles, tried, adjustments),
        None => chain::choose(env, profiles, tried, adjustments),
    }
}

/// The option that asks for credentials of its own, if any.
fn explicit(settings: &Settings) -> Option<&'static str> {
    match (&settings.profile, &settings.role_arn) {
        (Some(_), _) => Some("provider_opts.profile"),
        (None, Some(_)) => Some("provider_opts.role_arn"),
        (None, None) => None,
    }
}

fn bearer(
    token: &str,
    source: IdentitySource,
    tried: Vec<IdentitySource>,
    settings: &Settings,
    profiles: &Profiles,
    adjustments: &mut Vec<Adjustment>,
) -> Chosen {
    if !token.bytes().all(|byte| byte.is_ascii_graphic()) {
        let source = source.clone();
        adjustments.push(Adjustment::Refused(Problem::InvalidToken { source }));
    }
    let passed_over = [
        ("provider_opts.profile", &settings.profile),
        ("provider_opts.role_arn", &settings.role_arn),
        ("provider_opts.external_id", &settings.external_id),
        (
            "provider_opts.role_session_name",
            &settings.role_session_name,
        ),
    ];
    for (option, value) in passed_over {
        if value.is_some() {
            let winner = source.clone();
            adjustments.push(Adjustment::OptionPassedOver { option, winner });
        }
    }
    chain::note_missing_profile(profiles, adjustments);
    Chosen {
        identity: Identity::Bearer(Secret::new(token)),
        source,
        tried,
    }
}

/// The profile of the settings, whatever else the environment holds.
fn profile(
    env: &Env,
    profiles: &Profiles,
    mut tried: Vec<IdentitySource>,
    adjustments: &mut Vec<Adjustment>,
) -> Chosen {
    let source = IdentitySource::Profile {
        name: profiles.selected.clone(),
        origin: profiles.origin.clone(),
    };
    tried.push(source.clone());
    let base = match profile_chain::follow(profiles, env) {
        Ok(base) => Base::Profile(base),
        Err(problem) => {
            let problem = explain_by_bad_file(problem, adjustments);
            adjustments.push(Adjustment::Refused(problem));
            Base::Missing
        }
    };
    Chosen {
        identity: Identity::SigV4(base),
        source,
        tried,
    }
}

/// A profile that is missing because its file cannot be used is no missing profile. The problem
/// then says all that the report of the file said, and takes its place.
pub(crate) fn explain_by_bad_file(problem: Problem, adjustments: &mut Vec<Adjustment>) -> Problem {
    let Problem::ProfileMissing(missing) = problem else {
        return problem;
    };
    let bad_file = adjustments
        .extract_if(.., |adjustment| {
            matches!(adjustment, Adjustment::FileUnreadable(_))
        })
        .next();
    match bad_file {
        Some(Adjustment::FileUnreadable(file)) => Problem::ProfileUnreadable {
            name: missing.name,
            origin: missing.origin,
            file,
        },
        _ => Problem::ProfileMissing(missing),
    }
}

fn note_options_without_role(settings: &Settings, adjustments: &mut Vec<Adjustment>) {
    if settings.role_arn.is_some() {
        return;
    }
    let options = [
        ("provider_opts.external_id", &settings.external_id),
        (
            "provider_opts.role_session_name",
            &settings.role_session_name,
        ),
    ];
    for (option, value) in options {
        if value.is_some() {
            adjustments.push(Adjustment::OptionWithoutRole { option });
        }
    }
}

/// The role of the settings, if any.
pub(crate) fn role(settings: &Settings) -> Option<Role> {
    Some(Role {
        arn: settings.role_arn.clone()?,
        session_name: settings
            .role_session_name
            .clone()
            .unwrap_or_else(|| DEFAULT_SESSION_NAME.to_owned()),
        external_id: settings.external_id.clone(),
    })
}

/// The static key pair of the environment.
///
/// One half alone is no pair: it is `Err` with the variable that is missing.
pub(crate) fn environment_keys(env: &Env) -> Result<Option<Keys>, &'static str> {
    let secret = env
        .get(variables::AWS_SECRET_ACCESS_KEY)
        .or_else(|| env.get(variables::SECRET_ACCESS_KEY));
    match (env.get(variables::AWS_ACCESS_KEY_ID), secret) {
        (Some(access_key_id), Some(secret)) => Ok(Some(Keys {
            access_key_id: access_key_id.to_owned(),
            secret_access_key: Secret::new(secret),
            session_token: env.get(variables::AWS_SESSION_TOKEN).map(Secret::new),
            account_id: env.get(variables::AWS_ACCOUNT_ID).map(str::to_owned),
        })),
        (Some(_), None) => Err(variables::AWS_SECRET_ACCESS_KEY),
        (None, Some(_)) => Err(variables::AWS_ACCESS_KEY_ID),
        (None, None) => Ok(None),
    }
}
