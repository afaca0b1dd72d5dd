//! What no single key can tell: settings that contradict each other.

use crate::diagnostic::Code;
use crate::entry::Read;
use crate::findings::{Finding, Findings};
use crate::locate::Places;
use crate::model_config::ModelConfig;
use crate::path;
use crate::values::Pattern;

/// Endpoints that a bearer token may be sent to: any with TLS, and the machine itself.
pub(crate) static SAFE_ENDPOINT: Pattern = Pattern::new(
    r"^([Hh][Tt][Tt][Pp][Ss]://.*|[Hh][Tt][Tt][Pp]://([Ll][Oo][Cc][Aa][Ll][Hh][Oo][Ss][Tt]|127(\.(25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])){3}|\[::1\])([:/].*)?)$",
);

/// Why others are refused, for messages here and in the schema.
pub(crate) const UNSAFE_ENDPOINT: &str = "with `token_key` the endpoint needs https://, or the token would cross the network in the clear";

/// Reports the contradictions of the settings at `path`, which is an entry's.
pub(crate) fn check(reading: &Read, path: &str, places: &Places, findings: &mut Findings) {
    let config = &reading.config;
    let options = &config.provider_opts;
    let mut warn = |key, message: &str| {
        findings.push(about(path, places, key, Code::ConfigConflict, message));
    };
    if !reading.has("provider_opts.role_arn", options.role_arn.as_ref()) {
        if options.external_id.is_some() {
            warn(
                "external_id",
                "`external_id` has no effect without `role_arn`",
            );
        }
        if options.role_session_name.is_some() {
            warn(
                "role_session_name",
                "`role_session_name` has no effect without `role_arn`",
            );
        }
    }
    if options.disable_prompt_caching == Some(true) && options.cache_ttl.is_some() {
        warn(
            "cache_ttl",
            "`cache_ttl` has no effect with `disable_prompt_caching: true`",
        );
    }
    if config.token_key.is_some() {
        if options.profile.is_some() {
            warn(
                "profile",
                "`profile` gives no credentials while the variable of `token_key` is set",
            );
        }
        if options.role_arn.is_some() {
            warn(
                "role_arn",
                "`role_arn` is not assumed while the variable of `token_key` is set",
            );
        }
    }
    check_endpoint(config, path, places, findings);
}

/// Reports a bearer token that would cross the network in the clear.
pub(crate) fn check_endpoint(
    config: &ModelConfig,
    path: &str,
    places: &Places,
    findings: &mut Findings,
) {
    let endpoint = config.provider_opts.endpoint_url.as_deref();
    if config.token_key.is_some() && endpoint.is_some_and(|url| !SAFE_ENDPOINT.matches(url)) {
        let code = Code::ConfigInsecureEndpoint;
        findings.push(about(path, places, "endpoint_url", code, UNSAFE_ENDPOINT));
    }
}

/// A finding at the value of a key of `provider_opts`.
fn about(path: &str, places: &Places, key: &str, code: Code, message: &str) -> Finding {
    let path = path::join(&path::join(path, "provider_opts"), key);
    Finding {
        code,
        span: places.value(&path).map_or(0..0, |place| place.span.clone()),
        path,
        message: message.to_owned(),
        help: None,
    }
}
