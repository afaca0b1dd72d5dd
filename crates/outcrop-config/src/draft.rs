//! What can be said about a model before all of its settings can be read.

use serde_yaml::Value;

use crate::key::{self, Key};
use crate::model_config::ModelConfig;
use crate::provider_opts::ProviderOpts;
use crate::source::Source;

/// A Bedrock model that has an error. It is not for use, but there is more to say about it: whatever
/// holds however the unreadable settings are mended.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Draft {
    /// Its key under `models`.
    pub name: String,
    /// What may have been meant, at least one: first without the settings that could not be read,
    /// then with examples in their place.
    pub variants: Vec<ModelConfig>,
}

impl Draft {
    /// The variants of a model of which some settings could not be read.
    pub(crate) fn new(name: String, config: ModelConfig, unreadable: &[&'static Key]) -> Self {
        let mut variants = vec![config.clone()];
        let mut all = config.clone();
        for key in unreadable {
            for (position, example) in key.examples.iter().enumerate() {
                let mut variant = config.clone();
                write(&mut variant, key, example);
                variants.push(variant);
                if position == 0 {
                    write(&mut all, key, example);
                }
            }
        }
        if unreadable.len() > 1 {
            variants.push(all);
        }
        Self { name, variants }
    }
}

/// Sets a key to one of its examples. Each of them can be read, as a test says.
fn write(config: &mut ModelConfig, key: &Key, example: &str) {
    let value = serde_yaml::from_str::<Value>(example).unwrap_or_default();
    let _ = match key.path.strip_prefix("provider_opts.") {
        Some(name) => config.provider_opts.set(name, Source(&value)),
        None => config.set(key.path, Source(&value)),
    };
}

/// The keys at a path inside an entry: one, or all those of `provider_opts`.
pub(crate) fn keys_at(path: &str) -> impl Iterator<Item = &'static Key> {
    key::keys().filter(move |key| {
        let inside = path.strip_prefix(key.path);
        let is_it = inside.is_some_and(|rest| rest.is_empty() || rest.starts_with(['.', '[']));
        is_it && key.path != "provider_opts"
            || path == "provider_opts" && ProviderOpts::KEYS.contains(key)
    })
}
