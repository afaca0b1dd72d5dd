//! Spans of time as people write them elsewhere, for advice.

use std::time::Duration;

/// Longer ones are in no range, and this many milliseconds a number holds exactly.
const LONGEST: f64 = 1e12;

/// `1h30m`, `5 minutes`, `30000ms`, `1.5H`: counts with their units.
pub(super) fn span_of_time(text: &str) -> Option<Duration> {
    let lower = text.trim().to_ascii_lowercase();
    let mut rest = lower.as_str();
    let mut milliseconds = 0.0;
    while !rest.is_empty() {
        let is_count = |c: char| c.is_ascii_digit() || c == '.';
        let (count, after) = split(rest, is_count);
        let (unit, after) = split(after.trim_start(), |c| c.is_ascii_alphabetic());
        milliseconds += count.parse::<f64>().ok()? * f64::from(in_milliseconds(unit)?);
        rest = after.trim_start();
    }
    let is_some = milliseconds > 0.0 && milliseconds < LONGEST;
    is_some.then(|| Duration::from_secs_f64(milliseconds / 1000.0))
}

/// A time of whole seconds in the largest unit that has no fraction: `90m`, not `5400s`.
pub(super) fn in_largest_unit(time: Duration) -> String {
    match time.as_secs() {
        seconds if seconds % 3600 == 0 => format!("{}h", seconds / 3600),
        seconds if seconds % 60 == 0 => format!("{}m", seconds / 60),
        seconds => format!("{seconds}s"),
    }
}

fn split(text: &str, belongs: impl Fn(char) -> bool) -> (&str, &str) {
    let end = text.find(|character| !belongs(character));
    text.split_at(end.unwrap_or(text.len()))
}

fn in_milliseconds(unit: &str) -> Option<u32> {
    Some(match unit {
        "ms" | "msec" | "millis" | "milliseconds" => 1,
        "s" | "sec" | "secs" | "second" | "seconds" => 1000,
        "m" | "min" | "mins" | "minute" | "minutes" => 60_000,
        "h" | "hr" | "hrs" | "hour" | "hours" => 3_600_000,
        "d" | "day" | "days" => 86_400_000,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::{in_largest_unit, span_of_time};

    #[test]
    fn counts_and_units_are_added_up() {
        for (written, read) in [
            ("30000ms", Some("30s")),
            ("5 minutes", Some("5m")),
            ("1h30m", Some("90m")),
            ("1.5 H", Some("90m")),
            ("60m", Some("1h")),
            ("1d", Some("24h")),
            ("5", None),
            ("", None),
            ("m", None),
            ("5:00", None),
            ("9999999999999d", None),
        ] {
            let said = span_of_time(written).map(in_largest_unit);
            assert_eq!(said.as_deref(), read, "{written}");
        }
    }
}
