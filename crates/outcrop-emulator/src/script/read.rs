//! From text to entries. Strict: whatever is not understood is an error with its place.
//!
//! An error is raised inside the visitor of the thing that is wrong, since that is where the
//! parser knows line, column and path.

mod block;
mod fault;
mod json;
pub(super) mod scalar;

use std::fmt;
use std::num::{NonZeroU32, NonZeroUsize};

use serde::Deserialize;
use serde::de::value::MapAccessDeserializer;
use serde::de::{Deserializer, Error, MapAccess, Visitor};

use super::ScriptError;
use super::duration::Span;
use super::entry::{Does, Entry, FaultKind, Pace, Tokens};
use block::Blocks;
use fault::{At, Exception, Html, Status, Throttle};
use scalar::word;

/// The members of the enumeration `StopReason` (botocore service model).
const STOP_REASONS: [&str; 9] = [
    "end_turn",
    "tool_use",
    "max_tokens",
    "stop_sequence",
    "guardrail_intervened",
    "content_filtered",
    "malformed_model_output",
    "malformed_tool_use",
    "model_context_window_exceeded",
];

pub(super) fn entries(text: &str) -> Result<Vec<Entry>, ScriptError> {
    let entries: Option<Vec<Entry>> = serde_yaml::from_str(text).map_err(|error| {
        let (line, column) = error
            .location()
            .map_or((1, 1), |location| (location.line(), location.column()));
        // The text of the library ends with the place, which is kept apart here.
        let text = error.to_string();
        let end = format!(" at line {line} column {column}");
        let text = text.strip_suffix(&end).unwrap_or(&text);
        // A path begins with the dot of the root, which says nothing.
        let text = match text.strip_prefix('.') {
            Some(rest) if rest.starts_with('[') => rest,
            _ => text,
        };
        located(line, column, text.to_owned())
    })?;
    entries.ok_or_else(|| {
        let message = "the script is empty, expected a list of entries, `[]` for none";
        located(1, 1, message.to_owned())
    })
}

fn located(line: usize, column: usize, message: String) -> ScriptError {
    ScriptError {
        line,
        column,
        message,
    }
}

/// An entry as it is written.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    #[serde(default, deserialize_with = "given")]
    answer: Option<Blocks>,
    #[serde(default, deserialize_with = "given")]
    stop: Option<Stop>,
    #[serde(default)]
    usage: Tokens,
    #[serde(default, deserialize_with = "given_or_default")]
    throttle: Option<Throttle>,
    #[serde(default, deserialize_with = "given")]
    error: Option<Status>,
    #[serde(default, deserialize_with = "given_or_default")]
    html: Option<Html>,
    #[serde(default, deserialize_with = "given")]
    exception: Option<Exception>,
    #[serde(default, deserialize_with = "given")]
    cut: Option<At>,
    #[serde(default, deserialize_with = "given_or_default")]
    reset: Option<At>,
    #[serde(default, deserialize_with = "given_or_default")]
    stall: Option<At>,
    #[serde(default)]
    wait: Span,
    #[serde(default, deserialize_with = "given")]
    times: Option<NonZeroU32>,
    #[serde(default)]
    head_delay: Span,
    #[serde(default, deserialize_with = "given")]
    delta_delay: Option<Span>,
    #[serde(default, deserialize_with = "given")]
    delta_size: Option<NonZeroUsize>,
    #[serde(default, deserialize_with = "given")]
    chunk_size: Option<NonZeroUsize>,
}

/// A key that stands there has a value.
fn given<'de, D: Deserializer<'de>, T: Deserialize<'de>>(from: D) -> Result<Option<T>, D::Error> {
    T::deserialize(from).map(Some)
}

/// A key that stands there without a value means its defaults.
fn given_or_default<'de, D, T>(deserializer: D) -> Result<Option<T>, D::Error>
where
    D: Deserializer<'de>,
    T: Deserialize<'de> + Default,
{
    let value = Option::<T>::deserialize(deserializer)?;
    Ok(Some(value.unwrap_or_default()))
}

impl<'de> Deserialize<'de> for Entry {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Keys;
        impl<'de> Visitor<'de> for Keys {
            type Value = Entry;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an entry: a map with `answer` or a fault such as `throttle`")
            }

            fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Entry, A::Error> {
                let written = Written::deserialize(MapAccessDeserializer::new(map))?;
                written.into_entry().map_err(A::Error::custom)
            }
        }
        deserializer.deserialize_map(Keys)
    }
}

impl Written {
    fn into_entry(self) -> Result<Entry, String> {
        let pace = Pace {
            head_delay: self.head_delay.0,
            delta_delay: self.delta_delay.map(|span| span.0),
            delta_size: self.delta_size,
            chunk_size: self.chunk_size,
        };
        Ok(Entry {
            wait: self.wait.0,
            times: self.times.map_or(1, NonZeroU32::get),
            pace,
            does: self.does()?,
        })
    }

    fn does(self) -> Result<Does, String> {
        self.check_keys()?;
        if let Some(throttle) = self.throttle {
            return Ok(Does::Refuse(throttle.refusal()));
        }
        if let Some(error) = self.error {
            return Ok(Does::Refuse(error.refusal()));
        }
        if let Some(html) = self.html {
            return Ok(Does::Html {
                status: html.status,
                body: html.page(),
            });
        }
        let fault = [
            self.exception.map(Exception::fault),
            self.cut.map(At::cut).transpose()?,
            self.reset
                .map(|at| at.fault(FaultKind::Reset))
                .transpose()?,
            self.stall
                .map(|at| at.fault(FaultKind::Stall))
                .transpose()?,
        ];
        Ok(Does::Answer {
            blocks: self.answer.map(|blocks| blocks.0),
            stop: self.stop.map(|stop| stop.0),
            usage: self.usage,
            fault: fault.into_iter().flatten().next(),
        })
    }

    /// What stands in place of an answer stands alone, and one thing goes wrong at a time.
    fn check_keys(&self) -> Result<(), String> {
        let instead = [
            ("throttle", self.throttle.is_some()),
            ("error", self.error.is_some()),
            ("html", self.html.is_some()),
        ];
        let on_the_way = [
            ("exception", self.exception.is_some()),
            ("cut", self.cut.is_some()),
            ("reset", self.reset.is_some()),
            ("stall", self.stall.is_some()),
        ];
        let of_answers = [
            ("answer", self.answer.is_some()),
            ("stop", self.stop.is_some()),
            ("usage", self.usage != Tokens::default()),
            ("delta_delay", self.delta_delay.is_some()),
            ("delta_size", self.delta_size.is_some()),
        ];
        let written = |keys: &[(&'static str, bool)]| -> Vec<&'static str> {
            let there = keys.iter().filter(|(_, there)| *there);
            there.map(|(name, _)| *name).collect()
        };
        let faults = [written(&instead), written(&on_the_way)].concat();
        if let [first, second, ..] = faults[..] {
            return Err(format!(
                "`{first}` and `{second}` cannot both happen to one call; write two entries"
            ));
        }
        match (written(&instead).first(), written(&of_answers).first()) {
            (Some(fault), Some(other)) => Err(format!(
                "`{fault}` comes in place of an answer, so that `{other}` means nothing here; \
                 leave it out, or write two entries"
            )),
            _ => Ok(()),
        }
    }
}

/// A `stopReason`.
struct Stop(&'static str);

impl<'de> Deserialize<'de> for Stop {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let expected = format!("one of `{}`", STOP_REASONS.join("`, `"));
        word(deserializer, &expected, |text| {
            let reason = STOP_REASONS.into_iter().find(|reason| *reason == text)?;
            Some(Self(reason))
        })
    }
}
