//! What people write by habit, from other tools and from AWS itself, and what it is called here.

/// Names that are no slips of the fingers, and the path of the key that is meant.
static HABITS: [(&str, &str); 56] = [
    (
        "additional_model_request_fields",
        "provider_opts.additional_request_fields",
    ),
    ("api_key", "token_key"),
    ("api_key_env", "token_key"),
    ("assume_role", "provider_opts.role_arn"),
    ("aws_bearer_token", "token_key"),
    ("aws_profile", "provider_opts.profile"),
    ("aws_region", "provider_opts.region"),
    ("aws_role_arn", "provider_opts.role_arn"),
    ("base_url", "provider_opts.endpoint_url"),
    ("bearer_token", "token_key"),
    ("budget", "thinking_budget"),
    ("budget_tokens", "thinking_budget"),
    ("cache", "provider_opts.disable_prompt_caching"),
    ("cache_prompt", "provider_opts.disable_prompt_caching"),
    ("caching", "provider_opts.disable_prompt_caching"),
    ("effort", "thinking_budget"),
    (
        "enable_prompt_caching",
        "provider_opts.disable_prompt_caching",
    ),
    ("endpoint", "provider_opts.endpoint_url"),
    ("extra_body", "provider_opts.additional_request_fields"),
    ("iam_role", "provider_opts.role_arn"),
    ("id", "model"),
    ("inference_profile", "model"),
    ("interleaved", "provider_opts.interleaved_thinking"),
    ("max_completion_tokens", "max_tokens"),
    ("max_new_tokens", "max_tokens"),
    ("max_output_tokens", "max_tokens"),
    ("max_retries", "provider_opts.max_attempts"),
    ("max_tokens_to_sample", "max_tokens"),
    ("model_arn", "model"),
    ("model_name", "model"),
    ("nucleus", "top_p"),
    ("options", "provider_opts"),
    ("opts", "provider_opts"),
    ("parallel_tools", "parallel_tool_calls"),
    ("profile_name", "provider_opts.profile"),
    ("prompt_cache", "provider_opts.disable_prompt_caching"),
    ("prompt_caching", "provider_opts.disable_prompt_caching"),
    ("provider_config", "provider_opts"),
    ("read_timeout", "provider_opts.idle_timeout"),
    ("reasoning", "thinking_budget"),
    ("reasoning_budget", "thinking_budget"),
    ("reasoning_effort", "thinking_budget"),
    ("region_name", "provider_opts.region"),
    ("request_timeout", "provider_opts.idle_timeout"),
    ("retries", "provider_opts.max_attempts"),
    ("role", "provider_opts.role_arn"),
    ("session_name", "provider_opts.role_session_name"),
    ("stop", "provider_opts.stop_sequences"),
    ("stop_words", "provider_opts.stop_sequences"),
    ("temp", "temperature"),
    ("thinking", "thinking_budget"),
    ("thinking_effort", "thinking_budget"),
    ("thinking_tokens", "thinking_budget"),
    ("timeout", "provider_opts.idle_timeout"),
    ("token", "token_key"),
    ("url", "provider_opts.endpoint_url"),
];

/// Keys of AWS that no configuration should hold.
static SECRETS: [&str; 7] = [
    "access_key",
    "access_key_id",
    "aws_access_key_id",
    "aws_secret_access_key",
    "aws_session_token",
    "secret_access_key",
    "session_token",
];

/// The path of the key that is meant by a name of another tool.
pub(crate) fn meant(name: &str) -> Option<&'static str> {
    let snake = snake(name);
    let found = HABITS.iter().find(|(habit, _)| *habit == snake);
    found.map(|(_, path)| *path)
}

/// Whether a name asks for what is there unless a key turns it off.
pub(crate) fn asks_for_caching(name: &str) -> bool {
    let meant = meant(name);
    meant == Some("provider_opts.disable_prompt_caching")
}

/// Whether a name is that of a secret which belongs elsewhere.
pub(crate) fn is_secret(name: &str) -> bool {
    SECRETS.contains(&&*snake(name))
}

/// `max_output_tokens` of `maxOutputTokens` and `max-output-tokens`.
fn snake(name: &str) -> String {
    let mut snake = String::with_capacity(name.len() + 4);
    let mut after_small = false;
    for character in name.chars() {
        if character.is_ascii_uppercase() && after_small {
            snake.push('_');
        }
        after_small = character.is_ascii_lowercase();
        snake.push(match character {
            '-' | ' ' => '_',
            other => other.to_ascii_lowercase(),
        });
    }
    snake
}

#[cfg(test)]
mod tests {
    use super::{HABITS, meant};
    use crate::key::keys;

    #[test]
    fn every_habit_leads_to_a_key_and_is_none_itself() {
        for (habit, path) in HABITS {
            assert!(keys().any(|key| key.path == path), "{path}");
            let own = keys().find(|key| key.name == habit);
            assert!(own.is_none_or(|key| key.path == "base_url"), "{habit}");
        }
    }

    #[test]
    fn habits_are_known_in_every_case() {
        assert_eq!(meant("maxOutputTokens"), Some("max_tokens"));
        assert_eq!(meant("AWS_REGION"), Some("provider_opts.region"));
        assert_eq!(meant("reasoning-effort"), Some("thinking_budget"));
        assert_eq!(meant("streaming"), None);
    }
}
