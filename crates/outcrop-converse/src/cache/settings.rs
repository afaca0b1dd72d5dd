//! What is known and wanted of the prompt cache, before a conversation is looked at.

use std::time::SystemTime;

use outcrop_policy::{Caching, Model};

use super::CacheMemory;

/// What the cache points of a call depend on beside the conversation.
#[derive(Clone, Copy, Debug)]
pub struct CacheSettings<'a> {
    /// What the model's prompt cache takes and costs.
    pub caching: Caching,
    /// The identifier of the model that is called; another one shares no prefix.
    pub model: &'a str,
    /// Whether prompts are cached at all.
    pub enabled: bool,
    /// How long prefixes are kept. Unset, five minutes.
    pub ttl: Option<CacheTtlChoice>,
    /// What earlier calls of the conversation taught. Without one, every call is planned as if the
    /// one before it had been sent just so, a moment ago.
    pub memory: Option<Remembered<'a>>,
}

impl<'a> CacheSettings<'a> {
    /// Caching as it is on by default, for a model.
    #[must_use]
    pub fn new(model: &'a Model) -> Self {
        Self {
            caching: model.caching(),
            model: model.id().as_str(),
            enabled: true,
            ttl: None,
            memory: None,
        }
    }
}

/// How long prefixes are to be kept.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub enum CacheTtlChoice {
    /// Five minutes, renewed by every read.
    FiveMinutes,
    /// An hour, where the model has it.
    OneHour,
    /// Whichever is likely to cost less, from what the conversation's memory has seen.
    Auto,
}

/// What earlier calls of a conversation taught, and the time at which it is asked.
#[derive(Clone, Copy, Debug)]
pub struct Remembered<'a> {
    /// What they taught.
    pub memory: &'a CacheMemory,
    /// When the call is sent.
    pub now: SystemTime,
}
