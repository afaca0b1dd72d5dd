//! Texts and numbers that must keep a condition, with the words for what they must be.

use std::fmt;
use std::ops::RangeInclusive;

use serde::de::{Deserializer, Error, Unexpected, Visitor};

/// Reads a text that `parse` takes; `expected` says which those are.
pub(in crate::script) fn word<'de, D, T, P>(
    deserializer: D,
    expected: &str,
    parse: P,
) -> Result<T, D::Error>
where
    D: Deserializer<'de>,
    P: FnOnce(&str) -> Option<T>,
{
    deserializer.deserialize_any(Word { expected, parse })
}

struct Word<'a, P> {
    expected: &'a str,
    parse: P,
}

impl<T, P: FnOnce(&str) -> Option<T>> Visitor<'_> for Word<'_, P> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.expected)
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<T, E> {
        let Self { expected, parse } = self;
        parse(text).ok_or_else(|| E::invalid_value(Unexpected::Str(text), &expected))
    }
}

/// Reads a whole number within a range.
pub(super) fn number<'de, D: Deserializer<'de>>(
    deserializer: D,
    range: RangeInclusive<u16>,
) -> Result<u16, D::Error> {
    deserializer.deserialize_any(Number(range))
}

struct Number(RangeInclusive<u16>);

impl Visitor<'_> for Number {
    type Value = u16;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "a number from {} to {}", self.0.start(), self.0.end())
    }

    fn visit_u64<E: Error>(self, number: u64) -> Result<u16, E> {
        match u16::try_from(number) {
            Ok(small) if self.0.contains(&small) => Ok(small),
            _ => Err(E::invalid_value(Unexpected::Unsigned(number), &self)),
        }
    }
}
