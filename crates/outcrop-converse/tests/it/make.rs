//! Frames, streams and requests, made in one line.

use std::fmt::Write;

use aws_smithy_eventstream::frame::write_message_to;
use aws_smithy_types::event_stream::{Header, HeaderValue, Message};
use outcrop_converse::{
    CacheSettings, Conversation, DecodeError, Decoder, Event, Members, Prepared, Settings,
};
use outcrop_policy::{Model, ModelId, Request};

/// A frame, written by the library of the AWS SDK.
pub(crate) fn frame(headers: &[(&'static str, &str)], payload: impl Into<Vec<u8>>) -> Vec<u8> {
    let mut message = Message::new(payload.into());
    for (name, value) in headers {
        let value = HeaderValue::String((*value).to_owned().into());
        message = message.add_header(Header::new(*name, value));
    }
    let mut bytes = Vec::new();
    write_message_to(&message, &mut bytes).expect("a message that fits");
    bytes
}

/// The frame of an event.
pub(crate) fn event(name: &str, payload: &str) -> Vec<u8> {
    frame(
        &[
            (":event-type", name),
            (":content-type", "application/json"),
            (":message-type", "event"),
        ],
        payload,
    )
}

/// A stream of events, each a line of `NAME PAYLOAD`.
pub(crate) fn stream(lines: &str) -> Vec<u8> {
    let lines = lines.lines().map(str::trim).filter(|line| !line.is_empty());
    lines
        .flat_map(|line| {
            let (name, payload) = line.split_once(' ').expect("NAME PAYLOAD");
            event(name, payload)
        })
        .collect()
}

/// What a stream was decoded into.
#[derive(Debug)]
pub(crate) struct Decoded {
    pub(crate) events: Vec<Event>,
    /// The error among the events, or the verdict at the end.
    pub(crate) end: Result<(), DecodeError>,
}

impl Decoded {
    /// The events as they are printed, one a line.
    pub(crate) fn lines(&self) -> Vec<String> {
        self.events
            .iter()
            .map(|event| serde_json::to_string(event).expect("JSON"))
            .collect()
    }
}

/// Decodes bytes that arrive in these pieces.
pub(crate) fn decode<'a>(pieces: impl IntoIterator<Item = &'a [u8]>) -> Decoded {
    let mut decoder = Decoder::default();
    let mut events = Vec::new();
    for piece in pieces {
        decoder.push(piece);
        loop {
            match decoder.next_event() {
                Ok(Some(event)) => events.push(event),
                Ok(None) => break,
                Err(error) => {
                    let end = Err(error);
                    return Decoded { events, end };
                }
            }
        }
    }
    let end = decoder.finish();
    Decoded { events, end }
}

/// The events of a whole stream, which has to be in order.
#[track_caller]
pub(crate) fn events(bytes: &[u8]) -> Vec<Event> {
    let decoded = decode([bytes]);
    decoded.end.expect("a complete stream");
    decoded.events
}

/// A conversation out of its JSON.
#[track_caller]
pub(crate) fn conversation(json: &str) -> Conversation {
    serde_json::from_str(json).expect("a conversation")
}

/// What goes beside a conversation, less the decision.
#[derive(Default)]
pub(crate) struct Beside {
    pub(crate) stop_sequences: Vec<String>,
    pub(crate) additional_fields: Members,
}

pub(crate) const SONNET: &str = "global.anthropic.claude-sonnet-4-5-20250929-v1:0";

pub(crate) fn prepare(
    model: &str,
    request: &Request,
    beside: &Beside,
    conversation: &Conversation,
) -> Result<Prepared, outcrop_converse::PrepareError> {
    let request = Request {
        forces_tool_use: conversation.forces_tool_use(),
        ..request.clone()
    };
    let model = Model::resolve(ModelId::new(model), None);
    let settings = Settings {
        decision: &outcrop_policy::decide(&model, &request),
        stop_sequences: &beside.stop_sequences,
        additional_fields: &beside.additional_fields,
        cache: CacheSettings::new(&model),
    };
    outcrop_converse::prepare(conversation, &settings)
}

/// A request as a person reads it: the bytes, then what was changed.
#[track_caller]
pub(crate) fn request(
    model: &str,
    request: &Request,
    beside: &Beside,
    conversation: &Conversation,
) -> String {
    let prepared = prepare(model, request, beside, conversation).expect("a request");
    let mut page = String::from_utf8(prepared.body.into_bytes()).expect("UTF-8");
    for adjustment in prepared.adjustments {
        let severity = if adjustment.is_warning() {
            "warning"
        } else {
            "info"
        };
        write!(
            page,
            "\n{severity} {} at {}: {adjustment}",
            adjustment.code(),
            adjustment.path()
        )
        .expect("a string");
    }
    page
}

/// A request of a conversation as it stands, under no settings at all.
#[track_caller]
pub(crate) fn plain(json: &str) -> String {
    request(
        SONNET,
        &Request::default(),
        &Beside::default(),
        &conversation(json),
    )
}
