//! The least that a trace can cost if everything is known beforehand.
//!
//! Each block of the prompt is looked at by itself. In each call that has it, behind the same
//! blocks, it is paid in full, or written, or, if it was written before and has been read often
//! enough to be there still, read; the cheapest row of these is what it costs. That is
//! min(k, w + (k − 1) · r) for k calls in a row, and the best mixture of lifetimes where there are
//! two. Blocks share points, lookback and fate, so that nothing is below this sum, and little
//! reaches it.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::RangeInclusive;

use outcrop_emulator::cache::{Prefix, prefixes};
use outcrop_policy::CacheRates;
use serde_json::Value;

/// The prefixes of a call, and when it was sent, in seconds.
pub(crate) struct Seen {
    at: u64,
    prefixes: Vec<Prefix>,
}

impl Seen {
    pub(crate) fn new(at: u64, body: &Value) -> Self {
        Self {
            at,
            prefixes: prefixes(body),
        }
    }

    /// All tokens.
    pub(crate) fn tokens(&self) -> u64 {
        self.prefixes.last().map_or(0, |prefix| prefix.tokens)
    }

    /// The tokens of the longest of these prefixes that can be kept.
    fn longest(&self, limits: &RangeInclusive<u64>, of: impl Fn(u64) -> bool) -> u64 {
        let mut prefixes = self.prefixes.iter().rev();
        let longest = prefixes.find(|it| limits.contains(&it.tokens) && of(it.identity));
        longest.map_or(0, |prefix| prefix.tokens)
    }
}

/// A way to keep a block: how long, and what writing it costs, in thousandths.
#[derive(Clone, Copy)]
struct Lifetime {
    seconds: u64,
    write: u64,
}

/// What each call costs at best, in thousandths of a token at the price of input. With `hour`,
/// blocks may be kept for an hour as well as for five minutes.
pub(crate) fn optimum(
    calls: &[Seen],
    rates: CacheRates,
    limits: &RangeInclusive<u64>,
    hour: bool,
) -> Vec<u64> {
    let mut lifetimes = vec![Lifetime {
        seconds: 300,
        write: rates.write_5m.as_thousandths().into(),
    }];
    if hour {
        lifetimes.push(Lifetime {
            seconds: 3600,
            write: rates.write_1h.as_thousandths().into(),
        });
    }
    let mut costs = vec![0; calls.len()];
    // By the prefix that a block ends: its tokens, and the calls that can write it or read it.
    let mut blocks: BTreeMap<u64, (u64, Vec<(usize, Use)>)> = BTreeMap::new();
    let mut earlier = BTreeSet::new();
    for (index, call) in calls.iter().enumerate() {
        let longest = call.longest(limits, |_| true);
        let common = call.longest(limits, |identity| earlier.contains(&identity));
        earlier.extend(call.prefixes.iter().map(|prefix| prefix.identity));
        let mut start = 0;
        for prefix in &call.prefixes {
            let tokens = prefix.tokens - start;
            start = prefix.tokens;
            if prefix.tokens > longest {
                costs[index] += tokens * FULL;
                continue;
            }
            let (_, uses) = blocks
                .entry(prefix.identity)
                .or_insert((tokens, Vec::new()));
            let can_be_read = prefix.tokens <= common;
            let at = call.at;
            uses.push((index, Use { at, can_be_read }));
        }
    }
    let read = rates.read.as_thousandths().into();
    for (tokens, uses) in blocks.values() {
        let costs_of_one = cheapest(uses.iter().map(|(_, it)| *it), read, &lifetimes);
        for ((index, _), cost) in uses.iter().zip(costs_of_one) {
            costs[*index] += tokens * cost;
        }
    }
    costs
}

/// A token at the price of input, in thousandths.
const FULL: u64 = 1000;

/// A call that has a block in a prefix that can be kept.
#[derive(Clone, Copy)]
struct Use {
    at: u64,
    /// Whether an earlier call had such a prefix, with this block in it.
    can_be_read: bool,
}

/// The cheapest way to pay for a block, a cost for each use.
///
/// Backwards: for each use and each state that the one before may leave behind (nothing, or kept
/// for one of the lifetimes), the least from here on.
fn cheapest(
    uses: impl Iterator<Item = Use>,
    read: u64,
    lifetimes: &[Lifetime],
) -> impl Iterator<Item = u64> {
    let uses: Vec<Use> = uses.collect();
    let states = lifetimes.len() + 1;
    let mut least = vec![0; states];
    let mut choices = vec![vec![(FULL, 0); states]; uses.len()];
    for (step, now) in uses.iter().enumerate().rev() {
        let before = step.checked_sub(1).map(|before| uses[before].at);
        let mut from_here = vec![0; states];
        for state in 0..states {
            let lifetime = state.checked_sub(1).map(|kept| lifetimes[kept].seconds);
            let is_kept = before
                .zip(lifetime)
                .is_some_and(|(before, lifetime)| now.at - before < lifetime);
            let writes = lifetimes.iter().enumerate();
            let mut options = vec![(FULL, 0)];
            options.extend(writes.map(|(kept, it)| (it.write, kept + 1)));
            // What cannot be read here may yet be there for a later call.
            let cost = if now.can_be_read { read } else { FULL };
            options.extend(is_kept.then_some((cost, state)));
            let total = |&(cost, next): &(u64, usize)| cost + least[next];
            if let Some(best) = options.into_iter().min_by_key(total) {
                from_here[state] = total(&best);
                choices[step][state] = best;
            }
        }
        least = from_here;
    }
    let mut state = 0;
    choices.into_iter().map(move |choice| {
        let (cost, next) = choice[state];
        state = next;
        cost
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const SHORT: Lifetime = Lifetime {
        seconds: 300,
        write: 1250,
    };
    const LONG: Lifetime = Lifetime {
        seconds: 3600,
        write: 2000,
    };

    fn sum(times: &[u64], lifetimes: &[Lifetime]) -> u64 {
        let uses = times.iter().map(|&at| Use {
            at,
            can_be_read: true,
        });
        cheapest(uses, 100, lifetimes).sum()
    }

    #[test]
    fn calls_in_a_row_cost_full_price_or_a_write_and_reads() {
        for calls in 1..20_u64 {
            let times: Vec<_> = (0..calls).map(|call| call * 60).collect();
            let expected = (calls * 1000).min(1250 + (calls - 1) * 100);
            assert_eq!(sum(&times, &[SHORT]), expected, "{calls}");
        }
    }

    #[test]
    fn what_is_out_of_time_is_paid_again() {
        assert_eq!(sum(&[0, 300, 600], &[SHORT]), 3000);
        assert_eq!(sum(&[0, 299, 600], &[SHORT]), 1250 + 100 + 1000);
        assert_eq!(sum(&[0, 10, 1000, 1010], &[SHORT]), 2 * 1350);
    }

    #[test]
    fn the_hour_is_bought_where_it_pays_and_only_from_there_on() {
        let both = [SHORT, LONG];
        assert_eq!(sum(&[0, 1000], &both), 2000);
        assert_eq!(sum(&[0, 1000, 2000], &both), 2200);
        assert_eq!(sum(&[0, 10, 20], &both), 1450);
        // Five minutes are enough until the first pause, and are written no more before it.
        let times = [0, 10, 20, 4000, 5000, 6000, 7000];
        assert_eq!(sum(&times, &both), 1450 + 2300);
    }

    #[test]
    fn what_is_below_the_minimum_is_paid_in_full() {
        let body = |texts: &[&str]| {
            let content: Vec<_> = texts
                .iter()
                .map(|text| serde_json::json!({ "text": text.repeat(4000) }))
                .collect();
            serde_json::json!({ "messages": [{ "role": "user", "content": content }] })
        };
        let calls: Vec<_> = [
            (0, body(&["a"])),
            (10, body(&["a", "b"])),
            (20, body(&["a", "b"])),
        ]
        .iter()
        .map(|(at, body)| Seen::new(*at, body))
        .collect();
        let rates = super::super::replay::MODELS[0].rates();
        assert_eq!(
            optimum(&calls, rates, &(0..=u64::MAX), false),
            [1_250_000, 100_000 + 1_250_000, 200_000]
        );
        assert_eq!(
            optimum(&calls, rates, &(1500..=u64::MAX), false),
            [1_000_000, 2_500_000, 200_000]
        );
        // The longer prefix would be long enough, and the second call is the first to have it.
        assert_eq!(
            optimum(&calls[..2], rates, &(1500..=u64::MAX), false),
            [1_000_000, 2_000_000]
        );
        assert_eq!(
            optimum(&calls, rates, &(0..=1500), false),
            [1_250_000, 100_000 + 1_000_000, 1_100_000]
        );
    }
}
