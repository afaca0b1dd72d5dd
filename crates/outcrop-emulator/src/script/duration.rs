//! Durations as a script writes them: `250ms`, `2s`, `6m`, `1h`.

use std::time::Duration;

use serde::de::{Deserialize, Deserializer};

use super::read::scalar::word;

/// The units, with their milliseconds.
const UNITS: [(&str, u64); 4] = [("ms", 1), ("s", 1_000), ("m", 60_000), ("h", 3_600_000)];
/// A year, which no test waits for.
const LONGEST: u64 = 365 * 24 * 3_600_000;

/// A duration that has been read.
#[derive(Clone, Copy, Default)]
pub(super) struct Span(pub(super) Duration);

impl<'de> Deserialize<'de> for Span {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let expected = "a duration such as `250ms`, `2s`, `6m` or `1h`";
        word(deserializer, expected, |text| parse(text).map(Self))
    }
}

fn parse(text: &str) -> Option<Duration> {
    let digits = text.find(|character: char| !character.is_ascii_digit())?;
    let (number, unit) = text.split_at(digits);
    let (_, milliseconds) = UNITS.iter().find(|(name, _)| *name == unit)?;
    let total = number.parse::<u64>().ok()?.checked_mul(*milliseconds)?;
    (total <= LONGEST).then(|| Duration::from_millis(total))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_duration_is_a_whole_number_and_a_unit() {
        for (text, milliseconds) in [
            ("0s", Some(0)),
            ("250ms", Some(250)),
            ("2s", Some(2_000)),
            ("6m", Some(360_000)),
            ("1h", Some(3_600_000)),
            ("", None),
            ("2", None),
            ("s", None),
            ("1.5s", None),
            ("-1s", None),
            ("2 s", None),
            ("1d", None),
            ("9000h", None),
            ("99999999999999999999h", None),
        ] {
            let expected = milliseconds.map(Duration::from_millis);
            assert_eq!(parse(text), expected, "{text}");
        }
    }
}
