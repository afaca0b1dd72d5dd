//! Chats of a person and a model.

use std::iter::{once, repeat_n};

use outcrop_converse::attachment::{Document, DocumentFormat};

use super::Call;
use super::talk::{SOON, Talk};

/// A person and a model, in turns that are all as far apart.
pub(super) fn chat(turns: usize, gap: u64) -> Vec<Call> {
    chat_with(repeat_n(gap, turns - 1))
}

/// A person and a model, in turns with these gaps between them.
pub(super) fn chat_with(gaps: impl IntoIterator<Item = u64>) -> Vec<Call> {
    let mut talk = Talk::new(1);
    // Before the first turn there is no gap.
    for gap in once(0).chain(gaps) {
        talk.turn();
        talk.send(gap);
    }
    talk.calls
}

/// A chat about a PDF, and about a text a few turns later.
pub(super) fn documents(pdf: usize, text: Option<usize>) -> Vec<Call> {
    let mut talk = Talk::new(3);
    for turn in 0..12 {
        talk.turn();
        if turn == pdf {
            let mut bytes = b"%PDF-1.7\n".to_vec();
            bytes.extend(talk.words.bytes(160_000));
            talk.attach(Document::new("report", DocumentFormat::Pdf, bytes));
        }
        if Some(turn) == text {
            let notes = talk.words.text(9000);
            talk.attach(Document::new("notes", DocumentFormat::Txt, notes));
        }
        talk.send(SOON);
    }
    talk.calls
}
