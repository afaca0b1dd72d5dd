//! Texts, each with the rule that its reader sets: the model, the region, the role, the endpoint.

use std::fmt;

use serde::de::{Deserializer as _, Error, Unexpected, Visitor};
use serde_yaml::Value;

use super::Spelling;
use super::pattern::Pattern;
#[cfg(feature = "schema")]
use super::pattern::no_line_feed;
use super::region_names::region_named;
use crate::problem::{Advice, Problem};
use crate::problems::Problems;
use crate::source::Source;

/// A rule for a text.
pub(crate) struct Text {
    /// What is accepted, to complete "takes ...".
    expected: &'static str,
    pub(crate) pattern: Pattern,
    /// How many characters it has at least and at most.
    length: (usize, usize),
    /// What is in the pattern and never meant, such as a key where its name belongs: the pattern, and
    /// what to say.
    never: Option<(&'static Pattern, &'static str)>,
    /// What to write instead of a common slip.
    slip: fn(&str) -> Option<Advice>,
    /// Whether it is chosen freely, so that it may be a number or `true`.
    free: bool,
    /// Whether a wrong value may hold a password or a token, which no message may repeat.
    secret: bool,
}

/// A word in ASCII with blanks around it, and how long both may be together. Which IDs exist is not
/// decided here; policy reads upper case and surrounding blanks too. Source of the length:
/// `ConversationalModelId` of the Bedrock Runtime service model.
pub(crate) static MODEL: Text = Text {
    expected: "a model ID or an ARN, in one word",
    pattern: Pattern::new(r"^[ \t\r\n]*[\x21-\x7E]+[ \t\r\n]*$"),
    length: (1, 2048),
    never: Some((
        &WITH_VARIABLE,
        "takes a model ID or an ARN written out: variables are not replaced here",
    )),
    slip: |_| None,
    free: false,
    secret: false,
};

/// The region becomes a host label of the endpoint and a part of the signature.
pub(crate) static REGION: Text = Text {
    expected: "the name of an AWS region in lower case, such as us-east-1",
    pattern: Pattern::new(r"^[a-z0-9]([a-z0-9-]*[a-z0-9])?$"),
    length: (1, 63),
    never: Some((
        &YAML_1_1,
        "takes the name of an AWS region, not a word that YAML 1.1 reads as true or false",
    )),
    slip: |text| {
        if text.contains('$') {
            let advice = "variables are not replaced here; without `region`, AWS_REGION counts";
            return Some(Advice::say(advice));
        }
        if let Some(region) = region_named(text) {
            return Some(Advice::write(region, ""));
        }
        let lower = text.trim().to_ascii_lowercase().replace('_', "-");
        (lower != text).then(|| Advice::write(lower, ""))
    },
    free: false,
    secret: false,
};

/// What other readers of YAML take for a switch.
static YAML_1_1: Pattern = Pattern::new(r"^(no|off|on|yes|n|y)$");

/// A profile is the heading of a section, `[profile NAME]`, in one line.
pub(crate) static PROFILE: Text = Text {
    expected: "the name of a profile",
    pattern: Pattern::new(r"^[^\x00-\x1F\x7F“”‘’]*[^\x00-\x20\x7F“”‘’][^\x00-\x1F\x7F“”‘’]*$"),
    length: (1, 256),
    never: Some((
        &VARIABLE,
        "takes the name of a profile, not a variable, which is not replaced here",
    )),
    slip: |text| {
        let from_environment = "without `profile`, AWS_PROFILE counts";
        VARIABLE
            .matches(text)
            .then(|| Advice::say(from_environment))
    },
    free: true,
    secret: false,
};

/// What a shell or another reader would replace by the value of a variable.
static VARIABLE: Pattern = Pattern::new(r"^\$([A-Za-z_][A-Za-z0-9_]*|\{[^\x00-\x1F\x7F]*\})$");

/// A text with a variable anywhere. No model ID and no ARN has a `$`.
static WITH_VARIABLE: Pattern = Pattern::new(r"^[^$]*\$[A-Za-z_{][\x20-\x7E\t\r\n]*$");

/// Source: `RoleArn` of STS `AssumeRole`, 20 to 2048 characters.
pub(crate) static ROLE_ARN: Text = Text {
    expected: "the ARN of a role, such as arn:aws:iam::123456789012:role/BedrockAccessRole",
    pattern: Pattern::new(r"^arn:aws[a-z0-9-]*:iam::[0-9]{12}:role/[\x21-\x7E]+$"),
    length: (20, 2048),
    never: None,
    slip: |text| {
        if text.contains('$') {
            return Some(Advice::say("write it out: variables are not replaced here"));
        }
        let user = text.contains(":user/");
        user.then(|| Advice::say("a user cannot be assumed; name a role"))
    },
    free: false,
    secret: false,
};

/// Source: `RoleSessionName` of STS `AssumeRole`.
pub(crate) static ROLE_SESSION_NAME: Text = Text {
    expected: "2 to 64 letters, digits or characters of _+=,.@-",
    pattern: Pattern::new(r"^[A-Za-z0-9_+=,.@-]{2,}$"),
    length: (2, 64),
    never: None,
    slip: |_| None,
    free: true,
    secret: false,
};

/// Source: `ExternalId` of STS `AssumeRole`.
pub(crate) static EXTERNAL_ID: Text = Text {
    expected: "2 to 1224 letters, digits or characters of _+=,.@:/-",
    pattern: Pattern::new(r"^[A-Za-z0-9_+=,.@:/-]{2,}$"),
    length: (2, 1224),
    never: None,
    slip: |_| None,
    free: true,
    secret: false,
};

/// An `http` or `https` URL without user, query and fragment: paths are appended to it.
pub(crate) static ENDPOINT_URL: Text = Text {
    expected: "a URL that starts with https:// or http://, without user, query and fragment",
    pattern: Pattern::new(
        r"^[Hh][Tt][Tt][Pp][Ss]?://([A-Za-z0-9_][A-Za-z0-9._-]*|\[[0-9A-Fa-f:.]+\])(:([1-9][0-9]{0,3}|[1-5][0-9]{4}|6[0-4][0-9]{3}|65[0-4][0-9]{2}|655[0-2][0-9]|6553[0-5]))?(/[A-Za-z0-9._~!$&'()*+,;=:@%/-]*)?$",
    ),
    length: (8, 2048),
    never: None,
    slip: |text| {
        if text.contains("${") {
            return Some(Advice::say("write it out: variables are not replaced here"));
        }
        let bare = !text.is_empty() && !text.contains("://");
        bare.then(|| Advice::say("start it with https:// or http://"))
    },
    free: false,
    secret: true,
};

/// The name of a variable, which no environment can hold with `=` or NUL in it. Blanks and `$`
/// are refused too: whoever writes `$NAME` means the variable `NAME`.
pub(crate) static TOKEN_KEY: Text = Text {
    expected: "the name of an environment variable, such as AWS_BEARER_TOKEN_BEDROCK",
    pattern: Pattern::new(r"^[^\x00-\x20\x7F=$“”‘’]+$"),
    length: (1, 256),
    never: Some((&API_KEY, NO_API_KEY)),
    slip: |text| {
        if text.starts_with('$') {
            return Some(Advice::say("write the name alone, without $ and braces"));
        }
        let pasted = API_KEY.matches(text.trim().trim_end_matches('='));
        let advice = "put the key into a variable, and write the name of the variable here";
        pasted.then(|| Advice::say(advice))
    },
    free: false,
    secret: true,
};

/// A Bedrock API key, as AWS makes them: a long-lived one begins with `ABSK`, others with
/// `bedrock-api-key-`.
/// One with padding is no name of a variable anyway.
static API_KEY: Pattern =
    Pattern::new(r"^(ABSK[A-Za-z0-9+/]|bedrock-api-key-)[^\x00-\x20\x7F=$“”‘’]*$");

/// What is said where one stands in place of its variable.
const NO_API_KEY: &str = "takes the name of the variable that holds an API key, not the key itself";

impl Text {
    /// Whether a number or a switch would be a well-spelt text in quotes.
    fn is_meant_by(&'static self, source: Source<'_>) -> bool {
        let text = match source.0 {
            Value::Number(number) => number.to_string(),
            Value::Bool(value) => value.to_string(),
            _ => return false,
        };
        self.free && self.visit_str::<Problem>(&text).is_ok()
    }
}

impl Spelling for &'static Text {
    type Meaning = String;

    fn read(&self, source: Source<'_>) -> Result<String, Problems> {
        let read = source.deserialize_any(*self);
        read.map_err(|problem| {
            let text = source.untagged().as_str();
            let quoted = text.filter(|text| text.contains(['“', '”', '‘', '’']));
            let slip = match quoted {
                Some(_) => Some(Advice::say("write straight quotes, or none")),
                None if self.is_meant_by(source) => Some(Advice::say("put it in quotes")),
                None => text.and_then(self.slip),
            };
            problem.with_help(slip).into()
        })
    }

    fn length(&self) -> Option<(usize, usize)> {
        Some(self.length)
    }

    #[cfg(feature = "schema")]
    fn schema(&self) -> schemars::Schema {
        // A text that is too short is not in the pattern, which has the better message.
        let mut schema = schemars::json_schema!({
            "type": "string",
            "maxLength": self.length.1,
            "pattern": self.pattern.source(),
        });
        if !self.pattern.takes_line_feeds() {
            schema.insert("not".to_owned(), no_line_feed());
        }
        if let Some((never, message)) = &self.never {
            let refused = serde_json::json!({ "type": "string", "pattern": never.source() });
            schema.insert("if".to_owned(), refused);
            // Nothing that was just found to be long is empty.
            let nothing = serde_json::json!({ "pattern": "^$", "patternErrorMessage": message });
            schema.insert("then".to_owned(), nothing);
        }
        schema
    }
}

impl Visitor<'_> for &'static Text {
    type Value = String;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.expected)
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<String, E> {
        let (shortest, longest) = self.length;
        let characters = text.chars().count();
        let never = self.never.as_ref();
        if let Some((_, message)) = never.filter(|(never, _)| never.matches(text)) {
            return Err(E::custom(message));
        }
        if (shortest..=longest).contains(&characters) && self.pattern.matches(text) {
            return Ok(text.to_owned());
        }
        if self.secret && !text.is_empty() {
            let message = format_args!(
                "takes {}, not the {characters} characters that stand here",
                self.expected
            );
            return Err(E::custom(message));
        }
        if characters > longest && self.pattern.matches(text) {
            let message = format_args!(
                "takes at most {longest} characters, not the {characters} that stand here"
            );
            return Err(E::custom(message));
        }
        Err(E::invalid_value(Unexpected::Str(text), &self))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn accepts(text: &'static Text, value: &str) -> bool {
        text.visit_str::<serde::de::value::Error>(value).is_ok()
    }

    #[test]
    fn every_pattern_is_anchored() {
        for (text, good) in [
            (&MODEL, "anthropic.claude-opus-4-8"),
            (&REGION, "us-east-1"),
            (&PROFILE, "my profile"),
            (&ROLE_ARN, "arn:aws:iam::123456789012:role/R"),
            (&ROLE_SESSION_NAME, "me@example.com"),
            (&EXTERNAL_ID, "a:b"),
            (&ENDPOINT_URL, "http://127.0.0.1:8080"),
            (&TOKEN_KEY, "AWS_BEARER_TOKEN_BEDROCK"),
        ] {
            assert!(!accepts(text, ""), "{}", text.expected);
            assert!(accepts(text, good), "{good}");
            assert!(!accepts(text, &format!("{good}\u{0}")), "{good}");
        }
    }

    #[test]
    fn model_ids_may_have_blanks_around_them_and_none_inside() {
        assert!(accepts(&MODEL, " ANTHROPIC.CLAUDE-3-HAIKU \n"));
        assert!(!accepts(&MODEL, "anthropic claude"));
        assert!(!accepts(&MODEL, "  "));
        assert!(accepts(&MODEL, &"m".repeat(2048)));
        assert!(!accepts(&MODEL, &"m".repeat(2049)));
    }

    #[test]
    fn endpoints_are_whole_urls() {
        for url in [
            "HTTPS://example.com",
            "http://localhost:65535/",
            "http://[::1]:80",
            "https://a_b.internal/prefix/x%20y",
        ] {
            assert!(accepts(&ENDPOINT_URL, url), "{url}");
        }
        for url in [
            "example.com",
            "ftp://example.com",
            "https://",
            "https://user:secret@example.com",
            "https://example.com?x=1",
            "https://example.com/#top",
            "http://localhost:65536",
            "http://localhost:0",
            "https://exa mple.com",
            " https://example.com",
        ] {
            assert!(!accepts(&ENDPOINT_URL, url), "{url}");
        }
    }
}
