//! What an adjustment says about itself beside its sentence: code, severity and path.
//!
//! Every match is exhaustive, so that a new adjustment cannot be reported in the wrong place.

use crate::adjustment::{Adjustment, Severity};

impl Adjustment {
    /// The stable code, such as `thinking.below-minimum`.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::AdaptiveRefused { .. } => "thinking.adaptive-refused",
            Self::BaseModelIgnored | Self::DisplayIgnored | Self::ParallelToolCallsIgnored => {
                "option.ignored"
            }
            Self::BudgetAboveDocumentedRange { .. } => "thinking.above-documented-range",
            Self::BudgetBelowMinimum { .. } => "thinking.below-minimum",
            Self::BudgetDeprecated { .. } => "thinking.budget-deprecated",
            Self::BudgetNegative { .. } => "thinking.negative",
            Self::BudgetNotBelowMaxTokens { .. } => "thinking.not-below-max-tokens",
            Self::CannotBeDisabled { .. } => "thinking.cannot-be-disabled",
            Self::CoercedToAdaptive { .. } => "thinking.coerced-to-adaptive",
            Self::DisplayOmitted => "thinking.display-omitted",
            Self::EffortLowered { .. } => "thinking.effort-lowered",
            Self::EffortUnknown { .. } => "thinking.effort-unknown",
            Self::InterleavedDisabled => "interleaved.disabled",
            Self::InterleavedNoEffect => "interleaved.no-effect",
            Self::LeastAvailable { .. } => "thinking.least-available",
            Self::MaxTokensAboveModelLimit { .. } => "max-tokens.above-model-limit",
            Self::MinimalCountsAsLow => "thinking.minimal-as-low",
            Self::ModelInferred { .. } => "model.inferred",
            Self::ModelNeedsInferenceProfile { .. } => "model.needs-inference-profile",
            Self::ModelRetired { .. } => "model.retired",
            Self::ModelRetiring { .. } => "model.retiring",
            Self::ModelUnknown { .. } => "model.unknown",
            Self::RegionArnMismatch { .. } => "region.arn-mismatch",
            Self::RegionProfileMismatch { .. } => "region.profile-mismatch",
            Self::SamplingDroppedForThinking { .. } => "sampling.dropped-for-thinking",
            Self::SamplingPairRefused => "sampling.pair-refused",
            Self::SamplingRefusedByModel { .. } => "sampling.refused-by-model",
            Self::ThinkingNotSupported { .. } => "thinking.not-supported",
            Self::ToolChoiceMadeAuto => "tool-choice.made-auto",
        }
    }

    /// How much it matters.
    #[must_use]
    pub fn severity(&self) -> Severity {
        match self {
            Self::BaseModelIgnored
            | Self::DisplayIgnored
            | Self::DisplayOmitted
            | Self::InterleavedNoEffect
            | Self::LeastAvailable { .. }
            | Self::MinimalCountsAsLow
            | Self::ModelInferred { .. }
            | Self::ParallelToolCallsIgnored
            | Self::ModelRetiring { .. }
            | Self::SamplingDroppedForThinking { .. } => Severity::Info,
            Self::AdaptiveRefused { .. }
            | Self::BudgetAboveDocumentedRange { .. }
            | Self::BudgetBelowMinimum { .. }
            | Self::BudgetDeprecated { .. }
            | Self::BudgetNegative { .. }
            | Self::BudgetNotBelowMaxTokens { .. }
            | Self::CannotBeDisabled { .. }
            | Self::CoercedToAdaptive { .. }
            | Self::EffortLowered { .. }
            | Self::EffortUnknown { .. }
            | Self::InterleavedDisabled
            | Self::MaxTokensAboveModelLimit { .. }
            | Self::ModelNeedsInferenceProfile { .. }
            | Self::ModelRetired { .. }
            | Self::ModelUnknown { .. }
            | Self::RegionArnMismatch { .. }
            | Self::RegionProfileMismatch { .. }
            | Self::SamplingPairRefused
            | Self::SamplingRefusedByModel { .. }
            | Self::ThinkingNotSupported { .. }
            | Self::ToolChoiceMadeAuto => Severity::Warning,
        }
    }

    /// Whether the service is expected to refuse the call. The call is made all the same.
    #[must_use]
    pub fn predicts_refusal(&self) -> bool {
        matches!(
            self,
            Self::AdaptiveRefused { .. }
                | Self::MaxTokensAboveModelLimit { .. }
                | Self::ModelNeedsInferenceProfile { .. }
                | Self::RegionArnMismatch { .. }
                | Self::RegionProfileMismatch { .. }
        )
    }

    /// The path of the setting it concerns, inside a model's entry (`provider_opts.region`); of
    /// the tool choice, inside the conversation.
    #[must_use]
    pub fn path(&self) -> &'static str {
        match self {
            Self::BaseModelIgnored
            | Self::ModelInferred {
                by_base_model: true,
                ..
            }
            | Self::ModelRetired {
                by_base_model: true,
                ..
            }
            | Self::ModelRetiring {
                by_base_model: true,
                ..
            }
            | Self::ModelUnknown {
                by_base_model: true,
                ..
            } => "provider_opts.base_model",
            Self::DisplayIgnored | Self::DisplayOmitted => "provider_opts.thinking_display",
            Self::InterleavedDisabled | Self::InterleavedNoEffect => {
                "provider_opts.interleaved_thinking"
            }
            Self::MaxTokensAboveModelLimit { .. } => "max_tokens",
            Self::ModelInferred { .. }
            | Self::ModelNeedsInferenceProfile { .. }
            | Self::ModelRetired { .. }
            | Self::ModelRetiring { .. }
            | Self::ModelUnknown { .. } => "model",
            Self::RegionArnMismatch { .. } | Self::RegionProfileMismatch { .. } => {
                "provider_opts.region"
            }
            Self::SamplingDroppedForThinking { dropped }
            | Self::SamplingRefusedByModel { dropped } => dropped.first_path(),
            Self::SamplingPairRefused => "top_p",
            Self::ToolChoiceMadeAuto => "toolConfig.toolChoice",
            Self::ParallelToolCallsIgnored => "parallel_tool_calls",
            Self::AdaptiveRefused { .. }
            | Self::BudgetAboveDocumentedRange { .. }
            | Self::BudgetBelowMinimum { .. }
            | Self::BudgetDeprecated { .. }
            | Self::BudgetNegative { .. }
            | Self::BudgetNotBelowMaxTokens { .. }
            | Self::CannotBeDisabled { .. }
            | Self::CoercedToAdaptive { .. }
            | Self::EffortLowered { .. }
            | Self::EffortUnknown { .. }
            | Self::LeastAvailable { .. }
            | Self::MinimalCountsAsLow
            | Self::ThinkingNotSupported { .. } => "thinking_budget",
        }
    }
}
