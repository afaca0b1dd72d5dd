//! What is known of each model: a table, one row a model, and the types that its columns have.
//!
//! State of the rows: November 2026. A row's comment names what it follows where a vendor's page
//! and practice differ; the columns themselves say, type by type, where they come from.

mod claude;
mod nova;
mod others;

/// A foundation model and what it accepts through Converse.
#[derive(Debug)]
pub(crate) struct Model {
    /// The identifier without a geography, such as `anthropic.claude-opus-5`.
    pub(crate) id: &'static str,
    /// The geographies that an inference profile exists for (published catalogues of Bedrock
    /// model IDs; AWS model cards).
    pub(crate) profiles: &'static [&'static str],
    /// Whether the bare identifier can be invoked. Claude 3.7 and later need a profile (reported
    /// error text; `inferenceTypesSupported` of the AWS model cards).
    pub(crate) on_demand: bool,
    /// The most tokens an answer can have, thinking included (AWS model cards).
    pub(crate) max_output: u64,
    /// Whether and where cache points are accepted.
    pub(crate) cache: Cache,
    /// Whether the model caches by itself.
    pub(crate) implicit: Implicit,
    /// When Bedrock stopped, or was to stop, serving the model (AWS model lifecycle page).
    pub(crate) retired: Option<&'static str>,
    /// The rules that depend on who made the model.
    pub(crate) family: Family,
}

/// Whose rules apply.
#[derive(Debug)]
pub(crate) enum Family {
    /// Anthropic's Messages API behind Converse.
    Claude(Claude),
    /// Every other vendor.
    Other(Other),
}

/// Explicit prompt caching (Bedrock user guide, "Prompt caching").
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Cache {
    /// The model cannot cache, and the request is denied.
    Unsupported,
    /// The model does not know the `cachePoint` field.
    NoField,
    /// Cache points in the system prompt and in messages.
    Points {
        /// Also among the tools.
        tools: bool,
        /// Whether `ttl` is known; models without it refuse the member itself.
        ttl: bool,
        /// The fewest tokens of a prefix that is cached.
        minimum: u64,
        /// The most.
        maximum: u64,
    },
}

/// Caching without cache points (published catalogues of Bedrock model IDs and prices).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Implicit {
    /// There is none.
    None,
    /// What is read is counted apart from the rest of the input.
    Apart,
    /// What is read is counted within the input as well (found by users of the service).
    Included,
}

/// How a Claude model thinks, samples and takes tools.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Claude {
    /// `thinking.type` `enabled` with a budget (Claude extended thinking guide).
    pub(crate) budget: bool,
    /// `thinking.type` `adaptive` (Claude adaptive thinking guide).
    pub(crate) adaptive: bool,
    /// `thinking.type` `disabled`.
    pub(crate) off: Off,
    /// `thinking.type` `between_tools` (Sonnet 5.5 model page).
    pub(crate) between_tools: bool,
    /// Whether the model thinks when the request does not say.
    pub(crate) thinks_unasked: bool,
    /// The levels of `output_config.effort`, lowest first; empty when there is no such parameter.
    pub(crate) efforts: &'static [&'static str],
    /// Whether effort needs the beta flag [`EFFORT`].
    pub(crate) effort_beta: bool,
    /// `temperature`, `top_p` and `top_k`.
    pub(crate) sampling: Sampling,
    /// A tool choice that leaves the model no choice.
    pub(crate) forced_tools: ForcedTools,
    /// Whether the conversation may end with the model's own turn.
    pub(crate) prefill: bool,
    /// Whether thinking arrives empty unless `display` asks for it.
    pub(crate) omits_thinking: bool,
    /// Whether `output_config.format` is known.
    pub(crate) formats: bool,
    /// The beta flags that the model accepts. Any other fails the request.
    pub(crate) betas: &'static [&'static str],
}

/// Whether a Claude model takes `thinking.type` `disabled`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Off {
    /// Always.
    Accepted,
    /// Unless the effort is above `high`.
    UpToHigh,
    /// Never: the model always thinks.
    Refused,
}

/// Which sampling parameters a Claude model takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Sampling {
    /// All of them.
    Free,
    /// `temperature` or `top_p`, not both.
    OneOfTwo,
    /// None but a temperature of exactly 1.
    Fixed,
    /// As [`Sampling::Fixed`], and `top_p` from 0.99 to below 1 (Fable 5 model card).
    FixedOrHighTopP,
    /// As [`Sampling::Fixed`], or a `top_p` of 0.99, not both (Fable 5.1 model card).
    FixedOrTopP99,
}

/// When a Claude model takes a tool choice of `any` or of one tool.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum ForcedTools {
    /// When it does not think.
    WithoutThinking,
    /// Never.
    Never,
    /// Always.
    Always,
}

/// What a model of another vendor takes.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Other {
    /// How reasoning is asked for in `additionalModelRequestFields`.
    pub(crate) knob: Knob,
    /// Whether it reasons when the request does not say.
    pub(crate) reasons_unasked: bool,
    /// The members of `toolChoice` that it takes.
    pub(crate) tool_choices: &'static [&'static str],
    /// Whether earlier reasoning may be sent back. Never with a signature: those are Claude's.
    pub(crate) replays_reasoning: bool,
    /// Whether `additionalModelRequestFields` is checked as a whole, as Amazon's models do. Of the
    /// others no list is published, so that only fields of other vendors' reasoning are refused.
    pub(crate) closed_fields: bool,
    /// Fields of other vendors that the model passes over.
    pub(crate) ignored_fields: &'static [&'static str],
    /// Whether `temperature`, `topP` and `stopSequences` are taken.
    pub(crate) sampling: bool,
    /// The fewest `maxTokens`.
    pub(crate) min_tokens: u64,
    /// Whether `toolResult.status` is taken.
    pub(crate) tool_status: bool,
}

/// The way in which a model that is not Claude is asked to reason.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Knob {
    /// There is none.
    None,
    /// `reasoningConfig {type, maxReasoningEffort}` (Amazon Nova 2 guide).
    ReasoningConfig,
    /// A member of that name with one of these texts.
    Flat(&'static str, &'static [&'static str]),
    /// `reasoning {effort}` with one of these texts.
    Nested(&'static [&'static str]),
}

/// Thinking between tool calls for budget thinking.
pub(crate) const INTERLEAVED: &str = "interleaved-thinking-2025-05-14";
/// `output_config.effort` on Opus 4.5.
pub(crate) const EFFORT: &str = "effort-2025-11-24";
/// Twice the output on Claude 3.7.
pub(crate) const OUTPUT_128K: &str = "output-128k-2025-02-19";
/// `thinking.block_binding`.
pub(crate) const BINDING: &str = "thinking-binding-controls-2026-08-01";
/// `thinking.display` of `updates`.
pub(crate) const DISPLAY_UPDATES: &str = "thinking-display-updates-2026-08-18";

/// The row of a bare model identifier.
pub(crate) fn find(id: &str) -> Option<&'static Model> {
    claude::ROWS
        .iter()
        .chain(nova::ROWS)
        .chain(others::ROWS)
        .find(|model| model.id == id)
}

impl Model {
    pub(crate) fn claude(&self) -> Option<&Claude> {
        match &self.family {
            Family::Claude(claude) => Some(claude),
            Family::Other(_) => None,
        }
    }

    pub(crate) fn other(&self) -> Option<&Other> {
        match &self.family {
            Family::Claude(_) => None,
            Family::Other(other) => Some(other),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn every_row_has_its_own_identifier_and_a_way_to_be_reached() {
        let mut seen = HashSet::new();
        for model in claude::ROWS.iter().chain(nova::ROWS).chain(others::ROWS) {
            assert!(seen.insert(model.id), "{} stands twice", model.id);
            assert!(
                model.on_demand || !model.profiles.is_empty(),
                "{}",
                model.id
            );
        }
    }
}
