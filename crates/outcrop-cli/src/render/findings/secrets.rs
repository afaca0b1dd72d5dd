//! Lines that are better not shown: logs are kept, and a secret in the wrong key is still one.

/// Keys whose value is a secret wherever somebody writes one.
const SECRETIVE: [&str; 8] = [
    "access_key",
    "api-key",
    "api_key",
    "apikey",
    "passwd",
    "password",
    "secret",
    "session_token",
];

/// Whether a secret may stand in some lines of a configuration: a key that is made for one, a
/// `token_key` that is no variable's name, or a URL with a user in it.
pub(super) fn may_hold_a_secret(lines: &str) -> bool {
    let lower = lines.to_lowercase();
    SECRETIVE.iter().any(|key| lower.contains(key))
        || values_of("token_key", lines).any(|value| !is_variable(value))
        || lower.split("://").skip(1).any(has_user)
}

/// What stands behind a key, up to the end of its value.
fn values_of<'a>(key: &'a str, lines: &'a str) -> impl Iterator<Item = &'a str> {
    let after = lines
        .match_indices(key)
        .map(move |(at, _)| &lines[at + key.len()..]);
    after.map(|rest| {
        let value = rest.trim_start_matches(['"', '\'', ' ', ':']);
        value
            .split(['"', '\'', ' ', ',', '}', '\n', '\r'])
            .next()
            .unwrap_or(value)
    })
}

/// `MY_TOKEN`: keys have small letters in them.
fn is_variable(value: &str) -> bool {
    value
        .bytes()
        .all(|byte| matches!(byte, b'A'..=b'Z' | b'0'..=b'9' | b'_'))
}

/// Whether the host behind `://` begins with a user.
fn has_user(rest: &str) -> bool {
    let host = rest
        .split(['/', ' ', '"', '\'', '\n'])
        .next()
        .unwrap_or(rest);
    host.contains('@')
}

#[cfg(test)]
mod tests {
    use super::may_hold_a_secret;

    #[test]
    fn what_may_be_a_secret_is_told_from_what_names_one() {
        for line in [
            "    token_key: ABSKQmVkcm9ja0FQSUtleS1=",
            "    { provider: amazon-bedrock, token_key: \"sk-abc\" }",
            "      api_key: sk-abc",
            "      aws_secret_access_key: x",
            "      endpoint_url: http://user:hunter2@example.com",
        ] {
            assert!(may_hold_a_secret(line), "{line}");
        }
        for line in [
            "    token_key: AWS_BEARER_TOKEN_BEDROCK",
            "    token_key: MY_TOKEN # a variable",
            "    max_tokens: 8_192",
            "      endpoint_url: http://example.com/a@b",
        ] {
            assert!(!may_hold_a_secret(line), "{line}");
        }
    }
}
