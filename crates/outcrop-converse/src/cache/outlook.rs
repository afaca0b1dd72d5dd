//! What is to be expected of the next calls: how likely a prefix is read again.
//!
//! The chance that a place survives is the chance that the next gap is shorter than the lifetime,
//! times the chance that the prompt does not change before the place. Both are shares of what was
//! seen, the present call included. A small belief that all goes well stands before it, so that
//! one long gap, or two changes of the system prompt, teach at once; and each call back weighs
//! less, so that a habit that has ended is forgotten.

use std::time::SystemTime;

use super::memory::{CacheMemory, Entry, Step};
use super::prompt::{Prompt, Span};
use super::{CachePlace, CacheTtl};
use crate::Role;

/// The weight of the belief that the next call comes in time, against one call: one long gap
/// teaches at once.
const PRIOR_IN_TIME: f64 = 1.0 / 3.0;
/// The weight of the belief that the prompt stays, against one call: two changes in a row teach,
/// since one may be the first turn of a second model, tool set or system prompt.
const PRIOR_UNCHANGED: f64 = 0.5;
/// What a call weighs against the one after it.
const DECAY: f64 = 0.7;

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
    fn limit(self, prompt: &Prompt) -> usize {
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
    /// Seconds between calls, with what each weighs.
    gaps: Vec<(f64, f64)>,
    /// How many blocks outlast what happened between calls, with what each weighs.
    limits: Vec<(usize, f64)>,
    /// The longest prefix that is still kept, and its lifetime.
    pub(super) live: Option<(usize, CacheTtl)>,
    /// The longest of those that the service has counted, and its tokens.
    pub(super) counted: Option<(usize, u64)>,
}

impl Outlook {
    /// What a conversation's memory says of the call of `prompt` at `now`. `None` where it has
    /// seen no call yet.
    pub(super) fn new(memory: &CacheMemory, prompt: &Prompt, now: SystemTime) -> Option<Self> {
        let present = memory.step_to(prompt, now)?;
        let steps = memory.steps.iter().chain([&present]);
        let mut weight = 1.0;
        let (mut gaps, mut limits) = (Vec::new(), Vec::new());
        for Step { seconds, change } in steps.rev() {
            gaps.push((*seconds, weight));
            limits.push((change.limit(prompt), weight));
            weight *= DECAY;
        }
        let kept = kept(memory, prompt, now);
        Some(Self {
            gaps,
            limits,
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
        self.limits.first().map_or(0, |&(limit, _)| limit)
    }

    /// How many gaps were seen, the present one included.
    pub(super) fn seen(&self) -> usize {
        self.gaps.len()
    }

    /// Whether a gap was seen that an hour outlasts and five minutes do not.
    pub(super) fn has_paused(&self) -> bool {
        let lasts = |ttl: CacheTtl, gap: f64| gap <= ttl.duration().as_secs_f64();
        self.gaps
            .iter()
            .any(|&(gap, _)| lasts(CacheTtl::OneHour, gap) && !lasts(CacheTtl::FiveMinutes, gap))
    }

    /// The chance that the next call comes before a lifetime ends.
    pub(super) fn in_time(&self, ttl: CacheTtl) -> f64 {
        let lifetime = ttl.duration().as_secs_f64();
        share(
            PRIOR_IN_TIME,
            self.gaps
                .iter()
                .map(|&(gap, weight)| (gap <= lifetime, weight)),
        )
    }

    /// The chance that the first `at` blocks are the same in the next call.
    pub(super) fn unchanged(&self, at: usize) -> f64 {
        share(
            PRIOR_UNCHANGED,
            self.limits
                .iter()
                .map(|&(limit, weight)| (at <= limit, weight)),
        )
    }

    /// The counts of blocks at which that chance changes, the highest first.
    pub(super) fn limits(&self) -> Vec<usize> {
        let mut limits: Vec<_> = self.limits.iter().map(|&(limit, _)| limit).collect();
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

/// The share of what went well.
fn share(prior: f64, seen: impl Iterator<Item = (bool, f64)>) -> f64 {
    let start = (prior, prior);
    let (well, all) = seen.fold(start, |(well, all), (went_well, weight)| {
        (well + if went_well { weight } else { 0.0 }, all + weight)
    });
    well / all
}
