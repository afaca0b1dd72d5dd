//! What was decided: the settings as they are sent.

use crate::families::TopKField;
use crate::{Adjustment, Effort, PrefillRefusal, ReasoningReplay, ThinkingDisplay};

/// The settings of one call as they are sent, and everything that differs from what was asked.
///
/// Only [`decide`](crate::decide) makes one; nothing below it looks at the request again.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Decision {
    /// The `thinking` field, and `output_config` with it.
    pub thinking: Option<Thinking>,
    /// `inferenceConfig.maxTokens`, as asked.
    pub max_tokens: Option<u32>,
    /// The sampling parameters.
    pub sampling: Sampling,
    /// The `anthropic_beta` flags; empty means that the field is not sent.
    pub betas: &'static [&'static str],
    /// Whether the model is asked to call one tool at a time.
    pub one_tool_call_at_a_time: bool,
    /// Whether a tool choice that forces a call is sent as `auto`.
    pub makes_tool_choice_auto: bool,
    /// Which reasoning of the conversation so far the model takes back.
    pub reasoning_replay: ReasoningReplay,
    /// Why a final message of the assistant would be refused, where it would.
    pub refuses_prefill: Option<PrefillRefusal>,
    /// What was changed, dropped or predicted, in the order in which it was decided.
    pub adjustments: Vec<Adjustment>,
}

/// The `thinking` field. A new form must be written by everyone who writes it, so that this is
/// exhaustive.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub enum Thinking {
    /// `{type: enabled, budget_tokens}`.
    Enabled {
        /// The budget.
        budget: TokenBudget,
        /// The `display` member, if it was asked for.
        display: Option<ThinkingDisplay>,
    },
    /// `{type: adaptive}`, with `output_config.effort` beside it.
    Adaptive {
        /// The effort; `None` where the model's efforts are not known.
        effort: Option<Effort>,
        /// The `display` member, if it was asked for.
        display: Option<ThinkingDisplay>,
    },
    /// `{type: disabled}`.
    Disabled,
    /// `{type: between_tools}`, the least that Claude Sonnet 5.5 has.
    BetweenTools,
}

impl Thinking {
    /// Whether the model was asked to think, as opposed to asked not to.
    #[must_use]
    pub fn is_active(self) -> bool {
        matches!(self, Self::Enabled { .. } | Self::Adaptive { .. })
    }
}

/// A count of thinking tokens that lies in the range the service takes.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub struct TokenBudget(u64);

impl TokenBudget {
    /// The least budget of the service, in tokens (Bedrock user guide, extended thinking).
    pub const MINIMUM: u64 = 1024;

    /// The largest budget that the documentation of `thinking_budget` names, in tokens.
    pub const DOCUMENTED_MAXIMUM: u64 = 32_768;

    /// A budget that [`decide`](crate::decide) has judged.
    pub(crate) fn judged(tokens: u64) -> Self {
        Self(tokens)
    }

    /// The count of tokens.
    #[must_use]
    pub fn get(self) -> u64 {
        self.0
    }
}

/// The sampling parameters that are sent.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Sampling {
    /// `inferenceConfig.temperature`.
    pub temperature: Option<f64>,
    /// `inferenceConfig.topP`.
    pub top_p: Option<f64>,
    /// `top_k`, and where it goes.
    pub top_k: Option<(TopKField, u32)>,
}
