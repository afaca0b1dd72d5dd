//! The decoder: bytes in, events out. It is synchronous and does no I/O.

use std::fmt;

use serde::Deserialize;

use crate::frame::{self, Frame, FrameError};
use crate::plain_delta;
use crate::{ContentBlockStart, ContentBlockStop, Event, MessageStart, MessageStop, Metadata};

/// The event of which an answer is made.
const DELTA: &str = "contentBlockDelta";

/// Turns the bytes of a ConverseStream response into events.
///
/// `messageStop` says that the answer is complete, and nothing after it may cost the answer: of what
/// follows only the first `metadata` is an event, and whatever else comes there, also bytes that
/// cannot be read, is passed over. A `metadata` that cannot be read is none, wherever it stands.
///
/// ```
/// use outcrop_converse::Decoder;
///
/// let mut decoder = Decoder::default();
/// decoder.push(&[]); // bytes as they arrive, cut anywhere
/// assert!(decoder.next_event()?.is_none()); // more bytes are needed
/// assert!(decoder.finish().is_err()); // no `messageStop` came
/// # Ok::<(), outcrop_converse::DecodeError>(())
/// ```
#[derive(Debug, Default)]
pub struct Decoder {
    bytes: Vec<u8>,
    /// How much of `bytes` has been decoded.
    decoded: usize,
    /// The headers of the last delta. Those of the next one are nearly always the same, byte for
    /// byte, and need not be read again.
    delta_headers: Vec<u8>,
    stopped: bool,
    has_metadata: bool,
    /// Nothing more is read: something failed, or nothing more is of use.
    closed: bool,
}

/// Why a stream cannot be decoded further. The decoder stays at the failure: it gives no event
/// after one.
#[derive(Debug)]
#[non_exhaustive]
pub enum DecodeError {
    /// The service ended the stream with an exception.
    Exception(StreamException),
    /// The bytes are not frames.
    Frame(FrameError),
    /// A payload is not what its event promises.
    Payload {
        /// The event.
        event: String,
        /// What is wrong.
        error: serde_json::Error,
    },
    /// The bytes ended without a `messageStop`.
    Truncated,
}

/// An exception inside a stream.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct StreamException {
    /// Its type as the stream spells it, such as `throttlingException`, or the code of an error
    /// frame.
    pub code: String,
    /// What the service says.
    pub message: String,
    /// The status of the model behind the service, where it is told.
    pub original_status: Option<u16>,
}

impl fmt::Display for DecodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Exception(StreamException { code, message, .. }) if message.is_empty() => {
                f.write_str(code)
            }
            Self::Exception(exception) => write!(f, "{}: {}", exception.code, exception.message),
            Self::Frame(_) => f.write_str("the event stream is broken"),
            Self::Payload { event, .. } => write!(f, "the payload of `{event}` cannot be read"),
            Self::Truncated => f.write_str("the stream ended before the answer was complete"),
        }
    }
}

impl std::error::Error for DecodeError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Frame(error) => Some(error),
            Self::Payload { error, .. } => Some(error),
            Self::Exception(_) | Self::Truncated => None,
        }
    }
}

impl Decoder {
    /// Takes more bytes, cut anywhere. After an error, or after the last event, they are of no
    /// use and are not kept.
    pub fn push(&mut self, bytes: &[u8]) {
        if self.closed {
            return;
        }
        if self.decoded == self.bytes.len() {
            self.bytes.clear();
            self.decoded = 0;
        } else if self.decoded > self.bytes.len() / 2 {
            self.bytes.drain(..self.decoded);
            self.decoded = 0;
        }
        self.bytes.extend_from_slice(bytes);
    }

    /// The next event, or `None` when more bytes are needed. Unknown events are passed over.
    ///
    /// # Errors
    /// When the service ended the stream with an exception, or the bytes cannot be read. Nothing
    /// comes after an error.
    pub fn next_event(&mut self) -> Result<Option<Event>, DecodeError> {
        while !self.closed {
            let cut = frame::cut(&self.bytes[self.decoded..]);
            let event = match cut {
                Ok(None) => break,
                Ok(Some((frame, len))) => {
                    self.decoded += len;
                    if frame.headers == self.delta_headers && !frame.headers.is_empty() {
                        read_delta(frame.payload).map(Some)
                    } else {
                        let event = read(frame);
                        if let Ok(Some(Event::ContentBlockDelta(_))) = event {
                            self.delta_headers = frame.headers.to_vec();
                        }
                        event
                    }
                }
                Err(error) => Err(DecodeError::Frame(error)),
            };
            match event {
                Ok(Some(event)) if self.is_of_use(&event) => return Ok(Some(event)),
                Ok(_) => {}
                Err(error) => {
                    self.closed = true;
                    if !self.stopped {
                        return Err(error);
                    }
                }
            }
        }
        Ok(None)
    }

    /// Notes what has come, and says whether it belongs to the answer.
    fn is_of_use(&mut self, event: &Event) -> bool {
        let is_of_use = match event {
            Event::Metadata(_) => !std::mem::replace(&mut self.has_metadata, true),
            Event::MessageStop(_) => !std::mem::replace(&mut self.stopped, true),
            _ => !self.stopped,
        };
        self.closed = self.stopped && self.has_metadata;
        is_of_use
    }

    /// Whether the last event has been given: no byte after it can be of use.
    #[must_use]
    pub fn is_closed(&self) -> bool {
        self.closed
    }

    /// Says that no more bytes will come, once [`next_event`](Self::next_event) has given them all.
    ///
    /// # Errors
    /// When no `messageStop` was among them: what came so far is not the whole answer.
    pub fn finish(&self) -> Result<(), DecodeError> {
        if self.stopped {
            Ok(())
        } else {
            Err(DecodeError::Truncated)
        }
    }
}

/// Reads a frame: an event, or `None` for one that is not known.
fn read(frame: Frame<'_>) -> Result<Option<Event>, DecodeError> {
    let (mut message_type, mut event_type, mut exception_type) = (None, None, None);
    let (mut error_code, mut error_message) = (None, None);
    for header in frame.text_headers() {
        let (name, value) = header.map_err(DecodeError::Frame)?;
        match name {
            ":message-type" => message_type = Some(value),
            ":event-type" => event_type = Some(value),
            ":exception-type" => exception_type = Some(value),
            ":error-code" => error_code = Some(value),
            ":error-message" => error_message = Some(value),
            _ => {}
        }
    }
    match (message_type, event_type) {
        (Some("event"), Some(event)) => read_event(event, frame.payload),
        (Some("exception"), _) => Err(exception(
            exception_type.unwrap_or("unknown"),
            frame.payload,
        )),
        (Some("error"), _) => Err(DecodeError::Exception(StreamException {
            code: error_code.unwrap_or("unknown").to_owned(),
            message: error_message.unwrap_or_default().to_owned(),
            original_status: None,
        })),
        _ => Ok(None),
    }
}

fn read_event(event: &str, payload: &[u8]) -> Result<Option<Event>, DecodeError> {
    let read = match event {
        DELTA => return read_delta(payload).map(Some),
        "contentBlockStart" => {
            serde_json::from_slice::<ContentBlockStart>(payload).map(Event::ContentBlockStart)
        }
        "contentBlockStop" => {
            serde_json::from_slice::<ContentBlockStop>(payload).map(Event::ContentBlockStop)
        }
        "messageStart" => serde_json::from_slice::<MessageStart>(payload).map(Event::MessageStart),
        "messageStop" => serde_json::from_slice::<MessageStop>(payload).map(Event::MessageStop),
        "metadata" => {
            let metadata = serde_json::from_slice::<Metadata>(payload).ok();
            return Ok(metadata.map(|it| Event::Metadata(it.without_padding())));
        }
        _ => return Ok(None),
    };
    read.map(Some).map_err(|error| DecodeError::Payload {
        event: event.to_owned(),
        error,
    })
}

fn read_delta(payload: &[u8]) -> Result<Event, DecodeError> {
    if let Some(delta) = plain_delta::read(payload) {
        return Ok(Event::ContentBlockDelta(delta));
    }
    let read = serde_json::from_slice(payload).map(Event::ContentBlockDelta);
    read.map_err(|error| DecodeError::Payload {
        event: DELTA.to_owned(),
        error,
    })
}

fn exception(code: &str, payload: &[u8]) -> DecodeError {
    /// The payload of an exception; services write `message` and `Message`.
    #[derive(Default, Deserialize)]
    #[serde(default, rename_all = "camelCase")]
    struct Payload {
        message: Option<String>,
        #[serde(rename = "Message")]
        capital: Option<String>,
        original_message: Option<String>,
        original_status_code: Option<u16>,
    }
    let text = || String::from_utf8_lossy(payload).into_owned();
    let read = serde_json::from_slice::<Payload>(payload).unwrap_or_default();
    let message = read.message.or(read.capital).or(read.original_message);
    DecodeError::Exception(StreamException {
        code: code.to_owned(),
        message: message.unwrap_or_else(text),
        original_status: read.original_status_code,
    })
}
