//! How long a cached prompt stays.

use std::fmt;

use serde::de::{Deserializer as _, Error, Unexpected, Visitor};

use super::time::{in_largest_unit, span_of_time};
use super::{Choice, Spelling};
use crate::problem::Advice;
use crate::problems::Problems;
use crate::source::Source;

/// How long a cached prompt stays before it has to be written again.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub enum CacheTtl {
    /// `5m`: five minutes, renewed by every read.
    FiveMinutes,
    /// `1h`: an hour, at a higher price for writing.
    OneHour,
    /// `auto`: an hour where the model offers it and the prefix will be read again late.
    Auto,
}

impl CacheTtl {
    /// Every choice, in the order of the documentation.
    pub const ALL: [Self; 3] = [Self::FiveMinutes, Self::OneHour, Self::Auto];

    /// The word that a person writes.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::FiveMinutes => "5m",
            Self::OneHour => "1h",
            Self::Auto => "auto",
        }
    }
}

/// The spelling of a [`CacheTtl`].
#[derive(Clone, Copy)]
pub(crate) struct CacheTtlWord;

impl Spelling for CacheTtlWord {
    type Meaning = CacheTtl;

    fn read(&self, source: Source<'_>) -> Result<CacheTtl, Problems> {
        let read = source.deserialize_any(*self);
        read.map_err(|problem| problem.with_help(advice(source)).into())
    }

    fn choices(&self) -> Vec<Choice> {
        let meaning = |ttl| match ttl {
            CacheTtl::FiveMinutes => "Five minutes, renewed by every read.",
            CacheTtl::OneHour => "An hour, at a higher price for writing.",
            CacheTtl::Auto => "Whichever of the two is likely to cost less.",
        };
        let choice = |ttl: CacheTtl| Choice {
            word: ttl.as_str(),
            meaning: meaning(ttl),
        };
        CacheTtl::ALL.map(choice).into()
    }

    #[cfg(feature = "schema")]
    fn schema(&self) -> schemars::Schema {
        super::enumeration(&self.choices())
    }
}

/// The choice of the same length, or of the same letters.
fn advice(source: Source<'_>) -> Option<Advice> {
    let seconds = source.untagged().as_u64().map(|count| format!("{count}s"));
    let written = seconds.as_deref().or(source.untagged().as_str())?;
    let time = span_of_time(written).map(in_largest_unit);
    let meant = time.unwrap_or_else(|| written.trim().to_ascii_lowercase());
    Some(Advice::write(meant, ""))
}

impl Visitor<'_> for CacheTtlWord {
    type Value = CacheTtl;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("5m, 1h or auto")
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<CacheTtl, E> {
        CacheTtl::ALL
            .into_iter()
            .find(|ttl| ttl.as_str() == text)
            .ok_or_else(|| E::invalid_value(Unexpected::Str(text), &self))
    }
}
