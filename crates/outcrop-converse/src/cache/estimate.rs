//! How many tokens a block stands for, before the service has counted.
//!
//! Text and JSON are counted by their bytes, at seven bytes to two tokens: what English prose and
//! source code come to in Claude's tokenizers on average. What is neither is counted by what such
//! things cost: an image as the largest that is not scaled down, a document by its size, a video as
//! a minute of it. A conversation that has been answered corrects the whole by the service's own
//! count (`CacheMemory`), so that only the proportions have to be about right.

use serde::Deserialize;

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

/// How many bytes of a file come to a token, by its format: text is read as it is, archives hold
/// compressed text, and a PDF mostly holds what is not text.
const fn bytes_per_token(format: Format) -> u64 {
    match format {
        Format::Text => 3,
        Format::Archive => 8,
        Format::Pdf => 25,
    }
}

/// What kind of file a document is.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Format {
    /// `txt`, `md`, `csv`, `html`, and what is not known here.
    Text,
    /// `docx`, `xlsx` and their elders.
    Archive,
    /// `pdf`, the only format after which a cache point may stand.
    Pdf,
}

/// A block that is known by its name and its JSON.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Attachment {
    Image,
    Document(Format),
    Video,
}

#[derive(Deserialize)]
struct Peek<'a> {
    #[serde(borrow)]
    format: Option<&'a str>,
}

impl Attachment {
    /// The attachment that a block is, by the name of its member.
    pub(super) fn of(name: &str, json: &str) -> Option<Self> {
        match name {
            "image" => Some(Self::Image),
            "video" => Some(Self::Video),
            "document" => {
                let peek = serde_json::from_str::<Peek<'_>>(json).ok();
                Some(Self::Document(match peek.and_then(|peek| peek.format) {
                    Some("pdf") => Format::Pdf,
                    Some("doc" | "docx" | "xls" | "xlsx") => Format::Archive,
                    _ => Format::Text,
                }))
            }
            _ => None,
        }
    }

    /// The tokens of an attachment of so many bytes of JSON, most of which is base64.
    pub(super) fn tokens(self, json_bytes: u64) -> u32 {
        match self {
            Self::Image => IMAGE,
            Self::Video => VIDEO,
            Self::Document(_) if json_bytes < 256 => DOCUMENT_ELSEWHERE,
            Self::Document(format) => {
                let tokens = json_bytes * 3 / 4 / bytes_per_token(format);
                u32::try_from(tokens).unwrap_or(u32::MAX)
            }
        }
    }
}
