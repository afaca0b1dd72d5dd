//! The simulator: what is cached, and what a request makes of it.

use std::collections::HashMap;
use std::ops::RangeInclusive;
use std::time::Duration;

use serde_json::Value;

use super::Usage;
use super::prompt::{Lifetime, Prefix, Prompt};
use crate::identifier;
use crate::models::{Cache, Implicit, Model};
use crate::request::Request;

/// How many block ends a point looks at, its own included.
const LOOKBACK: usize = 20;
/// The fewest tokens that a model caches by itself, and those of a model that is not known.
const MINIMUM: u64 = 1_024;
/// How many entries are kept before those that are over are looked for.
const UNSWEPT: usize = 4_096;

/// The prompt cache of one account in one region.
///
/// ```
/// use std::time::Duration;
///
/// use outcrop_emulator::cache::Simulator;
/// use serde_json::json;
///
/// let mut cache = Simulator::new();
/// let request = json!({
///     "system": [{ "text": "word ".repeat(1_000) }, { "cachePoint": { "type": "default" } }],
///     "messages": [{ "role": "user", "content": [{ "text": "Hello" }] }],
/// });
/// let model = "us.anthropic.claude-opus-5";
/// let first = cache.call(model, &request, Duration::ZERO);
/// let second = cache.call(model, &request, Duration::from_secs(60));
/// assert_eq!(first.cache_write_input_tokens(), 1_250);
/// assert_eq!(second.cache_read_input_tokens, 1_250);
/// ```
#[derive(Debug, Default)]
pub struct Simulator {
    /// By model identifier.
    stores: HashMap<String, Store>,
}

/// What is cached for one model identifier: prefixes by their identity.
#[derive(Debug, Default)]
struct Store {
    entries: HashMap<u64, Entry>,
    /// How many entries there were after the last sweep.
    swept: usize,
}

#[derive(Debug, Clone, Copy)]
struct Entry {
    lifetime: Lifetime,
    /// The first moment at which it is gone.
    expires: Duration,
}

/// What a request finds, before its answer begins.
#[derive(Debug)]
#[must_use = "nothing is cached before `begin`"]
pub struct Lookup {
    /// What the input comes to.
    pub usage: Usage,
    model_id: String,
    /// What lives on or begins to live when the answer begins.
    prefixes: Vec<(u64, Lifetime)>,
}

impl Simulator {
    /// A cache with nothing in it.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// One call, whose answer begins at once. `now` is the time since any moment that the calls
    /// share, and does not go back.
    ///
    /// The request is the body of a `Converse` call that the service would accept. A model
    /// identifier that is not known is treated as an opaque ARN.
    pub fn call(&mut self, model_id: &str, request: &Value, now: Duration) -> Usage {
        let lookup = self.look_up(model_id, request, now);
        let usage = lookup.usage;
        self.begin(lookup, now);
        usage
    }

    /// What a call finds. What it writes can be read by others only once its answer begins, and
    /// until then each of them pays for writing it.
    pub fn look_up(&self, model_id: &str, request: &Value, now: Duration) -> Lookup {
        let prompt = Prompt::of(&Request::from(request));
        self.find(model_id, identifier::known(model_id), &prompt, now)
    }

    /// The answer of a call begins.
    pub fn begin(&mut self, lookup: Lookup, now: Duration) {
        let store = self.stores.entry(lookup.model_id).or_default();
        for (identity, lifetime) in lookup.prefixes {
            let expires = now + lifetime.duration();
            store.entries.insert(identity, Entry { lifetime, expires });
        }
        store.sweep(now);
    }

    pub(super) fn find(
        &self,
        model_id: &str,
        model: Option<&Model>,
        prompt: &Prompt,
        now: Duration,
    ) -> Lookup {
        let empty = Store::default();
        let store = self.stores.get(model_id).unwrap_or(&empty);
        let (usage, prefixes) = match Limits::of(model) {
            Limits::None => (uncached(prompt), Vec::new()),
            Limits::Implicit { included } => implicit(store, prompt, included, now),
            Limits::Points { minimum, maximum } => explicit(store, prompt, minimum..=maximum, now),
        };
        Lookup {
            usage,
            model_id: model_id.to_owned(),
            prefixes,
        }
    }
}

/// The prefixes of a request that end with each of its blocks, shortest first: for those who ask
/// what caching could come to at best.
#[must_use]
pub fn prefixes(request: &Value) -> Vec<Prefix> {
    Prompt::of(&Request::from(request)).into_prefixes()
}

/// How many tokens a prefix has that a model keeps at a cache point; `None` for one that takes no
/// points.
#[must_use]
pub fn limits(model_id: &str) -> Option<RangeInclusive<u64>> {
    match Limits::of(identifier::known(model_id)) {
        Limits::Points { minimum, maximum } => Some(minimum..=maximum),
        Limits::None | Limits::Implicit { .. } => None,
    }
}

impl Store {
    /// The entry of a prefix, while it lives.
    fn live(&self, identity: u64, now: Duration) -> Option<Entry> {
        let entry = self.entries.get(&identity)?;
        (now < entry.expires).then_some(*entry)
    }

    /// Forgets what is gone, whenever there is twice as much as after the last time.
    fn sweep(&mut self, now: Duration) {
        if self.entries.len() > UNSWEPT.max(2 * self.swept) {
            self.entries.retain(|_, entry| now < entry.expires);
            self.swept = self.entries.len();
        }
    }
}

/// How a model caches.
enum Limits {
    None,
    Implicit { included: bool },
    Points { minimum: u64, maximum: u64 },
}

impl Limits {
    fn of(model: Option<&Model>) -> Self {
        let Some(model) = model else {
            return Self::Points {
                minimum: MINIMUM,
                maximum: u64::MAX,
            };
        };
        match (model.cache, model.implicit) {
            (
                Cache::Points {
                    minimum, maximum, ..
                },
                _,
            ) => Self::Points { minimum, maximum },
            (_, Implicit::None) => Self::None,
            (_, Implicit::Apart) => Self::Implicit { included: false },
            (_, Implicit::Included) => Self::Implicit { included: true },
        }
    }
}

fn uncached(prompt: &Prompt) -> Usage {
    Usage {
        input_tokens: prompt.tokens(prompt.len()),
        ..Usage::default()
    }
}

/// Prefixes that live on or begin to live.
type Kept = Vec<(u64, Lifetime)>;

/// Caching at points.
fn explicit(
    store: &Store,
    prompt: &Prompt,
    limits: RangeInclusive<u64>,
    now: Duration,
) -> (Usage, Kept) {
    let points = prompt.points.iter().copied().filter(|point| {
        // A point at the very start has no prefix.
        point.blocks > 0 && limits.contains(&prompt.tokens(point.blocks))
    });
    let found = points
        .clone()
        .filter_map(|point| {
            let window = point.blocks.saturating_sub(LOOKBACK) + 1..=point.blocks;
            window.rev().find_map(|blocks| {
                let entry = store.live(prompt.prefix(blocks).identity, now)?;
                Some((blocks, entry.lifetime))
            })
        })
        .max_by_key(|(blocks, _)| *blocks);
    let (read, read_lifetime) = found.unwrap_or((0, Lifetime::FiveMinutes));

    let mut usage = Usage {
        cache_read_input_tokens: prompt.tokens(read),
        ..Usage::default()
    };
    let mut kept = still_used(store, prompt, read, now);
    let mut paid = read;
    for point in points {
        let identity = prompt.prefix(point.blocks).identity;
        if point.blocks <= read {
            if store.live(identity, now).is_none() {
                kept.push((identity, point.lifetime.min(read_lifetime)));
            }
            continue;
        }
        // Of two points at one place, the first has written what there is.
        if point.blocks > paid {
            let tokens = prompt.tokens(point.blocks) - prompt.tokens(paid);
            match point.lifetime {
                Lifetime::FiveMinutes => usage.cache_write_5m_input_tokens += tokens,
                Lifetime::Hour => usage.cache_write_1h_input_tokens += tokens,
            }
            kept.push((identity, point.lifetime));
            paid = point.blocks;
        }
    }
    usage.input_tokens = prompt.tokens(prompt.len()) - prompt.tokens(paid);
    (usage, kept)
}

/// Caching of whatever was sent.
fn implicit(store: &Store, prompt: &Prompt, included: bool, now: Duration) -> (Usage, Kept) {
    let long_enough = |blocks: &usize| prompt.tokens(*blocks) >= MINIMUM;
    let read = (1..=prompt.len())
        .rev()
        .filter(long_enough)
        .find(|blocks| store.live(prompt.prefix(*blocks).identity, now).is_some());
    let read = prompt.tokens(read.unwrap_or(0));
    let total = prompt.tokens(prompt.len());
    let usage = Usage {
        input_tokens: if included { total } else { total - read },
        cache_read_input_tokens: read,
        input_includes_read: included,
        ..Usage::default()
    };
    let kept = (1..=prompt.len())
        .filter(long_enough)
        .map(|blocks| (prompt.prefix(blocks).identity, Lifetime::FiveMinutes));
    (usage, kept.collect())
}

/// What is cached of the first blocks: the prefix that is read, and the shorter ones in it.
fn still_used(store: &Store, prompt: &Prompt, blocks: usize, now: Duration) -> Kept {
    let prefixes = (1..=blocks).map(|blocks| prompt.prefix(blocks).identity);
    prefixes
        .filter_map(|identity| Some((identity, store.live(identity, now)?.lifetime)))
        .collect()
}
