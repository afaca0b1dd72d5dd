//! How many tokens a block stands for, before the service has counted.
//!
//! Text and JSON are counted by their bytes, at seven bytes to two tokens: what English prose and
//! source code come to in Claude's tokenizers on average. What is neither is counted by what such
//! things cost: an image as the largest that is not scaled down, a document by its size, a video as
//! a minute of it. A conversation that has been answered corrects the whole by the service's own
//! count (`CacheMemory`), so that only the proportions have to be about right.

use super::fingerprint::measure;
use crate::attachment::{Document, DocumentFormat, Source};

/// The tokens of so many bytes of text or JSON.
pub(super) const fn text(bytes: u64) -> u32 {
    let tokens = bytes.saturating_mul(2).div_ceil(7);
    if tokens > u32::MAX as u64 {
        u32::MAX
    } else {
        tokens as u32
    }
}

/// An image of 1,092 × 1,092 pixels (vendor guide on vision: width × height / 750).
const IMAGE: u32 = 1590;
/// A minute of video at Nova's one frame a second (Amazon Nova guide, video understanding).
const VIDEO: u32 = 17_000;
/// A document whose bytes are elsewhere: about ten pages.
const DOCUMENT_ELSEWHERE: u32 = 15_000;

/// An image; an image in a tool result counts the same.
pub(super) const fn image() -> u32 {
    IMAGE
}

/// A video.
pub(super) const fn video() -> u32 {
    VIDEO
}

/// A document, by where its content is and what that is.
pub(super) fn document(document: &Document) -> u32 {
    match &document.source {
        Source::Text(it) => text(it.len() as u64),
        Source::Parts(parts) => text(measure(parts).0),
        Source::Bytes(bytes) => {
            let tokens = bytes.decoded_len() as u64 / bytes_per_token(document.format.as_ref());
            u32::try_from(tokens).unwrap_or(u32::MAX)
        }
        Source::S3(_) | Source::Other(..) => DOCUMENT_ELSEWHERE,
    }
}

/// Whether the size of a document is a guess: its bytes are elsewhere, or mostly no text.
pub(super) fn is_guess(document: &Document) -> bool {
    match &document.source {
        Source::Text(_) | Source::Parts(_) => false,
        Source::Bytes(_) => matches!(document.format, Some(DocumentFormat::Pdf)),
        Source::S3(_) | Source::Other(..) => true,
    }
}

/// How many bytes of a file come to a token, by its format: text is read as it is, archives hold
/// compressed text, and a PDF mostly holds what is not text.
const fn bytes_per_token(format: Option<&DocumentFormat>) -> u64 {
    match format {
        Some(DocumentFormat::Pdf) => 25,
        Some(
            DocumentFormat::Doc | DocumentFormat::Docx | DocumentFormat::Xls | DocumentFormat::Xlsx,
        ) => 8,
        _ => 3,
    }
}
