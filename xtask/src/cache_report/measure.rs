//! Every trace under every strategy, for every model.

use std::thread;

use outcrop_converse::Body;
use outcrop_emulator::cache;
use outcrop_policy::{CacheRates, TokenCounts};
use serde_json::Value;

use super::optimum::{Seen, optimum};
use super::replay::{Candidate, MODELS, Strategy, replay};
use super::traces::{self, Call, Kind, Trace};

/// What the traces cost with one model.
pub(crate) struct Measured {
    pub(crate) candidate: Candidate,
    pub(crate) rows: Vec<Row>,
}

/// What one trace costs.
pub(crate) struct Row {
    pub(crate) trace: &'static str,
    pub(crate) kind: Kind,
    /// Without cache points.
    pub(crate) none: Costs,
    /// With docker-agent's.
    pub(crate) fixed: Costs,
    /// With ours, each request by itself.
    pub(crate) stateless: Costs,
    /// With ours, and a memory of the conversation.
    pub(crate) memory: Costs,
    /// The least with hindsight.
    pub(crate) least: Costs,
    /// How many calls teach a memory.
    pub(crate) taught: usize,
    /// What choosing the hour makes of it, for a trace with pauses and a model that has the hour.
    pub(crate) auto: Option<WithHour>,
    /// Our last request, and the last one with a memory.
    pub(crate) sample: Vec<Vec<u8>>,
}

/// The costs with `cache_ttl: auto`, and the least where blocks may be kept for an hour.
pub(crate) struct WithHour {
    pub(crate) costs: Costs,
    pub(crate) least: Costs,
}

/// The input of each call, in thousandths of a token at the price of input.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(crate) struct Costs(pub(crate) Vec<u64>);

impl Costs {
    fn new(counts: &[TokenCounts], rates: CacheRates) -> Self {
        let cost = |counted: &TokenCounts| {
            let part = |tokens, rate: outcrop_policy::Multiplier| {
                tokens * u64::from(rate.as_thousandths())
            };
            counted.input * 1000
                + part(counted.read, rates.read)
                + part(counted.written_5m, rates.write_5m)
                + part(counted.written_1h, rates.write_1h)
        };
        Self(counts.iter().map(cost).collect())
    }

    /// The sum from a call on.
    pub(crate) fn from(&self, call: usize) -> u64 {
        self.0[call..].iter().sum()
    }

    pub(crate) fn total(&self) -> u64 {
        self.from(0)
    }

    /// This over that, from a call on.
    pub(crate) fn over(&self, least: &Self, from: usize) -> f64 {
        self.from(from) as f64 / least.from(from) as f64
    }
}

/// Measures everything, a thread for each model.
///
/// # Errors
///
/// When a recorded trace cannot be read, or a request of one cannot be made.
pub(crate) fn measure() -> Result<Vec<Measured>, String> {
    let traces = traces::all()?;
    thread::scope(|scope| {
        let traces = &traces;
        let threads = MODELS.map(|candidate| scope.spawn(move || with_model(candidate, traces)));
        let finished = threads.map(|thread| {
            let outcome = thread.join();
            outcome.unwrap_or_else(|_| Err("a thread panicked".to_owned()))
        });
        finished.into_iter().collect()
    })
}

fn with_model(candidate: Candidate, traces: &[Trace]) -> Result<Measured, String> {
    let rows = traces.iter().map(|trace| row(candidate, trace));
    Ok(Measured {
        candidate,
        rows: rows.collect::<Result<_, _>>()?,
    })
}

/// Measures one trace with one model.
pub(super) fn row(candidate: Candidate, trace: &Trace) -> Result<Row, String> {
    let rates = candidate.rates();
    let limits = cache::limits(candidate.id)
        .ok_or_else(|| format!("{} is not known to take cache points", candidate.id))?;
    let costs = |strategy, see: &mut dyn FnMut(&Call, &Body, &Value)| {
        let counts = replay(candidate, trace, strategy, see)?;
        Ok::<_, String>(Costs::new(&counts, rates))
    };
    let mut seen = Vec::new();
    let fixed = costs(Strategy::Fixed, &mut |call, _, body| {
        seen.push(Seen::new(call.at, body));
    })?;
    let mut last = Vec::new();
    let mut keep = |call: &Call, body: &Body, _: &Value| {
        if trace.calls.last().is_some_and(|last| last.at == call.at) {
            last.push(body.as_bytes().to_owned());
        }
    };
    let stateless = costs(Strategy::Stateless, &mut keep)?;
    let memory = costs(Strategy::Memory, &mut keep)?;
    let auto = if trace.kind.has_pauses() && candidate.has_the_hour() {
        Some(WithHour {
            costs: costs(Strategy::Auto, &mut keep)?,
            least: Costs(optimum(&seen, rates, &limits, true)),
        })
    } else {
        None
    };
    last.dedup();
    Ok(Row {
        trace: trace.name,
        kind: trace.kind,
        // Without points nothing is kept, and all tokens are paid in full.
        none: Costs(seen.iter().map(|call| call.tokens() * 1000).collect()),
        fixed,
        stateless,
        memory,
        least: Costs(optimum(&seen, rates, &limits, false)),
        taught: trace.taught,
        auto,
        sample: last,
    })
}
