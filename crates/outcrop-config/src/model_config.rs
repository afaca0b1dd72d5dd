//! One model as it is written.

use outcrop_policy::ThinkingBudget;

use crate::key::options;
use crate::provider_opts::ProviderOpts;
use crate::values::{Fraction, Integer, Switch, ThinkingBudgetSpelling, texts};

options! {
    /// One model as it is written: nothing is resolved, nothing is filled in, and a field that is
    /// `None` was not written.
    ///
    /// ```
    /// let mut config = outcrop_config::ModelConfig::new("global.anthropic.claude-opus-4-8");
    /// config.max_tokens = Some(16_000);
    /// assert_eq!(config.thinking_budget, None);
    /// ```
    #[derive(Clone, Debug, PartialEq)]
    #[non_exhaustive]
    pub struct ModelConfig at "" {
        /// The model ID, an inference profile such as `global.anthropic.claude-opus-4-8`, or an ARN.
        ///
        /// The prefix `global.` routes to any commercial region, `us.`, `eu.` and `apac.` to one
        /// geography.
        model: String => &texts::MODEL,
            as ["global.anthropic.claude-opus-4-8",
                "global.anthropic.claude-sonnet-4-5-20250929-v1:0"],
            see ["model", "region"];

        /// The most tokens that the answer may have, thinking included. At least 1.
        ///
        /// Unset, the model's own limit holds. A thinking budget has to be less.
        max_tokens: Option<u32> => Integer { min: 1, max: i32::MAX.unsigned_abs() },
            as ["16384"], see ["max-tokens", "thinking"];

        /// The sampling temperature, from 0 to 1.
        ///
        /// It is left out while a Claude model thinks, and for models that refuse it.
        temperature: Option<f64> => Fraction,
            as ["0.2"], see ["sampling"];

        /// Nucleus sampling, from 0 to 1.
        ///
        /// It is left out while a Claude model thinks, and for models that refuse it.
        top_p: Option<f64> => Fraction,
            as ["0.9"], see ["sampling"];

        /// The name of the environment variable that holds a Bedrock API key.
        ///
        /// When the variable is not empty, its key wins over every other credential.
        token_key: Option<String> => &texts::TOKEN_KEY,
            as ["AWS_BEARER_TOKEN_BEDROCK"], see ["credentials"];

        /// How much the model may think: a count of tokens, a level, or `adaptive`.
        ///
        /// A count is at least 1024 and less than `max_tokens`. The levels stand for `minimal` 1,024,
        /// `low` 2,048, `medium` 8,192, `high` 16,384, `xhigh` and `max` 32,768 tokens; `none` and 0
        /// ask for no thinking. Claude Opus 4.6 and later take `adaptive` or `adaptive/EFFORT`, with
        /// `low`, `medium`, `high`, `xhigh` or `max`; a count or level is turned into that.
        thinking_budget: Option<ThinkingBudget> => ThinkingBudgetSpelling,
            as ["8192", "high", "adaptive/high", "none"], see ["thinking", "interleaved"];

        /// Whether the model may call several tools at once; `false` asks for one at a time.
        parallel_tool_calls: Option<bool> => Switch,
            as ["false"], else "true";

        /// Whether the usage is part of the result; `false` leaves it out.
        track_usage: Option<bool> => Switch,
            as ["false"], else "true";
        ..
        /// What only Amazon Bedrock has.
        pub provider_opts: ProviderOpts,
        /// The keys that are set and do nothing.
        pub ignored: Vec<Ignored>,
    }
}

impl ModelConfig {
    /// A model of which only the ID is written.
    #[must_use]
    pub fn new(model: impl Into<String>) -> Self {
        let mut config = Self::unset();
        config.model = model.into();
        config
    }
}

/// A key that is set, accepted, and does nothing.
#[derive(Clone, Debug, Eq, Hash, PartialEq)]
pub struct Ignored {
    /// The keys that lead to it inside its entry, such as `provider_opts.context_size`.
    pub path: &'static str,
}
