//! What a call costs, where the price is known.
//!
//! Prices are those of the service in USD, without taxes and discounts. Source: LiteLLM's table of
//! model prices (1.109.1, read 2026-11-22), values only. A model that it prices for one geography
//! alone has its global rate from that.

use std::fmt;

use crate::caching::{CacheRates, Caching, Multiplier};
use crate::{Geography, Kind, Model, Version};

/// What input and output of a model cost, before what the prompt cache changes.
///
/// One unit is a billionth of a dollar per token, which is a thousandth of a dollar per million
/// tokens.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub struct Rates {
    /// Input.
    pub input: u32,
    /// Output.
    pub output: u32,
    /// What a call costs whose prompt is long, where that differs.
    pub long: Option<LongRates>,
}

/// The rates of calls whose prompt, cached parts included, is longer than a limit.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub struct LongRates {
    /// The most tokens of a prompt at the ordinary rates.
    pub above: u32,
    /// Input.
    pub input: u32,
    /// Output.
    pub output: u32,
}

impl Rates {
    /// The same rates however long a prompt is.
    pub(crate) const fn flat(input: u32, output: u32) -> Option<Self> {
        Some(Self {
            input,
            output,
            long: None,
        })
    }

    /// Other rates above a length.
    pub(crate) const fn long(
        (input, output): (u32, u32),
        above: u32,
        (long_input, long_output): (u32, u32),
    ) -> Option<Self> {
        Some(Self {
            input,
            output,
            long: Some(LongRates {
                above,
                input: long_input,
                output: long_output,
            }),
        })
    }
}

/// Everything that the cost of a call depends on.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub struct Price {
    /// Input and output.
    pub rates: Rates,
    /// What the prompt cache makes of the input rate.
    pub cache: CacheRates,
    /// What the geography of an inference profile adds.
    pub surcharge: Multiplier,
}

/// The tokens of a call, by the price that is paid for them.
#[derive(Clone, Copy, Debug, Default, Eq, Hash, PartialEq)]
pub struct TokenCounts {
    /// Input at full price.
    pub input: u64,
    /// Input read from the prompt cache.
    pub read: u64,
    /// Input written to the prompt cache for five minutes.
    pub written_5m: u64,
    /// Input written to the prompt cache for an hour.
    pub written_1h: u64,
    /// Output, thinking included.
    pub output: u64,
}

impl TokenCounts {
    /// The whole prompt.
    #[must_use]
    pub const fn prompt(&self) -> u64 {
        self.input
            .saturating_add(self.read)
            .saturating_add(self.written_5m)
            .saturating_add(self.written_1h)
    }

    /// These and others.
    #[must_use]
    pub const fn plus(self, other: Self) -> Self {
        Self {
            input: self.input.saturating_add(other.input),
            read: self.read.saturating_add(other.read),
            written_5m: self.written_5m.saturating_add(other.written_5m),
            written_1h: self.written_1h.saturating_add(other.written_1h),
            output: self.output.saturating_add(other.output),
        }
    }
}

impl Price {
    /// What these tokens of one call cost.
    ///
    /// ```
    /// use outcrop_policy::{Model, ModelId, TokenCounts};
    ///
    /// let model = Model::resolve(ModelId::new("global.anthropic.claude-opus-4-8"), None);
    /// let tokens = TokenCounts { read: 100_000, written_5m: 2_000, output: 500, ..Default::default() };
    /// // 0.1 × 5 $ a million, 1.25 × 5 $ a million, 25 $ a million.
    /// assert_eq!(model.price().unwrap().cost(&tokens).to_string(), "$0.075");
    /// ```
    #[must_use]
    pub fn cost(&self, tokens: &TokenCounts) -> Usd {
        let (input, output) = match self.rates.long {
            Some(long) if tokens.prompt() > u64::from(long.above) => (long.input, long.output),
            _ => (self.rates.input, self.rates.output),
        };
        let part = |count: u64, rate: u32, of: Multiplier| {
            u128::from(count) * u128::from(rate) * u128::from(of.as_thousandths())
        };
        let sum = part(tokens.input, input, Multiplier::ONE)
            + part(tokens.read, input, self.cache.read)
            + part(tokens.written_5m, input, self.cache.write_5m)
            + part(tokens.written_1h, input, self.cache.write_1h)
            + part(tokens.output, output, Multiplier::ONE);
        let picodollars = sum * u128::from(self.surcharge.as_thousandths()) / 1000;
        Usd(u64::try_from(picodollars).unwrap_or(u64::MAX))
    }
}

/// An amount of money, exact to a trillionth of a dollar.
#[derive(Clone, Copy, Debug, Default, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub struct Usd(u64);

impl Usd {
    /// So many trillionths of a dollar.
    #[must_use]
    pub const fn from_picodollars(count: u64) -> Self {
        Self(count)
    }

    /// How many trillionths of a dollar; at most 18 million dollars can be said.
    #[must_use]
    pub const fn as_picodollars(self) -> u64 {
        self.0
    }

    /// The sum of both.
    #[must_use]
    pub const fn plus(self, other: Self) -> Self {
        Self(self.0.saturating_add(other.0))
    }
}

/// Dollars, to a millionth: `$0.0123`.
impl fmt::Display for Usd {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let micros = self.0.saturating_add(500_000) / 1_000_000;
        let (whole, fraction) = (micros / 1_000_000, micros % 1_000_000);
        let fraction = format!("{fraction:06}");
        let shown = fraction.trim_end_matches('0');
        write!(f, "${whole}.{shown:0<2}")
    }
}

impl Model {
    /// What is known of its prompt cache. A model that is judged by a sibling takes after it; one
    /// of which nothing is known is left alone.
    #[must_use]
    pub fn caching(&self) -> Caching {
        match self.kind() {
            Kind::Claude(row) | Kind::InferredClaude { sibling: row, .. } => row.caching,
            Kind::Other(family) => family.caching,
            Kind::AssumedClaude | Kind::Unknown => Caching::Unknown,
        }
    }

    /// What it costs, where that is known. A sibling's price is nobody else's, and behind an ARN
    /// the price is that of the `base_model`.
    #[must_use]
    pub fn price(&self) -> Option<Price> {
        let geography = self.telling_id().geography();
        let (rates, surcharge) = match self.kind() {
            Kind::Claude(row) => (row.rates?, surcharge(row.version, geography)),
            Kind::Other(_) => {
                let geography = geography.map_or("", Geography::as_str);
                let rates = nova(self.telling_id().base(), geography)?;
                (rates, Multiplier::ONE)
            }
            _ => return None,
        };
        let cache = match self.caching() {
            Caching::Points(rule) => rule.rates,
            _ => CacheRates::NONE,
        };
        Some(Price {
            rates,
            cache,
            surcharge,
        })
    }
}

/// From Claude 4.5 on a profile of one geography costs a tenth more than `global`, and one of
/// GovCloud a fifth.
fn surcharge(version: Version, geography: Option<&Geography>) -> Multiplier {
    let is_charged = version >= Version::Number(4, 5);
    match geography {
        Some(Geography::Global) | None => Multiplier::ONE,
        Some(_) if !is_charged => Multiplier::ONE,
        Some(Geography::UsGov) => Multiplier::thousandths(1200),
        Some(_) => Multiplier::thousandths(1100),
    }
}

/// Amazon's own models, whose price differs from geography to geography by no common factor.
#[rustfmt::skip]
static NOVA: &[(&str, &str, (u32, u32))] = &[
    ("amazon.nova-micro-v1:0", "", (35, 140)),
    ("amazon.nova-micro-v1:0", "us", (35, 140)),
    ("amazon.nova-micro-v1:0", "apac", (37, 148)),
    ("amazon.nova-micro-v1:0", "eu", (46, 184)),
    ("amazon.nova-lite-v1:0", "", (60, 240)),
    ("amazon.nova-lite-v1:0", "us", (60, 240)),
    ("amazon.nova-lite-v1:0", "apac", (63, 252)),
    ("amazon.nova-lite-v1:0", "eu", (78, 312)),
    ("amazon.nova-pro-v1:0", "", (800, 3200)),
    ("amazon.nova-pro-v1:0", "us", (800, 3200)),
    ("amazon.nova-pro-v1:0", "apac", (840, 3360)),
    ("amazon.nova-pro-v1:0", "eu", (1050, 4200)),
    ("amazon.nova-premier-v1:0", "", (2500, 12_500)),
    ("amazon.nova-2-lite-v1:0", "", (300, 2500)),
    ("amazon.nova-2-lite-v1:0", "global", (300, 2500)),
    ("amazon.nova-2-lite-v1:0", "us", (330, 2750)),
    ("amazon.nova-2-lite-v1:0", "apac", (396, 3311)),
    ("amazon.nova-2-lite-v1:0", "jp", (396, 3311)),
    ("amazon.nova-2-lite-v1:0", "eu", (429, 3597)),
];

fn nova(base: &str, geography: &str) -> Option<Rates> {
    NOVA.iter()
        .find(|(id, of, _)| *id == base && *of == geography)
        .and_then(|(_, _, (input, output))| Rates::flat(*input, *output))
}
