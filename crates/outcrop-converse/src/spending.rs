//! What calls used and cost, across a conversation.

use std::fmt;

use outcrop_policy::{Price, TokenCounts, Usd};

use crate::{CacheTtl, Usage};

impl Usage {
    /// The tokens, by the price that is paid for them.
    ///
    /// What was written is split by lifetime as the service says in `cacheDetails`; what it does
    /// not say was written for five minutes.
    #[must_use]
    pub fn counts(&self) -> TokenCounts {
        let written = self.cache_write_input_tokens.unwrap_or(0);
        let written_1h = self.written_for_an_hour().min(written);
        TokenCounts {
            input: self.input_tokens,
            read: self.cache_read_input_tokens.unwrap_or(0),
            written_5m: written - written_1h,
            written_1h,
            output: self.output_tokens,
        }
    }

    fn written_for_an_hour(&self) -> u64 {
        let details = self.cache_details.iter().flatten();
        details
            .filter(|detail| detail.ttl == CacheTtl::OneHour.as_str())
            .fold(0, |sum, detail| sum.saturating_add(detail.input_tokens))
    }
}

/// What one call or many used and cost.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
#[non_exhaustive]
pub struct Spending {
    /// The calls.
    pub calls: u64,
    /// Their tokens.
    pub tokens: TokenCounts,
    /// What they cost, as far as prices are known.
    pub known: Usd,
    /// The calls whose price is not known, or whose usage the service did not say.
    pub unpriced: u64,
}

/// A sum of costs, some of which may not be known.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Cost {
    /// All of it.
    Known(Usd),
    /// Some calls have no known price.
    AtLeast(Usd),
    /// Nothing is known.
    Unknown,
}

impl Spending {
    /// Adds a call.
    pub fn add(&mut self, usage: Option<&Usage>, price: Option<&Price>) {
        self.calls += 1;
        let counts = usage.map(Usage::counts);
        self.tokens = self.tokens.plus(counts.unwrap_or_default());
        match (counts, price) {
            (Some(counts), Some(price)) => self.known = self.known.plus(price.cost(&counts)),
            _ => self.unpriced += 1,
        }
    }

    /// What the calls cost. None at all cost nothing.
    #[must_use]
    pub fn cost(&self) -> Cost {
        match self.unpriced {
            0 => Cost::Known(self.known),
            unpriced if unpriced == self.calls => Cost::Unknown,
            _ => Cost::AtLeast(self.known),
        }
    }
}

impl fmt::Display for Cost {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Known(usd) => usd.fmt(f),
            Self::AtLeast(usd) => write!(f, "at least {usd}"),
            Self::Unknown => f.write_str("unknown"),
        }
    }
}

/// `tokens: 40 at full price, 1200 read, 300 written for 5m, 500 of output; cost: $0.0123`
impl fmt::Display for Spending {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let TokenCounts {
            input,
            read,
            written_5m,
            written_1h,
            output,
        } = self.tokens;
        write!(f, "tokens: {input} at full price")?;
        for (count, what) in [
            (read, "read"),
            (written_5m, "written for 5m"),
            (written_1h, "written for 1h"),
        ] {
            if count > 0 {
                write!(f, ", {count} {what}")?;
            }
        }
        write!(f, ", {output} of output; cost: {}", self.cost())
    }
}
