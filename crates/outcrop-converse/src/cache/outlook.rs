//! What is to be expected of the next call, from what lay between the calls before it.
//!
//! A prefix is read again if the next call comes within its lifetime and the prompt does not change
//! before its end. How likely that is, is the share of the calls seen of which both was true, the
//! present one included. A small belief that it may go either way stands before it, and each call
//! back weighs less, so that a habit that has ended is forgotten.

use std::time::SystemTime;

use super::memory::{CacheMemory, Entry};
use super::prompt::{Prompt, Span};
use super::{CachePlace, CacheTtl};
use crate::Role;

/// The weight of the belief that the next call reads what this one writes, and of the belief that
/// it does not, against one call that was seen.
const PRIOR: f64 = 0.75;
/// What a call weighs against the one after it.
const DECAY: f64 = 0.95;

/// The first thing that is not as it was in the call that a prompt goes on from.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Change {
    /// Nothing: the prompt only grew, or went back to where it was.
    Nothing,
    /// Another model, or other tools: nothing is left.
    Everything,
    /// A block of the system prompt, or one more after its last.
    System {
        /// How many blocks are as they were.
        kept: usize,
        /// Whether all of them are, so that the prompt grew.
        grew: bool,
    },
    /// The thinking parameters or the tool choice: the messages are lost.
    Settings,
    /// The last turn, as when a reminder in it comes and goes.
    LastTurn {
        /// How many blocks of that turn are as they were.
        kept: usize,
    },
    /// An earlier message.
    Messages {
        /// How many blocks of the messages are as they were.
        kept: usize,
    },
}

/// How many blocks two prompts have in common from their start.
pub(super) fn common_prefix(before: &Prompt, now: &Prompt) -> usize {
    let pairs = before.blocks.iter().zip(&now.blocks);
    pairs
        .take_while(|(left, right)| left.print == right.print)
        .count()
}

/// How many blocks of a prompt could be read from what a call of another one left.
pub(super) fn shared_blocks(before: &Prompt, now: &Prompt) -> usize {
    let common = common_prefix(before, now);
    match change_between(before, now) {
        Change::Everything => 0,
        Change::Settings => common.min(now.system_end),
        _ => common,
    }
}

/// What changed between two calls.
pub(super) fn change_between(before: &Prompt, now: &Prompt) -> Change {
    let common = common_prefix(before, now);
    let same_tools = before.tools_end == now.tools_end && common >= now.tools_end;
    if before.settings.model != now.settings.model || !same_tools {
        return Change::Everything;
    }
    let old = before.system_end - before.tools_end;
    let new = now.system_end - now.tools_end;
    let kept = (common - now.tools_end).min(old).min(new);
    if kept < old || kept < new {
        let grew = kept == old;
        return Change::System { kept, grew };
    }
    if before.settings != now.settings {
        return Change::Settings;
    }
    if common == before.blocks.len().min(now.blocks.len()) {
        return Change::Nothing;
    }
    match last_user_turn(before) {
        Some(turn) if common >= turn.start => Change::LastTurn {
            kept: common - turn.start,
        },
        _ => Change::Messages {
            kept: common - now.system_end,
        },
    }
}

fn last_user_turn(prompt: &Prompt) -> Option<Span> {
    let mut turns = prompt.turns.iter().rev();
    turns.find(|turn| turn.role == Role::User).copied()
}

impl Change {
    /// How many blocks of `prompt` would outlast the same change in the next call.
    pub(super) fn limit(self, prompt: &Prompt) -> usize {
        let all = prompt.blocks.len();
        match self {
            Self::Nothing => all,
            Self::Everything => 0,
            Self::System { grew: true, .. } | Self::Settings => prompt.system_end,
            Self::System { kept, grew: false } => (prompt.tools_end + kept).min(prompt.system_end),
            Self::LastTurn { kept } => {
                last_user_turn(prompt).map_or(all, |turn| (turn.start + kept).min(turn.end))
            }
            Self::Messages { kept } => (prompt.system_end + kept).min(all),
        }
    }

    /// The first block that is not as it was.
    pub(super) fn first_changed(self, before: &Prompt, now: &Prompt) -> CachePlace {
        let common = common_prefix(before, now);
        let prompt = if common < now.blocks.len() {
            now
        } else {
            before
        };
        prompt.place(common + 1)
    }
}

/// What is to be expected, seen from one call.
pub(super) struct Outlook {
    /// What lay between the calls, the present one first.
    seen: Vec<Seen>,
    /// The longest prefix that is still kept, and its lifetime.
    pub(super) live: Option<(usize, CacheTtl)>,
    /// The longest of those that the service has counted, and its tokens.
    pub(super) counted: Option<(usize, u64)>,
}

/// What lay between two calls, for the present prompt.
struct Seen {
    seconds: f64,
    /// How many of its blocks outlast the same change.
    limit: usize,
    /// The part of the later prompt that was new, by its tokens.
    added: f64,
}

impl Seen {
    /// Whether the first `at` blocks could have been read by the later call.
    fn leaves(&self, at: usize, ttl: CacheTtl) -> bool {
        ttl.outlasts(self.seconds) && at <= self.limit
    }
}

/// So many calls in a row that could not have read a prefix, the present one and those before it.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) struct Run {
    pub(super) length: u32,
    /// How many of them came too late; the others came with another prompt.
    pub(super) late: u32,
}

impl Outlook {
    /// What a conversation's memory says of the call of `prompt` at `now`. `None` where it has
    /// seen no call yet.
    pub(super) fn new(memory: &CacheMemory, prompt: &Prompt, now: SystemTime) -> Option<Self> {
        let present = memory.step_to(prompt, now)?;
        let steps = memory.steps.iter().chain([&present]).rev();
        let seen = steps.map(|step| Seen {
            seconds: step.seconds,
            limit: step.change.limit(prompt),
            added: step.added,
        });
        let kept = kept(memory, prompt, now);
        Some(Self {
            seen: seen.collect(),
            live: kept
                .iter()
                .map(|it| (it.blocks, it.ttl))
                .max_by_key(|it| it.0),
            counted: kept
                .iter()
                .filter_map(|it| Some((it.blocks, it.counted?)))
                .max_by_key(|it| it.0),
        })
    }

    /// How many blocks outlast what happened before the present call.
    pub(super) fn last_limit(&self) -> usize {
        self.seen.first().map_or(0, |seen| seen.limit)
    }

    /// How many gaps were seen that an hour outlasts and five minutes do not.
    pub(super) fn pauses(&self) -> usize {
        let (short, long) = (CacheTtl::FiveMinutes, CacheTtl::OneHour);
        let is_pause = |it: &&Seen| long.outlasts(it.seconds) && !short.outlasts(it.seconds);
        self.seen.iter().filter(is_pause).count()
    }

    /// The chance that the next call reads the first `at` blocks.
    pub(super) fn chance(&self, at: usize, ttl: CacheTtl) -> f64 {
        let start = (PRIOR, 2.0 * PRIOR, 1.0);
        let (read, all, _) = self.seen.iter().fold(start, |(read, all, weight), seen| {
            let part = if seen.leaves(at, ttl) { weight } else { 0.0 };
            (read + part, all + weight, weight * DECAY)
        });
        read / all
    }

    /// How many calls in a row could not have read the first `at` blocks.
    pub(super) fn run(&self, at: usize, ttl: CacheTtl) -> Run {
        let failed = self.seen.iter().take_while(|it| !it.leaves(at, ttl));
        let none = Run { length: 0, late: 0 };
        failed.fold(none, |run, seen| Run {
            length: run.length + 1,
            late: run.late + u32::from(!ttl.outlasts(seen.seconds)),
        })
    }

    /// What a token of the first `at` blocks would have cost over the calls that were seen, had it
    /// always been written for that long.
    pub(super) fn cost(&self, at: usize, ttl: CacheTtl, read: f64, write: f64) -> f64 {
        let of_call = |seen: &Seen| match seen.leaves(at, ttl) {
            true => (1.0 - seen.added) * read + seen.added * write,
            false => write,
        };
        self.seen.iter().map(of_call).sum()
    }

    /// The same, had it never been written.
    pub(super) fn cost_without(&self) -> f64 {
        self.seen.len() as f64
    }

    /// The counts of blocks at which the chance changes, the highest first.
    pub(super) fn limits(&self) -> Vec<usize> {
        let mut limits: Vec<_> = self.seen.iter().map(|it| it.limit).collect();
        limits.sort_unstable_by(|left, right| right.cmp(left));
        limits.dedup();
        limits
    }
}

/// The prefixes that remembered calls left behind and that are still kept.
fn kept(memory: &CacheMemory, prompt: &Prompt, now: SystemTime) -> Vec<Entry> {
    let prints = prompt.prefix_prints();
    let entries = memory.entries.iter().filter(|entry| entry.until > now);
    entries
        .filter(|entry| prints.get(entry.blocks) == Some(&entry.print))
        .copied()
        .collect()
}
