//! What a plan is expected to come to.

use super::planner::Planner;
use super::points::LOOKBACK;
use super::{CacheTtl, ExpectedInput, PlannedPoint, PointReason};

impl Planner<'_> {
    /// What is read: what a memory says is kept, or, without one, what the previous turn is taken
    /// to have cached. What is written: the rest, up to the last point.
    pub(super) fn expected(&self, points: &[PlannedPoint]) -> ExpectedInput {
        let counted = self.outlook.as_ref().and_then(|it| it.counted);
        let minimum = u64::from(self.rule.minimum);
        let minimum = counted.map_or(minimum, |(_, tokens)| minimum.min(tokens));
        let kept = match &self.outlook {
            Some(outlook) => outlook.live.map_or(0, |(at, _)| at),
            None if self.is_stateless => self.kept_before(points),
            None => 0,
        };
        let total = self.scale.tokens(self.prompt.blocks.len());
        let longest = self.likely_kept().map(|at| self.scale.tokens(at));
        let floor = |tokens: u64| match (self.rule.maximum, longest) {
            _ if tokens < minimum => 0,
            (Some(maximum), longest) if tokens > u64::from(maximum) => longest.unwrap_or(0),
            _ => tokens,
        };
        let read = floor(self.scale.tokens(kept));
        let up_to = |ttl: Option<CacheTtl>| {
            let mut of_ttl = points.iter().rev();
            let last = of_ttl.find(|point| ttl.is_none_or(|ttl| point.ttl == ttl));
            last.map_or(0, |point| floor(point.tokens)).max(read)
        };
        let (hour_end, end) = (up_to(Some(CacheTtl::OneHour)), up_to(None));
        ExpectedInput {
            read,
            written_1h: hour_end - read,
            written_5m: end - hour_end,
            full_price: total.saturating_sub(end),
        }
    }

    /// What the call before has cached, if it was sent just so: up to the end of the previous turn
    /// of the user, if a point finds that, or else up to the last point before it.
    fn kept_before(&self, points: &[PlannedPoint]) -> usize {
        let previous = self.prompt.user_turns().nth(1);
        let end = previous.map_or(0, |turn| self.prompt.turns[turn].end);
        let written = previous.and_then(|turn| self.prompt.end_of(turn));
        let finds = |point: &PlannedPoint, written: usize| {
            let back = point.at.checked_sub(written);
            point.why != PointReason::Own && back.is_some_and(|blocks| blocks <= LOOKBACK)
        };
        let mut points = points.iter().rev();
        let found = written.filter(|&at| points.clone().any(|point| finds(point, at)));
        found.unwrap_or_else(|| {
            let before = points.find(|point| point.at <= end);
            before.map_or(0, |point| point.at)
        })
    }

    /// How many later reads make what is written now pay.
    pub(super) fn break_even(&self, expected: &ExpectedInput) -> Option<u32> {
        let (short, long) = (expected.written_5m as f64, expected.written_1h as f64);
        let written = short + long;
        if written == 0.0 {
            return None;
        }
        let extra = short * (self.write(CacheTtl::FiveMinutes) - 1.0)
            + long * (self.write(CacheTtl::OneHour) - 1.0);
        let saved = written * (1.0 - self.read());
        // At most a few reads, whatever the rates.
        Some((extra / saved).ceil() as u32)
    }
}
