//! How a reply travels: in which pieces, how fast, and what goes wrong on the way.

use std::num::NonZeroUsize;
use std::time::Duration;

use bytes::Bytes;

use crate::answer::{self, Answer};
use crate::cache::Ticket;
use crate::frames;
use crate::refusal::Refusal;
use crate::script::{Fault, FaultKind, Pace, Place};

/// A reply that has been decided on: what is sent, and how.
#[derive(Debug)]
pub(crate) struct Delivery {
    pub(crate) head_delay: Duration,
    /// What is cached when an answer begins.
    pub(crate) cached: Option<Ticket>,
    pub(crate) reply: Reply,
}

/// What is sent.
#[derive(Debug)]
pub(crate) enum Reply {
    /// JSON, or an event stream.
    Body(Transfer),
    /// A page that no service of AWS sends.
    Html {
        status: u16,
        body: String,
    },
    Refusal(Refusal),
    /// No head at all.
    Nothing(Ending),
}

/// A body in pieces, and how it ends.
#[derive(Debug)]
pub(crate) struct Transfer {
    pub(crate) pieces: Vec<Piece>,
    pub(crate) ending: Ending,
}

/// Bytes that are written at a time.
#[derive(Debug, Clone)]
pub(crate) struct Piece {
    pub(crate) delay: Duration,
    pub(crate) bytes: Bytes,
}

/// What comes after the last piece.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Ending {
    /// The end of the body.
    Complete,
    /// The connection is reset.
    Reset,
    /// Nothing, for as long as the client waits.
    Stall,
}

/// An answer on its way, or what is wrong with the fault that it should meet.
pub(crate) fn deliver(
    answer: &Answer,
    streaming: bool,
    pace: &Pace,
    fault: Option<&Fault>,
) -> Result<Reply, String> {
    let (at, kind) = match fault {
        None => return Ok(Reply::Body(Transfer::whole(answer, streaming, pace))),
        Some(Fault { at, kind }) => (*at, kind),
    };
    match (at, kind) {
        (Place::Head, FaultKind::Stall) => return Ok(Reply::Nothing(Ending::Stall)),
        (Place::Head, FaultKind::Reset) => return Ok(Reply::Nothing(Ending::Reset)),
        // Without a stream there is a status to say it with.
        (_, FaultKind::Exception(exception)) if !streaming => {
            return Ok(Reply::Refusal(Refusal::new(
                exception.status,
                exception.error_type,
                exception.message.clone(),
            )));
        }
        _ => {}
    }
    let pieces = pieces(answer, streaming, pace);
    let (mut pieces, left) = match at {
        Place::Head => (Vec::new(), pieces.len()),
        // A body that is one piece has not begun before it has come.
        Place::Events(_) if !streaming => (Vec::new(), pieces.len()),
        Place::Events(count) => first_events(pieces, count)?,
        Place::Bytes(count) => first_bytes(pieces, count)?,
    };
    let ending = match kind {
        FaultKind::Cut if left == 0 => {
            return Err("`cut` leaves nothing out: the whole answer comes before it".to_owned());
        }
        FaultKind::Cut => Ending::Complete,
        FaultKind::Reset => Ending::Reset,
        FaultKind::Stall => Ending::Stall,
        FaultKind::Exception(exception) => {
            pieces.push(Piece {
                delay: Duration::ZERO,
                bytes: frames::exception(exception.name, &exception.message, pieces.len()),
            });
            Ending::Complete
        }
    };
    let pieces = chunked(pieces, pace.chunk_size);
    Ok(Reply::Body(Transfer { pieces, ending }))
}

impl Transfer {
    fn whole(answer: &Answer, streaming: bool, pace: &Pace) -> Self {
        Self {
            pieces: chunked(pieces(answer, streaming, pace), pace.chunk_size),
            ending: Ending::Complete,
        }
    }

    /// The number of bytes, where the body is complete and there is no reason to send it in parts.
    pub(crate) fn as_one(&self) -> Option<&Bytes> {
        match (&self.pieces[..], self.ending) {
            ([piece], Ending::Complete) if piece.delay.is_zero() => Some(&piece.bytes),
            _ => None,
        }
    }
}

/// The frames of a stream, or the one body of an answer without.
fn pieces(answer: &Answer, streaming: bool, pace: &Pace) -> Vec<Piece> {
    if !streaming {
        return vec![Piece {
            delay: Duration::ZERO,
            bytes: answer::body(answer).to_string().into(),
        }];
    }
    let delta_delay = pace.delta_delay.unwrap_or_default();
    let events = frames::events(answer, pace.delta_size);
    let numbered = events.iter().enumerate();
    numbered
        .map(|(number, event)| Piece {
            delay: if event.0 == "contentBlockDelta" {
                delta_delay
            } else {
                Duration::ZERO
            },
            bytes: frames::frame(event, number),
        })
        .collect()
}

/// The first events, and how many are left.
fn first_events(mut pieces: Vec<Piece>, count: usize) -> Result<(Vec<Piece>, usize), String> {
    let Some(left) = pieces.len().checked_sub(count) else {
        return Err(format!(
            "the fault comes after {count} events, and the answer has {}; write a smaller number",
            pieces.len()
        ));
    };
    pieces.truncate(count);
    Ok((pieces, left))
}

/// The first bytes, and how many are left.
fn first_bytes(pieces: Vec<Piece>, count: usize) -> Result<(Vec<Piece>, usize), String> {
    let total: usize = pieces.iter().map(|piece| piece.bytes.len()).sum();
    let Some(left) = total.checked_sub(count) else {
        return Err(format!(
            "the fault comes after {count} bytes, and the answer has {total}; write a smaller \
             number"
        ));
    };
    let mut wanted = count;
    let mut kept = Vec::new();
    for mut piece in pieces {
        piece.bytes.truncate(wanted);
        wanted -= piece.bytes.len();
        if piece.bytes.is_empty() {
            break;
        }
        kept.push(piece);
    }
    Ok((kept, left))
}

/// The same bytes, so many at a time.
fn chunked(pieces: Vec<Piece>, size: Option<NonZeroUsize>) -> Vec<Piece> {
    let Some(size) = size else {
        return pieces;
    };
    let mut chunks = Vec::new();
    for mut piece in pieces {
        let mut delay = piece.delay;
        while !piece.bytes.is_empty() {
            let length = size.get().min(piece.bytes.len());
            let bytes = piece.bytes.split_to(length);
            chunks.push(Piece { delay, bytes });
            delay = Duration::ZERO;
        }
    }
    chunks
}
