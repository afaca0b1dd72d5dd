//! Amazon's models.
//!
//! Sources: AWS model cards, Amazon Nova guides, Bedrock user guide ("Prompt caching").

use super::{Cache, Family, Implicit, Knob, Model, Other};

/// Cache points everywhere but among the tools, and no `ttl`. One table of the guide gives a
/// minimum of 1,500 tokens, and older texts a maximum of 32,000.
const CACHE: Cache = Cache::Points {
    tools: false,
    ttl: false,
    minimum: 1_000,
    maximum: 20_000,
};

const NOVA: Other = Other {
    knob: Knob::None,
    reasons_unasked: false,
    tool_choices: &["auto", "any", "tool"],
    replays_reasoning: false,
    closed_fields: true,
    ignored_fields: &[],
    sampling: true,
    min_tokens: 1,
    tool_status: true,
};

const NOVA_2: Other = Other {
    knob: Knob::ReasoningConfig,
    replays_reasoning: true,
    ..NOVA
};

const fn row(
    id: &'static str,
    profiles: &'static [&'static str],
    on_demand: bool,
    max_output: u64,
    rules: Other,
) -> Model {
    Model {
        id,
        profiles,
        on_demand,
        max_output,
        cache: CACHE,
        implicit: Implicit::None,
        retired: None,
        family: Family::Other(rules),
    }
}

#[rustfmt::skip]
pub(super) const ROWS: &[Model] = &[
    row("amazon.nova-micro-v1:0", &["apac", "eu", "us"], true, 10_000, NOVA),
    row("amazon.nova-lite-v1:0", &["apac", "ca", "eu", "us"], true, 10_000, NOVA),
    row("amazon.nova-pro-v1:0", &["apac", "eu", "us"], true, 10_000, NOVA),
    row("amazon.nova-premier-v1:0", &["us"], false, 10_000, NOVA),
    row("amazon.nova-2-lite-v1:0", &["eu", "global", "jp", "us"], true, 65_535, NOVA_2),
];
