//! Images, documents and the other things that are no text.

use super::Verdict;
use crate::converse::Call;
use crate::refusal::Refusal;
use crate::request::{Block, Message};

/// How many images a message may have (Converse API reference, `Message`).
const IMAGES: usize = 20;
/// How many documents a message may have (Converse API reference, `Message`).
const DOCUMENTS: usize = 5;
/// 3.75 MB, the largest image in bytes (Converse API reference, `Message`).
const IMAGE_BYTES: usize = 3_932_160;
/// 4.5 MB, the largest document in bytes (Converse API reference, `Message`).
const DOCUMENT_BYTES: usize = 4_718_592;

/// Images and documents, and with them video and audio, stand in user messages only (Converse API
/// reference, `Message`). The wording is the emulator's.
pub(super) fn media_come_from_the_user(call: &Call<'_>) -> Verdict {
    const MEDIA: [&str; 4] = ["image", "document", "video", "audio"];
    for message in call.request.messages().filter(|it| it.role != "user") {
        if let Some(block) = message.blocks().find(|it| MEDIA.contains(&it.kind)) {
            return Err(Refusal::validation(format!(
                "The {} field at messages.{}.content.{} is only supported in messages with the \
                 user role.",
                block.kind, message.index, block.index
            )));
        }
    }
    Ok(())
}

/// Only the model reasons (reported error text).
pub(super) fn reasoning_comes_from_the_model(call: &Call<'_>) -> Verdict {
    let wrong = |message: Message<'_>| message.role == "user" && message.has("reasoningContent");
    if call.request.messages().any(wrong) {
        return Err(Refusal::validation(
            "User messages cannot contain reasoning content. Remove the reasoning content and try \
             again.",
        ));
    }
    Ok(())
}

/// At most 20 images and 5 documents a message (Converse API reference, `Message`). The wording is
/// the emulator's.
pub(super) fn counts_are_limited(call: &Call<'_>) -> Verdict {
    for message in call.request.messages() {
        for (kind, limit) in [("image", IMAGES), ("document", DOCUMENTS)] {
            let count = message.of_kind(kind).count();
            if count > limit {
                return Err(Refusal::validation(format!(
                    "The message at messages.{} has {count} {kind}s. A message can have at most \
                     {limit}.",
                    message.index
                )));
            }
        }
    }
    Ok(())
}

/// At most 3.75 MB an image and 4.5 MB a document (Converse API reference, `Message`). The wording
/// is the emulator's.
pub(super) fn sizes_are_limited(call: &Call<'_>) -> Verdict {
    for message in call.request.messages() {
        for (kind, limit) in [("image", IMAGE_BYTES), ("document", DOCUMENT_BYTES)] {
            if let Some(block) = message.of_kind(kind).find(|it| bytes(*it) > limit) {
                return Err(Refusal::validation(format!(
                    "The {kind} at messages.{}.content.{} is larger than {limit} bytes.",
                    message.index, block.index
                )));
            }
        }
    }
    Ok(())
}

/// The size of what a block carries, from the length of its base64.
fn bytes(block: Block<'_>) -> usize {
    let base64 = block
        .value
        .get("source")
        .and_then(|source| source.get("bytes"))
        .and_then(|bytes| bytes.as_str())
        .unwrap_or_default();
    base64.trim_end_matches('=').len() * 3 / 4
}

/// A message with a document has a text too (Converse API reference, `DocumentBlock`). The wording
/// is the emulator's.
pub(super) fn documents_stand_beside_text(call: &Call<'_>) -> Verdict {
    let lonely = |message: &Message<'_>| message.has("document") && !message.has("text");
    match call.request.messages().find(lonely) {
        None => Ok(()),
        Some(message) => Err(Refusal::validation(format!(
            "The message at messages.{} has a document but no text. Add a text block and try \
             again.",
            message.index
        ))),
    }
}

/// A document's name is made of letters, digits, single whitespace, hyphens, parentheses and
/// square brackets (Converse API reference, `DocumentBlock`). The wording is the emulator's.
pub(super) fn document_names_are_plain(call: &Call<'_>) -> Verdict {
    for message in call.request.messages() {
        let broken = message
            .of_kind("document")
            .find(|block| !is_plain(block.text("name")));
        if let Some(block) = broken {
            return Err(Refusal::validation(format!(
                "The name of the document at messages.{}.content.{} contains invalid characters. \
                 The name can only contain alphanumeric characters, whitespace characters (no more \
                 than one in a row), hyphens, parentheses, and square brackets.",
                message.index, block.index
            )));
        }
    }
    Ok(())
}

fn is_plain(name: &str) -> bool {
    let letters: Vec<char> = name.chars().collect();
    let allowed = |letter: &char| {
        letter.is_ascii_alphanumeric() || letter.is_whitespace() || "-()[]".contains(*letter)
    };
    let doubled = |pair: &[char]| pair.iter().all(|letter| letter.is_whitespace());
    letters.iter().all(allowed) && !letters.windows(2).any(doubled)
}
