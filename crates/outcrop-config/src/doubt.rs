//! What to say of a model or of a declared provider that is perhaps meant to be Bedrock, and so is
//! not read.

use serde_yaml::{Mapping, Value};

use crate::diagnostic::Code;
use crate::entry::Entry;
use crate::findings::Finding;
use crate::key::entry_keys;
use crate::nearest::nearest;
use crate::provider::BEDROCK;
use crate::yaml::Index;

/// Why an entry is perhaps meant to be ours.
pub(crate) enum Doubt<'a> {
    /// Its provider is close to another.
    Misspelt {
        /// The provider as it is written.
        written: &'a str,
        /// `amazon-bedrock`, or a declared one.
        meant: &'a str,
    },
    /// A declared provider names another one, as none may.
    Chained(&'a str),
    /// It has no provider that is a text.
    Missing,
    /// It has none, but a key whose name is close to `provider`.
    KeyMisspelt(&'a str),
}

/// What the entry is that is in doubt.
#[derive(Clone, Copy)]
pub(crate) enum Kind {
    Model,
    Provider,
}

/// The key of a map that is close to `provider`.
pub(crate) fn near_provider(mapping: &Mapping) -> Option<&str> {
    let mut keys = mapping.keys().filter_map(Value::as_str);
    keys.find(|key| nearest(key, ["provider"]).is_some())
}

impl Doubt<'_> {
    /// The warning about it, at the provider or, without one, at the entry's key.
    pub(crate) fn finding(&self, kind: Kind, entry: &Entry<'_>, index: &Index<'_>) -> Finding {
        let key = match self {
            Self::KeyMisspelt(key) => key,
            _ => "provider",
        };
        let pair = entry.pair(index, key);
        let place = pair.map(|pair| match self {
            Self::KeyMisspelt(_) => pair.key,
            _ => pair.value,
        });
        Finding {
            code: self.code(),
            path: match place {
                Some(_) => crate::path::join(&entry.path, key),
                None => entry.path.clone(),
            },
            span: place.map_or(entry.key_span(index), |place| index.span(place)),
            message: self.message(entry, place.is_some()),
            help: Some(match self {
                Self::Misspelt { meant, .. } if *meant != BEDROCK => {
                    format!("write provider: {meant}, as the file declares it")
                }
                _ => kind.help(entry, place.is_some()),
            }),
        }
    }

    fn code(&self) -> Code {
        match self {
            Self::Misspelt { .. } | Self::Chained(_) => Code::ConfigProviderMisspelt,
            Self::Missing | Self::KeyMisspelt(_) => Code::ConfigProviderMissing,
        }
    }

    fn message(&self, entry: &Entry<'_>, is_written: bool) -> String {
        match self {
            Self::Misspelt { written, meant } => {
                format!("no such provider: `{written}`; did you mean `{meant}`?")
            }
            Self::Chained(other) => format!(
                "a declared provider names no other, as `{other}` is; did you mean `{BEDROCK}`?"
            ),
            Self::KeyMisspelt(key) => {
                format!("no `provider` here; is `{key}` meant to be `provider`?")
            }
            Self::Missing if is_written => format!("`provider` takes a name such as `{BEDROCK}`"),
            Self::Missing => format!("`{}` has no `provider`, and so is not read", entry.name),
        }
    }
}

impl Kind {
    /// What to write, by what stands there now.
    fn help(self, entry: &Entry<'_>, is_written: bool) -> String {
        let (plural, one, rest) = match self {
            Self::Model => ("entries", "model", "the model"),
            Self::Provider => ("providers", "provider", "what its models have alike"),
        };
        match entry.value {
            // What should stand inside an entry stands beside it.
            Value::Null if !is_written => "indent its keys further than its name".to_owned(),
            Value::Mapping(_) => format!("only {plural} with provider: {BEDROCK} are read"),
            Value::Sequence(_) => "write its keys without a dash before them".to_owned(),
            Value::String(text) if text.contains("provider:") || text.contains("model:") => {
                "put a blank after the colon of every key".to_owned()
            }
            _ if entry_keys().any(|key| key.name == entry.name) => {
                format!("a key of a {one} is indented further than the {one}'s name")
            }
            _ => format!("below the name, indented, write provider: {BEDROCK} and {rest}"),
        }
    }
}
