//! The table: one row per Claude model.
//!
//! `64K` in the sources means 64,000 tokens. A comment marks a value on which sources disagree,
//! with the one that was chosen; everything else is as its source says.

use crate::caching::{Caching, claude, claude_of_five_minutes};
use crate::price::Rates;
use crate::row::{Row, SamplingRule, ThinkingClass, Unasked};
use crate::{Date, Effort, Ending, Line, Stage, Version};

const LOW_TO_XHIGH_AND_MAX: &[Effort] = &Effort::ALL;
const WITHOUT_XHIGH: &[Effort] = &[Effort::Low, Effort::Medium, Effort::High, Effort::Max];

/// A row with the values that most current models share; a row of the table states the rest.
const CURRENT: Row = Row {
    line: Line::Opus,
    version: Version::Preview,
    name: "",
    revision: "",
    class: ThinkingClass::AdaptiveOnly,
    unasked: Unasked::Rests,
    efforts: Some(LOW_TO_XHIGH_AND_MAX),
    interleaving_beta: false,
    sampling: SamplingRule::Refused,
    hides_thinking: true,
    prefill: false,
    max_output: Some(128_000),
    on_demand: false,
    profiles: &[],
    caching: claude(512, 100),
    rates: None,
    ending: None,
    source: "Bedrock user guide, adaptive thinking and model cards; Claude migration guides",
    date: "2026-11-22",
};

/// The same for the models that take token budgets.
const BUDGET: Row = Row {
    class: ThinkingClass::Budget,
    efforts: None,
    interleaving_beta: true,
    sampling: SamplingRule::Any,
    hides_thinking: false,
    prefill: true,
    max_output: Some(64_000),
    source: "Bedrock user guide, extended thinking; model catalogues of LiteLLM and LangChain",
    ..CURRENT
};

/// The same for the models without extended thinking, whose output limits were not looked up.
const PLAIN: Row = Row {
    class: ThinkingClass::None,
    interleaving_beta: false,
    max_output: None,
    on_demand: true,
    // LiteLLM gives cache prices for 3.5; the user guide lists no Claude before 3.7.
    caching: Caching::None,
    source: "Bedrock user guide, extended thinking: models not listed there",
    ..BUDGET
};

const fn ending(stage: Stage, year: u16, month: u8, day: u8) -> Option<Ending> {
    let date = Date::new(year, month, day);
    Some(Ending { stage, date })
}

/// Every Claude model that is known by name, each line in order of version.
pub static TABLE: &[Row] = &[
    Row {
        line: Line::Legacy,
        version: Version::Number(2, 0),
        name: "claude-v2",
        revision: ":1",
        rates: Rates::flat(8000, 24_000),
        ..PLAIN
    },
    Row {
        line: Line::Haiku,
        version: Version::Number(3, 0),
        name: "claude-3-haiku",
        revision: "-20240307-v1:0",
        ..PLAIN
    },
    Row {
        line: Line::Haiku,
        version: Version::Number(3, 5),
        name: "claude-3-5-haiku",
        revision: "-20241022-v1:0",
        rates: Rates::flat(800, 4000),
        ..PLAIN
    },
    Row {
        line: Line::Haiku,
        version: Version::Number(4, 5),
        name: "claude-haiku-4-5",
        revision: "-20251001-v1:0",
        caching: claude(4096, 100),
        rates: Rates::flat(1000, 5000),
        sampling: SamplingRule::NotBoth,
        profiles: &["au", "eu", "global", "in", "jp", "us"],
        ..BUDGET
    },
    Row {
        line: Line::Haiku,
        version: Version::Number(5, 5),
        name: "claude-haiku-5-5",
        caching: claude(512, 100),
        rates: Rates::long((100, 500), 100_000, (500, 2500)),
        unasked: Unasked::ThinksUnlessDisabled,
        profiles: &["au", "eu", "global", "jp", "us"],
        source: "AWS model card of Claude Haiku 5.5 (lists `max`, which LiteLLM lowers to xhigh)",
        ..CURRENT
    },
    Row {
        line: Line::Sonnet,
        version: Version::Number(3, 0),
        name: "claude-3-sonnet",
        revision: "-20240229-v1:0",
        ..PLAIN
    },
    Row {
        line: Line::Sonnet,
        version: Version::Number(3, 5),
        name: "claude-3-5-sonnet",
        revision: "-20241022-v2:0",
        rates: Rates::flat(3000, 15_000),
        ..PLAIN
    },
    Row {
        line: Line::Sonnet,
        version: Version::Number(3, 7),
        name: "claude-3-7-sonnet",
        revision: "-20250219-v1:0",
        caching: claude_of_five_minutes(1024),
        rates: Rates::flat(3000, 15_000),
        // Interleaved thinking came with Claude 4.
        interleaving_beta: false,
        profiles: &["apac", "eu", "us"],
        ending: ending(Stage::RetiredByAnthropic, 2026, 2, 28),
        ..BUDGET
    },
    Row {
        line: Line::Sonnet,
        version: Version::Number(4, 0),
        name: "claude-sonnet-4",
        revision: "-20250514-v1:0",
        caching: claude_of_five_minutes(1024),
        rates: Rates::long((3000, 15_000), 200_000, (6000, 22_500)),
        profiles: &["apac", "eu", "global", "us"],
        ending: ending(Stage::EndOfLife, 2026, 10, 14),
        ..BUDGET
    },
    Row {
        line: Line::Sonnet,
        version: Version::Number(4, 5),
        name: "claude-sonnet-4-5",
        revision: "-20250929-v1:0",
        caching: claude(1024, 100),
        rates: Rates::long((3000, 15_000), 200_000, (6000, 22_500)),
        sampling: SamplingRule::NotBoth,
        profiles: &["au", "eu", "global", "jp", "us", "us-gov"],
        ending: ending(Stage::EndOfLife, 2027, 4, 8),
        ..BUDGET
    },
    Row {
        line: Line::Sonnet,
        version: Version::Number(4, 6),
        name: "claude-sonnet-4-6",
        // 2,048 in an AWS example.
        caching: claude(1024, 100),
        rates: Rates::flat(3000, 15_000),
        class: ThinkingClass::Deprecated,
        efforts: Some(WITHOUT_XHIGH),
        interleaving_beta: false,
        sampling: SamplingRule::NotBoth,
        prefill: false,
        profiles: &["au", "eu", "global", "jp", "us"],
        source: "Bedrock user guide, adaptive thinking; output limit: LiteLLM's 64K, the lower \
                 of two (the catalogues say 128K)",
        ..BUDGET
    },
    Row {
        line: Line::Sonnet,
        version: Version::Number(5, 0),
        name: "claude-sonnet-5",
        caching: claude(1024, 100),
        rates: Rates::flat(2000, 10_000),
        unasked: Unasked::ThinksUnlessDisabled,
        profiles: &["au", "eu", "global", "in", "jp", "us"],
        source: "Bedrock user guide, adaptive thinking (2026-11), which lets it be disabled; an \
                 article quotes an older card as `always on`",
        ..CURRENT
    },
    Row {
        line: Line::Sonnet,
        version: Version::Number(5, 5),
        name: "claude-sonnet-5-5",
        caching: claude(512, 50),
        rates: Rates::flat(2000, 10_000),
        unasked: Unasked::ThinksBetweenToolsAtLeast,
        profiles: &["eu", "global", "us"],
        ..CURRENT
    },
    Row {
        line: Line::Opus,
        version: Version::Number(3, 0),
        name: "claude-3-opus",
        revision: "-20240229-v1:0",
        rates: Rates::flat(15_000, 75_000),
        ..PLAIN
    },
    Row {
        line: Line::Opus,
        version: Version::Number(4, 0),
        name: "claude-opus-4",
        revision: "-20250514-v1:0",
        caching: claude_of_five_minutes(1024),
        rates: Rates::flat(15_000, 75_000),
        max_output: Some(32_000),
        profiles: &["us"],
        ..BUDGET
    },
    Row {
        line: Line::Opus,
        version: Version::Number(4, 1),
        name: "claude-opus-4-1",
        revision: "-20250805-v1:0",
        caching: claude_of_five_minutes(1024),
        rates: Rates::flat(15_000, 75_000),
        max_output: Some(32_000),
        profiles: &["us"],
        ending: ending(Stage::Deprecated, 2027, 1, 8),
        ..BUDGET
    },
    Row {
        line: Line::Opus,
        version: Version::Number(4, 5),
        name: "claude-opus-4-5",
        revision: "-20251101-v1:0",
        caching: claude(4096, 100),
        rates: Rates::flat(5000, 25_000),
        sampling: SamplingRule::NotBoth,
        profiles: &["eu", "global", "us"],
        ..BUDGET
    },
    Row {
        line: Line::Opus,
        version: Version::Number(4, 6),
        name: "claude-opus-4-6",
        revision: "-v1",
        caching: claude(4096, 100),
        rates: Rates::flat(5000, 25_000),
        efforts: Some(WITHOUT_XHIGH),
        sampling: SamplingRule::NotBoth,
        hides_thinking: false,
        profiles: &["au", "eu", "global", "us"],
        source: "docker-agent's Bedrock page, which rejects token budgets here (the service \
                 still takes them, deprecated)",
        ..CURRENT
    },
    Row {
        line: Line::Opus,
        version: Version::Number(4, 7),
        name: "claude-opus-4-7",
        // 4,096 in a vendor guide.
        caching: claude(2048, 100),
        rates: Rates::flat(5000, 25_000),
        profiles: &["au", "eu", "global", "jp", "us"],
        source: "Bedrock user guide, adaptive thinking. Whether `disabled` is accepted is \
                 contradictory, so off is said by silence",
        ..CURRENT
    },
    Row {
        line: Line::Opus,
        version: Version::Number(4, 8),
        name: "claude-opus-4-8",
        // 4,096 in a vendor guide.
        caching: claude(1024, 100),
        rates: Rates::flat(5000, 25_000),
        profiles: &["au", "eu", "global", "jp", "us"],
        ..CURRENT
    },
    Row {
        line: Line::Opus,
        version: Version::Number(5, 0),
        name: "claude-opus-5",
        caching: claude(512, 100),
        rates: Rates::flat(5000, 25_000),
        unasked: Unasked::ThinksUnlessDisabled,
        profiles: &["au", "eu", "global", "in", "jp", "us"],
        ..CURRENT
    },
    Row {
        line: Line::Opus,
        version: Version::Number(5, 5),
        name: "claude-opus-5-5",
        caching: claude(512, 50),
        rates: Rates::flat(4000, 20_000),
        unasked: Unasked::ThinksAlways,
        profiles: &["au", "eu", "global", "jp", "us"],
        ..CURRENT
    },
    Row {
        line: Line::Fable,
        version: Version::Number(5, 0),
        name: "claude-fable-5",
        // 2,048 in a vendor guide.
        caching: claude(512, 100),
        rates: Rates::flat(10_000, 50_000),
        unasked: Unasked::ThinksAlways,
        profiles: &["eu", "global", "us"],
        ..CURRENT
    },
    Row {
        line: Line::Fable,
        version: Version::Number(5, 1),
        name: "claude-fable-5-1",
        caching: claude(512, 25),
        rates: Rates::flat(10_000, 50_000),
        unasked: Unasked::ThinksAlways,
        profiles: &["global", "us"],
        ..CURRENT
    },
    Row {
        line: Line::Mythos,
        version: Version::Preview,
        name: "claude-mythos-preview",
        // Its minimum is not published.
        caching: claude(512, 100),
        rates: Rates::flat(27_500, 137_500),
        unasked: Unasked::ThinksAlways,
        efforts: None,
        ..CURRENT
    },
    Row {
        line: Line::Mythos,
        version: Version::Number(5, 0),
        name: "claude-mythos-5",
        caching: claude(512, 100),
        rates: Rates::flat(10_000, 50_000),
        unasked: Unasked::ThinksAlways,
        ..CURRENT
    },
    Row {
        line: Line::Mythos,
        version: Version::Number(5, 1),
        name: "claude-mythos-5-1",
        caching: claude(512, 25),
        rates: Rates::flat(10_000, 50_000),
        unasked: Unasked::ThinksAlways,
        ..CURRENT
    },
];

/// The last version whose models take token budgets; every later Claude refuses them.
const LAST_WITH_BUDGETS: Version = Version::Number(4, 6);

/// The row of exactly this model.
pub(crate) fn exact(line: Line, version: Version) -> Option<&'static Row> {
    TABLE
        .iter()
        .find(|row| row.line == line && row.version == version)
}

/// The row of the nearest older sibling of a model that is not in the table.
///
/// The sibling is of the same line, except that a model after 4.6 never inherits token budgets,
/// which every later Claude refuses: without an adaptive-only sibling of its own line it takes
/// after the newest Haiku, Sonnet or Opus of its version or before.
pub(crate) fn sibling(line: Line, version: Version) -> Option<&'static Row> {
    let numbered = TABLE.iter().filter(|row| row.version != Version::Preview);
    let older = numbered.filter(|row| row.version <= version);
    let own = older
        .clone()
        .filter(|row| row.line == line)
        .max_by_key(|row| row.version);
    if version <= LAST_WITH_BUDGETS
        || own.is_some_and(|row| row.class == ThinkingClass::AdaptiveOnly)
    {
        return own;
    }
    older
        .filter(|row| matches!(row.line, Line::Haiku | Line::Sonnet | Line::Opus))
        .filter(|row| row.class == ThinkingClass::AdaptiveOnly)
        .max_by_key(|row| row.version)
}
