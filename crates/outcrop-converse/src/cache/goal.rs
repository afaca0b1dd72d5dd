//! Up to where a call writes, and for how long.

use super::planner::Planner;
use super::{CacheTtl, CacheTtlChoice, PassedOverReason};

/// The end of what a call writes.
#[derive(Clone, Copy)]
pub(super) struct Goal {
    pub(super) at: usize,
    pub(super) ttl: CacheTtl,
}

/// How many pauses have to be seen before `auto` buys the hour: one may be the only one.
const PAUSES: usize = 2;

impl Planner<'_> {
    /// Up to where this call writes: as far as a later read is likely to pay for it.
    pub(super) fn goal(&mut self) -> Option<Goal> {
        let last = self.last_end()?;
        let mut candidates = vec![last];
        if let Some(outlook) = &self.outlook {
            for limit in outlook.limits() {
                let place = self.prompt.last_place(limit.min(last), self.rule.tools);
                candidates.extend(place.filter(|place| candidates.last() > Some(place)));
            }
        }
        for at in candidates {
            let ttl = self.lifetime(at);
            let Some(reason) = self.why_not(at, ttl) else {
                return Some(Goal { at, ttl });
            };
            if self.unwritten.is_none() && self.may_keep(at) {
                self.unwritten = Some((at, ttl));
            }
            self.pass_over(at, reason);
        }
        None
    }

    /// The end of the last turn of the user, or the end of what stands before the messages.
    fn last_end(&mut self) -> Option<usize> {
        let prompt = self.prompt;
        if let Some(turn) = prompt.user_turns().next() {
            let span = prompt.turns[turn];
            if prompt.end_of(turn) != Some(span.end) && span.end > span.start {
                self.pass_over(span.end, PassedOverReason::NotAfterSuchABlock);
            }
        }
        let end = prompt.user_ends().next();
        end.or_else(|| prompt.last_place(prompt.system_end, self.rule.tools))
    }

    /// How long a prefix of `at` blocks is to be kept. `auto` takes what would have cost less over
    /// the calls that were seen.
    fn lifetime(&self, at: usize) -> CacheTtl {
        let outlook = match (self.choice, &self.outlook) {
            (CacheTtlChoice::OneHour, _) => return CacheTtl::OneHour,
            (CacheTtlChoice::Auto, Some(outlook)) => outlook,
            _ => return CacheTtl::FiveMinutes,
        };
        let (short, long) = (CacheTtl::FiveMinutes, CacheTtl::OneHour);
        let to_begin = match outlook.live {
            // An hour cannot follow five minutes, and what is kept is not written again.
            Some((_, CacheTtl::FiveMinutes)) => return short,
            // What is added to a prefix that is kept over pauses is wanted after the next one too.
            Some((_, CacheTtl::OneHour)) => 0.0,
            None if outlook.pauses() < PAUSES => return short,
            None => self.write(long) - self.write(short),
        };
        let cost = |ttl| outlook.cost(at, ttl, self.read(), self.write(ttl));
        // Where neither pays, five minutes is what is left unwritten sooner.
        if cost(long) + to_begin < cost(short).min(outlook.cost_without()) {
            long
        } else {
            short
        }
    }

    /// Why not to write up to `at`: what was seen, often enough and long enough in a row, makes it
    /// unlikely to be read.
    ///
    /// What is written for five minutes is weighed against full price now and in the next call. An
    /// hour never pays within one call; who asks for it expects to go on, so that it is weighed
    /// against writing the same in the next call.
    fn why_not(&self, at: usize, ttl: CacheTtl) -> Option<PassedOverReason> {
        let outlook = self.outlook.as_ref()?;
        let extra = self.write(ttl) - 1.0;
        let saved = match ttl {
            CacheTtl::FiveMinutes => 1.0 - self.read(),
            CacheTtl::OneHour => self.write(ttl) - self.read(),
        };
        let chance = outlook.chance(at, ttl);
        let run = outlook.run(at, ttl);
        // Late calls come by chance, and all that were seen count. Changes are what a program does,
        // and what it did last it will do again.
        let may_pay = extra <= chance * saved;
        if extra <= 0.0 || (may_pay && run.late > 0) || !self.patience.is_over(run) {
            return None;
        }
        Some(if run.late * 2 >= run.length {
            PassedOverReason::TooLate { chance }
        } else {
            PassedOverReason::LikelyToChange { chance }
        })
    }
}
