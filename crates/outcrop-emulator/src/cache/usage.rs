//! What the input of a call comes to.

use serde_json::{Value, json};

/// The tokens of a call's input.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Usage {
    /// At full price: what was neither read from the cache nor written to it.
    pub input_tokens: u64,
    /// Read from the cache.
    pub cache_read_input_tokens: u64,
    /// Written to the cache for five minutes.
    pub cache_write_5m_input_tokens: u64,
    /// Written to the cache for an hour.
    pub cache_write_1h_input_tokens: u64,
    /// Whether `input_tokens` counts once more what was read: one model is reported to do so
    /// (`openai.gpt-5.6-luna`).
    pub input_includes_read: bool,
}

impl Usage {
    /// All that was written.
    #[must_use]
    pub fn cache_write_input_tokens(&self) -> u64 {
        self.cache_write_5m_input_tokens + self.cache_write_1h_input_tokens
    }

    /// The whole input, each token counted once.
    #[must_use]
    pub fn total_input_tokens(&self) -> u64 {
        let read = match self.input_includes_read {
            true => 0,
            false => self.cache_read_input_tokens,
        };
        self.input_tokens + read + self.cache_write_input_tokens()
    }

    /// The writes by lifetime as `TokenUsage` lists them: the hour first, and nothing that was not
    /// written (Converse API reference, `TokenUsage`).
    pub(crate) fn details(&self) -> Value {
        let writes = [
            ("1h", self.cache_write_1h_input_tokens),
            ("5m", self.cache_write_5m_input_tokens),
        ];
        let written = writes.into_iter().filter(|(_, tokens)| *tokens > 0);
        written
            .map(|(ttl, tokens)| json!({ "inputTokens": tokens, "ttl": ttl }))
            .collect()
    }
}
