//! Cache points that a conversation brings.
//!
//! Whoever places points knows why, so that theirs are kept and none are added. They are left out
//! where the model would refuse them, and held to the service's rules where it would not.

use outcrop_policy::{CacheRule, Caching};

use super::plan::{CachePlan, CacheStanding, OwnPoints, PlannedPoint, PointReason};
use super::planner::Planner;
use super::prompt::{CachePlace, Misplaced, OwnPoint, Prompt};
use super::{CacheSettings, CacheTtl};
use crate::Adjustment;

/// The plan of a prompt that brings points.
pub(super) fn plan(
    prompt: Prompt,
    settings: &CacheSettings<'_>,
    adjustments: &mut Vec<Adjustment>,
) -> Result<CachePlan, (CachePlace, Misplaced)> {
    check_lists(&prompt)?;
    let (among_tools, one_hour) = match settings.caching {
        Caching::Points(rule) => (rule.tools, rule.one_hour),
        Caching::Unknown => (true, true),
        _ => {
            if settings.enabled {
                adjustments.push(Adjustment::CacheNotSupported {
                    points: prompt.own.len(),
                    place: None,
                });
            }
            return Ok(CachePlan::without_points(
                prompt,
                CacheStanding::NotSupported,
                settings,
            ));
        }
    };
    let is_kept = |point: &&OwnPoint| among_tools || !matches!(point.place, CachePlace::Tool(_));
    let (kept, dropped): (Vec<_>, Vec<_>) = prompt.own.iter().partition(is_kept);
    if !settings.enabled {
        // They are left out as a whole, so that nothing can be wrong with them.
    } else {
        if let Some(point) = dropped.first() {
            adjustments.push(Adjustment::CacheNotSupported {
                points: dropped.len(),
                place: Some(point.place),
            });
        }
        check(&kept, one_hour)?;
        let hour = kept.iter().find(|point| point.ttl == CacheTtl::OneHour);
        if let Some(point) = hour.filter(|_| !one_hour) {
            adjustments.push(Adjustment::CacheTtlNotSupported {
                place: Some(point.place),
            });
        }
    }
    let kept: Vec<OwnPoint> = kept.into_iter().cloned().collect();
    Ok(keep(
        prompt,
        &kept,
        settings,
        (among_tools, one_hour),
        adjustments,
    ))
}

fn keep(
    prompt: Prompt,
    kept: &[OwnPoint],
    settings: &CacheSettings<'_>,
    (among_tools, one_hour): (bool, bool),
    adjustments: &mut Vec<Adjustment>,
) -> CachePlan {
    let own = OwnPoints::Keep {
        among_tools,
        one_hour,
    };
    let lifetime = |point: &OwnPoint| match one_hour {
        true => point.ttl,
        false => CacheTtl::FiveMinutes,
    };
    let Caching::Points(rule) = settings.caching else {
        let points = kept.iter().map(|point| PlannedPoint {
            after: prompt.place(point.at),
            ttl: lifetime(point),
            tokens: prompt.tokens_until(point.at),
            below_minimum: None,
            why: PointReason::Own,
            at: point.at,
        });
        let points = points.collect();
        let plan = CachePlan::without_points(prompt, CacheStanding::Unknown, settings);
        return CachePlan {
            own,
            points,
            ..plan
        };
    };
    let planner = Planner::new(&prompt, rule, settings);
    let points = kept.iter();
    let points = points.map(|it| planner.point(it.at, lifetime(it), PointReason::Own));
    let points: Vec<_> = points.collect();
    // All are too short where the last one is.
    if let Some(point) = kept.last()
        && settings.enabled
        && !planner.may_keep(point.at)
    {
        adjustments.push(Adjustment::CacheBelowMinimum {
            place: Some(point.place),
            tokens: planner.tokens(point.at),
            minimum: rule.minimum,
        });
    }
    let plan = planner.finish(points).into_plan(prompt);
    CachePlan {
        standing: CacheStanding::Own,
        own,
        ..plan
    }
}

/// Tools or a message of nothing but cache points are no list that can be sent, also where the
/// points are left out. A system prompt of nothing else is then left out with them.
fn check_lists(prompt: &Prompt) -> Result<(), (CachePlace, Misplaced)> {
    let is_alone = |point: &&OwnPoint| match point.place {
        CachePlace::Tool(_) => prompt.tools_end == 0,
        CachePlace::System(_) => false,
        CachePlace::Message { message, .. } => {
            let turn = prompt.turns.get(message);
            turn.is_some_and(|turn| turn.start == turn.end)
        }
    };
    match prompt.own.iter().find(is_alone) {
        Some(point) => Err((point.place, Misplaced::First)),
        None => Ok(()),
    }
}

/// The service's rules: four at most, each after something that can be cached, an hour first.
fn check(points: &[&OwnPoint], one_hour: bool) -> Result<(), (CachePlace, Misplaced)> {
    for (index, point) in points.iter().enumerate() {
        match point.problem {
            Some(Misplaced::LongerAfterShorter) if !one_hour => {}
            Some(problem) => return Err((point.place, problem)),
            None => {}
        }
        if index >= CacheRule::POINTS {
            return Err((point.place, Misplaced::Fifth));
        }
    }
    Ok(())
}
