//! The settings of one crate in the words of another.

use outcrop_config::{CacheTtl, ModelConfig};
use outcrop_converse::{CacheSettings, CacheTtlChoice, Conversation, Members};
use outcrop_credentials::Settings;
use outcrop_policy::Request;

/// What is asked of the policy: the configuration, and what the conversation says itself.
pub(crate) fn request(config: &ModelConfig, conversation: &Conversation) -> Request {
    let (opts, own) = (&config.provider_opts, &conversation.inference);
    Request {
        thinking_budget: config.thinking_budget,
        thinking_display: opts.thinking_display,
        interleaved_thinking: opts.interleaved_thinking,
        max_tokens: own.max_tokens.or(config.max_tokens),
        temperature: own.temperature.or(config.temperature),
        top_p: own.top_p.or(config.top_p),
        top_k: opts.top_k,
        parallel_tool_calls: config.parallel_tool_calls,
        forces_tool_use: conversation.forces_tool_use(),
    }
}

/// What is known and wanted of the prompt cache.
pub(crate) fn cache<'a>(
    config: &ModelConfig,
    model: &'a outcrop_policy::Model,
) -> CacheSettings<'a> {
    let opts = &config.provider_opts;
    CacheSettings {
        enabled: opts.disable_prompt_caching != Some(true),
        ttl: opts.cache_ttl.map(|ttl| match ttl {
            CacheTtl::FiveMinutes => CacheTtlChoice::FiveMinutes,
            CacheTtl::OneHour => CacheTtlChoice::OneHour,
            CacheTtl::Auto => CacheTtlChoice::Auto,
        }),
        ..CacheSettings::new(model)
    }
}

/// What is asked of the credentials.
pub(crate) fn settings(config: &ModelConfig, model: &outcrop_policy::Model) -> Settings {
    let opts = &config.provider_opts;
    Settings {
        token_key: config.token_key.clone(),
        profile: opts.profile.clone(),
        role_arn: opts.role_arn.clone(),
        role_session_name: opts.role_session_name.clone(),
        external_id: opts.external_id.clone(),
        region: opts.region.clone(),
        endpoint_url: opts.endpoint_url.clone(),
        model_region: model.id().region().map(str::to_owned),
    }
}

/// `additional_request_fields` as members of a request.
pub(crate) fn additional_fields(config: &ModelConfig) -> Members {
    let mut members = Members::default();
    for (name, value) in config
        .provider_opts
        .additional_request_fields
        .iter()
        .flatten()
    {
        // A value that YAML could write has a JSON form.
        if let Ok(value) = serde_json::value::to_raw_value(value) {
            members.insert(name, value);
        }
    }
    members
}
