//! What was asked: the settings of one call, before any model has been considered.

use std::num::NonZero;

use crate::TokenBudget;

/// Everything about a call that a model may refuse or reinterpret.
///
/// A field that is `None` was not written, and nothing is invented for it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Request {
    /// How much the model may think.
    pub thinking_budget: Option<ThinkingBudget>,
    /// Whether the text of the thinking is returned.
    pub thinking_display: Option<ThinkingDisplay>,
    /// Whether thinking between tool calls was asked for or refused by name.
    pub interleaved_thinking: Option<bool>,
    /// The most tokens the answer may have, thinking included. At least 1.
    pub max_tokens: Option<u32>,
    /// Sampling temperature, 0 to 1.
    pub temperature: Option<f64>,
    /// Nucleus sampling, 0 to 1.
    pub top_p: Option<f64>,
    /// Sampling from the k likeliest tokens.
    pub top_k: Option<u32>,
    /// Whether several tools may be called at once; `false` asks for one at a time.
    pub parallel_tool_calls: Option<bool>,
    /// Whether the conversation forces the model to call a tool (`any`, or one by name).
    pub forces_tool_use: bool,
}

/// A thinking budget as a person writes it.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub enum ThinkingBudget {
    /// `none` or `0`: no thinking.
    Off,
    /// A count of tokens. A negative one is kept, so that it can be named in a warning.
    Tokens(NonZero<i64>),
    /// A level that stands for a count of tokens, or for an effort where counts are refused.
    Level(Level),
    /// `adaptive`, or `adaptive/EFFORT`: the model decides how much, guided by the effort.
    Adaptive(Option<Effort>),
}

impl ThinkingBudget {
    /// A budget of `count` tokens; zero means [`Off`](Self::Off).
    #[must_use]
    pub fn tokens(count: i64) -> Self {
        NonZero::new(count).map_or(Self::Off, Self::Tokens)
    }
}

/// An effort level as `thinking_budget` takes it.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub enum Level {
    /// 1,024 tokens. As an effort it counts as `low`, the least there is.
    Minimal,
    /// 2,048 tokens.
    Low,
    /// 8,192 tokens.
    Medium,
    /// 16,384 tokens.
    High,
    /// 32,768 tokens.
    XHigh,
    /// 32,768 tokens.
    Max,
}

impl Level {
    /// Every level, lowest first.
    pub const ALL: [Self; 6] = [
        Self::Minimal,
        Self::Low,
        Self::Medium,
        Self::High,
        Self::XHigh,
        Self::Max,
    ];

    /// The word a person writes.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Minimal => "minimal",
            Self::Low => "low",
            Self::Medium => "medium",
            Self::High => "high",
            Self::XHigh => "xhigh",
            Self::Max => "max",
        }
    }

    /// The count of tokens the level stands for (docker-agent's Bedrock page).
    #[must_use]
    pub const fn tokens(self) -> u64 {
        match self {
            Self::Minimal => TokenBudget::MINIMUM,
            Self::Low => 2048,
            Self::Medium => 8192,
            Self::High => 16_384,
            Self::XHigh | Self::Max => 32_768,
        }
    }

    /// The effort of the same name; `minimal` counts as `low`, the least there is.
    #[must_use]
    pub const fn effort(self) -> Effort {
        match self {
            Self::Minimal | Self::Low => Effort::Low,
            Self::Medium => Effort::Medium,
            Self::High => Effort::High,
            Self::XHigh => Effort::XHigh,
            Self::Max => Effort::Max,
        }
    }
}

impl From<Effort> for Level {
    fn from(effort: Effort) -> Self {
        match effort {
            Effort::Low => Self::Low,
            Effort::Medium => Self::Medium,
            Effort::High => Self::High,
            Effort::XHigh => Self::XHigh,
            Effort::Max => Self::Max,
        }
    }
}

/// An effort as the service takes it in `output_config.effort`.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub enum Effort {
    /// The least effort there is.
    Low,
    /// Moderate effort.
    Medium,
    /// The default of most models.
    High,
    /// Above `high`, on models that have it.
    XHigh,
    /// Without restraint.
    Max,
}

impl Effort {
    /// Every effort, lowest first.
    pub const ALL: [Self; 5] = [Self::Low, Self::Medium, Self::High, Self::XHigh, Self::Max];

    /// The word on the wire.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Low => "low",
            Self::Medium => "medium",
            Self::High => "high",
            Self::XHigh => "xhigh",
            Self::Max => "max",
        }
    }

    /// The effort that a count of tokens stands for: the table of [`Level::tokens`] read back.
    #[must_use]
    pub const fn for_tokens(count: u64) -> Self {
        if count <= Level::Low.tokens() {
            Self::Low
        } else if count <= Level::Medium.tokens() {
            Self::Medium
        } else if count <= Level::High.tokens() {
            Self::High
        } else {
            Self::XHigh
        }
    }
}

/// Whether the text of the thinking comes back.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub enum ThinkingDisplay {
    /// A summary of the thinking is returned.
    Summarized,
    /// Only a signature is returned.
    Omitted,
}

impl ThinkingDisplay {
    /// The word on the wire.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Summarized => "summarized",
            Self::Omitted => "omitted",
        }
    }
}
