//! Time-outs.

use std::fmt;
use std::time::Duration;

use serde::de::{Deserializer as _, Error, Unexpected, Visitor};

use super::Spelling;
use super::number::{not_an_integer, whole_number_help};
use super::pattern::Pattern;
#[cfg(feature = "schema")]
use super::pattern::no_line_feed;
use super::time::{in_largest_unit, span_of_time};
use crate::problem::Advice;
use crate::problems::Problems;
use crate::source::Source;

/// A time-out in whole seconds, `90`, or with its unit: `90s`, `5m`, `1h`. At least a second, at
/// most a day: more than that is a number of milliseconds by mistake.
#[derive(Clone, Copy)]
pub(crate) struct Seconds;

/// A day.
const LONGEST: u64 = 86_400;

/// 1 to 86400 seconds, 1 to 1440 minutes, 1 to 24 hours.
static WITH_UNIT: Pattern = Pattern::new(
    r"^(([1-9][0-9]{0,3}|[1-7][0-9]{4}|8[0-5][0-9]{3}|86[0-3][0-9]{2}|86400)s|([1-9][0-9]{0,2}|1[0-3][0-9]{2}|14[0-3][0-9]|1440)m|([1-9]|1[0-9]|2[0-4])h)$",
);

impl Spelling for Seconds {
    type Meaning = Duration;

    fn read(&self, source: Source<'_>) -> Result<Duration, Problems> {
        let read = source.deserialize_any(*self);
        read.map_err(|problem| problem.with_help(advice(source)).into())
    }

    #[cfg(feature = "schema")]
    fn schema(&self) -> schemars::Schema {
        schemars::json_schema!({
            "if": { "type": "integer" },
            "then": { "type": "integer", "minimum": 1, "maximum": LONGEST },
            "else": {
                "type": "string",
                "pattern": WITH_UNIT.source(),
                "not": no_line_feed(),
            },
        })
    }
}

const EXPECTED: &str =
    "a time-out in seconds such as 90, or text such as 90s, 5m or 1h, up to a day";

impl Visitor<'_> for Seconds {
    type Value = Duration;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(EXPECTED)
    }

    fn visit_u64<E: Error>(self, value: u64) -> Result<Duration, E> {
        if (1..=LONGEST).contains(&value) {
            Ok(Duration::from_secs(value))
        } else {
            Err(E::invalid_value(Unexpected::Unsigned(value), &self))
        }
    }

    fn visit_i64<E: Error>(self, value: i64) -> Result<Duration, E> {
        match u64::try_from(value) {
            Ok(value) => self.visit_u64(value),
            Err(_) => Err(E::invalid_value(Unexpected::Signed(value), &self)),
        }
    }

    fn visit_f64<E: Error>(self, value: f64) -> Result<Duration, E> {
        Err(not_an_integer(value, &self))
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Duration, E> {
        let refused = || E::invalid_value(Unexpected::Str(text), &self);
        if !WITH_UNIT.matches(text) {
            return Err(refused());
        }
        let (count, unit) = text.split_at(text.len() - 1);
        let count: u64 = count.parse().map_err(|_| refused())?;
        let seconds = match unit {
            "s" => count,
            "m" => count * 60,
            _ => count * 3600,
        };
        Ok(Duration::from_secs(seconds))
    }
}

/// What to write instead of a common slip.
fn advice(source: Source<'_>) -> Option<Advice> {
    if let Some(milliseconds) = source.untagged().as_u64().filter(|count| *count > LONGEST) {
        let how = "; the number counts seconds, not milliseconds";
        return Some(Advice::write(milliseconds / 1000, how));
    }
    let Some(text) = source.untagged().as_str() else {
        return whole_number_help(source);
    };
    if text.parse::<u64>().is_ok() {
        return Some(Advice::write(
            text,
            &format!(" without quotes, or \"{text}s\""),
        ));
    }
    match span_of_time(text) {
        Some(time) if time.subsec_millis() == 0 => Some(Advice::write(in_largest_unit(time), "")),
        Some(_) => Some(Advice::say("there are no fractions of a second here")),
        None => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(text: &str) -> Option<u64> {
        let read = Seconds.visit_str::<serde::de::value::Error>(text).ok()?;
        Some(read.as_secs())
    }

    #[test]
    fn units_are_seconds_minutes_and_hours_up_to_a_day() {
        for (written, seconds) in [
            ("1s", 1),
            ("90s", 90),
            ("86400s", 86_400),
            ("5m", 300),
            ("1440m", 86_400),
            ("24h", 86_400),
        ] {
            assert_eq!(text(written), Some(seconds), "{written}");
        }
        for written in [
            "", "s", "0s", "90", "86401s", "1441m", "25h", "1d", "500ms", "1.5h", "01s", "5 m",
            "5M", " 5m", "-1s",
        ] {
            assert_eq!(text(written), None, "{written}");
        }
    }

    #[test]
    fn the_pattern_is_the_range() {
        for count in 0..100_000_u64 {
            assert_eq!(
                text(&format!("{count}s")).is_some(),
                (1..=86_400).contains(&count)
            );
        }
        for count in 0..10_000_u64 {
            assert_eq!(
                text(&format!("{count}m")).is_some(),
                (1..=1440).contains(&count)
            );
            assert_eq!(
                text(&format!("{count}h")).is_some(),
                (1..=24).contains(&count)
            );
        }
    }
}
