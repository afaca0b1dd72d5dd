//! The planner: what a plan is made from, and what is said of the settings beside it.
//!
//! `goal.rs` decides up to where a call writes, `points.rs` where points stand, `expected.rs` what
//! that is expected to come to.

use outcrop_policy::{CacheRule, Caching};

use super::outlook::Outlook;
use super::patience::Patience;
use super::plan::{CacheStanding, OwnPoints};
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
    if !plan.prompt.own.is_empty() && matches!(plan.own, OwnPoints::Keep { .. }) {
        adjustments.push(Adjustment::CacheTtlBesideOwnPoints);
        return;
    }
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
    /// nothing.
    pub(super) fn may_keep(&self, at: usize) -> bool {
        self.is_known_to_be_kept(at) || self.scale.at_most(at) >= u64::from(self.rule.minimum)
    }

    /// Whether the service has said that it keeps that much.
    pub(super) fn is_known_to_be_kept(&self, at: usize) -> bool {
        let counted = self.outlook.as_ref().and_then(|it| it.counted);
        counted.is_some_and(|(kept, _)| kept <= at)
    }

    fn plan(mut self) -> Planned {
        let goal = self.goal();
        let kept = self.kept();
        let points = self.points(goal, kept);
        self.finish(points)
    }

    /// The last place that the model keeps by the estimate, where that is less than the prompt.
    pub(super) fn likely_kept(&self) -> Option<usize> {
        self.last_within(self.scale.within(self.rule.maximum?))
    }

    /// The last places that the model keeps, by the estimate and as far as that may be off, where
    /// they are within the prompt.
    pub(super) fn most_kept(&self) -> Vec<usize> {
        let Some(maximum) = self.rule.maximum else {
            return Vec::new();
        };
        let limits = self.scale.within_at_worst(maximum);
        limits.filter_map(|limit| self.last_within(limit)).collect()
    }

    fn last_within(&self, limit: usize) -> Option<usize> {
        let limit = Some(limit).filter(|&limit| limit < self.prompt.blocks.len())?;
        self.prompt.last_place(limit, self.rule.tools)
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

    pub(super) fn pass_over(&mut self, at: usize, because: PassedOverReason) {
        let after = self.prompt.place(at);
        self.passed_over.push(PassedOver { after, because });
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
