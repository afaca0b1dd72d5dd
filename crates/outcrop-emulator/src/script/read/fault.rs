//! What goes wrong: in place of an answer, or on its way.

use std::fmt;
use std::time::Duration;

use axum::http::StatusCode;
use serde::Deserialize;
use serde::de::value::MapAccessDeserializer;
use serde::de::{Deserializer, Error, MapAccess, Visitor};

use super::given;
use super::scalar::{number, word};
use crate::refusal::Refusal;
use crate::script::duration::Span;
use crate::script::entry::{Fault, FaultKind, Place, StreamException};

/// What throttling says (reported error texts), by the word that asks for it.
const THROTTLES: [(&str, &str); 3] = [
    (
        "requests",
        "Too many requests, please wait before trying again. You have sent too many requests. \
         Wait before trying again.",
    ),
    (
        "tokens",
        "Too many tokens, please wait before trying again.",
    ),
    (
        "daily",
        "Too many tokens per day, please wait before trying again.",
    ),
];

/// The exceptions of `ConverseStreamOutput`, each with its error type and status where there is no
/// stream (botocore service model).
const EXCEPTIONS: [(&str, &str, u16); 5] = [
    ("internalServerException", "InternalServerException", 500),
    (
        "modelStreamErrorException",
        "ModelStreamErrorException",
        424,
    ),
    (
        "serviceUnavailableException",
        "ServiceUnavailableException",
        503,
    ),
    ("throttlingException", "ThrottlingException", 429),
    ("validationException", "ValidationException", 400),
];

/// A throttled call: `throttle: daily`, or a map with `kind` and `retry_after`.
#[derive(Default)]
pub(super) struct Throttle {
    kind: Kind,
    retry_after: Option<Duration>,
}

impl Throttle {
    pub(super) fn refusal(self) -> Refusal {
        Refusal {
            retry_after: self.retry_after,
            ..Refusal::new(429, "ThrottlingException", self.kind.0)
        }
    }
}

impl<'de> Deserialize<'de> for Throttle {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(WordOrMap)
    }
}

struct WordOrMap;

impl<'de> Visitor<'de> for WordOrMap {
    type Value = Throttle;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("`requests`, `tokens`, `daily`, or a map with `kind` and `retry_after`")
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Throttle, E> {
        match Kind::named(text) {
            Some(kind) => Ok(Throttle {
                kind,
                retry_after: None,
            }),
            None => Err(E::invalid_value(serde::de::Unexpected::Str(text), &self)),
        }
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Throttle, A::Error> {
        #[derive(Deserialize)]
        #[serde(deny_unknown_fields)]
        struct Written {
            #[serde(default)]
            kind: Kind,
            #[serde(default, deserialize_with = "given")]
            retry_after: Option<Span>,
        }
        let written = Written::deserialize(MapAccessDeserializer::new(map))?;
        Ok(Throttle {
            kind: written.kind,
            retry_after: written.retry_after.map(|span| span.0),
        })
    }
}

/// What there were too many of: the text that says so.
struct Kind(&'static str);

impl Kind {
    fn named(name: &str) -> Option<Self> {
        let (_, text) = THROTTLES.iter().find(|(known, _)| *known == name)?;
        Some(Self(text))
    }
}

impl Default for Kind {
    fn default() -> Self {
        Self(THROTTLES[0].1)
    }
}

impl<'de> Deserialize<'de> for Kind {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        word(deserializer, "`requests`, `tokens` or `daily`", Self::named)
    }
}

/// Any refusal: `error: { status, type, message }`.
#[derive(Deserialize)]
#[serde(
    deny_unknown_fields,
    expecting = "an error such as `{ status: 503, type: ServiceUnavailableException, message: Busy. }`"
)]
pub(super) struct Status {
    #[serde(deserialize_with = "http_status")]
    status: u16,
    r#type: ErrorType,
    message: String,
    #[serde(default, deserialize_with = "given")]
    retry_after: Option<Span>,
}

impl Status {
    pub(super) fn refusal(self) -> Refusal {
        Refusal {
            retry_after: self.retry_after.map(|span| span.0),
            ..Refusal::new(self.status, self.r#type.0, self.message)
        }
    }
}

fn http_status<'de, D: Deserializer<'de>>(deserializer: D) -> Result<u16, D::Error> {
    number(deserializer, 400..=599)
}

/// What stands in `x-amzn-errortype`.
struct ErrorType(String);

impl<'de> Deserialize<'de> for ErrorType {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let expected = "an error type such as `ServiceUnavailableException`";
        word(deserializer, expected, |text| {
            let printable = text.bytes().all(|byte| byte.is_ascii_graphic());
            (printable && !text.is_empty()).then(|| Self(text.to_owned()))
        })
    }
}

/// A page of a proxy.
#[derive(Deserialize)]
#[serde(
    deny_unknown_fields,
    default,
    expecting = "a page such as `{ status: 502 }`"
)]
pub(super) struct Html {
    #[serde(deserialize_with = "any_status")]
    pub(super) status: u16,
    body: Option<String>,
}

impl Html {
    /// The page: the one that is written, or what proxies put under such a status.
    pub(super) fn page(self) -> String {
        let status = StatusCode::from_u16(self.status).ok();
        let reason = status.and_then(|status| status.canonical_reason());
        let title = format!("{} {}", self.status, reason.unwrap_or_default());
        let page = format!("<html><body><h1>{}</h1></body></html>\n", title.trim_end());
        self.body.unwrap_or(page)
    }
}

impl Default for Html {
    fn default() -> Self {
        Self {
            status: 502,
            body: None,
        }
    }
}

/// A gateway was seen to send its page with 200 as well.
fn any_status<'de, D: Deserializer<'de>>(deserializer: D) -> Result<u16, D::Error> {
    number(deserializer, 200..=599)
}

/// Where a fault strikes: `{ after_events: 3 }`, `{ after_bytes: 100 }`, or neither.
#[derive(Clone, Copy, Default, Deserialize)]
#[serde(
    deny_unknown_fields,
    default,
    expecting = "a place such as `{ after_events: 3 }`"
)]
pub(super) struct At {
    after_events: Option<usize>,
    after_bytes: Option<usize>,
}

impl At {
    pub(super) fn fault(self, kind: FaultKind) -> Result<Fault, String> {
        let at = match (self.after_events, self.after_bytes) {
            (None, None) => Place::Head,
            (Some(events), None) => Place::Events(events),
            (None, Some(bytes)) => Place::Bytes(bytes),
            (Some(_), Some(_)) => {
                return Err(
                    "`after_events` and `after_bytes` name two places; leave one of them out"
                        .to_owned(),
                );
            }
        };
        Ok(Fault { at, kind })
    }

    /// A body can be cut only where there is one.
    pub(super) fn cut(self) -> Result<Fault, String> {
        match self.fault(FaultKind::Cut)? {
            Fault {
                at: Place::Head, ..
            } => Err(
                "`cut` does not say where; write `cut: { after_events: N }` or `cut: { \
                 after_bytes: N }`"
                    .to_owned(),
            ),
            fault => Ok(fault),
        }
    }
}

/// An exception inside a stream.
#[derive(Deserialize)]
#[serde(
    deny_unknown_fields,
    expecting = "an exception such as `{ type: throttlingException, after_events: 3 }`"
)]
pub(super) struct Exception {
    r#type: ExceptionType,
    #[serde(default = "exception_message")]
    message: String,
    #[serde(default)]
    after_events: usize,
}

fn exception_message() -> String {
    "The system encountered an unexpected error during processing. Try your request again."
        .to_owned()
}

impl Exception {
    pub(super) fn fault(self) -> Fault {
        let (name, error_type, status) = self.r#type.0;
        Fault {
            at: Place::Events(self.after_events),
            kind: FaultKind::Exception(StreamException {
                name,
                error_type,
                status,
                message: self.message,
            }),
        }
    }
}

struct ExceptionType((&'static str, &'static str, u16));

impl<'de> Deserialize<'de> for ExceptionType {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let names = EXCEPTIONS.map(|(name, ..)| name).join("`, `");
        word(deserializer, &format!("one of `{names}`"), |text| {
            let row = EXCEPTIONS.into_iter().find(|(name, ..)| *name == text)?;
            Some(Self(row))
        })
    }
}
