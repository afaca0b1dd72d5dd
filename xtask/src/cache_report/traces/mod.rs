//! The traces: what an agent sends, call by call, and when.

mod changes;
mod chats;
mod pauses;
mod recorded;
mod rewrites;
mod talk;
mod tools;

use std::iter::repeat_n;

use outcrop_converse::{Conversation, Tool};
use outcrop_policy::ThinkingBudget;

use changes::{dated, growing_system, reordered_tools, settings, two_agents};
use chats::{chat, documents};
use pauses::{in_turn, morning, person, three_then_quick};
use recorded::recording;
use rewrites::{cleared, edited, looked_up, summed_up};
use talk::{AT_ONCE, MINUTE, SOON};
use tools::{CALLS_OF_A_TASK, tasks, tool_loop};

const CODING_AGENT: &str = include_str!("../../../traces/coding_agent.json");
const SUPPORT_CHAT: &str = include_str!("../../../traces/support_chat.json");

/// The seed of the person whose pauses are in the report.
const A_PERSON: u64 = 1;

/// One conversation, as its calls were sent.
pub(crate) struct Trace {
    pub(crate) name: &'static str,
    pub(crate) kind: Kind,
    /// How many calls teach a memory what is to be expected.
    pub(crate) taught: usize,
    pub(crate) calls: Vec<Call>,
}

/// What a trace is about.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Kind {
    /// Each call comes soon after the one before, and only adds to it.
    Steady,
    /// There are pauses in it, all as long.
    Pausing,
    /// There are pauses in it, of which no habit tells the next.
    Irregular,
    /// Something that stands early in the prompt changes.
    Changing,
    /// What was said is said otherwise later, or no more.
    Rewritten,
}

impl Kind {
    /// Whether a lifetime of an hour could be of use.
    pub(crate) fn has_pauses(self) -> bool {
        matches!(self, Self::Pausing | Self::Irregular)
    }

    /// Whether the calls of the beginning tell what the later ones will be.
    pub(crate) fn can_be_learnt(self) -> bool {
        matches!(self, Self::Steady | Self::Pausing | Self::Changing)
    }
}

/// One call.
pub(crate) struct Call {
    /// Seconds since the first one.
    pub(crate) at: u64,
    pub(crate) conversation: Conversation,
    pub(crate) thinking: Option<ThinkingBudget>,
}

/// Every trace, kind by kind.
///
/// # Errors
///
/// When a recorded one cannot be read.
pub(crate) fn all() -> Result<Vec<Trace>, String> {
    use Kind::{Changing, Irregular, Pausing, Rewritten, Steady};
    let recorded = |name, json| match recording(json) {
        Ok(calls) => Ok((name, Steady, calls)),
        Err(error) => Err(format!("{name}: {error}")),
    };
    let alike = |gap| repeat_n(gap, 5);
    let traces = [
        ("short chat, 5 turns", Steady, chat(5, SOON)),
        ("long chat, 44 turns", Steady, chat(44, SOON)),
        ("tool loop, one call a turn", Steady, tool_loop(32, 1)),
        ("tool loop, 10 parallel calls", Steady, tool_loop(14, 10)),
        ("tool loop, 25 parallel calls", Steady, tool_loop(10, 25)),
        ("PDF in the first turn", Steady, documents(0, None)),
        ("PDF and text midway", Steady, documents(3, Some(6))),
        recorded("coding agent, written down", CODING_AGENT)?,
        recorded("support chat, written down", SUPPORT_CHAT)?,
        ("chat, 4 minutes apart", Pausing, chat(20, 4 * MINUTE)),
        ("chat, 6 minutes apart", Pausing, chat(20, 6 * MINUTE)),
        ("chat, 50 minutes apart", Pausing, chat(20, 50 * MINUTE)),
        ("tools, then 4 minutes", Pausing, tasks(alike(4 * MINUTE))),
        ("tools, then 6 minutes", Pausing, tasks(alike(6 * MINUTE))),
        ("tools, then 50 minutes", Pausing, tasks(alike(50 * MINUTE))),
        (
            "three pauses, one quick call",
            Irregular,
            three_then_quick(),
        ),
        ("6 minutes, 2 hours in turn", Irregular, in_turn()),
        ("a morning with two pauses", Irregular, morning()),
        ("a person, 40 turns", Irregular, person(A_PERSON)),
        ("time in the system prompt", Changing, dated()),
        ("growing system prompt", Changing, growing_system()),
        ("tools in another order", Changing, reordered_tools()),
        ("thinking, tool choice change", Changing, settings()),
        ("two agents in turn", Changing, two_agents()),
        ("summary after every 10 calls", Rewritten, summed_up()),
        ("old tool results cleared", Rewritten, cleared()),
        ("context in the last message", Rewritten, looked_up()),
        ("every message sent twice", Rewritten, edited()),
    ];
    Ok(Vec::from(traces.map(Trace::new)))
}

/// The trace of a person who pauses without a habit, another one for each seed.
#[cfg(test)]
pub(crate) fn someone(seed: u64) -> Trace {
    Trace::new(("a person", Kind::Irregular, person(seed)))
}

impl Trace {
    fn new((name, kind, calls): (&'static str, Kind, Vec<Call>)) -> Self {
        // Four pauses teach that a write is in vain, and two that the hour pays. In a trace of tasks
        // the pauses come after the tasks.
        let taught = match calls.get(1) {
            Some(second) if second.at == AT_ONCE && kind == Kind::Pausing => {
                2 * CALLS_OF_A_TASK + 1
            }
            _ => 4,
        };
        Self {
            name,
            kind,
            taught,
            calls,
        }
    }
}

/// The tools of a conversation, cache points aside.
pub(crate) fn tool_list(conversation: &mut Conversation) -> Option<&mut Vec<Tool>> {
    conversation.tools.as_mut().map(|config| &mut config.tools)
}
