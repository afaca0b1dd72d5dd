//! Pauses as people make them: no two alike, or alike for a while.

use super::Call;
use super::chats::chat_with;
use super::talk::{MINUTE, SOON};
use super::tools::tasks;
use crate::cache_report::words::Words;

const HOUR: u64 = 60 * MINUTE;

/// Three pauses of six minutes, each just too long, and then a quick answer, over and over.
pub(super) fn three_then_quick() -> Vec<Call> {
    chat_with([6 * MINUTE, 6 * MINUTE, 6 * MINUTE, SOON].repeat(8))
}

/// Six minutes and two hours in turn: a lifetime of an hour is long enough for every other pause.
pub(super) fn in_turn() -> Vec<Call> {
    chat_with([6 * MINUTE, 2 * HOUR].repeat(10))
}

/// A morning of quick tasks, with a pause of 50 minutes and one of two hours.
pub(super) fn morning() -> Vec<Call> {
    tasks([SOON, SOON, 50 * MINUTE, SOON, 2 * HOUR, SOON])
}

/// A person who answers when there is time, forty turns.
pub(super) fn person(seed: u64) -> Vec<Call> {
    chat_with(gaps(seed).take(39))
}

/// Of twelve gaps, seven of 20 to 90 seconds, four of 6 to 20 minutes and one of one to three hours.
fn gaps(seed: u64) -> impl Iterator<Item = u64> {
    let mut random = Words::new(seed);
    std::iter::repeat_with(move || {
        let (least, most) = match random.below(12) {
            0 => (HOUR, 3 * HOUR),
            1..5 => (6 * MINUTE, 20 * MINUTE),
            _ => (20, 90),
        };
        least + random.below(most - least)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn most_gaps_are_short_a_third_are_minutes_and_a_few_are_hours() {
        let gaps: Vec<_> = gaps(1).take(12_000).collect();
        let share = |range: std::ops::Range<u64>| {
            let within = gaps.iter().filter(|gap| range.contains(gap)).count();
            within as f64 / gaps.len() as f64
        };
        let parts = [(20..90, 7), (360..1200, 4), (3600..10_800, 1)];
        for (range, twelfths) in parts {
            let (found, wanted) = (share(range.clone()), f64::from(twelfths) / 12.0);
            assert!((found - wanted).abs() < 0.01, "{range:?}: {found}");
        }
        assert!((share(20..10_800) - 1.0).abs() < f64::EPSILON);
    }
}
