//! Prompt caching: whether a model takes cache points, and what reading and writing cost.
//!
//! Where points go depends on the conversation and is decided in `outcrop-converse`.

/// What is known of a model's prompt cache.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub enum Caching {
    /// It takes cache points, under these rules.
    Points(CacheRule),
    /// The service caches by itself, and a cache point is refused.
    Implicit,
    /// No prompt cache is known of, and a cache point is refused.
    None,
    /// Nothing is known: no points are placed, and those that somebody wrote are sent.
    Unknown,
}

/// The rules of a model that takes cache points.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub struct CacheRule {
    /// The fewest tokens of a prefix that is kept. A point below it costs and does nothing, so
    /// that of two sources the lower one is taken.
    pub minimum: u32,
    /// The most tokens of a prefix that is kept, where there is such a limit.
    pub maximum: Option<u32>,
    /// Whether a point may stand among the tools.
    pub tools: bool,
    /// Whether a prefix can be kept for an hour; five minutes is what every model has.
    pub one_hour: bool,
    /// What is paid of the input price.
    pub rates: CacheRates,
}

impl CacheRule {
    /// The most cache points of a request (Bedrock user guide, prompt caching).
    pub const POINTS: usize = 4;
}

/// What reading and writing cost, against full-price input.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub struct CacheRates {
    /// Reading.
    pub read: Multiplier,
    /// Writing for five minutes.
    pub write_5m: Multiplier,
    /// Writing for an hour.
    pub write_1h: Multiplier,
}

impl CacheRates {
    /// Everything at full price.
    pub const NONE: Self = Self {
        read: Multiplier::ONE,
        write_5m: Multiplier::ONE,
        write_1h: Multiplier::ONE,
    };
}

/// A part of a price, in thousandths.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub struct Multiplier(u16);

impl Multiplier {
    /// The price as it is.
    pub const ONE: Self = Self(1000);

    /// So many thousandths.
    #[must_use]
    pub const fn thousandths(count: u16) -> Self {
        Self(count)
    }

    /// How many thousandths.
    #[must_use]
    pub const fn as_thousandths(self) -> u16 {
        self.0
    }

    /// The factor.
    #[must_use]
    pub fn as_f64(self) -> f64 {
        f64::from(self.0) / 1000.0
    }
}

/// A Claude that keeps prefixes for an hour as well: its minimum, and the thousandths of the input
/// price at which it reads.
pub(crate) const fn claude(minimum: u32, read: u16) -> Caching {
    Caching::Points(CacheRule {
        minimum,
        maximum: None,
        tools: true,
        one_hour: true,
        rates: CacheRates {
            read: Multiplier(read),
            write_5m: Multiplier(1250),
            write_1h: Multiplier(2000),
        },
    })
}

/// A Claude of before 4.5, which knows five minutes only.
pub(crate) const fn claude_of_five_minutes(minimum: u32) -> Caching {
    match claude(minimum, 100) {
        Caching::Points(rule) => Caching::Points(CacheRule {
            one_hour: false,
            ..rule
        }),
        other => other,
    }
}

/// Amazon Nova: no points among the tools, no `ttl`, no charge for writing (Bedrock user guide,
/// prompt caching; one of its tables gives a minimum of 1,500, an older text a maximum of 32,000).
pub(crate) const NOVA: Caching = Caching::Points(CacheRule {
    minimum: 1024,
    maximum: Some(20_000),
    tools: false,
    one_hour: false,
    rates: CacheRates {
        read: Multiplier(250),
        write_5m: Multiplier::ONE,
        write_1h: Multiplier::ONE,
    },
});
