//! Anthropic's models.
//!
//! Identifiers, profiles and limits: AWS model cards and published catalogues. Thinking columns:
//! Bedrock user guide ("Extended thinking", "Adaptive thinking") and Anthropic's migration guides.

use super::{
    BINDING, Cache, Claude, DISPLAY_UPDATES, EFFORT, Family, ForcedTools, INTERLEAVED, Implicit,
    Model, OUTPUT_128K, Off, Sampling,
};

const COMPUTER_USE: &str = "computer-use-2025-01-24";
const COMPUTER_USE_2: &str = "computer-use-2025-11-24";
const CONTEXT_1M: &str = "context-1m-2025-08-07";
const TOOL_STREAMING: &str = "fine-grained-tool-streaming-2025-05-14";
const STRUCTURED: &str = "structured-outputs-2025-11-13";

const THREE: &[&str] = &["low", "medium", "high"];
const FOUR: &[&str] = &["low", "medium", "high", "max"];
const FIVE: &[&str] = &["low", "medium", "high", "xhigh", "max"];

const WORLD: &[&str] = &["au", "eu", "global", "jp", "us"];
const WORLD_AND_INDIA: &[&str] = &["au", "eu", "global", "in", "jp", "us"];

/// Points for five minutes, from 1,024 tokens on.
const NO_TTL: Cache = Cache::Points {
    tools: true,
    ttl: false,
    minimum: 1_024,
    maximum: u64::MAX,
};

/// Points for five minutes or an hour, from so many tokens on (Anthropic, "Prompt caching"; Bedrock
/// user guide). The sources disagree on Sonnet 4.6 (1,024 or 2,048), Opus 4.7 (2,048 or 4,096),
/// Opus 4.8 (1,024 or 4,096) and Fable 5 (512 or 2,048); the rows follow Anthropic's page.
const fn ttl(minimum: u64) -> Cache {
    Cache::Points {
        tools: true,
        ttl: true,
        minimum,
        maximum: u64::MAX,
    }
}

/// Claude 3 and 3.5, which do not think: the field itself is unknown to them.
const V3: Claude = Claude {
    budget: false,
    off: Off::Refused,
    forced_tools: ForcedTools::Always,
    betas: &[],
    ..V3_7
};

/// Claude 3.7, the first that thinks: a budget, nothing else, and no thinking between tools.
const V3_7: Claude = Claude {
    budget: true,
    adaptive: false,
    off: Off::Accepted,
    between_tools: false,
    thinks_unasked: false,
    efforts: &[],
    effort_beta: false,
    sampling: Sampling::Free,
    forced_tools: ForcedTools::WithoutThinking,
    prefill: true,
    omits_thinking: false,
    formats: false,
    betas: &[OUTPUT_128K, COMPUTER_USE],
};

const V4: Claude = Claude {
    betas: &[INTERLEAVED, COMPUTER_USE, CONTEXT_1M, TOOL_STREAMING],
    ..V3_7
};

const OPUS_4: Claude = Claude {
    betas: &[INTERLEAVED, COMPUTER_USE, TOOL_STREAMING],
    ..V3_7
};

const V4_5: Claude = Claude {
    sampling: Sampling::OneOfTwo,
    formats: true,
    betas: &[
        INTERLEAVED,
        COMPUTER_USE,
        COMPUTER_USE_2,
        CONTEXT_1M,
        TOOL_STREAMING,
        STRUCTURED,
    ],
    ..V4
};

const HAIKU_4_5: Claude = Claude {
    betas: &[
        INTERLEAVED,
        COMPUTER_USE,
        COMPUTER_USE_2,
        TOOL_STREAMING,
        STRUCTURED,
    ],
    ..V4_5
};

const OPUS_4_5: Claude = Claude {
    efforts: THREE,
    effort_beta: true,
    betas: &[
        INTERLEAVED,
        EFFORT,
        COMPUTER_USE,
        COMPUTER_USE_2,
        TOOL_STREAMING,
        STRUCTURED,
    ],
    ..V4_5
};

/// The flags of the models that think adaptively. Sources disagree on two of them: interleaving is
/// documented for Claude 4 to 4.5 only, yet Opus 4.7 was reported to accept its flag at launch, and
/// these models have the long context without asking, yet clients send its flag. The rows up to 4.7
/// accept both.
const ADAPTIVE_BETAS: &[&str] = &[
    COMPUTER_USE,
    COMPUTER_USE_2,
    CONTEXT_1M,
    TOOL_STREAMING,
    STRUCTURED,
    INTERLEAVED,
];

/// 4.6: adaptive thinking arrives, a budget still works (deprecated), prefill is gone.
const V4_6: Claude = Claude {
    adaptive: true,
    efforts: FOUR,
    effort_beta: false,
    prefill: false,
    betas: ADAPTIVE_BETAS,
    ..V4_5
};

/// 4.7: a budget and sampling parameters are refused, and thinking is omitted by default. Sources
/// disagree on `disabled`; the newest AWS page and Anthropic allow it, so it is accepted.
const OPUS_4_7: Claude = Claude {
    budget: false,
    efforts: FIVE,
    sampling: Sampling::Fixed,
    omits_thinking: true,
    ..V4_6
};

/// The flags from Opus 4.8 on.
const LATER_BETAS: &[&str] = &[
    COMPUTER_USE,
    COMPUTER_USE_2,
    TOOL_STREAMING,
    STRUCTURED,
    DISPLAY_UPDATES,
];

/// The flags of the models whose thinking blocks are bound to their conversation.
const BINDING_BETAS: &[&str] = &[
    COMPUTER_USE,
    COMPUTER_USE_2,
    TOOL_STREAMING,
    STRUCTURED,
    DISPLAY_UPDATES,
    BINDING,
];

/// 4.8: sources disagree on forced tools while thinking; the one that speaks of this model says
/// that they are accepted.
const OPUS_4_8: Claude = Claude {
    forced_tools: ForcedTools::Always,
    betas: LATER_BETAS,
    ..OPUS_4_7
};

/// Thinks by default. A blog quotes the Sonnet 5 card as "cannot be disabled"; the newest AWS page
/// and Anthropic allow `disabled`, so it is accepted.
const SONNET_5: Claude = Claude {
    thinks_unasked: true,
    forced_tools: ForcedTools::WithoutThinking,
    ..OPUS_4_8
};

const OPUS_5: Claude = Claude {
    off: Off::UpToHigh,
    ..SONNET_5
};

const FABLE_5: Claude = Claude {
    off: Off::Refused,
    sampling: Sampling::FixedOrHighTopP,
    ..SONNET_5
};

const FABLE_5_1: Claude = Claude {
    sampling: Sampling::FixedOrTopP99,
    forced_tools: ForcedTools::Never,
    betas: BINDING_BETAS,
    ..FABLE_5
};

const OPUS_5_5: Claude = Claude {
    sampling: Sampling::Fixed,
    ..FABLE_5_1
};

const SONNET_5_5: Claude = Claude {
    between_tools: true,
    ..OPUS_5_5
};

const HAIKU_5_5: Claude = Claude {
    off: Off::UpToHigh,
    forced_tools: ForcedTools::Always,
    betas: BINDING_BETAS,
    ..OPUS_5
};

const fn row(
    id: &'static str,
    profiles: &'static [&'static str],
    max_output: u64,
    cache: Cache,
    rules: Claude,
) -> Model {
    Model {
        id,
        profiles,
        on_demand: false,
        max_output,
        cache,
        implicit: Implicit::None,
        retired: None,
        family: Family::Claude(rules),
    }
}

/// A model of before inference profiles, called by its bare identifier. Its output limit was not
/// looked up; the context window stands in for it.
const fn bare(id: &'static str, profiles: &'static [&'static str]) -> Model {
    Model {
        on_demand: true,
        ..row(id, profiles, 200_000, Cache::Unsupported, V3)
    }
}

const fn retired(date: &'static str, model: Model) -> Model {
    Model {
        retired: Some(date),
        ..model
    }
}

#[rustfmt::skip]
pub(super) const ROWS: &[Model] = &[
    bare("anthropic.claude-3-haiku-20240307-v1:0", &["apac", "eu", "us"]),
    bare("anthropic.claude-3-sonnet-20240229-v1:0", &["apac", "eu", "us"]),
    bare("anthropic.claude-3-opus-20240229-v1:0", &["us"]),
    bare("anthropic.claude-3-5-sonnet-20240620-v1:0", &["apac", "eu", "us"]),
    bare("anthropic.claude-3-5-sonnet-20241022-v2:0", &["apac", "us"]),
    bare("anthropic.claude-3-5-haiku-20241022-v1:0", &["us"]),
    // Retired at Anthropic in February 2026; its profiles are those of the last AWS list with it.
    retired("2026-02", row("anthropic.claude-3-7-sonnet-20250219-v1:0", &["apac", "eu", "us", "us-gov"], 64_000, NO_TTL, V3_7)),
    retired("2026-10-14", row("anthropic.claude-sonnet-4-20250514-v1:0", &["apac", "eu", "global", "us"], 64_000, NO_TTL, V4)),
    row("anthropic.claude-opus-4-20250514-v1:0", &["us"], 32_000, NO_TTL, OPUS_4),
    row("anthropic.claude-opus-4-1-20250805-v1:0", &["us"], 32_000, NO_TTL, OPUS_4),
    row("anthropic.claude-sonnet-4-5-20250929-v1:0", &["au", "eu", "global", "jp", "us", "us-gov"], 64_000, ttl(1_024), V4_5),
    row("anthropic.claude-haiku-4-5-20251001-v1:0", WORLD_AND_INDIA, 64_000, ttl(4_096), HAIKU_4_5),
    row("anthropic.claude-opus-4-5-20251101-v1:0", &["eu", "global", "us"], 64_000, ttl(4_096), OPUS_4_5),
    row("anthropic.claude-opus-4-6-v1", &["au", "eu", "global", "us"], 128_000, ttl(4_096), V4_6),
    // One catalogue gives 64,000; the higher limit of the model card is taken.
    row("anthropic.claude-sonnet-4-6", WORLD, 128_000, ttl(1_024), V4_6),
    row("anthropic.claude-opus-4-7", WORLD, 128_000, ttl(4_096), OPUS_4_7),
    row("anthropic.claude-opus-4-8", WORLD, 128_000, ttl(1_024), OPUS_4_8),
    row("anthropic.claude-sonnet-5", WORLD_AND_INDIA, 128_000, ttl(1_024), SONNET_5),
    row("anthropic.claude-opus-5", WORLD_AND_INDIA, 128_000, ttl(512), OPUS_5),
    row("anthropic.claude-fable-5", &["eu", "global", "us"], 128_000, ttl(512), FABLE_5),
    row("anthropic.claude-fable-5-1", &["global", "us"], 128_000, ttl(512), FABLE_5_1),
    row("anthropic.claude-opus-5-5", WORLD, 128_000, ttl(512), OPUS_5_5),
    row("anthropic.claude-sonnet-5-5", &["eu", "global", "us"], 128_000, ttl(512), SONNET_5_5),
    row("anthropic.claude-haiku-5-5", WORLD, 128_000, ttl(512), HAIKU_5_5),
    // No catalogue lists profiles for Mythos, and no card its efforts and caching; it is taken to be
    // as Fable is.
    row("anthropic.claude-mythos-preview", &["global", "us"], 128_000, ttl(4_096), FABLE_5),
    row("anthropic.claude-mythos-5", &["global", "us"], 128_000, ttl(512), FABLE_5),
    row("anthropic.claude-mythos-5-1", &["global", "us"], 128_000, ttl(512), FABLE_5_1),
];
