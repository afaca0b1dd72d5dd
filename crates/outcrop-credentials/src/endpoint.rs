//! Which endpoint, for Bedrock and for STS.

use std::net::IpAddr;

use crate::adjustment::Adjustment;
use crate::env::Env;
use crate::partition;
use crate::problem::Problem;
use crate::profiles::Profiles;
use crate::settings::Settings;
use crate::source::{Choice, Source};
use crate::variables;

/// Which form of AWS's own endpoints is asked for.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub(crate) struct Variant {
    pub(crate) fips: bool,
    pub(crate) dual_stack: bool,
}

impl Variant {
    /// Reads both switches; a variable wins over the profile.
    pub(crate) fn read(env: &Env, profiles: &Profiles, adjustments: &mut Vec<Adjustment>) -> Self {
        let mut read = |variable, key| flag(env, profiles, variable, key, adjustments);
        Self {
            fips: read(variables::AWS_USE_FIPS_ENDPOINT, "use_fips_endpoint"),
            dual_stack: read(
                variables::AWS_USE_DUALSTACK_ENDPOINT,
                "use_dualstack_endpoint",
            ),
        }
    }
}

/// Takes the first endpoint that is set, else AWS's own for the region.
pub(crate) fn choose_bedrock(
    settings: &Settings,
    env: &Env,
    profiles: &Profiles,
    region: &Choice,
    variant: Variant,
    adjustments: &mut Vec<Adjustment>,
) -> Choice {
    let setting = settings.endpoint_url.clone().map(|value| Choice {
        value,
        source: Source::Setting("provider_opts.endpoint_url"),
    });
    let configured = setting.or_else(|| {
        let variable = variables::AWS_ENDPOINT_URL_BEDROCK_RUNTIME;
        configured(env, profiles, variable, "bedrock_runtime", adjustments)
    });
    let Some(endpoint) = configured else {
        return Choice {
            value: aws_endpoint(&region.value, variant),
            source: Source::Default,
        };
    };
    let endpoint = checked(endpoint, adjustments);
    if variant != Variant::default() {
        let endpoint = endpoint.clone();
        adjustments.push(Adjustment::VariantIgnored { endpoint });
    }
    endpoint
}

/// The endpoint that replaces AWS's own for STS, if any. The settings have no say: a Bedrock
/// gateway does not answer for STS.
pub(crate) fn choose_sts(
    env: &Env,
    profiles: &Profiles,
    adjustments: &mut Vec<Adjustment>,
) -> Option<Choice> {
    let variable = variables::AWS_ENDPOINT_URL_STS;
    let endpoint = configured(env, profiles, variable, "sts", adjustments)?;
    Some(checked(endpoint, adjustments))
}

/// The endpoint of one service in variables and profile, in the order of the [guide].
///
/// [guide]: https://docs.aws.amazon.com/sdkref/latest/guide/feature-ss-endpoints.html
fn configured(
    env: &Env,
    profiles: &Profiles,
    variable: &'static str,
    service: &str,
    adjustments: &mut Vec<Adjustment>,
) -> Option<Choice> {
    let ignored = flag(
        env,
        profiles,
        variables::AWS_IGNORE_CONFIGURED_ENDPOINT_URLS,
        "ignore_configured_endpoint_urls",
        adjustments,
    );
    if ignored {
        return None;
    }
    env.choice(variable)
        .or_else(|| env.choice(variables::AWS_ENDPOINT_URL))
        .or_else(|| profiles.endpoint(service))
}

/// A switch that is `true` or `false` in any case, in a variable, else in the profile.
fn flag(
    env: &Env,
    profiles: &Profiles,
    variable: &'static str,
    key: &'static str,
    adjustments: &mut Vec<Adjustment>,
) -> bool {
    let (name, flag) = match (env.choice(variable), profiles.value(key)) {
        (Some(flag), _) => (variable, flag),
        (None, Some(flag)) => (key, flag),
        (None, None) => return false,
    };
    if flag.value.eq_ignore_ascii_case("true") {
        return true;
    }
    let invalid = Adjustment::FlagInvalid { name, flag };
    if !is_false(&invalid) && !adjustments.contains(&invalid) {
        adjustments.push(invalid);
    }
    false
}

fn is_false(flag: &Adjustment) -> bool {
    matches!(flag, Adjustment::FlagInvalid { flag, .. } if flag.value.eq_ignore_ascii_case("false"))
}

fn aws_endpoint(region: &str, variant: Variant) -> String {
    let service = if variant.fips {
        "bedrock-runtime-fips"
    } else {
        "bedrock-runtime"
    };
    let suffix = partition::dns_suffix(region, variant.dual_stack);
    format!("https://{service}.{region}.{suffix}")
}

fn checked(endpoint: Choice, adjustments: &mut Vec<Adjustment>) -> Choice {
    let Err(reason) = Address::parse(&endpoint.value) else {
        return endpoint;
    };
    let endpoint = Choice {
        value: without_user_information(&endpoint.value),
        source: endpoint.source,
    };
    adjustments.push(Adjustment::Refused(Problem::InvalidEndpoint {
        endpoint: endpoint.clone(),
        reason,
    }));
    endpoint
}

/// What matters about a valid endpoint.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) struct Address {
    pub(crate) https: bool,
    /// Whether the host is this machine, whatever name service or proxy there is.
    pub(crate) loopback: bool,
}

impl Address {
    /// Reads a URL with the parser that the HTTP client uses, so that both see the same host.
    pub(crate) fn parse(url: &str) -> Result<Self, &'static str> {
        let uri: http::Uri = url.parse().map_err(|_| "it is not a URL")?;
        let https = match uri.scheme_str() {
            Some("https") => true,
            Some("http") => false,
            _ => return Err("it does not begin with http:// or https://"),
        };
        let authority = uri.authority().map_or("", |authority| authority.as_str());
        if authority.contains('@') {
            return Err("it has user information before the host");
        }
        if uri.query().is_some() || url.contains('#') {
            return Err("it has a query or a fragment");
        }
        match uri.host() {
            None | Some("") => Err("it has no host"),
            Some(host) => Ok(Self {
                https,
                loopback: is_loopback(host),
            }),
        }
    }
}

fn is_loopback(host: &str) -> bool {
    let address = host
        .strip_prefix('[')
        .and_then(|host| host.strip_suffix(']'))
        .unwrap_or(host);
    host.eq_ignore_ascii_case("localhost")
        || address
            .parse::<IpAddr>()
            .is_ok_and(|address| address.is_loopback())
}

/// Cuts what stands before the last `@`: it may be a password.
fn without_user_information(url: &str) -> String {
    match url.rsplit_once('@') {
        Some((_, rest)) => format!("…@{rest}"),
        None => url.to_owned(),
    }
}
