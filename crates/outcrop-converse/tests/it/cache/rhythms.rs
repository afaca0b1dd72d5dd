//! Pauses and changes without a habit, or with one that is hard to see: what a memory may lose.

use outcrop_converse::{CacheTtlChoice, SystemBlock};

use super::strategies::{OPUS, REMEMBERING, STATELESS, Strategy, rules, run};
use super::traces::{Trace, chat, prose};

const AUTO: Strategy = Strategy::Remembering(Some(CacheTtlChoice::Auto));
const QUICK: f64 = 30.0;
const PAUSE: f64 = 360.0;
const NIGHT: f64 = 7200.0;

/// A chat with these gaps, over and over.
fn with_gaps(calls: usize, gaps: &[f64]) -> Trace {
    let mut trace = chat(calls, 0.0);
    let mut now = 0.0;
    for ((at, _), gap) in trace.iter_mut().zip(gaps.iter().cycle()) {
        *at = now;
        now += gap;
    }
    trace
}

/// A chat whose system prompt is another one after these calls, over and over.
fn with_changes(calls: usize, changes: &[bool]) -> Trace {
    let mut trace = chat(calls, QUICK);
    let mut version = 0;
    for ((_, conversation), change) in trace.iter_mut().zip(changes.iter().cycle()) {
        let note = SystemBlock::Text(prose(700 + version, 12));
        conversation.system.push(note);
        version += usize::from(*change);
    }
    trace
}

/// All rows of so many switches.
fn switches(count: u32) -> impl Iterator<Item = Vec<bool>> {
    (0..1_u32 << count).map(move |bits| (0..count).map(|bit| bits >> bit & 1 == 1).collect())
}

#[track_caller]
fn costs_hardly_more(name: &str, trace: &Trace, strategy: Strategy, bound: f64) {
    let cost = |strategy| run(OPUS, trace, strategy).cost(&rules(OPUS), 0);
    let ours = cost(strategy);
    for other in [STATELESS, Strategy::Fixed] {
        let ratio = ours / cost(other);
        assert!(ratio <= bound, "{name}: {ratio} of {other:?}");
    }
}

#[test]
fn whatever_the_rhythm_of_pauses_a_memory_costs_hardly_more_than_none() {
    for period in 3..=5 {
        for rhythm in switches(period) {
            let gaps = rhythm
                .iter()
                .map(|quick| if *quick { QUICK } else { PAUSE });
            let gaps: Vec<_> = gaps.collect();
            costs_hardly_more(
                &format!("{gaps:?}"),
                &with_gaps(30, &gaps),
                REMEMBERING,
                1.03,
            );
        }
    }
}

#[test]
fn whatever_the_rhythm_of_changes_a_memory_costs_hardly_more_than_none() {
    for rhythm in switches(5) {
        let trace = with_changes(30, &rhythm);
        costs_hardly_more(&format!("{rhythm:?}"), &trace, REMEMBERING, 1.03);
    }
}

#[test]
fn whatever_the_pauses_the_hour_is_not_bought_in_vain() {
    for gaps in [
        vec![PAUSE, NIGHT],
        vec![PAUSE, PAUSE, NIGHT],
        vec![PAUSE, NIGHT, NIGHT],
        vec![QUICK, PAUSE, NIGHT],
        vec![QUICK, QUICK, QUICK, PAUSE],
        vec![QUICK, QUICK, QUICK, NIGHT],
        vec![PAUSE, QUICK],
    ] {
        let trace = with_gaps(30, &gaps);
        costs_hardly_more(&format!("{gaps:?}"), &trace, AUTO, 1.03);
    }
    for pauses in [1, 2, 3] {
        let mut gaps = vec![QUICK; 29];
        gaps[10..10 + pauses].fill(PAUSE);
        let trace = with_gaps(30, &gaps);
        costs_hardly_more(&format!("{pauses} pauses"), &trace, AUTO, 1.2);
    }
}
