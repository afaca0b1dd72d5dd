//! What a Claude model accepts: the columns of the table.

use crate::{Caching, Effort, Ending, Line, Rates, Version};

/// What one Claude model accepts on Bedrock, with the source of that knowledge.
#[derive(Clone, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub struct Row {
    /// The line of the model.
    pub line: Line,
    /// Its version.
    pub version: Version,
    /// Its base ID as far as the version, without a release date: `claude-opus-4-8`.
    pub name: &'static str,
    /// What follows the name in its ID: a release date and a revision, or nothing.
    pub revision: &'static str,
    /// Which forms of thinking it takes.
    pub class: ThinkingClass,
    /// What it does when no thinking field is sent, and how that is turned off.
    pub unasked: Unasked,
    /// The efforts of `output_config.effort`, lowest first; `None` where they are not known.
    pub efforts: Option<&'static [Effort]>,
    /// Whether budget thinking between tool calls needs the interleaving beta.
    pub interleaving_beta: bool,
    /// Which sampling parameters it takes while it does not think.
    pub sampling: SamplingRule,
    /// Whether the text of its thinking is left out unless `display` asks for it.
    pub hides_thinking: bool,
    /// Whether it continues a final message of the assistant (Claude migration guides: no model
    /// from 4.6 on does).
    pub prefill: bool,
    /// The most tokens of one answer; `None` where it is not known.
    pub max_output: Option<u32>,
    /// Whether the bare ID can be called; otherwise only an inference profile can.
    pub on_demand: bool,
    /// The geographies that have an inference profile of it.
    pub profiles: &'static [&'static str],
    /// What its prompt cache takes and costs (Bedrock user guide, prompt caching; minimum and rates
    /// where that is silent: LiteLLM).
    pub caching: Caching,
    /// What its input and output cost, where that is known (LiteLLM).
    pub rates: Option<Rates>,
    /// When its life ends, where that is announced (Bedrock user guide, model lifecycle).
    pub ending: Option<Ending>,
    /// Where the row comes from; a value on which sources disagree is named with its choice.
    pub source: &'static str,
    /// When the source was read, as `YYYY-MM-DD`.
    pub date: &'static str,
}

impl Row {
    /// The ID of the foundation model, such as `anthropic.claude-sonnet-4-5-20250929-v1:0`.
    #[must_use]
    pub fn id(&self) -> String {
        format!("anthropic.{}{}", self.name, self.revision)
    }
}

/// Which forms of thinking a model takes.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub enum ThinkingClass {
    /// No extended thinking.
    None,
    /// Token budgets only.
    Budget,
    /// Token budgets, deprecated in favour of adaptive thinking, which it takes too.
    Deprecated,
    /// Adaptive thinking only: token budgets are refused.
    AdaptiveOnly,
}

/// What a model does when no thinking field is sent.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub enum Unasked {
    /// It does not think.
    Rests,
    /// It thinks; `{type: disabled}` turns that off.
    ThinksUnlessDisabled,
    /// It thinks; `{type: between_tools}` is the least there is.
    ThinksBetweenToolsAtLeast,
    /// It thinks, and nothing turns that off.
    ThinksAlways,
}

/// Which sampling parameters a model takes while it does not think.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub enum SamplingRule {
    /// All of them.
    Any,
    /// `temperature` or `top_p`, not both.
    NotBoth,
    /// None of them.
    Refused,
}
