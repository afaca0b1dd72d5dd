//! What an adjustment says about itself beside its sentence: code, weight and path.

use crate::adjustment::{Adjustment, Severity};

/// How much an adjustment matters, and what it foresees.
#[derive(Clone, Copy, Eq, PartialEq)]
enum Weight {
    /// Worth knowing.
    Info,
    /// The configuration does not do what it says.
    Warning,
    /// That, and the service is expected to refuse the call.
    Refusal,
}

const BASE_MODEL: &str = "provider_opts.base_model";
const BUDGET: &str = "thinking_budget";
const DISPLAY: &str = "provider_opts.thinking_display";
const INTERLEAVED: &str = "provider_opts.interleaved_thinking";
const REGION: &str = "provider_opts.region";

impl Adjustment {
    /// The stable code, such as `thinking.below-minimum`.
    #[must_use]
    pub fn code(&self) -> &'static str {
        self.report().0
    }

    /// How much it matters.
    #[must_use]
    pub fn severity(&self) -> Severity {
        match self.report().1 {
            Weight::Info => Severity::Info,
            Weight::Warning | Weight::Refusal => Severity::Warning,
        }
    }

    /// Whether the service is expected to refuse the call. The call is made all the same.
    #[must_use]
    pub fn predicts_refusal(&self) -> bool {
        self.report().1 == Weight::Refusal
    }

    /// The path of the setting it concerns, inside a model's entry (`provider_opts.region`); of
    /// the tool choice, inside the conversation.
    #[must_use]
    pub fn path(&self) -> &'static str {
        self.report().2
    }

    /// Code, weight and path, a row an adjustment. The match is exhaustive, so that a new one
    /// cannot be reported in the wrong place.
    #[rustfmt::skip]
    fn report(&self) -> (&'static str, Weight, &'static str) {
        use Weight::{Info, Refusal, Warning};
        match self {
            Self::AdaptiveRefused { .. } => ("thinking.adaptive-refused", Refusal, BUDGET),
            Self::BaseModelIgnored => ("option.ignored", Info, BASE_MODEL),
            Self::BudgetAboveDocumentedRange { .. } => ("thinking.above-documented-range", Warning, BUDGET),
            Self::BudgetBelowMinimum { .. } => ("thinking.below-minimum", Warning, BUDGET),
            Self::BudgetDeprecated { .. } => ("thinking.budget-deprecated", Warning, BUDGET),
            Self::BudgetNegative { .. } => ("thinking.negative", Warning, BUDGET),
            Self::BudgetNotBelowMaxTokens { .. } => ("thinking.not-below-max-tokens", Warning, BUDGET),
            Self::CannotBeDisabled { .. } => ("thinking.cannot-be-disabled", Warning, BUDGET),
            Self::CoercedToAdaptive { .. } => ("thinking.coerced-to-adaptive", Warning, BUDGET),
            Self::DisplayIgnored => ("option.ignored", Info, DISPLAY),
            Self::DisplayOmitted => ("thinking.display-omitted", Info, DISPLAY),
            Self::EffortLowered { .. } => ("thinking.effort-lowered", Warning, BUDGET),
            Self::EffortUnknown { .. } => ("thinking.effort-unknown", Warning, BUDGET),
            Self::InterleavedDisabled => ("interleaved.disabled", Warning, INTERLEAVED),
            Self::InterleavedNoEffect { .. } => ("interleaved.no-effect", Info, INTERLEAVED),
            Self::LeastAvailable { .. } => ("thinking.least-available", Info, BUDGET),
            Self::MaxTokensAboveModelLimit { .. } => ("max-tokens.above-model-limit", Refusal, "max_tokens"),
            Self::MinimalCountsAsLow => ("thinking.minimal-as-low", Info, BUDGET),
            Self::ModelInferred { by_base_model, .. } => ("model.inferred", Info, model(*by_base_model)),
            Self::ModelNeedsInferenceProfile { .. } => ("model.needs-inference-profile", Refusal, model(false)),
            Self::ModelProfileUnknown { .. } => ("model.unknown-profile", Refusal, model(false)),
            Self::ModelMisdated { .. } => ("model.misdated", Refusal, model(false)),
            Self::ModelRetired { by_base_model, .. } => ("model.retired", Warning, model(*by_base_model)),
            Self::ModelRetiring { by_base_model, .. } => ("model.retiring", Info, model(*by_base_model)),
            Self::ModelUnknown { by_base_model, .. } => ("model.unknown", Warning, model(*by_base_model)),
            Self::ParallelToolCallsIgnored => ("option.ignored", Info, "parallel_tool_calls"),
            Self::RegionArnMismatch { .. } => ("region.arn-mismatch", Refusal, REGION),
            Self::RegionMisspelt { .. } => ("region.unknown", Refusal, REGION),
            Self::RegionProfileMismatch { .. } => ("region.profile-mismatch", Refusal, REGION),
            Self::SamplingDroppedForThinking { dropped } => ("sampling.dropped-for-thinking", Info, dropped.first_path()),
            Self::SamplingPairRefused => ("sampling.pair-refused", Warning, "top_p"),
            Self::SamplingRefusedByModel { dropped } => ("sampling.refused-by-model", Warning, dropped.first_path()),
            Self::ThinkingNotSupported { .. } => ("thinking.not-supported", Warning, BUDGET),
            Self::ToolChoiceMadeAuto => ("tool-choice.made-auto", Warning, "toolConfig.toolChoice"),
        }
    }
}

/// The setting that names the model.
fn model(by_base_model: bool) -> &'static str {
    if by_base_model { BASE_MODEL } else { "model" }
}
