//! Why less was read than an earlier call had cached.

use std::fmt;
use std::time::SystemTime;

use super::memory::{CacheMemory, seconds_between};
use super::outlook::{Change, change_between, common_prefix};
use super::plan::CachePlan;
use super::prompt::{Block, Prompt};
use super::scale::Scale;
use super::{CachePlace, CacheTtl};
use crate::Usage;

/// Less was read from the cache than the call that this one goes on from had left there.
#[derive(Clone, Debug, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub struct CacheMiss {
    /// The tokens that the earlier call had left: as the service counted them, or else as they are
    /// estimated.
    pub kept: u64,
    /// The tokens that were read.
    pub read: u64,
    /// Why.
    pub cause: MissCause,
}

/// Why less was read.
#[derive(Clone, Debug, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub enum MissCause {
    /// Another model was called.
    Model,
    /// The tools are others.
    Tools(ToolsChange),
    /// A block of the system prompt is another, or new.
    System(CachePlace),
    /// The thinking parameters are others.
    Thinking,
    /// The tool choice is another.
    ToolChoice,
    /// A message is another.
    Message(CachePlace),
    /// A block of the system prompt or of a message is gone. The place is that in the earlier call.
    Removed(CachePlace),
    /// The call came too late.
    Expired {
        /// Seconds since the earlier call.
        gap: u64,
        /// How long the prefix was kept.
        ttl: CacheTtl,
    },
    /// Nothing is known to have changed: the service let go of it.
    Unknown,
}

/// How the tools changed.
#[derive(Clone, Debug, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub enum ToolsChange {
    /// There is one more.
    Added(String),
    /// One is gone.
    Removed(String),
    /// They are the same in another order.
    Reordered {
        /// The first that stands elsewhere.
        first: String,
    },
    /// One has another description or schema.
    Redefined(String),
}

/// What a count may differ from an estimate without anything being amiss: much where nothing is
/// known to have happened, little where something is.
const ERROR: f64 = 0.2;
const ERROR_WITH_A_CAUSE: f64 = 0.05;

/// Looks for a miss in a call that was answered, before the memory takes it in.
pub(super) fn find(
    memory: &CacheMemory,
    plan: &CachePlan,
    usage: &Usage,
    at: SystemTime,
) -> Option<CacheMiss> {
    let now = plan.prompt();
    let last = memory.goes_on_from(now, at)?;
    let (promised, ttl) = last.promised?;
    let read = usage.counts().read;
    // A prefix that is too short may never have been cached.
    let left = last.prompt.prefix_prints().get(promised).copied();
    let mut entries = memory.entries.iter();
    let left = entries.find(|entry| Some(entry.print) == left)?;
    let counted = left.counted.map(|tokens| (promised, tokens));
    let scale = Scale::new(&last.prompt, memory.correction(&last.prompt), counted);
    // A conversation that went back is not expected to read what it no longer says.
    let kept = scale.tokens(promised.min(now.blocks.len()));
    let gap = seconds_between(last.at, at);
    let cause = match change_between(&last.prompt, now) {
        Change::Everything => of_tools(&last.prompt, now),
        change if is_removal(change, &last.prompt, now) => {
            MissCause::Removed(last.prompt.place(common_prefix(&last.prompt, now) + 1))
        }
        change @ Change::System { .. } => {
            MissCause::System(change.first_changed(&last.prompt, now))
        }
        Change::Settings if last.prompt.settings.thinking != now.settings.thinking => {
            MissCause::Thinking
        }
        Change::Settings => MissCause::ToolChoice,
        change @ (Change::LastTurn { .. } | Change::Messages { .. }) => {
            MissCause::Message(change.first_changed(&last.prompt, now))
        }
        Change::Nothing if !ttl.outlasts(gap) => MissCause::Expired {
            gap: gap as u64,
            ttl,
        },
        // A call without points asks for nothing to be read.
        Change::Nothing if plan.points.is_empty() => return None,
        Change::Nothing => MissCause::Unknown,
    };
    let error = match cause {
        MissCause::Unknown => ERROR,
        _ => ERROR_WITH_A_CAUSE,
    };
    let is_short = (read as f64) < kept as f64 * (1.0 - error);
    is_short.then_some(CacheMiss { kept, read, cause })
}

/// Whether the first thing that changed is that something is gone: what stands there now came later
/// before, and what stood there comes no more.
fn is_removal(change: Change, before: &Prompt, now: &Prompt) -> bool {
    let common = common_prefix(before, now);
    let end_of = |prompt: &Prompt| match change {
        Change::System { .. } => prompt.system_end,
        _ => prompt.blocks.len(),
    };
    if !matches!(
        change,
        Change::System { .. } | Change::LastTurn { .. } | Change::Messages { .. }
    ) {
        return false;
    }
    let old = before.blocks.get(common..end_of(before)).unwrap_or(&[]);
    let new = now.blocks.get(common..end_of(now)).unwrap_or(&[]);
    let has = |blocks: &[Block], print: u64| blocks.iter().any(|it| it.print == print);
    match (old.first(), new.first()) {
        (Some(_), None) => true,
        (Some(gone), Some(next)) => has(old, next.print) && !has(new, gone.print),
        _ => false,
    }
}

fn of_tools(before: &Prompt, now: &Prompt) -> MissCause {
    if before.settings.model != now.settings.model {
        return MissCause::Model;
    }
    // The first tool that is another, by its place.
    let prints =
        |prompt: &Prompt, at: usize| prompt.blocks[..prompt.tools_end].get(at).map(|it| it.print);
    let most = before.tools_end.max(now.tools_end);
    let Some(at) = (0..most).find(|&at| prints(before, at) != prints(now, at)) else {
        return MissCause::Unknown;
    };
    let name = |prompt: &Prompt| prompt.tool_names.get(at).map(ToString::to_string);
    let has = |prompt: &Prompt, name: &str| prompt.tool_names.iter().any(|it| &**it == name);
    MissCause::Tools(match (name(before), name(now)) {
        (Some(old), Some(new)) if old == new => ToolsChange::Redefined(new),
        (_, Some(new)) if !has(before, &new) => ToolsChange::Added(new),
        (Some(old), _) if !has(now, &old) => ToolsChange::Removed(old),
        (_, Some(first)) => ToolsChange::Reordered { first },
        (Some(old), None) => ToolsChange::Removed(old),
        (None, None) => return MissCause::Unknown,
    })
}

impl MissCause {
    /// The place in the request that it speaks of, where there is one.
    #[must_use]
    pub fn place(&self) -> Option<CachePlace> {
        match self {
            Self::System(place) | Self::Message(place) => Some(*place),
            _ => None,
        }
    }
}

impl fmt::Display for CacheMiss {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { kept, read, cause } = self;
        write!(
            f,
            "the call read {read} tokens from the prompt cache where an earlier call had left \
             about {kept}: "
        )?;
        match cause {
            MissCause::Model => f.write_str("another model was called"),
            MissCause::Tools(ToolsChange::Added(name)) => write!(f, "tool `{name}` is new"),
            MissCause::Tools(ToolsChange::Removed(name)) => write!(f, "tool `{name}` is gone"),
            MissCause::Tools(ToolsChange::Reordered { first }) => {
                write!(f, "the tools stand in another order, from `{first}` on")
            }
            MissCause::Tools(ToolsChange::Redefined(name)) => {
                write!(f, "tool `{name}` has another definition")
            }
            MissCause::System(place) => write!(
                f,
                "{place} changed; what changes from call to call, such as a date, belongs behind \
                 what does not"
            ),
            MissCause::Thinking => f.write_str("the thinking parameters changed"),
            MissCause::ToolChoice => f.write_str("the tool choice changed"),
            MissCause::Message(place) => write!(f, "{place} changed"),
            MissCause::Removed(place) => write!(f, "what was {place} in that one is gone"),
            MissCause::Expired { gap, ttl } => write!(
                f,
                "it came {} after that one, and the prefix was kept for {}",
                Minutes(*gap),
                ttl.as_str()
            ),
            MissCause::Unknown => {
                f.write_str("nothing changed, so that the service let go of it early")
            }
        }
    }
}

/// Seconds as a person says them.
struct Minutes(u64);

impl fmt::Display for Minutes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            seconds @ ..120 => write!(f, "{seconds} seconds"),
            seconds => write!(f, "{} minutes", seconds / 60),
        }
    }
}
