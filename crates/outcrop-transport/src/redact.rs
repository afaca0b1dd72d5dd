//! Secrets of a request, kept out of what its answer is quoted for.
//!
//! A server may send back what it was sent: the service's own refusal of a signature repeats the
//! canonical request, session token included, and a proxy's page may show every header.

use std::fmt;
use std::ops::Range;

use aws_smithy_runtime_api::client::orchestrator::HttpRequest;

/// What stands in the place of a secret.
const HIDDEN: &str = "[hidden]";

/// The shortest value that is looked for. A shorter one would be found in words.
const SHORTEST: usize = 6;

/// The secret values that one request was sent with, in each spelling that a page may have them in.
///
/// Its `Debug` shows none of them.
#[derive(Clone, Default)]
pub(crate) struct Secrets(Vec<String>);

impl fmt::Debug for Secrets {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secrets")
    }
}

impl Secrets {
    /// Those of a request that is signed.
    pub(crate) fn of(request: &HttpRequest) -> Self {
        let header = |name: &str| request.headers().get(name).unwrap_or_default();
        let authorization = header("authorization");
        let words = authorization.split([' ', ',']).map(|word| {
            let (name, value) = word.split_once('=').unwrap_or(("", word));
            match name {
                // The scope after the key ID is no secret.
                "Credential" => value.split('/').next().unwrap_or(value),
                "SignedHeaders" => "",
                // A bearer token may have `=` in it.
                "Signature" => value,
                _ => word,
            }
        });
        let is_scheme = |word: &str| word == "Bearer" || word.starts_with("AWS4-");
        let mut values: Vec<_> = words.filter(|word| !is_scheme(word)).collect();
        values.push(header("x-amz-security-token"));
        values.retain(|value| value.len() >= SHORTEST);
        let mut spellings: Vec<_> = values.into_iter().flat_map(spellings).collect();
        // A value may be the beginning of another spelling of itself.
        spellings.sort_by_key(|spelling| std::cmp::Reverse(spelling.len()));
        spellings.dedup();
        Self(spellings)
    }

    /// A text without these values, and without what looks like those of anybody else.
    pub(crate) fn hide(&self, text: &str) -> String {
        let mut text = text.to_owned();
        for value in &self.0 {
            text = text.replace(value, HIDDEN);
            hide_cut_off(&mut text, value);
        }
        for range in named_values(&text).into_iter().rev() {
            text.replace_range(range, HIDDEN);
        }
        text
    }
}

/// A value as it is, in JSON, in HTML and in a URL.
fn spellings(value: &str) -> Vec<String> {
    let escaped = |escape: fn(char) -> Option<String>| -> String {
        let pieces = value.chars().map(|it| escape(it).unwrap_or(it.to_string()));
        pieces.collect()
    };
    vec![
        value.to_owned(),
        value.replace('/', "\\/"),
        escaped(|it| (!it.is_ascii_alphanumeric()).then(|| format!("&#{};", u32::from(it)))),
        escaped(|it| (!it.is_ascii_alphanumeric()).then(|| format!("&#x{:X};", u32::from(it)))),
        escaped(|it| {
            let is_plain = it.is_ascii_alphanumeric() || "-._~".contains(it);
            (!is_plain).then(|| format!("%{:02X}", u32::from(it)))
        }),
    ]
}

/// Hides the beginning of a value at the end of a text that was cut within it.
fn hide_cut_off(text: &mut String, value: &str) {
    let longest = value.len().min(text.len());
    let lengths = (SHORTEST..longest).rev();
    let found = lengths
        .filter(|len| value.is_char_boundary(*len))
        .find(|len| text.ends_with(&value[..*len]));
    if let Some(len) = found {
        text.replace_range(text.len() - len.., HIDDEN);
    }
}

/// The names that a secret follows.
const NAMES: [&str; 7] = [
    "x-amz-security-token",
    "x-amz-credential",
    "x-amz-signature",
    "authorization",
    "credential",
    "signature",
    "bearer",
];

/// Where values stand behind one of the names.
fn named_values(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut place = 0;
    while place < text.len() {
        let name = NAMES.iter().find(|name| starts_with(text, place, name));
        let Some(name) = name else {
            place += 1;
            continue;
        };
        place += name.len();
        let value = if *name == "bearer" {
            after_spaces(text, place).map(|start| word(text, start))
        } else {
            assigned(text, place)
        };
        let is_token = *name == "x-amz-security-token";
        if let Some(value) = value.filter(|value| is_token || looks_secret(&text[value.clone()])) {
            place = value.end;
            found.push(value);
        }
    }
    found.retain(|value| !value.is_empty());
    found
}

fn starts_with(text: &str, place: usize, name: &str) -> bool {
    let found = text.as_bytes().get(place..place + name.len());
    found.is_some_and(|found| found.eq_ignore_ascii_case(name.as_bytes()))
}

/// The value of `name: value`, `"name": "value"` or `name=value`, where `place` is behind the name.
fn assigned(text: &str, place: usize) -> Option<Range<usize>> {
    let is_quote = |it: char| matches!(it, '"' | '\'' | '\\');
    let rest = text[place..].trim_start_matches(is_quote).trim_start();
    let rest = rest.strip_prefix([':', '='])?;
    let rest = rest.trim_start_matches(|it| is_quote(it) || it == ' ' || it == '\t');
    Some(word(text, text.len() - rest.len()))
}

fn after_spaces(text: &str, place: usize) -> Option<usize> {
    let rest = text[place..].trim_start_matches([' ', '\t']);
    let start = text.len() - rest.len();
    (start > place).then_some(start)
}

/// What begins at `start` and ends where a header's or an attribute's value does.
fn word(text: &str, start: usize) -> Range<usize> {
    let is_end = |it: char| it.is_whitespace() || "\"'\\,;&<>{}()[]".contains(it);
    let end = text[start..].find(is_end);
    start..end.map_or(text.len(), |len| start + len)
}

/// Whether it is a value, and no word of a sentence about one.
fn looks_secret(value: &str) -> bool {
    let rest = value.get(1..).unwrap_or_default();
    let is_scheme = value.starts_with("AWS4-");
    let is_plain_word = rest
        .trim_end_matches('.')
        .chars()
        .all(|it| it.is_ascii_lowercase());
    value.len() >= 8 && !is_scheme && !is_plain_word
}

#[cfg(test)]
mod tests {
    use super::*;

    fn secrets(headers: &[(&'static str, &'static str)]) -> Secrets {
        let mut request = HttpRequest::empty();
        for (name, value) in headers {
            request.headers_mut().insert(*name, *value);
        }
        Secrets::of(&request)
    }

    #[test]
    fn every_value_of_a_request_is_hidden_in_every_spelling() {
        let signed = secrets(&[
            (
                "authorization",
                "AWS4-HMAC-SHA256 Credential=AKIAHIDDENKEY/20260101/us-east-1/bedrock/aws4_request, \
                 SignedHeaders=host;x-amz-date, Signature=0123456789abcdef",
            ),
            ("x-amz-security-token", "IQoJ/to+ken=="),
        ]);
        let bearer = secrets(&[("authorization", "Bearer bedrock-api-key-YWJj/+==")]);
        for (secrets, text, expected) in [
            (&signed, "for AKIAHIDDENKEY.", "for [hidden]."),
            (&signed, "0123456789abcdef!", "[hidden]!"),
            (&signed, "a IQoJ/to+ken== b", "a [hidden] b"),
            (&signed, r#"{"a":"IQoJ\/to+ken=="}"#, r#"{"a":"[hidden]"}"#),
            (&signed, "t=IQoJ%2Fto%2Bken%3D%3D&b", "t=[hidden]&b"),
            (
                &signed,
                "<i>IQoJ&#47;to&#43;ken&#61;&#61;</i>",
                "<i>[hidden]</i>",
            ),
            (
                &signed,
                "<i>IQoJ&#x2F;to&#x2B;ken&#x3D;&#x3D;</i>",
                "<i>[hidden]</i>",
            ),
            (&signed, "cut off: IQoJ/to+k", "cut off: [hidden]"),
            (&signed, "host;x-amz-date", "host;x-amz-date"),
            (&bearer, "(bedrock-api-key-YWJj/+==)", "([hidden])"),
            (&Secrets::default(), "Nothing to hide.", "Nothing to hide."),
        ] {
            assert_eq!(secrets.hide(text), expected);
        }
    }

    #[test]
    fn values_of_anybody_are_hidden_behind_their_names() {
        for (text, expected) in [
            (
                "x-amz-date:20260101\nx-amz-security-token:abc\n\nhost;x-amz-security-token\nef",
                "x-amz-date:20260101\nx-amz-security-token:[hidden]\n\nhost;x-amz-security-token\nef",
            ),
            (
                "Authorization: Bearer abcDEF123",
                "Authorization: Bearer [hidden]",
            ),
            (
                "'authorization': 'abcDEF123=='",
                "'authorization': '[hidden]'",
            ),
            (
                r#"{"Authorization":"abcDEF123"}"#,
                r#"{"Authorization":"[hidden]"}"#,
            ),
            (
                r#"\"Authorization\": \"abcDEF123\""#,
                r#"\"Authorization\": \"[hidden]\""#,
            ),
            (
                "AUTHORIZATION=AWS4-HMAC-SHA256 Credential=AKIA1234/2026, Signature=00ff00ff00",
                "AUTHORIZATION=AWS4-HMAC-SHA256 Credential=[hidden], Signature=[hidden]",
            ),
            (
                "?X-Amz-Credential=AKIA%2F20&b",
                "?X-Amz-Credential=[hidden]&b",
            ),
            ("Züri Bearer\tabcDEF123 ü", "Züri Bearer\t[hidden] ü"),
        ] {
            assert_eq!(Secrets::default().hide(text), expected);
        }
    }

    #[test]
    fn sentences_about_secrets_stay_as_they_are() {
        for text in [
            "The security token included in the request is expired",
            "Authorization header requires 'Credential' parameter.",
            "Bearer authentication is required. Bearer token",
            "authorization: failed, signature: mismatch",
            "x-amz-security-token",
            "x-amz-security-token:",
            "Bearer",
            "Authorization:",
            "",
        ] {
            assert_eq!(Secrets::default().hide(text), text);
        }
    }
}
