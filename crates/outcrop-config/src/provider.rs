//! Whose model an entry is.

use serde_yaml::{Mapping, Value};

use crate::declared::Declared;
use crate::doubt::{Doubt, near_provider};
use crate::nearest::nearest;

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

/// Decides from the entry and from the providers that the file itself declares.
pub(crate) fn whose<'a>(entry: &'a Value, declared: &Declared<'a>) -> Whose<'a> {
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
        Some(Value::String(name)) if declared.has(name) => Whose::Other,
        Some(Value::String(name)) => match meant(name, declared) {
            Some(meant) => Whose::Unknown(Doubt::Misspelt {
                written: name,
                meant,
            }),
            None => Whose::Other,
        },
        // docker-agent lets an entry stand for several others.
        _ if mapping.contains_key("routing") || mapping.contains_key("first_available") => {
            Whose::Other
        }
        None => {
            let meant = near_provider(mapping);
            Whose::Unknown(meant.map_or(Doubt::Missing, Doubt::KeyMisspelt))
        }
        Some(_) => Whose::Unknown(Doubt::Missing),
    }
}

/// Whether an entry is one of ours without a doubt.
pub(crate) fn is_ours(entry: &Value, declared: &Declared<'_>) -> bool {
    matches!(whose(entry, declared), Whose::Bedrock { .. })
}

/// The provider of ours that a name is close to: a declared one first, and none where the name is
/// that of another.
fn meant<'a>(name: &str, declared: &Declared<'a>) -> Option<&'a str> {
    if OTHERS.contains(&name) {
        return None;
    }
    let near = nearest(name, declared.names().chain([BEDROCK]));
    let ours = near.filter(|near| *near == BEDROCK || declared.defaults(near).is_some());
    ours.or_else(|| is_close(name).then_some(BEDROCK))
}

/// Providers that docker-agent has by itself (its documentation, "Model Providers"), and services
/// that people declare by their own names: none of these is a slip.
static OTHERS: [&str; 32] = [
    "anthropic",
    "azure",
    "baseten",
    "cerebras",
    "cohere",
    "deepseek",
    "dmr",
    "fireworks",
    "gemini",
    "github-copilot",
    "google",
    "grok",
    "groq",
    "huggingface",
    "litellm",
    "lmstudio",
    "minimax",
    "mistral",
    "moonshot",
    "nebius",
    "nvidia",
    "ollama",
    "openai",
    "opencode-go",
    "opencode-zen",
    "openrouter",
    "ovhcloud",
    "perplexity",
    "requesty",
    "together",
    "vllm",
    "xai",
];

/// Whether a name is meant to be that of Amazon Bedrock, or may well be.
pub(crate) fn is_close(name: &str) -> bool {
    let lower = name.to_ascii_lowercase();
    lower.contains("bedrock")
        || ["amazon", "aws"].contains(&&*lower)
        || nearest(name, [BEDROCK, "aws-bedrock", "bedrock"]).is_some()
}
