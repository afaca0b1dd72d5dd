//! Scripts: what the emulator answers, call by call, in place of its own words.
//!
//! A script is a YAML list with one entry a call. `read` makes entries of the text, `play` an
//! answer of an entry and a request; how an answer travels, faults included, is
//! [`crate::delivery`]'s. The format is described in `docs/emulator.md`.

mod duration;
mod entry;
mod play;
mod read;

use std::error::Error;
use std::fmt;
use std::str::FromStr;
use std::sync::{Arc, Mutex, PoisonError};

pub(crate) use entry::{Does, Entry, Fault, FaultKind, Pace, Place};
pub(crate) use play::answer;

/// A script that has been read.
///
/// ```
/// use outcrop_emulator::Script;
///
/// let script: Script = "
/// - answer:
///     - tool_use: { name: weather, input: { city: Oslo } }
/// - throttle: { retry_after: 2s }
/// - answer:
///     - text: It is 4 degrees in Oslo.
/// "
/// .parse()?;
/// assert_eq!(script.calls(), 3);
/// # Ok::<(), outcrop_emulator::ScriptError>(())
/// ```
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Script {
    entries: Arc<[Entry]>,
}

impl Script {
    /// How many calls the script has an entry for, an entry with `times` counted as often.
    #[must_use]
    pub fn calls(&self) -> usize {
        self.entries.iter().map(|entry| entry.times as usize).sum()
    }
}

impl FromStr for Script {
    type Err = ScriptError;

    fn from_str(text: &str) -> Result<Self, ScriptError> {
        let entries = read::entries(text)?;
        Ok(Self {
            entries: entries.into(),
        })
    }
}

/// Why a text is no script: the first thing that is wrong, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ScriptError {
    line: usize,
    column: usize,
    message: String,
}

impl ScriptError {
    /// The line, from 1.
    #[must_use]
    pub fn line(&self) -> usize {
        self.line
    }

    /// The column, from 1.
    #[must_use]
    pub fn column(&self) -> usize {
        self.column
    }

    /// What is wrong and what is expected, without the place.
    #[must_use]
    pub fn message(&self) -> &str {
        &self.message
    }
}

impl fmt::Display for ScriptError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}: {}", self.line, self.column, self.message)
    }
}

impl Error for ScriptError {}

/// A script that is being played: which entry is next.
#[derive(Debug, Default)]
pub(crate) struct Playing {
    script: Script,
    next: Mutex<Position>,
}

/// The next entry, and how often it has been played already.
#[derive(Debug, Default, Clone, Copy)]
struct Position {
    entry: usize,
    played: u32,
}

impl Playing {
    pub(crate) fn new(script: Script) -> Self {
        Self {
            script,
            next: Mutex::default(),
        }
    }

    /// Gives the next entry and its number (from 1) to `play`, and goes on to the one after it when
    /// that works out. `None` after the end.
    pub(crate) fn next<T, E>(
        &self,
        play: impl FnOnce(&Entry, usize) -> Result<T, E>,
    ) -> Option<Result<T, E>> {
        let mut next = self.next.lock().unwrap_or_else(PoisonError::into_inner);
        let entry = self.script.entries.get(next.entry)?;
        let result = play(entry, next.entry + 1);
        if result.is_ok() {
            next.played += 1;
            if next.played == entry.times {
                *next = Position {
                    entry: next.entry + 1,
                    played: 0,
                };
            }
        }
        Some(result)
    }
}
