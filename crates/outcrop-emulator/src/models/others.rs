//! The models of every vendor but Anthropic and Amazon.
//!
//! Identifiers and limits: published catalogues of Bedrock model IDs. The reasoning knobs, the tool
//! choices and whether reasoning may be replayed: tables that open-source clients keep from live
//! checks, since no vendor page lists them.

use super::{Cache, Family, Implicit, Knob, Model, Other};

const LOW_TO_HIGH: &[&str] = &["low", "medium", "high"];
const NONE_TO_MAX: &[&str] = &["none", "low", "medium", "high", "xhigh", "max"];
const LOW_TO_MAX: &[&str] = &["low", "medium", "high", "xhigh", "max"];
const KIMI_LEVELS: &[&str] = &["low", "high", "max"];

const ALL: &[&str] = &["auto", "any", "tool"];

/// A model without a knob that takes its reasoning back and lets the model choose its tools.
const PLAIN: Other = Other {
    knob: Knob::None,
    reasons_unasked: false,
    tool_choices: &["auto"],
    replays_reasoning: true,
    closed_fields: false,
    ignored_fields: &[],
    sampling: true,
    min_tokens: 1,
    tool_status: true,
};
const NO_REPLAY: Other = Other {
    replays_reasoning: false,
    ..PLAIN
};
const REASONS: Other = Other {
    reasons_unasked: true,
    ..PLAIN
};
const PALMYRA: Other = Other {
    tool_status: false,
    ..NO_REPLAY
};
const MISTRAL_LARGE: Other = Other {
    tool_choices: &["auto", "any"],
    ..NO_REPLAY
};
const DEEPSEEK_R1: Other = Other {
    reasons_unasked: true,
    ..NO_REPLAY
};
const DEEPSEEK_V3: Other = Other {
    ignored_fields: &["thinking"],
    knob: Knob::Flat("reasoning_effort", LOW_TO_HIGH),
    tool_choices: &["auto", "any"],
    ..NO_REPLAY
};
const GPT_OSS: Other = Other {
    knob: Knob::Flat("reasoning_effort", LOW_TO_HIGH),
    reasons_unasked: true,
    ..PLAIN
};
/// GPT-5 and later take no sampling parameters and no stop sequences.
const GPT: Other = Other {
    knob: Knob::Nested(NONE_TO_MAX),
    tool_choices: ALL,
    sampling: false,
    min_tokens: 16,
    ..NO_REPLAY
};
const GPT_ALWAYS: Other = Other {
    knob: Knob::Nested(LOW_TO_MAX),
    reasons_unasked: true,
    ..GPT
};
const GPT_5_4: Other = Other {
    knob: Knob::Nested(&["none", "low", "medium", "high", "xhigh"]),
    ..GPT
};
const GROK: Other = Other {
    knob: Knob::Nested(&["low", "medium", "high", "xhigh"]),
    reasons_unasked: true,
    tool_choices: ALL,
    ..NO_REPLAY
};
const GROK_4_3: Other = Other {
    knob: Knob::Nested(&["none", "low", "medium", "high"]),
    ..GROK
};
const QWEN: Other = Other {
    knob: Knob::Flat("reasoning_config", &["none", "low", "medium", "high"]),
    ..PLAIN
};
const GLM: Other = Other {
    knob: Knob::Flat("reasoning_effort", &["high", "none"]),
    tool_choices: &["auto", "any"],
    ..PLAIN
};
const GLM_5_3: Other = Other {
    knob: Knob::Flat("reasoning_effort", LOW_TO_MAX),
    reasons_unasked: true,
    tool_choices: ALL,
    ..PLAIN
};
const KIMI: Other = Other {
    knob: Knob::Flat("reasoning_effort", KIMI_LEVELS),
    reasons_unasked: true,
    ..PLAIN
};

const fn row(id: &'static str, max_output: u64, rules: Other) -> Model {
    Model {
        id,
        profiles: &[],
        on_demand: true,
        max_output,
        cache: Cache::Unsupported,
        implicit: Implicit::None,
        retired: None,
        family: Family::Other(rules),
    }
}

const fn uncached(model: Model) -> Model {
    Model {
        cache: Cache::NoField,
        ..model
    }
}

/// A model that caches by itself.
const fn caching(model: Model) -> Model {
    Model {
        implicit: Implicit::Apart,
        ..model
    }
}

const fn counting_reads(model: Model) -> Model {
    Model {
        implicit: Implicit::Included,
        ..model
    }
}

const fn through(profiles: &'static [&'static str], model: Model) -> Model {
    Model { profiles, ..model }
}

const fn profile_only(profiles: &'static [&'static str], model: Model) -> Model {
    Model {
        profiles,
        on_demand: false,
        ..model
    }
}

#[rustfmt::skip]
pub(super) const ROWS: &[Model] = &[
    through(&["us"], row("deepseek.r1-v1:0", 32_768, DEEPSEEK_R1)),
    row("deepseek.v3-v1:0", 81_920, DEEPSEEK_V3),
    row("deepseek.v3.2", 81_920, DEEPSEEK_V3),
    row("google.gemma-3-12b-it", 8_192, NO_REPLAY),
    row("google.gemma-3-27b-it", 8_192, NO_REPLAY),
    row("google.gemma-3-4b-it", 4_096, NO_REPLAY),
    row("google.gemma-4-26b-a4b", 32_768, NO_REPLAY),
    row("google.gemma-4-31b", 32_768, NO_REPLAY),
    row("google.gemma-4-e2b", 8_192, NO_REPLAY),
    through(&["us"], row("meta.llama3-1-70b-instruct-v1:0", 4_096, NO_REPLAY)),
    through(&["us"], row("meta.llama3-1-8b-instruct-v1:0", 4_096, NO_REPLAY)),
    through(&["us"], row("meta.llama3-3-70b-instruct-v1:0", 4_096, NO_REPLAY)),
    through(&["us"], row("meta.llama4-maverick-17b-instruct-v1:0", 8_192, NO_REPLAY)),
    through(&["us"], row("meta.llama4-scout-17b-instruct-v1:0", 8_192, NO_REPLAY)),
    row("minimax.minimax-m2", 128_000, REASONS),
    row("minimax.minimax-m2.1", 131_072, REASONS),
    row("minimax.minimax-m2.5", 98_304, REASONS),
    row("mistral.devstral-2-123b", 8_192, NO_REPLAY),
    row("mistral.magistral-small-2509", 40_000, REASONS),
    row("mistral.ministral-3-14b-instruct", 4_096, NO_REPLAY),
    row("mistral.ministral-3-3b-instruct", 8_192, NO_REPLAY),
    row("mistral.ministral-3-8b-instruct", 4_096, NO_REPLAY),
    row("mistral.mistral-large-3-675b-instruct", 8_192, MISTRAL_LARGE),
    through(&["eu", "us"], row("mistral.pixtral-large-2502-v1:0", 8_192, PLAIN)),
    row("mistral.voxtral-mini-3b-2507", 4_096, PLAIN),
    row("mistral.voxtral-small-24b-2507", 8_192, PLAIN),
    row("moonshot.kimi-k2-thinking", 16_000, KIMI),
    row("moonshotai.kimi-k2.5", 16_384, KIMI),
    uncached(profile_only(&["global", "us"], row("moonshotai.kimi-k3", 128_000, KIMI))),
    row("nvidia.nemotron-nano-12b-v2", 8_192, NO_REPLAY),
    row("nvidia.nemotron-nano-3-30b", 8_192, NO_REPLAY),
    row("nvidia.nemotron-nano-9b-v2", 8_192, NO_REPLAY),
    row("nvidia.nemotron-super-3-120b", 131_072, NO_REPLAY),
    caching(uncached(row("openai.gpt-5.4", 128_000, GPT_5_4))),
    caching(uncached(row("openai.gpt-5.5", 128_000, GPT_5_4))),
    counting_reads(uncached(through(&["global", "in", "us"], row("openai.gpt-5.6-luna", 128_000, GPT)))),
    caching(uncached(through(&["global", "us"], row("openai.gpt-5.6-sol", 128_000, GPT)))),
    caching(uncached(through(&["global", "in", "us"], row("openai.gpt-5.6-terra", 128_000, GPT)))),
    caching(uncached(through(&["global", "us"], row("openai.gpt-6-astra", 128_000, GPT_ALWAYS)))),
    caching(uncached(through(&["global", "us"], row("openai.gpt-6-luna", 128_000, GPT)))),
    caching(uncached(through(&["global", "us"], row("openai.gpt-6-sol", 128_000, GPT)))),
    caching(uncached(through(&["global", "us"], row("openai.gpt-6.1-sol", 128_000, GPT_ALWAYS)))),
    row("openai.gpt-oss-120b", 131_072, GPT_OSS),
    through(&["us-gov"], row("openai.gpt-oss-120b-1:0", 128_000, GPT_OSS)),
    row("openai.gpt-oss-20b", 131_072, GPT_OSS),
    through(&["us-gov"], row("openai.gpt-oss-20b-1:0", 128_000, GPT_OSS)),
    row("openai.gpt-oss-safeguard-120b", 16_384, GPT_OSS),
    row("openai.gpt-oss-safeguard-20b", 16_384, GPT_OSS),
    row("qwen.qwen3-235b-a22b-2507-v1:0", 131_072, NO_REPLAY),
    row("qwen.qwen3-32b-v1:0", 16_384, QWEN),
    row("qwen.qwen3-coder-30b-a3b-v1:0", 131_072, NO_REPLAY),
    row("qwen.qwen3-coder-480b-a35b-v1:0", 65_536, NO_REPLAY),
    row("qwen.qwen3-coder-next", 65_536, NO_REPLAY),
    row("qwen.qwen3-next-80b-a3b", 262_000, QWEN),
    row("qwen.qwen3-vl-235b-a22b", 262_000, QWEN),
    through(&["us"], row("writer.palmyra-x4-v1:0", 8_192, PALMYRA)),
    through(&["us"], row("writer.palmyra-x5-v1:0", 8_192, PALMYRA)),
    caching(row("xai.grok-4.3", 131_072, GROK_4_3)),
    caching(through(&["global", "us"], row("xai.grok-4.6", 500_000, GROK))),
    caching(profile_only(&["global", "us"], row("xai.grok-4.7", 500_000, GROK))),
    row("zai.glm-4.7", 131_072, GLM),
    row("zai.glm-4.7-flash", 131_072, GLM),
    row("zai.glm-5", 131_072, GLM),
    profile_only(&["global", "us"], row("zai.glm-5.3", 128_000, GLM_5_3)),
];
