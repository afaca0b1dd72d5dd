//! What a script says, entry by entry.

use std::num::NonZeroUsize;
use std::time::Duration;

use serde::Deserialize;
use serde_json::Value;

use crate::refusal::Refusal;

/// What happens on one call.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Entry {
    /// How far the simulated clock goes on before the call.
    pub(crate) wait: Duration,
    /// For how many calls in a row the entry stands, at least 1.
    pub(crate) times: u32,
    pub(crate) does: Does,
    pub(crate) pace: Pace,
}

impl Default for Entry {
    /// What happens without a script.
    fn default() -> Self {
        Self {
            wait: Duration::ZERO,
            times: 1,
            does: Does::Answer {
                blocks: None,
                stop: None,
                usage: Tokens::default(),
                fault: None,
            },
            pace: Pace::default(),
        }
    }
}

/// What the call comes to.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Does {
    /// An answer, in the emulator's own words when `blocks` is `None`.
    Answer {
        blocks: Option<Vec<Said>>,
        /// The `stopReason`; derived when `None`.
        stop: Option<&'static str>,
        usage: Tokens,
        fault: Option<Fault>,
    },
    /// A refusal in place of an answer.
    Refuse(Refusal),
    /// A page that no service of AWS sends, as a proxy does.
    Html { status: u16, body: String },
}

/// One block of a scripted answer.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Said {
    Thinking(String),
    /// Thinking that arrives encrypted.
    Redacted(String),
    Text(String),
    ToolUse {
        name: String,
        input: Value,
        /// Derived from the request when `None`.
        id: Option<String>,
    },
}

/// Tokens that are said in place of those that are counted.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(
    deny_unknown_fields,
    default,
    expecting = "tokens such as `{ input: 120, output: 30 }`"
)]
pub(crate) struct Tokens {
    pub(crate) input: Option<u64>,
    pub(crate) output: Option<u64>,
    pub(crate) cache_read: Option<u64>,
    pub(crate) cache_write_5m: Option<u64>,
    pub(crate) cache_write_1h: Option<u64>,
}

/// How fast a reply comes and in what pieces.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Pace {
    /// Before the head of the reply.
    pub(crate) head_delay: Duration,
    /// Before each delta.
    pub(crate) delta_delay: Option<Duration>,
    /// Characters in a delta.
    pub(crate) delta_size: Option<NonZeroUsize>,
    /// Bytes that are written at a time.
    pub(crate) chunk_size: Option<NonZeroUsize>,
}

/// What goes wrong while an answer is sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Fault {
    pub(crate) at: Place,
    pub(crate) kind: FaultKind,
}

/// Where in a reply.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Place {
    /// Before its head.
    Head,
    /// After so many events of its body.
    Events(usize),
    /// After so many bytes of its body.
    Bytes(usize),
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum FaultKind {
    /// The body ends, as if it were complete.
    Cut,
    /// An exception takes the place of the next event.
    Exception(StreamException),
    /// The connection is reset.
    Reset,
    /// Nothing more comes.
    Stall,
}

/// An exception as a member of `ConverseStreamOutput`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct StreamException {
    /// The member's name, such as `throttlingException`.
    pub(crate) name: &'static str,
    /// The same as an error of a reply without a stream.
    pub(crate) error_type: &'static str,
    pub(crate) status: u16,
    pub(crate) message: String,
}
