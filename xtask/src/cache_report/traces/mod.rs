//! The traces: what an agent sends, call by call, and when.

mod changes;
mod chats;
mod recorded;
mod talk;
mod tools;

use outcrop_converse::{Conversation, Tool};
use outcrop_policy::ThinkingBudget;

use changes::{dated, growing_system, reordered_tools, settings};
use chats::{chat, documents};
use recorded::recording;
use talk::{AT_ONCE, MINUTE, SOON};
use tools::{CALLS_OF_A_TASK, tasks, tool_loop};

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
    /// There are pauses in it.
    Pausing,
    /// Something that stands early in the prompt changes.
    Changing,
}

/// One call.
pub(crate) struct Call {
    /// Seconds since the first one.
    pub(crate) at: u64,
    pub(crate) conversation: Conversation,
    pub(crate) thinking: Option<ThinkingBudget>,
}

/// Every trace.
///
/// # Errors
///
/// When a recorded one cannot be read.
pub(crate) fn all() -> Result<Vec<Trace>, String> {
    use Kind::{Changing, Pausing, Steady};
    let generated = [
        ("short chat, 5 turns", Steady, chat(5, SOON)),
        ("long chat, 44 turns", Steady, chat(44, SOON)),
        ("tool loop, one call a turn", Steady, tool_loop(32, 1)),
        ("tool loop, 10 parallel calls", Steady, tool_loop(14, 10)),
        ("tool loop, 25 parallel calls", Steady, tool_loop(10, 25)),
        ("PDF in the first turn", Steady, documents(0, None)),
        ("PDF and text midway", Steady, documents(3, Some(6))),
        ("chat, 4 minutes apart", Pausing, chat(20, 4 * MINUTE)),
        ("chat, 6 minutes apart", Pausing, chat(20, 6 * MINUTE)),
        ("chat, 50 minutes apart", Pausing, chat(20, 50 * MINUTE)),
        ("tools, then 4 minutes", Pausing, tasks(4 * MINUTE)),
        ("tools, then 6 minutes", Pausing, tasks(6 * MINUTE)),
        ("tools, then 50 minutes", Pausing, tasks(50 * MINUTE)),
        ("time in the system prompt", Changing, dated()),
        ("growing system prompt", Changing, growing_system()),
        ("tools in another order", Changing, reordered_tools()),
        ("thinking, tool choice change", Changing, settings()),
    ];
    let generated = generated.map(|(name, kind, calls)| Trace {
        name,
        kind,
        // The third call is the second that comes after a pause, or with another prompt; in a trace
        // of tasks the first pause comes after the first task.
        taught: match calls.get(1) {
            Some(second) if second.at == AT_ONCE && kind == Pausing => CALLS_OF_A_TASK + 1,
            _ => 3,
        },
        calls,
    });
    let recorded = [
        (
            "coding agent, written down",
            include_str!("../../../traces/coding_agent.json"),
        ),
        (
            "support chat, written down",
            include_str!("../../../traces/support_chat.json"),
        ),
    ];
    let mut traces = Vec::from(generated);
    for (name, json) in recorded {
        let calls = recording(json).map_err(|error| format!("{name}: {error}"))?;
        traces.push(Trace {
            name,
            kind: Steady,
            taught: 3,
            calls,
        });
    }
    Ok(traces)
}

/// The tools of a conversation, cache points aside.
pub(crate) fn tool_list(conversation: &mut Conversation) -> Option<&mut Vec<Tool>> {
    conversation.tools.as_mut().map(|config| &mut config.tools)
}
