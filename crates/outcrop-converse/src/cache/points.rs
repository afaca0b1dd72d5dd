//! Which places of a prompt get a point.
//!
//! The service charges for what lies between the longest prefix that it finds and the last point,
//! however many points there are. So beside the goal of a call, points stand where earlier calls
//! wrote, so that this is found again; the places that ask first are served.

use outcrop_policy::CacheRule;

use super::goal::Goal;
use super::outlook::Outlook;
use super::plan::PointReason;
use super::planner::Planner;
use super::{CacheTtl, PassedOverReason, PlannedPoint};

/// From a point the service finds what was cached about twenty blocks before it (Bedrock user
/// guide, prompt caching). Two less are relied on.
pub(super) const LOOKBACK: usize = 18;

/// The places that are taken, each for the first reason that asked for it.
#[derive(Default)]
struct Places {
    /// No place is beyond this.
    end: usize,
    taken: Vec<(usize, PointReason)>,
    /// Those that came when all points were given away.
    lost: Vec<usize>,
}

impl Places {
    fn take(&mut self, at: Option<usize>, why: PointReason) {
        let Some(at) = at.filter(|&at| 0 < at && at <= self.end) else {
            return;
        };
        if self.taken.iter().any(|&(taken, _)| taken == at) || self.lost.contains(&at) {
            return;
        }
        if self.taken.len() < CacheRule::POINTS {
            self.taken.push((at, why));
        } else {
            self.lost.push(at);
        }
    }
}

impl Planner<'_> {
    /// The points of a call that writes up to `goal`, where `kept` is still kept: at most four, in
    /// order.
    pub(super) fn points(
        &mut self,
        goal: Option<Goal>,
        kept: Option<(usize, CacheTtl)>,
    ) -> Vec<PlannedPoint> {
        let ends = [goal.map(|goal| goal.at), kept.map(|(at, _)| at)];
        let mut places = Places {
            end: ends.into_iter().flatten().max().unwrap_or(0),
            ..Places::default()
        };
        let goal_at = goal.map(|goal| (goal.at, self.why(goal)));
        let most = self.most_kept();
        if most.len() == CacheRule::POINTS {
            // What lies beyond all of these is not kept, as far as anybody knows.
            most.iter()
                .for_each(|&at| places.take(Some(at), PointReason::LongestKept));
        }
        if let Some((at, why)) = goal_at {
            places.take(Some(at), why);
        }
        let previous = self.previous();
        // What is found from another point needs none of its own.
        let is_found = |at: usize| previous.is_some_and(|it| it > at && it - at <= LOOKBACK);
        let kept_at = kept.map(|(at, _)| at).filter(|&at| !is_found(at));
        places.take(kept_at, PointReason::Kept);
        places.take(self.after_change(), PointReason::LastStable);
        for &at in &most {
            places.take(Some(at), PointReason::LongestKept);
        }
        if !most.is_empty() {
            // Both of these read the system prompt as well.
            places.take(previous, PointReason::PreviousTurn);
        }
        let (tools, system) = (self.prompt.tools_end, self.prompt.system_end);
        let has_system = system > tools;
        places.take(Some(system).filter(|_| has_system), PointReason::System);
        places.take(previous, PointReason::PreviousTurn);
        let takes_tools = self.rule.tools;
        places.take(Some(tools).filter(|_| takes_tools), PointReason::Tools);
        let taken = self.settle(places);
        self.with_lifetimes(&taken, goal, kept)
    }

    /// What ends there: the prompt, or what a point may stand behind, or what is likely to stay.
    fn why(&self, goal: Goal) -> PointReason {
        let prompt = self.prompt;
        let turn = prompt.user_turns().next();
        match turn.map(|turn| (prompt.turns[turn].end, prompt.end_of(turn))) {
            Some((end, Some(at))) if at == goal.at && at == end => PointReason::EndOfPrompt,
            Some((_, Some(at))) if at == goal.at => PointReason::LastPossible,
            _ => PointReason::LastStable,
        }
    }

    /// What the last change left alone, where this call writes further in the hope that the change
    /// was the only one.
    fn after_change(&self) -> Option<usize> {
        let changed = self.outlook.as_ref().map(Outlook::last_limit)?;
        let is_within = changed < self.prompt.blocks.len();
        let changed = Some(changed).filter(|_| is_within)?;
        self.prompt.last_place(changed, self.rule.tools)
    }

    /// Where the call before is found again: at the end of the answer to it, which this call and
    /// any other way to go on have in common, if the service looks back from there to where the
    /// call before wrote. After an answer of more blocks, or one that is not kept, where that call
    /// wrote.
    fn previous(&self) -> Option<usize> {
        let prompt = self.prompt;
        let mut turns = prompt
            .user_turns()
            .filter_map(|turn| Some((turn, prompt.end_of(turn)?)));
        let (last, _) = turns.next()?;
        let (_, written) = turns.next()?;
        let answered = prompt.last_place(prompt.turns[last].start, self.rule.tools);
        let kept = self.likely_kept().unwrap_or(usize::MAX);
        let is_near = |at: &usize| *at > written && *at - written <= LOOKBACK && *at <= kept;
        answered.filter(is_near).or(Some(written))
    }

    /// The taken places in order, but for those that are too short, and what is to be said of the
    /// others.
    fn settle(&mut self, places: Places) -> Vec<(usize, PointReason)> {
        let Places {
            mut taken, lost, ..
        } = places;
        let likely = self.likely_kept();
        let is_above = |at: usize| likely.is_some_and(|likely| at > likely);
        for (at, why) in &mut taken {
            if is_above(*at) && *why != PointReason::LongestKept {
                *why = PointReason::AboveMaximum;
            }
        }
        taken.sort_unstable_by_key(|&(at, _)| at);
        let tools = self.prompt.tools_end;
        if tools > 0 && !self.rule.tools {
            self.pass_over(tools, PassedOverReason::NotAmongTools);
        }
        for at in lost {
            let tokens = self.scale.tokens(at);
            let reason = match self.rule.maximum {
                Some(maximum) if is_above(at) => PassedOverReason::AboveMaximum { tokens, maximum },
                _ => PassedOverReason::NoPointLeft,
            };
            self.pass_over(at, reason);
        }
        taken.retain(|&(at, _)| self.is_long_enough(at));
        taken
    }

    /// Passes over what is too short.
    fn is_long_enough(&mut self, at: usize) -> bool {
        let minimum = self.rule.minimum;
        let is_long_enough = self.may_keep(at);
        if !is_long_enough {
            let tokens = self.scale.tokens(at);
            self.pass_over(at, PassedOverReason::BelowMinimum { tokens, minimum });
        }
        is_long_enough
    }

    /// The points at some places: what is kept for an hour stays so, and an hour comes first.
    fn with_lifetimes(
        &self,
        places: &[(usize, PointReason)],
        goal: Option<Goal>,
        kept: Option<(usize, CacheTtl)>,
    ) -> Vec<PlannedPoint> {
        let lifetime = goal.map(|goal| goal.ttl).or(kept.map(|(_, ttl)| ttl));
        let mut longest = CacheTtl::FiveMinutes;
        let points = places.iter().rev().map(|&(at, why)| {
            let wanted = match kept {
                Some((kept_at, ttl)) if kept_at == at => ttl,
                Some((kept_at, _)) if kept_at > at => CacheTtl::FiveMinutes,
                _ => lifetime.unwrap_or(CacheTtl::FiveMinutes),
            };
            longest = longest.max(wanted);
            self.point(at, longest, why)
        });
        let mut points: Vec<_> = points.collect();
        points.reverse();
        points
    }

    /// A point after the first `at` blocks.
    pub(super) fn point(&self, at: usize, ttl: CacheTtl, why: PointReason) -> PlannedPoint {
        let (tokens, minimum) = (self.scale.tokens(at), self.rule.minimum);
        let is_known = self.is_known_to_be_kept(at);
        PlannedPoint {
            after: self.prompt.place(at),
            ttl,
            tokens,
            below_minimum: (tokens < u64::from(minimum) && !is_known).then_some(minimum),
            why,
            at,
        }
    }
}
