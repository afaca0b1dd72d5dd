//! Lines that are better not shown: logs are kept, and a secret in the wrong key is still one.

use std::ops::Range;

/// Parts of keys, written small and in one word, whose value is a secret wherever somebody writes
/// one.
const SECRETIVE: [&str; 9] = [
    "accesskey",
    "apikey",
    "authorization",
    "bearer",
    "credential",
    "passwd",
    "password",
    "secret",
    "sessiontoken",
];

/// How many lines above are searched for the key of a value of several lines.
const FARTHEST: usize = 100;

/// What some lines of a text say about secrets in them.
pub(super) struct Verdict {
    /// Whether a secret may stand in them, whichever finding is about them.
    hides: bool,
    /// Whether they are a value, or a part of one, since they have no key of their own.
    is_value: bool,
}

impl Verdict {
    /// Judges whole lines: a secret may stand in the value of a key that is made for one, be the
    /// key in these lines or above them, or as a URL with a user in it.
    pub(super) fn on(text: &str, lines: Range<usize>) -> Self {
        let (before, shown) = (text.get(..lines.start), text.get(lines));
        let (Some(before), Some(shown)) = (before, shown) else {
            return Self {
                hides: true,
                is_value: true,
            };
        };
        let is_value = pairs(shown).next().is_none();
        let above = is_value.then(|| key_above(before, indentation(shown)));
        Self {
            hides: above
                .flatten()
                .is_some_and(|key| is_secret_value(key, shown))
                || pairs(shown).any(|(key, value)| is_secret(key, value))
                || is_api_key(shown)
                || shown.split("://").skip(1).any(has_user),
            is_value,
        }
    }

    /// Whether the lines are better not `shown` for a finding at `path`, whose key may be above
    /// them.
    pub(super) fn hides(&self, shown: &str, path: &str) -> bool {
        let own = path.rsplit('.').next().unwrap_or(path);
        self.hides || self.is_value && is_secret_value(own, shown)
    }
}

/// Whether any of the lines of a value may be a secret.
fn is_secret_value(key: &str, shown: &str) -> bool {
    let mut lines = shown.lines();
    lines.any(|line| is_secret(key, line.trim_matches(is_dress)))
}

/// Whether the value of a key may be a secret. The name of a variable, a count and a switch are
/// none where only a token is expected.
fn is_secret(key: &str, value: &str) -> bool {
    let words = words(key);
    let joined = words.concat();
    SECRETIVE.iter().any(|part| joined.contains(part))
        || words.iter().any(|word| word == "token") && !is_harmless(value)
}

/// The words of a key in any case: `token` and `key` of `tokenKey`, `token-key` and `TOKEN_KEY`.
fn words(key: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let mut after_small = false;
    for character in key.chars() {
        let starts = character.is_uppercase() && after_small;
        if starts || !character.is_alphanumeric() {
            words.push(String::new());
        }
        if let Some(word) = words.last_mut()
            && character.is_alphanumeric()
        {
            word.extend(character.to_lowercase());
        }
        after_small = character.is_lowercase();
    }
    words
}

/// Keys have small letters in them, and names of variables have none.
fn is_harmless(value: &str) -> bool {
    let is_switch = matches!(value, "true" | "false" | "null");
    is_switch
        || value
            .bytes()
            .all(|byte| matches!(byte, b'A'..=b'Z' | b'0'..=b'9' | b'_'))
}

/// What stands before every colon and equals sign, and the first word behind it.
fn pairs(lines: &str) -> impl Iterator<Item = (&str, &str)> {
    let signs = lines.match_indices([':', '=']);
    signs.filter_map(|(at, sign)| {
        let (before, after) = (lines.get(..at)?, lines.get(at + sign.len()..)?);
        let is_word = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-');
        let before = before.trim_end_matches(['"', '\'', ' ']);
        let key = before.rsplit(|c: char| !is_word(c)).next()?;
        let value = after.trim_start_matches(['"', '\'', ' ', '\t']);
        // The next sign is in the value, as the end of it, so that no text is read twice.
        let end = value.find(['"', '\'', ' ', ',', '}', '\n', '\r', ':', '=']);
        let is_sign = |end: usize| value[end..].starts_with([':', '=']);
        let end = end.map(|end| end + usize::from(is_sign(end)));
        let value = end.map_or(value, |end| value.split_at(end).0);
        (!key.is_empty()).then_some((key, value))
    })
}

/// The key of the nearest line that is indented less.
fn key_above(before: &str, indent: usize) -> Option<&str> {
    let lines = before.lines().rev().filter(|line| !line.trim().is_empty());
    let mut outer = lines
        .take(FARTHEST)
        .filter(|line| indentation(line) < indent);
    pairs(outer.next()?).last().map(|(key, _)| key)
}

fn indentation(line: &str) -> usize {
    line.len() - line.trim_start_matches(' ').len()
}

/// What stands around an item of a list.
fn is_dress(character: char) -> bool {
    matches!(character, ' ' | '-' | '"' | '\'' | '[' | ']' | ',')
}

/// The forms of Amazon Bedrock's API keys, the long-lived ones and the others.
fn is_api_key(lines: &str) -> bool {
    let is_base64 = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'/');
    let long_lived = lines
        .split("ABSK")
        .skip(1)
        .any(|rest| rest.bytes().take_while(is_base64).count() >= 12);
    long_lived || lines.contains("bedrock-api-key-")
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
    use super::Verdict;

    /// The last line of a text, looked at for a finding at a path.
    fn hides(text: &str, path: &str) -> bool {
        let start = text.rfind('\n').map_or(0, |end| end + 1);
        Verdict::on(text, start..text.len()).hides(&text[start..], path)
    }

    #[test]
    fn what_may_be_a_secret_is_told_from_what_names_one() {
        for line in [
            "    token_key: ABSKQmVkcm9ja0FQSUtleS1=",
            "    { provider: amazon-bedrock, token_key: \"sk-abc\" }",
            "    token: sk-abc",
            "    bearer_token: sk-abc",
            "    aws_bearer_token_bedrock: sk-abc",
            "    tokenKey: sk-abc",
            "    tokenKey= sk-abc",
            "    token: ABC=",
            "    token: USER:ABC",
            "    token: true:ABC",
            "    authorization: Bearer sk-abc",
            "    profile: ABSKQmVkcm9ja0FQSUtleS1",
            "    bedrock-api-key-YmVkcm9jay5hbWF6",
            "      api_key: sk-abc",
            "      x: { a: .nan, token: sk-abc }",
            "      aws_secret_access_key: x",
            "      endpoint_url: http://user:hunter2@example.com",
        ] {
            assert!(hides(line, ""), "{line}");
        }
        for line in [
            "    token_key: AWS_BEARER_TOKEN_BEDROCK",
            "    token_key: MY_TOKEN # a variable",
            "    max_tokens: 8_192",
            "    max_token: 8192",
            "      endpoint_url: http://example.com/a@b",
        ] {
            assert!(!hides(line, ""), "{line}");
        }
    }

    #[test]
    fn a_value_of_several_lines_belongs_to_its_key() {
        let block = "    token_key: |\n\n      sk-abc";
        assert!(hides(block, "") && hides(block, "models.m.token_key"));
        assert!(hides("      sk-abc", "models.m.token_key"));
        assert!(hides("    password:\n      - hunter2", ""));
        assert!(!hides("    token_key:\n      MY_TOKEN", ""));
        assert!(!hides("    stop_sequences:\n      - sk-abc", ""));
    }
}
