//! The plan of a call: which points it has, what they cover, and what is expected of them.

use std::fmt;

use serde::Serialize;

use super::prompt::Prompt;
use super::{CachePlace, CacheTtl};

/// Where the cache points of one request go, and why.
///
/// All tokens are estimates, corrected by what the service counted in earlier calls where a memory
/// knows of any.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct CachePlan {
    /// By whom points are placed, or why there are none.
    pub standing: CacheStanding,
    /// Whether nothing is known of earlier calls. The call before is then taken to have been sent
    /// just so, a moment ago, and what it would have cached is expected to be read.
    pub stateless: bool,
    /// The points, in the order of the prompt.
    pub points: Vec<PlannedPoint>,
    /// The places where a point was thought of and not placed.
    pub passed_over: Vec<PassedOver>,
    /// What the input of this call is expected to be.
    pub expected: ExpectedInput,
    /// How many later reads make what is written now pay; `None` where nothing is written.
    pub break_even: Option<u32>,
    #[serde(skip)]
    pub(super) prompt: Prompt,
    #[serde(skip)]
    pub(crate) own: OwnPoints,
    /// Up to where it would write, and for how long, but for what was seen of earlier calls.
    #[serde(skip)]
    pub(super) unwritten: Option<(usize, CacheTtl)>,
}

/// By whom the points of a request are placed, or why it has none.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum CacheStanding {
    /// The planner, which may have found no place that is worth a point.
    Planned,
    /// The conversation brings points of its own; they are kept, and none are added.
    Own,
    /// Caching is turned off.
    Off,
    /// The service caches the model's prompts by itself.
    Implicit,
    /// The model takes no cache points.
    NotSupported,
    /// The model is not known.
    Unknown,
}

/// A cache point of a request.
#[derive(Clone, Copy, Debug, Eq, PartialEq, Serialize)]
#[non_exhaustive]
pub struct PlannedPoint {
    /// The block that it follows.
    pub after: CachePlace,
    /// How long the prefix is kept.
    pub ttl: CacheTtl,
    /// The tokens of the prompt up to here.
    pub tokens: u64,
    /// The fewest that the model keeps, where these are fewer by the estimate: the point may do
    /// nothing, and costs nothing then.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub below_minimum: Option<u32>,
    /// What it is for.
    pub why: PointReason,
    #[serde(skip)]
    pub(super) at: usize,
}

/// What a cache point is for.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum PointReason {
    /// It keeps the tools.
    Tools,
    /// It keeps the system prompt.
    System,
    /// The request before this one is found from here, however much was added.
    PreviousTurn,
    /// A call that is remembered wrote up to here, and it is still kept.
    Kept,
    /// It keeps as much as the model keeps, if that is less than the prompt.
    LongestKept,
    /// It keeps everything, should the model keep more than it is said to.
    AboveMaximum,
    /// It keeps everything for the next call.
    EndOfPrompt,
    /// It keeps what stands before blocks that no point may follow.
    LastPossible,
    /// It keeps what is likely to be the same in the next call.
    LastStable,
    /// The conversation brought it.
    Own,
}

impl fmt::Display for PointReason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Tools => "keeps the tools",
            Self::System => "keeps the system prompt",
            Self::PreviousTurn => "finds what the previous turn cached",
            Self::Kept => "finds what an earlier call cached",
            Self::LongestKept => "keeps as much as the model keeps, as far as that can be told",
            Self::AboveMaximum => "does nothing, unless the model keeps more than it is said to",
            Self::EndOfPrompt => "keeps everything for the next call",
            Self::LastPossible => "keeps what stands before blocks that no point may follow",
            Self::LastStable => "keeps what is likely to stay the same",
            Self::Own => "is the conversation's own",
        })
    }
}

/// A place without a point.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct PassedOver {
    /// The block that it would follow.
    pub after: CachePlace,
    /// Why it is not placed.
    #[serde(flatten)]
    pub because: PassedOverReason,
}

/// Why a place has no point.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[serde(tag = "reason", rename_all = "kebab-case")]
#[non_exhaustive]
pub enum PassedOverReason {
    /// The prefix is too short for the model to keep.
    BelowMinimum {
        /// Its tokens.
        tokens: u64,
        /// The fewest that are kept.
        minimum: u32,
    },
    /// The model takes no points among the tools.
    NotAmongTools,
    /// No point may follow a block of that kind.
    NotAfterSuchABlock,
    /// Four points are the most, and others serve better.
    NoPointLeft,
    /// The prefix is longer than the model keeps.
    AboveMaximum {
        /// Its tokens.
        tokens: u64,
        /// The most that are kept.
        maximum: u32,
    },
    /// The next call is likely to come too late to read it.
    TooLate {
        /// The chance that it is read.
        chance: f64,
    },
    /// The prompt is likely to change before this place.
    LikelyToChange {
        /// The chance that it is read.
        chance: f64,
    },
}

impl fmt::Display for PassedOverReason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let percent = |chance: f64| (chance * 100.0).round();
        match self {
            Self::BelowMinimum { tokens, minimum } => write!(
                f,
                "about {tokens} tokens, below the {minimum} that the model keeps"
            ),
            Self::NotAmongTools => f.write_str("the model takes no points among the tools"),
            Self::NotAfterSuchABlock => f.write_str("no point may follow such a block"),
            Self::NoPointLeft => f.write_str("four points are the most, and others serve better"),
            Self::AboveMaximum { tokens, maximum } => write!(
                f,
                "about {tokens} tokens, above the {maximum} that the model keeps"
            ),
            Self::TooLate { chance } => write!(
                f,
                "the next call is likely to come too late to read it (a read is {}% likely)",
                percent(*chance)
            ),
            Self::LikelyToChange { chance } => write!(
                f,
                "what stands before it is likely to change (a read is {}% likely)",
                percent(*chance)
            ),
        }
    }
}

/// Input tokens, by what is paid for them.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq, Serialize)]
#[non_exhaustive]
pub struct ExpectedInput {
    /// Read from the cache.
    pub read: u64,
    /// Written for five minutes.
    pub written_5m: u64,
    /// Written for an hour.
    pub written_1h: u64,
    /// Neither.
    pub full_price: u64,
}

/// What becomes of the points that a conversation brings.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum OwnPoints {
    /// They are sent.
    Keep {
        /// Also those among the tools.
        among_tools: bool,
        /// Also with a lifetime of an hour.
        one_hour: bool,
    },
    /// They are left out.
    Drop,
}

impl CachePlan {
    /// The prompt that was planned for.
    pub(super) fn prompt(&self) -> &Prompt {
        &self.prompt
    }
}

/// A line for the whole, a line for each point, a line for each place without one.
impl fmt::Display for CachePlan {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let none = match self.standing {
            CacheStanding::Off => Some("off"),
            CacheStanding::Implicit => Some("left to the service, which caches by itself"),
            CacheStanding::NotSupported => Some("not supported by the model"),
            CacheStanding::Unknown if self.points.is_empty() => Some("none for an unknown model"),
            _ => None,
        };
        if self.standing == CacheStanding::Unknown && none.is_none() {
            f.write_str("what the conversation brings, for an unknown model")?;
            return self.write_places(f);
        }
        if let Some(none) = none {
            return f.write_str(none);
        }
        let ExpectedInput {
            read,
            written_5m,
            written_1h,
            full_price,
        } = self.expected;
        write!(f, "about {read} tokens read")?;
        for (written, ttl) in [(written_5m, "5m"), (written_1h, "1h")] {
            if written > 0 {
                write!(f, ", {written} written for {ttl}")?;
            }
        }
        write!(f, ", {full_price} at full price")?;
        match self.break_even {
            None => {}
            Some(0) => write!(f, "; writing costs nothing")?,
            Some(1) => write!(f, "; one later read pays for the write")?,
            Some(reads) => write!(f, "; {reads} later reads pay for the write")?,
        }
        if self.stateless && read > 0 {
            write!(f, "\n  if the call before was sent just so, a moment ago")?;
        }
        self.write_places(f)
    }
}

impl CachePlan {
    /// A line for each point, and for each place without one.
    fn write_places(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for point in &self.points {
            let PlannedPoint {
                after, tokens, why, ..
            } = point;
            let ttl = point.ttl.as_str();
            write!(f, "\n  {ttl} after {after}, {tokens} tokens: {why}")?;
            if let Some(minimum) = point.below_minimum {
                write!(f, ", if it comes to the {minimum} that the model keeps")?;
            }
        }
        for PassedOver { after, because } in &self.passed_over {
            write!(f, "\n  none after {after}: {because}")?;
        }
        Ok(())
    }
}
