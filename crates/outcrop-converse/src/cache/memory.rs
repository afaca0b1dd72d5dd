//! What earlier calls of the same conversation taught: what they cached, what changed between
//! them, how much time passed, and how far the estimates were off.

use std::sync::Arc;
use std::time::SystemTime;

use super::fingerprint::mix;
use super::outlook::{Change, change_between, shared_blocks};
use super::patience::Patience;
use super::plan::{CachePlan, PlannedPoint, PointReason};
use super::prompt::Prompt;
use super::{CacheMiss, CacheTtl, MissCause, missed};
use crate::Usage;

/// How many calls back gaps and changes are remembered; older ones hardly weigh.
const REMEMBERED: usize = 32;
/// What a corrected estimate may be off by.
const ERROR: f64 = 1.03;
/// How many models' estimates are corrected.
const MODELS: usize = 8;
/// How many written prefixes are remembered.
const ENTRIES: usize = 32;
/// How many calls back a prompt is compared with: who takes turns between a few models, tool sets
/// or system prompts goes on where an earlier call left off.
const CALLS: usize = 4;

/// What earlier calls of one conversation taught. Plain data: it is made by `default`, grows by
/// [`observe`](Self::observe), and can be kept, copied and compared.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct CacheMemory {
    /// The last calls, the newest last.
    pub(super) calls: Vec<Call>,
    /// The prefixes that were written or read, the newest last.
    pub(super) entries: Vec<Entry>,
    /// What was seen from call to call, the newest last.
    pub(super) steps: Vec<Step>,
    /// What came of writing less than a call that knows nothing would have.
    pub(super) patience: Patience,
    /// Tokens as the service counted them, over the estimate, by the print of the model. The newest
    /// last.
    corrections: Vec<(u64, f64)>,
}

/// An earlier call.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Call {
    /// Shared by the copies of a memory. It holds prints and no text.
    pub(super) prompt: Arc<Prompt>,
    pub(super) at: SystemTime,
    /// The last point of that call: its place and its lifetime. None where the service did not say
    /// what it cached, which may have been nothing.
    pub(super) promised: Option<(usize, CacheTtl)>,
    /// Up to where that call would have written, and for how long, but for what was seen.
    unwritten: Option<(usize, CacheTtl)>,
}

impl Call {
    /// Whether what the call left is kept until `now`.
    fn is_in_time(&self, now: SystemTime) -> bool {
        let ttl = self.promised.map_or(CacheTtl::FiveMinutes, |(_, ttl)| ttl);
        ttl.outlasts(seconds_between(self.at, now))
    }
}

/// A prefix that the service keeps.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Entry {
    pub(super) blocks: usize,
    pub(super) print: u64,
    pub(super) ttl: CacheTtl,
    pub(super) until: SystemTime,
    /// Its tokens as the service counted them, where it did.
    pub(super) counted: Option<u64>,
}

impl Entry {
    /// No prefix is kept for longer than its lifetime from now, which it would seem to be where
    /// the clock was set back.
    fn clamp(&mut self, now: SystemTime) {
        self.until = self.until.min(end_of(self.ttl, now));
    }
}

/// What lay between two calls.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Step {
    pub(super) seconds: f64,
    pub(super) change: Change,
    /// The part of the later prompt that was new, by its tokens.
    pub(super) added: f64,
}

impl CacheMemory {
    /// Takes in a call that was answered: the plan it was sent with, what the service counted, if
    /// it said so, and when it was sent. Says why less was read than an earlier call had cached.
    pub fn observe(
        &mut self,
        plan: &CachePlan,
        usage: Option<&Usage>,
        at: SystemTime,
    ) -> Option<CacheMiss> {
        let prompt = plan.prompt();
        let miss = usage.and_then(|usage| missed::find(self, plan, usage, at));
        if let Some(before) = self.goes_on_from(prompt, at) {
            let step = step_between(before, prompt, at);
            if let Some((end, ttl)) = before.unwritten {
                let is_lost =
                    ttl.outlasts(step.seconds) && end <= step.change.limit(&before.prompt);
                self.patience.learn(!is_lost);
            }
            self.steps.push(step);
        }
        let forgotten = self.steps.len().saturating_sub(REMEMBERED);
        self.steps.drain(..forgotten);
        if let Some(usage) = usage {
            self.correct(prompt, usage);
        }
        if let Some(CacheMiss {
            cause: MissCause::Unknown,
            ..
        }) = miss
        {
            self.forget_prefixes_of(prompt);
        }
        let cached = usage.map(cached_tokens);
        let promised = plan.points.iter().rev();
        let promised = promised.filter(|_| usage.is_some());
        let promised = promised
            .copied()
            .find(|point| self.is_kept(plan, point, cached));
        self.remember(plan, cached, at);
        let forgotten = (self.calls.len() + 1).saturating_sub(CALLS);
        self.calls.drain(..forgotten);
        self.calls.push(Call {
            prompt: Arc::new(prompt.clone()),
            at,
            promised: promised.map(|point| (point.at, point.ttl)),
            unwritten: plan.unwritten,
        });
        miss
    }

    /// What lies between a call of `prompt` at `now` and the call that it goes on from.
    pub(super) fn step_to(&self, prompt: &Prompt, now: SystemTime) -> Option<Step> {
        let before = self.goes_on_from(prompt, now)?;
        Some(step_between(before, prompt, now))
    }

    /// The earlier call that a call of `prompt` at `now` shares the most with. What is still kept
    /// goes before what is not, and a later call before an earlier one.
    pub(super) fn goes_on_from(&self, prompt: &Prompt, now: SystemTime) -> Option<&Call> {
        let shared = |call: &&Call| shared_blocks(&call.prompt, prompt);
        let in_time = self.calls.iter().filter(|call| call.is_in_time(now));
        let best = in_time.max_by_key(shared).filter(|call| shared(call) > 0);
        best.or_else(|| self.calls.iter().max_by_key(shared))
    }

    /// The service has let go of what the prompt goes on from. What is kept of other models, tools
    /// or settings is not touched by that.
    fn forget_prefixes_of(&mut self, prompt: &Prompt) {
        let prints = prompt.prefix_prints();
        let is_of_prompt = |entry: &Entry| prints.get(entry.blocks) == Some(&entry.print);
        self.entries.retain(|entry| !is_of_prompt(entry));
    }

    fn correct(&mut self, prompt: &Prompt, usage: &Usage) {
        let (counted, estimated) = (usage.counts().prompt(), prompt.tokens());
        // Where much of the estimate is a guess, as of a document in S3, the ratio is that of the
        // guess and says nothing of text.
        let is_telling = prompt.guessed() < estimated.div_ceil(5);
        if counted > 0 && is_telling {
            // Whatever the service counts, an estimate is not off by more than this.
            let ratio = counted as f64 / estimated as f64;
            let ratio = ratio.clamp(0.2, 5.0);
            let model = prompt.settings.model;
            self.corrections.retain(|(of, _)| *of != model);
            let forgotten = (self.corrections.len() + 1).saturating_sub(MODELS);
            self.corrections.drain(..forgotten);
            self.corrections.push((model, ratio));
        }
    }

    /// Tokens as the service counts them, over the estimate, for the model of a prompt.
    pub(super) fn correction(&self, prompt: &Prompt) -> Option<f64> {
        let mut corrections = self.corrections.iter();
        let of_model = corrections.find(|(model, _)| *model == prompt.settings.model);
        of_model.map(|&(_, ratio)| ratio)
    }

    /// Whether the service has kept the prefix of a point, as far as what it counted tells.
    fn is_kept(&self, plan: &CachePlan, point: &PlannedPoint, cached: Option<u64>) -> bool {
        if !may_do_nothing(point) {
            return true;
        }
        let prompt = plan.prompt();
        let ratio = self.correction(prompt).unwrap_or(1.0);
        let tokens = prompt.tokens_until(point.at) as f64 * ratio;
        cached.is_some_and(|cached| tokens <= cached as f64 * ERROR)
    }

    /// Keeps the prefixes that the points of a call leave behind, as far as the service says that
    /// it cached anything.
    fn remember(&mut self, plan: &CachePlan, cached: Option<u64>, at: SystemTime) {
        self.entries.retain(|entry| entry.until > at);
        for entry in &mut self.entries {
            entry.clamp(at);
        }
        if cached == Some(0) {
            return;
        }
        let prints = plan.prompt().prefix_prints();
        // What was cached ends at the last point, unless the model keeps less.
        let is_whole = |point: &PlannedPoint| {
            !plan.points.iter().any(may_do_nothing) && plan.points.last() == Some(point)
        };
        let kept = plan.points.iter();
        let kept: Vec<_> = kept.filter(|it| self.is_kept(plan, it, cached)).collect();
        for point in kept {
            let Some(&print) = prints.get(point.at) else {
                continue;
            };
            let known = self.entries.iter().position(|entry| entry.print == print);
            // A prefix that is read keeps the lifetime it was written with.
            let known = known.map(|index| self.entries.remove(index));
            let ttl = known.map_or(point.ttl, |entry| entry.ttl);
            let counted = cached.filter(|_| is_whole(point));
            self.entries.push(Entry {
                blocks: point.at,
                print,
                ttl,
                until: end_of(ttl, at),
                counted: counted.or(known.and_then(|entry| entry.counted)),
            });
        }
        let forgotten = self.entries.len().saturating_sub(ENTRIES);
        self.entries.drain(..forgotten);
    }
}

fn step_between(before: &Call, prompt: &Prompt, now: SystemTime) -> Step {
    let shared = prompt.tokens_until(shared_blocks(&before.prompt, prompt));
    Step {
        seconds: seconds_between(before.at, now),
        change: change_between(&before.prompt, prompt),
        added: 1.0 - shared as f64 / prompt.tokens().max(1) as f64,
    }
}

/// What a call has read and written.
fn cached_tokens(usage: &Usage) -> u64 {
    let counts = usage.counts();
    counts.read + counts.written_5m + counts.written_1h
}

/// Whether a point stands where the model may keep no more.
fn may_do_nothing(point: &PlannedPoint) -> bool {
    matches!(
        point.why,
        PointReason::LongestKept | PointReason::AboveMaximum
    )
}

/// When a prefix that was used at a time is let go of.
fn end_of(ttl: CacheTtl, used: SystemTime) -> SystemTime {
    used.checked_add(ttl.duration()).unwrap_or(used)
}

/// Seconds from one time to a later one; a clock that was set back counts as no time.
pub(super) fn seconds_between(from: SystemTime, to: SystemTime) -> f64 {
    to.duration_since(from).unwrap_or_default().as_secs_f64()
}

impl Prompt {
    /// The fingerprint of every prefix, by its count of blocks. Those that end inside the messages
    /// depend on the settings as well.
    pub(super) fn prefix_prints(&self) -> Vec<u64> {
        let mut print = mix(0, self.settings.model);
        let mut prints = Vec::with_capacity(self.blocks.len() + 1);
        prints.push(print);
        for (block, it) in self.blocks.iter().enumerate() {
            if block == self.system_end {
                print = mix(mix(print, self.settings.thinking), self.settings.choice);
            }
            print = mix(print, it.print);
            prints.push(print);
        }
        prints
    }
}
