//! A model of the service's prompt cache, which reads the bytes of requests and nothing else.
//!
//! It is written apart from the planner: it has its own count of tokens, its own idea of where
//! points may stand, and knows of no plan.

use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash, Hasher};

use serde_json::Value;

/// How many blocks before a point the service looks for something it has kept.
const LOOKBACK: usize = 20;

/// What a model's cache takes and costs.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Rules {
    pub(crate) minimum: f64,
    pub(crate) maximum: f64,
    pub(crate) read: f64,
    pub(crate) write_5m: f64,
    pub(crate) write_1h: f64,
    pub(crate) tools: bool,
    pub(crate) one_hour: bool,
}

/// Input tokens of a call.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Counted {
    pub(crate) full: f64,
    pub(crate) read: f64,
    pub(crate) written_5m: f64,
    pub(crate) written_1h: f64,
}

impl Counted {
    pub(crate) fn cost(&self, rules: &Rules) -> f64 {
        self.full
            + self.read * rules.read
            + self.written_5m * rules.write_5m
            + self.written_1h * rules.write_1h
    }
}

/// A request as the service takes it apart.
pub(crate) struct Taken {
    /// The tokens of every block.
    pub(crate) tokens: Vec<f64>,
    /// An identity of every prefix.
    pub(crate) prefixes: Vec<u64>,
    /// Points, as counts of blocks, with whether they last an hour.
    pub(crate) points: Vec<(usize, bool)>,
}

/// Takes a body apart.
///
/// # Panics
/// Where a cache point stands that the service refuses.
pub(crate) fn take(body: &[u8], rules: &Rules) -> Taken {
    let body: Value = serde_json::from_slice(body).expect("JSON");
    let list = |value: &Value| value.as_array().cloned().unwrap_or_default();
    let mut taken = Taken {
        tokens: Vec::new(),
        prefixes: vec![0],
        points: Vec::new(),
    };
    let (tools, system) = (list(&body["toolConfig"]["tools"]), list(&body["system"]));
    assert!(
        rules.tools || tools.iter().all(|tool| tool.get("cachePoint").is_none()),
        "a point among the tools"
    );
    taken.list(&tools, None);
    taken.list(&system, None);
    let fields = &body["additionalModelRequestFields"];
    let salt = format!(
        "{}{}{}",
        fields["thinking"], fields["tool_choice"], body["toolConfig"]["toolChoice"]
    );
    let messages = list(&body["messages"]);
    for (index, message) in messages.iter().enumerate() {
        let is_open = index + 1 == messages.len() && message["role"] == "assistant";
        taken.list(&list(&message["content"]), Some((&salt, is_open)));
    }
    assert!(taken.points.len() <= 4, "{} points", taken.points.len());
    let lifetimes = taken.points.iter().map(|&(_, is_hour)| is_hour);
    assert!(
        lifetimes.clone().is_sorted_by(|left, right| left >= right),
        "an hour after five minutes"
    );
    assert!(
        rules.one_hour || lifetimes.clone().all(|is_hour| !is_hour),
        "an hour"
    );
    taken
}

impl Taken {
    fn list(&mut self, blocks: &[Value], message: Option<(&str, bool)>) {
        let mut before: Option<&Value> = None;
        for block in blocks {
            if let Some(point) = block.get("cachePoint") {
                if let Some((_, is_open)) = message {
                    let before = before.expect("a point that is first in its message");
                    assert!(!is_open, "a point in the beginning of an answer");
                    assert!(before.get("reasoningContent").is_none(), "after reasoning");
                    assert!(before.get("video").is_none(), "after a video");
                    let format = &before["document"]["format"];
                    assert!(format.is_null() || format == "pdf", "after {format}");
                }
                let is_beside = before.is_some_and(|it| it.get("cachePoint").is_some());
                assert!(!is_beside, "two points side by side");
                self.points.push((self.tokens.len(), point["ttl"] == "1h"));
            } else {
                let text = block.to_string();
                // Neither the planner's ratio nor the same for everything.
                let ratio = if block.get("toolSpec").is_some() {
                    3.1
                } else {
                    4.3
                };
                self.tokens.push(text.len() as f64 / ratio);
                let mut hasher = DefaultHasher::new();
                self.prefixes.last().hash(&mut hasher);
                text.hash(&mut hasher);
                message.map(|(salt, _)| salt).hash(&mut hasher);
                self.prefixes.push(hasher.finish());
            }
            before = Some(block);
        }
    }
}

/// The cache itself.
pub(crate) struct Service {
    rules: Rules,
    /// Until when each prefix is kept, and for how long each use keeps it.
    kept: HashMap<u64, (f64, f64)>,
}

impl Service {
    pub(crate) fn new(rules: Rules) -> Self {
        Self {
            rules,
            kept: HashMap::new(),
        }
    }

    /// Takes a request at a time in seconds.
    pub(crate) fn call(&mut self, body: &[u8], now: f64) -> Counted {
        let taken = take(body, &self.rules);
        let sum = |until: usize| taken.tokens[..until].iter().sum::<f64>();
        let points: Vec<_> = taken
            .points
            .iter()
            .filter(|(at, _)| (self.rules.minimum..=self.rules.maximum).contains(&sum(*at)))
            .collect();
        let is_kept = |at: &usize| {
            let kept = self.kept.get(&taken.prefixes[*at]);
            kept.is_some_and(|(until, _)| *until > now)
        };
        let found = points.iter().rev().find_map(|&&(at, _)| {
            let nearest = at.saturating_sub(LOOKBACK - 1).max(1);
            (nearest..=at).rev().find(is_kept)
        });
        let read_until = found.unwrap_or(0);
        if let Some(entry) = self.kept.get_mut(&taken.prefixes[read_until]) {
            entry.0 = now + entry.1;
        }
        let mut written = (read_until, read_until);
        for &&(at, is_hour) in &points {
            let lifetime = if is_hour { 3600.0 } else { 300.0 };
            let entry = self.kept.entry(taken.prefixes[at]);
            let entry = entry.or_insert((0.0, lifetime));
            if at > read_until || entry.0 <= now {
                entry.1 = lifetime;
            }
            entry.0 = now + entry.1;
            if at > read_until {
                written.1 = at;
                if is_hour {
                    written.0 = at;
                }
            }
        }
        Counted {
            read: sum(read_until),
            written_1h: sum(written.0) - sum(read_until),
            written_5m: sum(written.1) - sum(written.0),
            full: sum(taken.tokens.len()) - sum(written.1),
        }
    }
}

/// The least that a trace can cost, call by call, if everything is known beforehand: each block of
/// each longest run of calls in which it stays valid costs either full price every time, or a
/// write and then reads. Nothing is below it, and little reaches it.
pub(crate) fn optimum(bodies: &[(f64, Vec<u8>)], rules: &Rules, write: f64, ttl: f64) -> Vec<f64> {
    let taken: Vec<_> = bodies
        .iter()
        .map(|(now, body)| (*now, take(body, rules)))
        .collect();
    let mut costs = vec![0.0; taken.len()];
    for (call, (_, it)) in taken.iter().enumerate() {
        for (block, tokens) in it.tokens.iter().enumerate() {
            let is_valid_after = |call: usize| {
                let [(before, old), (now, new)] = &taken[call..call + 2] else {
                    return false;
                };
                now - before <= ttl
                    && old.prefixes.get(block + 1).is_some()
                    && old.prefixes.get(block + 1) == new.prefixes.get(block + 1)
            };
            if call > 0 && is_valid_after(call - 1) {
                continue;
            }
            let mut run = 1;
            while call + run < taken.len() && is_valid_after(call + run - 1) {
                run += 1;
            }
            let cached = write + (run - 1) as f64 * rules.read;
            for (step, cost) in costs[call..call + run].iter_mut().enumerate() {
                *cost += tokens
                    * match step {
                        _ if cached >= run as f64 => 1.0,
                        0 => write,
                        _ => rules.read,
                    };
            }
        }
    }
    costs
}
