//! Retries: which failures are worth another attempt, and how long to wait before it.
//!
//! This is the only layer of retries; the SDK's own is off. Everything here is decided from plain
//! values, so that the clock and the dice stay outside.

use std::fmt;
use std::num::NonZeroU32;
use std::time::{Duration, SystemTime};

use aws_smithy_types::DateTime;
use aws_smithy_types::date_time::Format;

use crate::{Error, ErrorKind};

/// How many attempts a call has that stalls.
const MOST_STALLED: u32 = 2;

/// How often a call is tried, and how long the pauses between its attempts are.
///
/// The pause after the n-th attempt is drawn evenly from nothing to `base × 2ⁿ⁻¹`, at most
/// [`longest_pause`](Self::longest_pause): "full jitter", which the AWS Architecture Blog found to
/// clear a crowd soonest ("Exponential Backoff and Jitter"). The defaults of the two bases and of
/// the longest pause are those of the AWS SDKs.
///
/// A pause that the service asks for (`x-amz-retry-after` in milliseconds, `Retry-After` in seconds
/// or as a date) is kept where it is longer than the drawn one. Where it is longer than
/// [`longest_asked`](Self::longest_asked), the call is given up instead: an attempt before its time
/// is in vain.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct RetryPolicy {
    /// How many times a call is tried in all. Default 4. A call that stalls is tried twice at most:
    /// each attempt may have thought for as long as the idle timeout, and that is paid for.
    pub max_attempts: NonZeroU32,
    /// What the pauses grow from where the service needs time: it throttles, is over capacity, or
    /// the model is not ready. Default one second.
    pub base: Duration,
    /// What the pauses grow from where a connection failed and the next one may be good at once.
    /// Default 50 ms.
    pub connection_base: Duration,
    /// The longest pause that is drawn. Default 20 s.
    pub longest_pause: Duration,
    /// The longest pause that the service may ask for. Default 60 s.
    pub longest_asked: Duration,
}

/// An attempt that failed and will be followed by another. Its `Display` is meant for people.
#[derive(Debug)]
#[non_exhaustive]
pub struct Retry<'a> {
    /// The number of the attempt that comes next. The first one was 1.
    pub next_attempt: u32,
    /// How many attempts there are in all.
    pub max_attempts: u32,
    /// How long the next one is waited for.
    pub pause: Duration,
    /// Why the last one failed.
    pub error: &'a Error,
}

impl Default for RetryPolicy {
    fn default() -> Self {
        Self {
            max_attempts: NonZeroU32::MIN.saturating_add(3),
            base: Duration::from_secs(1),
            connection_base: Duration::from_millis(50),
            longest_pause: Duration::from_secs(20),
            longest_asked: Duration::from_secs(60),
        }
    }
}

impl RetryPolicy {
    /// How long to wait before another attempt, or `None` to give up.
    ///
    /// `attempts` have been made, the last of which failed with `error`. `random` is a number from
    /// 0 to 1.
    #[must_use]
    pub fn pause(&self, attempts: u32, error: &Error, random: f64) -> Option<Duration> {
        if attempts >= self.attempts_after(error.kind()) || !error.retryable() {
            return None;
        }
        let asked = error.retry_after().unwrap_or_default();
        if asked > self.longest_asked {
            return None;
        }
        let ceiling = self.ceiling(attempts, error.kind());
        Some(ceiling.mul_f64(random.clamp(0.0, 1.0)).max(asked))
    }

    /// How many attempts there are in all after one of them failed in this way.
    pub(crate) fn attempts_after(&self, kind: ErrorKind) -> u32 {
        let most = self.max_attempts.get();
        match kind {
            ErrorKind::Stalled => most.min(MOST_STALLED),
            _ => most,
        }
    }

    fn ceiling(&self, attempts: u32, kind: ErrorKind) -> Duration {
        let base = match kind {
            ErrorKind::Throttled | ErrorKind::Overloaded => self.base,
            _ => self.connection_base,
        };
        let factor = 2_u32.saturating_pow(attempts.saturating_sub(1));
        base.saturating_mul(factor).min(self.longest_pause)
    }
}

impl fmt::Display for Retry<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            next_attempt,
            max_attempts,
            error,
            ..
        } = self;
        match self.pause.as_millis() {
            millis @ ..1_000 => write!(f, "retrying in {millis} ms ")?,
            _ => write!(f, "retrying in {:.1} s ", self.pause.as_secs_f64())?,
        }
        write!(f, "(attempt {next_attempt} of {max_attempts}): {error}")
    }
}

/// The pause that a response asks for, at `now`, by the values of its headers.
pub(crate) fn asked_pause(
    x_amz_retry_after: Option<&str>,
    retry_after: Option<&str>,
    now: SystemTime,
) -> Option<Duration> {
    let number = |text: &str| text.trim().parse::<u64>().ok();
    let milliseconds = x_amz_retry_after
        .and_then(number)
        .map(Duration::from_millis);
    milliseconds.or_else(|| {
        let text = retry_after?;
        number(text)
            .map(Duration::from_secs)
            .or_else(|| until(text.trim(), now))
    })
}

/// The time from `now` to an HTTP date; none where it has passed.
fn until(date: &str, now: SystemTime) -> Option<Duration> {
    let date = DateTime::from_str(date, Format::HttpDate).ok()?;
    let date = SystemTime::try_from(date).ok()?;
    Some(date.duration_since(now).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;
    use ErrorKind::*;

    const KINDS: [ErrorKind; 16] = [
        AccessDenied,
        Connection,
        ContextOverflow,
        CredentialsExpired,
        CredentialsInvalid,
        DailyQuota,
        InvalidRequest,
        InvalidResponse,
        ModelNotFound,
        NeedsInferenceProfile,
        NoCredentials,
        Overloaded,
        Stalled,
        StreamInterrupted,
        Throttled,
        Timeout,
    ];

    fn millis(millis: u64) -> Duration {
        Duration::from_millis(millis)
    }

    fn longest(attempts: u32, kind: ErrorKind) -> Option<Duration> {
        RetryPolicy::default().pause(attempts, &Error::new(kind, ""), 1.0)
    }

    #[test]
    fn only_what_may_pass_is_tried_again() {
        for kind in KINDS {
            assert_eq!(longest(1, kind).is_some(), kind.is_retryable(), "{kind:?}");
        }
    }

    #[test]
    fn pauses_double_up_to_the_longest() {
        for (attempts, patient, quick) in [
            (1, 1_000, 50),
            (2, 2_000, 100),
            (3, 4_000, 200),
            (5, 16_000, 800),
            (6, 20_000, 1_600),
            (40, 20_000, 20_000),
            (u32::MAX - 1, 20_000, 20_000),
        ] {
            let policy = RetryPolicy {
                max_attempts: NonZeroU32::MAX,
                ..RetryPolicy::default()
            };
            let passing = KINDS.into_iter().filter(|kind| kind.is_retryable());
            for kind in passing.filter(|kind| *kind != Stalled) {
                let expected = match kind {
                    Throttled | Overloaded => patient,
                    _ => quick,
                };
                let pause = policy.pause(attempts, &Error::new(kind, ""), 1.0);
                assert_eq!(pause, Some(millis(expected)), "{attempts} {kind:?}");
            }
        }
    }

    #[test]
    fn the_last_attempt_is_the_last() {
        for kind in KINDS {
            assert_eq!(longest(4, kind), None);
            assert_eq!(longest(5, kind), None);
        }
        let once = RetryPolicy {
            max_attempts: NonZeroU32::MIN,
            ..RetryPolicy::default()
        };
        assert_eq!(once.pause(1, &Error::new(Throttled, ""), 1.0), None);
    }

    #[test]
    fn a_call_that_stalls_is_tried_once_more() {
        let patient = |max_attempts| RetryPolicy {
            max_attempts,
            ..RetryPolicy::default()
        };
        for (max_attempts, expected) in [(1, 1), (2, 2), (3, 2), (u32::MAX, 2)] {
            let policy = patient(NonZeroU32::MIN.saturating_add(max_attempts - 1));
            assert_eq!(policy.attempts_after(Stalled), expected);
            assert_eq!(policy.attempts_after(Throttled), max_attempts);
            let pauses = (1..5).map(|made| policy.pause(made, &Error::new(Stalled, ""), 1.0));
            assert_eq!(pauses.flatten().count() as u32 + 1, expected);
        }
    }

    #[test]
    fn the_dice_choose_within_the_pause() {
        let policy = RetryPolicy::default();
        let error = Error::new(Throttled, "");
        for (random, expected) in [
            (0.0, 0),
            (0.25, 500),
            (0.5, 1_000),
            (1.0, 2_000),
            (7.0, 2_000),
            (-1.0, 0),
        ] {
            assert_eq!(policy.pause(2, &error, random), Some(millis(expected)));
        }
    }

    #[test]
    fn the_service_may_ask_for_more_but_not_for_ever() {
        let policy = RetryPolicy::default();
        for (asked, expected) in [
            (0, Some(500)),
            (400, Some(500)),
            (700, Some(700)),
            (60_000, Some(60_000)),
            (60_001, None),
            (u64::MAX, None),
        ] {
            let mut error = Error::new(Throttled, "");
            error.retry_after = Some(millis(asked));
            assert_eq!(
                policy.pause(1, &error, 0.5),
                expected.map(millis),
                "{asked}"
            );
        }
        // What is not worth a retry is not made so by a pause.
        let mut error = Error::new(DailyQuota, "");
        error.retry_after = Some(millis(1));
        assert_eq!(policy.pause(1, &error, 0.5), None);
    }

    #[test]
    fn a_pause_is_read_from_either_header() {
        // Sun, 06 Nov 1994 08:49:37 GMT
        let now = SystemTime::UNIX_EPOCH + Duration::from_secs(784_111_777);
        for (x_amz, standard, expected) in [
            (None, None, None),
            (Some("1500"), None, Some(1_500)),
            (Some(" 1500 "), Some("7"), Some(1_500)),
            (Some("soon"), Some("7"), Some(7_000)),
            (Some("-1"), None, None),
            (Some("1.5"), None, None),
            (Some(""), None, None),
            (None, Some("0"), Some(0)),
            (None, Some("120"), Some(120_000)),
            (None, Some("Sun, 06 Nov 1994 08:49:42 GMT"), Some(5_000)),
            (None, Some("Sun, 06 Nov 1994 08:49:00 GMT"), Some(0)),
            (None, Some("tomorrow"), None),
            (None, Some("99999999999999999999999"), None),
        ] {
            let asked = asked_pause(x_amz, standard, now);
            assert_eq!(asked, expected.map(millis), "{x_amz:?} {standard:?}");
        }
    }

    #[test]
    fn a_retry_is_told_in_a_line() {
        let error = Error {
            code: Some("ThrottlingException".to_owned()),
            ..Error::new(Throttled, "Too many requests.")
        };
        for (pause, told) in [
            (0, "0 ms"),
            (999, "999 ms"),
            (1_234, "1.2 s"),
            (60_000, "60.0 s"),
        ] {
            let retry = Retry {
                next_attempt: 2,
                max_attempts: 4,
                pause: millis(pause),
                error: &error,
            };
            assert_eq!(
                retry.to_string(),
                format!(
                    "retrying in {told} (attempt 2 of 4): ThrottlingException: Too many requests."
                )
            );
        }
    }
}
