//! Whole numbers within a range, and fractions from 0 to 1.

use std::fmt;

use serde::de::{Deserializer as _, Error, Unexpected, Visitor};

use super::Spelling;
use crate::problem::Advice;
use crate::problems::Problems;
use crate::source::Source;

/// A whole number from `min` to `max`. `8192.0` and `1e4` are floats, and `8_192` is a text.
#[derive(Clone, Copy)]
pub(crate) struct Integer {
    pub(crate) min: u32,
    pub(crate) max: u32,
}

impl Spelling for Integer {
    type Meaning = u32;

    fn read(&self, source: Source<'_>) -> Result<u32, Problems> {
        let read = source.deserialize_any(*self);
        read.map_err(|problem| problem.with_help(whole_number_help(source)).into())
    }

    #[cfg(feature = "schema")]
    fn schema(&self) -> schemars::Schema {
        // The range is asked of integers alone, so that 0.5 is told one thing and not two.
        schemars::json_schema!({
            "type": "integer",
            "if": { "type": "integer" },
            "then": { "minimum": self.min, "maximum": self.max },
        })
    }
}

impl Visitor<'_> for Integer {
    type Value = u32;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "a whole number from {} to {}", self.min, self.max)
    }

    fn visit_u64<E: Error>(self, value: u64) -> Result<u32, E> {
        u32::try_from(value)
            .ok()
            .filter(|value| (self.min..=self.max).contains(value))
            .ok_or_else(|| E::invalid_value(Unexpected::Unsigned(value), &self))
    }

    fn visit_i64<E: Error>(self, value: i64) -> Result<u32, E> {
        match u64::try_from(value) {
            Ok(value) => self.visit_u64(value),
            Err(_) => Err(E::invalid_value(Unexpected::Signed(value), &self)),
        }
    }

    fn visit_f64<E: Error>(self, value: f64) -> Result<u32, E> {
        Err(not_an_integer(value, &self))
    }
}

/// Why a float is not taken for a whole number. An integer of more than 64 bits comes as a float
/// too, and is not of the wrong type but too large.
pub(super) fn not_an_integer<E: Error>(value: f64, expected: &dyn serde::de::Expected) -> E {
    let beyond_64_bits = value.abs() >= 2_f64.powi(63);
    if beyond_64_bits {
        E::invalid_value(Unexpected::Float(value), expected)
    } else {
        E::invalid_type(Unexpected::Float(value), expected)
    }
}

/// What to write instead of something that is nearly a whole number.
pub(super) fn whole_number_help(source: Source<'_>) -> Option<Advice> {
    if let Some([only]) = source.untagged().as_sequence().map(Vec::as_slice) {
        let number = only.as_i64()?;
        return Some(Advice::write(number, " without brackets or a dash"));
    }
    if let Some(text) = source.untagged().as_str() {
        if let Some(thousands) = text.strip_suffix(['k', 'K']) {
            let thousands = thousands.trim().parse::<u32>().ok()?;
            let number = u64::from(thousands) * 1000;
            return Some(Advice::write(number, ": digits alone"));
        }
        let digits: String = text
            .chars()
            .filter(|c| !matches!(c, '_' | ',' | ' '))
            .collect();
        let number = digits.parse::<i64>().ok()?;
        return Some(if digits == text {
            Advice::write(number, " without quotes")
        } else {
            Advice::write(number, ": digits alone")
        });
    }
    let float = source
        .untagged()
        .as_f64()
        .filter(|_| !source.untagged().is_i64())?;
    let whole = float.trunc();
    let exact = whole == float && whole.abs() < 2_f64.powi(53);
    // No zero has a sign here.
    exact.then(|| Advice::write(whole + 0.0, ""))
}

/// A number from 0 to 1, with or without a fraction.
#[derive(Clone, Copy)]
pub(crate) struct Fraction;

impl Spelling for Fraction {
    type Meaning = f64;

    fn read(&self, source: Source<'_>) -> Result<f64, Problems> {
        let help = source.untagged().as_str().and_then(|text| {
            if let Some(percent) = text.strip_suffix('%') {
                let percent = percent.trim().parse::<f64>().ok()?;
                return Some(Advice::write(percent / 100.0, ""));
            }
            let with_point = text.replace(',', ".");
            with_point.parse::<f64>().ok()?;
            Some(if with_point == text {
                Advice::write(text, " without quotes")
            } else {
                Advice::write(with_point, ", with a point")
            })
        });
        let read = source.deserialize_any(*self);
        read.map_err(|problem| problem.with_help(help).into())
    }

    #[cfg(feature = "schema")]
    fn schema(&self) -> schemars::Schema {
        schemars::json_schema!({ "type": "number", "minimum": 0, "maximum": 1 })
    }
}

impl Visitor<'_> for Fraction {
    type Value = f64;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a number from 0 to 1")
    }

    fn visit_f64<E: Error>(self, value: f64) -> Result<f64, E> {
        // A NaN is in no range.
        if (0.0..=1.0).contains(&value) {
            Ok(value)
        } else {
            Err(E::invalid_value(Unexpected::Float(value), &self))
        }
    }

    fn visit_u64<E: Error>(self, value: u64) -> Result<f64, E> {
        match value {
            0 => Ok(0.0),
            1 => Ok(1.0),
            _ => Err(E::invalid_value(Unexpected::Unsigned(value), &self)),
        }
    }

    fn visit_i64<E: Error>(self, value: i64) -> Result<f64, E> {
        match u64::try_from(value) {
            Ok(value) => self.visit_u64(value),
            Err(_) => Err(E::invalid_value(Unexpected::Signed(value), &self)),
        }
    }
}
