//! The planner: which places of a prompt get a cache point.
//!
//! The service charges for what lies between the longest prefix that it finds and the last point,
//! however many points there are. So one question decides the bill, up to where a call writes; the
//! other points make sure that what was written is found again.

use outcrop_policy::{CacheRule, Caching};

use super::goal::Goal;
use super::outlook::Outlook;
use super::patience::Patience;
use super::plan::{CacheStanding, OwnPoints, PointReason};
use super::prompt::{CachePlace, Misplaced, Prompt};
use super::scale::Scale;
use super::{
    CachePlan, CacheSettings, CacheTtl, CacheTtlChoice, ExpectedInput, PassedOver,
    PassedOverReason, PlannedPoint, own,
};
use crate::Adjustment;

/// Plans the cache points of a prompt.
pub(crate) fn plan(
    prompt: Prompt,
    settings: &CacheSettings<'_>,
    adjustments: &mut Vec<Adjustment>,
) -> Result<CachePlan, (CachePlace, Misplaced)> {
    let planned = match settings.caching {
        _ if !prompt.own.is_empty() => own::plan(prompt, settings, adjustments)?,
        Caching::Points(rule) => {
            let planned = Planner::new(&prompt, rule, settings).plan();
            planned.into_plan(prompt)
        }
        Caching::Implicit => CachePlan::without_points(prompt, CacheStanding::Implicit, settings),
        Caching::None => CachePlan::without_points(prompt, CacheStanding::NotSupported, settings),
        _ => CachePlan::without_points(prompt, CacheStanding::Unknown, settings),
    };
    report_setting(&planned, settings, adjustments);
    if settings.enabled {
        return Ok(planned);
    }
    // Points of the conversation are left out as well, whether or not the model takes any.
    let own = planned.prompt.own.last();
    let own = own.map(|point| planned.prompt.tokens_until(point.at));
    let last = planned.points.last().map(|point| point.tokens);
    if let Some(tokens) = last.or(own) {
        adjustments.push(Adjustment::CacheDisabled { tokens });
    }
    Ok(CachePlan {
        own: OwnPoints::Drop,
        ..CachePlan::without_points(planned.prompt, CacheStanding::Off, settings)
    })
}

/// What becomes of a `cache_ttl` that was asked for.
fn report_setting(
    plan: &CachePlan,
    settings: &CacheSettings<'_>,
    adjustments: &mut Vec<Adjustment>,
) {
    let Some(ttl) = settings.ttl.filter(|_| settings.enabled) else {
        return;
    };
    let Caching::Points(rule) = settings.caching else {
        adjustments.push(Adjustment::CacheTtlWithoutCache);
        return;
    };
    if ttl == CacheTtlChoice::OneHour && !rule.one_hour {
        adjustments.push(Adjustment::CacheTtlNotSupported { place: None });
    }
    if let ([], CacheStanding::Planned) = (&*plan.points, plan.standing)
        && let Some((tokens, minimum)) = plan.too_short()
    {
        adjustments.push(Adjustment::CacheBelowMinimum {
            place: None,
            tokens,
            minimum,
        });
    }
}

impl CachePlan {
    pub(super) fn without_points(
        prompt: Prompt,
        standing: CacheStanding,
        settings: &CacheSettings<'_>,
    ) -> Self {
        let full_price = prompt.tokens();
        Self {
            standing,
            points: Vec::new(),
            passed_over: Vec::new(),
            stateless: settings.memory.is_none(),
            expected: ExpectedInput {
                full_price,
                ..ExpectedInput::default()
            },
            break_even: None,
            prompt,
            own: OwnPoints::Drop,
            unwritten: None,
        }
    }

    /// The longest prefix that was passed over for being too short.
    fn too_short(&self) -> Option<(u64, u32)> {
        let reasons = self.passed_over.iter().rev().map(|it| it.because);
        reasons
            .filter_map(|reason| match reason {
                PassedOverReason::BelowMinimum { tokens, minimum } => Some((tokens, minimum)),
                _ => None,
            })
            .next()
    }
}

/// What a plan is made from.
pub(super) struct Planner<'a> {
    pub(super) prompt: &'a Prompt,
    pub(super) rule: CacheRule,
    pub(super) choice: CacheTtlChoice,
    pub(super) scale: Scale,
    pub(super) outlook: Option<Outlook>,
    pub(super) patience: Patience,
    /// Whether nothing at all is known of earlier calls.
    pub(super) is_stateless: bool,
    passed_over: Vec<PassedOver>,
    /// Up to where a call would have written that knows nothing of earlier ones, and for how long.
    pub(super) unwritten: Option<(usize, CacheTtl)>,
}

/// The points of a plan and what is expected of them.
pub(super) struct Planned {
    points: Vec<PlannedPoint>,
    passed_over: Vec<PassedOver>,
    stateless: bool,
    expected: ExpectedInput,
    break_even: Option<u32>,
    unwritten: Option<(usize, CacheTtl)>,
}

impl Planned {
    pub(super) fn into_plan(self, prompt: Prompt) -> CachePlan {
        CachePlan {
            standing: CacheStanding::Planned,
            points: self.points,
            passed_over: self.passed_over,
            stateless: self.stateless,
            expected: self.expected,
            break_even: self.break_even,
            prompt,
            own: OwnPoints::Drop,
            unwritten: self.unwritten,
        }
    }
}

impl<'a> Planner<'a> {
    pub(super) fn new(prompt: &'a Prompt, rule: CacheRule, settings: &CacheSettings<'_>) -> Self {
        let memory = settings.memory;
        let choice = match settings.ttl {
            Some(choice) if rule.one_hour => choice,
            _ => CacheTtlChoice::FiveMinutes,
        };
        let outlook = memory.and_then(|it| Outlook::new(it.memory, prompt, it.now));
        let correction = memory.and_then(|it| it.memory.correction(prompt));
        let counted = outlook.as_ref().and_then(|it| it.counted);
        Self {
            prompt,
            rule,
            choice,
            scale: Scale::new(prompt, correction, counted),
            outlook,
            patience: memory.map_or_else(Patience::default, |it| it.memory.patience),
            is_stateless: memory.is_none(),
            passed_over: Vec::new(),
            unwritten: None,
        }
    }

    /// The tokens of the first `at` blocks.
    pub(super) fn tokens(&self, at: usize) -> u64 {
        self.scale.tokens(at)
    }

    /// Whether the model may keep that much. Near its minimum it may: below it a point costs
    /// nothing. What the service is known to keep is no question.
    pub(super) fn may_keep(&self, at: usize) -> bool {
        let counted = self.outlook.as_ref().and_then(|it| it.counted);
        counted.is_some_and(|(kept, _)| kept <= at)
            || self.scale.at_most(at) >= u64::from(self.rule.minimum)
    }

    fn plan(mut self) -> Planned {
        let goal = self.goal();
        let kept = self.kept();
        let ends = [goal.map(|goal| goal.at), kept.map(|(at, _)| at)];
        let end = ends.into_iter().flatten().max().unwrap_or(0);
        let mut places = self.places(goal, kept, end);
        places.retain(|&(at, _)| self.is_long_enough(at));
        let points = self.points(&places, goal, kept);
        self.finish(points)
    }

    /// The last places that the model keeps, where it keeps less than the prompt: by the estimate,
    /// and if that falls short or says too much. A point beyond them may do nothing, so that the
    /// others of the four stand here.
    pub(super) fn longest(&self) -> [Option<usize>; 3] {
        let Some(maximum) = self.rule.maximum else {
            return [None; 3];
        };
        let limits = self.scale.within(maximum);
        let is_less = |limit: &usize| *limit < self.prompt.blocks.len();
        limits.map(|limit| {
            let limit = Some(limit).filter(is_less)?;
            self.prompt.last_place(limit, self.rule.tools)
        })
    }

    /// The prefix that is still kept, if a point can find it.
    fn kept(&self) -> Option<(usize, CacheTtl)> {
        let (at, ttl) = self.outlook.as_ref()?.live?;
        (self.prompt.last_place(at, self.rule.tools) == Some(at)).then_some((at, ttl))
    }

    pub(super) fn read(&self) -> f64 {
        self.rule.rates.read.as_f64()
    }

    pub(super) fn write(&self, ttl: CacheTtl) -> f64 {
        match ttl {
            CacheTtl::FiveMinutes => self.rule.rates.write_5m.as_f64(),
            CacheTtl::OneHour => self.rule.rates.write_1h.as_f64(),
        }
    }

    /// The places of the points up to `end`, at most four, in order. A place is taken for the
    /// first reason that asks for it.
    fn places(
        &mut self,
        goal: Option<Goal>,
        kept: Option<(usize, CacheTtl)>,
        end: usize,
    ) -> Vec<(usize, PointReason)> {
        let prompt = self.prompt;
        let (tools, system) = (prompt.tools_end, prompt.system_end);
        let previous = prompt.user_ends().nth(1);
        // What the last change left alone, where this call writes further in the hope that the
        // change was the only one.
        let changed = self.outlook.as_ref().map(Outlook::last_limit);
        let changed = changed.filter(|&at| at < prompt.blocks.len());
        let changed = changed.and_then(|at| prompt.last_place(at, self.rule.tools));
        let mut places: Vec<(usize, PointReason)> = Vec::with_capacity(CacheRule::POINTS);
        let mut take = |at: Option<usize>, why| {
            let at = at.filter(|&at| 0 < at && at <= end);
            if let Some(at) = at
                && places.len() < CacheRule::POINTS
                && places.iter().all(|&(taken, _)| taken != at)
            {
                places.push((at, why));
            }
        };
        let last = prompt.user_turns().next();
        let last = last.and_then(|turn| prompt.end_of(turn));
        take(
            goal.map(|goal| goal.at),
            match goal {
                Some(goal) if last == Some(goal.at) => PointReason::EndOfPrompt,
                _ => PointReason::LastStable,
            },
        );
        take(kept.map(|(at, _)| at), PointReason::Kept);
        take(changed, PointReason::LastStable);
        let longest = self.longest();
        for at in longest {
            take(at, PointReason::LongestKept);
        }
        if longest[0].is_some() {
            // Both of these read the system prompt as well.
            take(previous, PointReason::PreviousTurn);
        }
        take(Some(system).filter(|_| system > tools), PointReason::System);
        take(Some(tools).filter(|_| self.rule.tools), PointReason::Tools);
        take(previous, PointReason::PreviousTurn);
        for (at, why) in &mut places {
            if longest[0].is_some_and(|longest| *at > longest) && *why != PointReason::LongestKept {
                *why = PointReason::AboveMaximum;
            }
        }
        places.sort_unstable_by_key(|&(at, _)| at);
        if tools > 0 && !self.rule.tools {
            self.pass_over(tools, PassedOverReason::NotAmongTools);
        }
        places
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

    pub(super) fn pass_over(&mut self, at: usize, because: PassedOverReason) {
        let after = self.prompt.place(at);
        self.passed_over.push(PassedOver { after, because });
    }

    /// The points at some places: what is kept for an hour stays so, and an hour comes first.
    fn points(
        &self,
        places: &[(usize, PointReason)],
        goal: Option<Goal>,
        kept: Option<(usize, CacheTtl)>,
    ) -> Vec<PlannedPoint> {
        let lifetime = goal.map(|goal| goal.ttl).or(kept.map(|(_, ttl)| ttl));
        let mut longest = CacheTtl::FiveMinutes;
        let mut points: Vec<_> = places
            .iter()
            .rev()
            .map(|&(at, why)| {
                let wanted = match kept {
                    Some((kept_at, ttl)) if kept_at == at => ttl,
                    Some((kept_at, _)) if kept_at > at => CacheTtl::FiveMinutes,
                    _ => lifetime.unwrap_or(CacheTtl::FiveMinutes),
                };
                longest = longest.max(wanted);
                PlannedPoint {
                    after: self.prompt.place(at),
                    ttl: longest,
                    tokens: self.scale.tokens(at),
                    why,
                    at,
                }
            })
            .collect();
        points.reverse();
        points
    }

    pub(super) fn finish(self, points: Vec<PlannedPoint>) -> Planned {
        let expected = self.expected(&points);
        Planned {
            break_even: self.break_even(&expected),
            points,
            passed_over: self.passed_over,
            stateless: self.is_stateless,
            unwritten: self.unwritten,
            expected,
        }
    }
}
