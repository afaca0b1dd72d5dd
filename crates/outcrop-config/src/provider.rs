//! Whose model an entry is.

use serde_yaml::{Mapping, Value};

use crate::declared::Declared;
use crate::diagnostic::Code;
use crate::entry::Entry;
use crate::findings::Finding;
use crate::key::entry_keys;
use crate::nearest::nearest;
use crate::yaml::Index;

/// The provider of every entry that is read.
pub(crate) const BEDROCK: &str = "amazon-bedrock";

/// Whose model an entry is.
pub(crate) enum Whose<'a> {
    /// Ours, and so strictly read.
    Bedrock {
        /// What is written in it.
        mapping: &'a Mapping,
        /// The name of its provider, `amazon-bedrock` or one that the file declares.
        provider: &'a str,
    },
    /// That of a declared provider which is called by an API that is not ours.
    AnotherApi(&'a str),
    /// Perhaps meant to be ours.
    Unknown(Doubt<'a>),
    /// Another provider's, and so none of our business.
    Other,
}

/// Why an entry is perhaps meant to be ours.
pub(crate) enum Doubt<'a> {
    /// Its provider is close to `amazon-bedrock`.
    Misspelt(&'a str),
    /// It has no provider that is a text.
    Missing,
    /// It has none, but a key whose name is close to `provider`.
    KeyMisspelt(&'a str),
}

/// Decides from the entry and from the providers that the file itself declares.
pub(crate) fn whose<'a>(entry: &'a Value, declared: &Declared<'_>) -> Whose<'a> {
    let Value::Mapping(mapping) = entry else {
        return Whose::Unknown(Doubt::Missing);
    };
    match mapping.get("provider") {
        Some(Value::String(name)) if name == BEDROCK || declared.defaults(name).is_some() => {
            Whose::Bedrock {
                mapping,
                provider: name,
            }
        }
        Some(Value::String(name)) if declared.has_another_api(name) => Whose::AnotherApi(name),
        Some(Value::String(name)) if is_close(name) && !declared.has(name) => {
            Whose::Unknown(Doubt::Misspelt(name))
        }
        Some(Value::String(_)) => Whose::Other,
        // docker-agent lets an entry stand for several others.
        _ if mapping.contains_key("routing") || mapping.contains_key("first_available") => {
            Whose::Other
        }
        None => {
            let mut keys = mapping.keys().filter_map(Value::as_str);
            let meant = keys.find(|key| nearest(key, ["provider"]).is_some());
            Whose::Unknown(meant.map_or(Doubt::Missing, Doubt::KeyMisspelt))
        }
        Some(_) => Whose::Unknown(Doubt::Missing),
    }
}

/// Whether an entry is one of ours without a doubt.
pub(crate) fn is_ours(entry: &Value, declared: &Declared<'_>) -> bool {
    matches!(whose(entry, declared), Whose::Bedrock { .. })
}

/// Whether a name is meant to be that of Amazon Bedrock, or may well be.
pub(crate) fn is_close(name: &str) -> bool {
    let lower = name.to_ascii_lowercase();
    lower.contains("bedrock")
        || ["amazon", "aws"].contains(&&*lower)
        || nearest(name, [BEDROCK, "aws-bedrock", "bedrock"]).is_some()
}

impl Doubt<'_> {
    /// The key that it is about.
    fn key(&self) -> &str {
        match self {
            Self::KeyMisspelt(key) => key,
            _ => "provider",
        }
    }

    /// The warning about it, at the provider or, without one, at the entry's key.
    pub(crate) fn finding(&self, entry: &Entry<'_>, index: &Index<'_>) -> Finding {
        let value = match self {
            Self::KeyMisspelt(key) => entry.pair(index, key).map(|pair| pair.key),
            _ => entry.pair(index, "provider").map(|pair| pair.value),
        };
        let (code, message) = match self {
            Self::Misspelt(name) => (
                Code::ConfigProviderMisspelt,
                format!("no such provider: `{name}`; did you mean `{BEDROCK}`?"),
            ),
            Self::KeyMisspelt(key) => (
                Code::ConfigProviderMissing,
                format!("no `provider` here; is `{key}` meant to be `provider`?"),
            ),
            Self::Missing if value.is_some() => (
                Code::ConfigProviderMissing,
                format!("`provider` takes a name such as `{BEDROCK}`"),
            ),
            Self::Missing => (
                Code::ConfigProviderMissing,
                format!("`{}` has no `provider`, and so is not read", entry.name),
            ),
        };
        let help = match entry.value {
            // What should stand inside an entry stands beside it.
            Value::Null if value.is_none() => "indent its keys further than its name".to_owned(),
            Value::Mapping(_) => format!("only entries with provider: {BEDROCK} are read"),
            Value::Sequence(_) => "write its keys without a dash before them".to_owned(),
            Value::String(text) if text.contains("provider:") || text.contains("model:") => {
                "put a blank after the colon of every key".to_owned()
            }
            _ if entry_keys().any(|key| key.name == entry.name) => {
                "a key of a model is indented further than the model's name".to_owned()
            }
            _ => format!("below the name, indented, write provider: {BEDROCK} and the model"),
        };
        Finding {
            code,
            path: match value {
                Some(_) => crate::path::join(&entry.path, self.key()),
                None => entry.path.clone(),
            },
            span: value.map_or(entry.key_span(index), |value| index.span(value)),
            message,
            help: Some(help),
        }
    }
}
