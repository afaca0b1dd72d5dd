//! What the HTTP client has to be able to do for a plan.

use crate::env::Env;
use crate::profiles::Profiles;
use crate::secret::Secret;
use crate::source::Choice;
use crate::variables;

/// How the machine reaches the network.
#[derive(Clone, Debug, Default)]
pub(crate) struct Network {
    /// The PEM file of certificate authorities that replaces the system's.
    pub(crate) ca_bundle: Option<Choice>,
    pub(crate) proxy: Option<Proxy>,
}

/// A proxy for HTTPS.
#[derive(Clone, Debug)]
pub(crate) struct Proxy {
    /// The variable that sets it.
    pub(crate) variable: &'static str,
    /// Its URL, which may hold a password.
    pub(crate) url: Secret,
    /// The hosts that are reached directly, separated by commas.
    pub(crate) bypass: String,
}

/// This machine is never behind a proxy.
const ALWAYS_DIRECT: &str = "localhost,127.0.0.0/8,::1";

impl Network {
    pub(crate) fn read(env: &Env, profiles: &Profiles) -> Self {
        Self {
            ca_bundle: env
                .choice(variables::AWS_CA_BUNDLE)
                .or_else(|| profiles.value("ca_bundle")),
            proxy: Proxy::read(env),
        }
    }
}

impl Proxy {
    fn read(env: &Env) -> Option<Self> {
        let (variable, url) = variables::HTTPS_PROXY
            .into_iter()
            .find_map(|name| Some((name, env.get(name)?)))?;
        let direct = variables::NO_PROXY.iter().find_map(|name| env.get(name));
        Some(Self {
            variable,
            url: Secret::new(url),
            bypass: match direct {
                Some(direct) => format!("{direct},{ALWAYS_DIRECT}"),
                None => ALWAYS_DIRECT.to_owned(),
            },
        })
    }
}
