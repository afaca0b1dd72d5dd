//! Adjustments: what was changed, dropped or predicted, each with a stable code and its numbers.

use crate::{Date, Effort, Geography, Level, Stage};

/// One difference between what was asked and what is sent, or one refusal foreseen.
#[derive(Clone, Debug, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub enum Adjustment {
    /// `adaptive` goes to a model that takes token budgets only.
    AdaptiveRefused {
        /// The effort that goes with it.
        effort: Effort,
        /// Whether the budget of the same name would fit below the output limit.
        fits: bool,
    },
    /// `base_model` is given for an identifier that names its model itself.
    BaseModelIgnored,
    /// The budget exceeds what the documentation of `thinking_budget` names, and is sent.
    BudgetAboveDocumentedRange {
        /// The budget, in tokens.
        budget: u64,
    },
    /// The budget is below the least that the service takes, and is not sent.
    BudgetBelowMinimum {
        /// The budget, in tokens.
        asked: u64,
    },
    /// The model still takes token budgets but prefers adaptive thinking.
    BudgetDeprecated {
        /// The effort nearest to the budget.
        instead: Effort,
    },
    /// A negative budget means nothing, and is not sent.
    BudgetNegative {
        /// The budget, in tokens.
        asked: i64,
    },
    /// The budget leaves no room for an answer, and is not sent.
    BudgetNotBelowMaxTokens {
        /// The budget, in tokens.
        budget: u64,
        /// The limit it must stay below, in tokens.
        limit: u32,
        /// Whose limit that is.
        of: OutputLimit,
    },
    /// The model always thinks.
    CannotBeDisabled {
        /// The model's name.
        model: &'static str,
    },
    /// A budget or level became adaptive thinking, which is all that the model takes.
    CoercedToAdaptive {
        /// What was asked.
        asked: Asked,
        /// The effort that is sent, where the model's efforts are known.
        effort: Option<Effort>,
        /// The model's name.
        model: &'static str,
    },
    /// Thinking is active and its text will not be returned.
    DisplayOmitted,
    /// `thinking_display` is set and no thinking is asked for.
    DisplayIgnored,
    /// The model does not offer the effort; the next lower one it has is sent.
    EffortLowered {
        /// The effort that was asked for.
        asked: Effort,
        /// The effort that is sent.
        sent: Effort,
        /// The model's name.
        model: &'static str,
    },
    /// The efforts of the model are not known, so none is sent.
    EffortUnknown {
        /// The effort that was asked for.
        asked: Effort,
        /// The model's name.
        model: &'static str,
    },
    /// Interleaved thinking is switched off beside a token budget.
    InterleavedDisabled,
    /// Interleaved thinking is asked for, or asked not to be, where the beta does nothing.
    InterleavedNoEffect {
        /// What was asked.
        asked: bool,
        /// Whether the model thinks adaptively, which interleaves by itself.
        adaptive: bool,
    },
    /// The model cannot rest; the least form of thinking it has is sent.
    LeastAvailable {
        /// The model's name.
        model: &'static str,
    },
    /// More output is asked for than the model can give.
    MaxTokensAboveModelLimit {
        /// What was asked, in tokens.
        asked: u32,
        /// The model's limit, in tokens.
        limit: u32,
    },
    /// `minimal` is sent as `low`, the least effort there is.
    MinimalCountsAsLow,
    /// The model is not in the table and is judged by a sibling.
    ModelInferred {
        /// The base ID.
        base: String,
        /// The sibling's name.
        sibling: &'static str,
        /// Whether `base_model` names the model.
        by_base_model: bool,
    },
    /// The model can be called through an inference profile only.
    ModelNeedsInferenceProfile {
        /// The base ID.
        base: String,
        /// The profiles of it that can be called from the region, `global` last; empty where they
        /// are not known.
        profiles: Vec<String>,
    },
    /// The identifier names an inference profile that the model is not known to have.
    ModelProfileUnknown {
        /// The profile.
        profile: String,
        /// The profiles of the model, `global` last.
        known: Vec<String>,
    },
    /// The identifier is that of a known model but for its release date or revision.
    ModelMisdated {
        /// The identifier without the ARN around it.
        id: String,
        /// The one that can be called.
        meant: String,
    },
    /// The model has come to its end.
    ModelRetired {
        /// The model's name.
        model: &'static str,
        /// What happened.
        stage: Stage,
        /// When.
        date: Date,
        /// The next model of its line, ready to be called.
        successor: Option<String>,
        /// Whether `base_model` names the model.
        by_base_model: bool,
    },
    /// The model is coming to its end.
    ModelRetiring {
        /// The model's name.
        model: &'static str,
        /// What happens.
        stage: Stage,
        /// When.
        date: Date,
        /// Whether it has happened.
        over: bool,
        /// The next model of its line, ready to be called.
        successor: Option<String>,
        /// Whether `base_model` names the model.
        by_base_model: bool,
    },
    /// The model is not known.
    ModelUnknown {
        /// The identifier.
        id: String,
        /// What is assumed of it.
        assumed: Assumed,
        /// The known identifier that was probably meant.
        meant: Option<String>,
        /// Whether `base_model` names the model.
        by_base_model: bool,
    },
    /// One tool call at a time is asked of a model that cannot be asked for it.
    ParallelToolCallsIgnored,
    /// The ARN is of another region than the call.
    RegionArnMismatch {
        /// The region in the ARN.
        arn: String,
        /// The region of the call.
        region: String,
    },
    /// No region has the name, and one that has a name near it was probably meant.
    RegionMisspelt {
        /// The name.
        region: String,
        /// The region that was meant.
        meant: &'static str,
    },
    /// The inference profile cannot be called from the region.
    RegionProfileMismatch {
        /// The geography of the profile.
        geography: Geography,
        /// The region of the call.
        region: String,
    },
    /// Sampling parameters are dropped because thinking is active.
    SamplingDroppedForThinking {
        /// Which.
        dropped: SamplingNames,
    },
    /// `top_p` is dropped because the model takes it or `temperature`, not both.
    SamplingPairRefused,
    /// Sampling parameters are dropped because the model takes none.
    SamplingRefusedByModel {
        /// Which.
        dropped: SamplingNames,
    },
    /// The model has no thinking that a budget could set.
    ThinkingNotSupported {
        /// The model's name or base ID.
        model: String,
    },
    /// A forced tool choice became `auto`, since the model thinks.
    ToolChoiceMadeAuto,
}

/// Whose output limit a budget ran into.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub enum OutputLimit {
    /// `max_tokens` of the configuration, which could be raised.
    MaxTokens,
    /// `max_tokens`, and the model's own limit is no higher than the budget.
    MaxTokensAndModel,
    /// The model's own, since `max_tokens` is not set.
    Model,
}

/// A budget as it was asked for: a count, or a level that stands for one.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub enum Asked {
    /// A count of tokens.
    Tokens(u64),
    /// A level.
    Level(Level),
}

impl Asked {
    /// The count of tokens.
    #[must_use]
    pub fn tokens(self) -> u64 {
        match self {
            Self::Tokens(count) => count,
            Self::Level(level) => level.tokens(),
        }
    }

    /// The effort that comes nearest.
    #[must_use]
    pub fn effort(self) -> Effort {
        match self {
            Self::Tokens(count) => Effort::for_tokens(count),
            Self::Level(level) => level.effort(),
        }
    }
}

/// What is assumed of a model that is not known.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub enum Assumed {
    /// An opaque ARN is taken for a Claude that takes what is written.
    ClaudeBehindArn,
    /// So is a Claude of an unknown line.
    Claude,
    /// A name that is near that of a known model of a vendor is taken for another one of its family.
    OneOf(&'static str),
    /// Anything else is taken for a model without a thinking budget.
    NotClaude,
}

/// Which sampling parameters an adjustment speaks of. At least one is set.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub struct SamplingNames {
    /// `temperature`.
    pub temperature: bool,
    /// `top_p`.
    pub top_p: bool,
    /// `top_k`.
    pub top_k: bool,
}

/// How much an adjustment matters.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub enum Severity {
    /// Worth knowing; nothing needs to change.
    Info,
    /// The configuration does not do what it says.
    Warning,
}

impl Severity {
    /// The word in JSON and in text.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Info => "info",
            Self::Warning => "warning",
        }
    }
}

impl SamplingNames {
    /// The names, in the order in which they stand in a configuration.
    pub fn names(self) -> impl Iterator<Item = &'static str> {
        [
            (self.temperature, "temperature"),
            (self.top_p, "top_p"),
            (self.top_k, "top_k"),
        ]
        .into_iter()
        .filter_map(|(set, name)| set.then_some(name))
    }

    pub(crate) fn first_path(self) -> &'static str {
        match self {
            Self {
                temperature: true, ..
            } => "temperature",
            Self { top_p: true, .. } => "top_p",
            Self { .. } => "provider_opts.top_k",
        }
    }
}
