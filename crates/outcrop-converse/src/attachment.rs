//! Attachments: images, documents and video inside a message.
//!
//! They are read and sent as they are written, through [`ContentBlock::Other`], whose name and
//! bytes survive untouched; what a conversation needs to know of one is its [`Kind`].

use crate::ContentBlock;

/// The kind of an attachment.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub enum Kind {
    /// `image`: png, jpeg, gif or webp.
    Image,
    /// `document`: pdf, csv, doc, docx, xls, xlsx, html, txt or md.
    Document,
    /// `video`.
    Video,
}

impl Kind {
    /// The kind of a content block, if it is an attachment.
    #[must_use]
    pub fn of(block: &ContentBlock) -> Option<Self> {
        match block {
            ContentBlock::Other(name, _) => match name.as_str() {
                "image" => Some(Self::Image),
                "document" => Some(Self::Document),
                "video" => Some(Self::Video),
                _ => None,
            },
            _ => None,
        }
    }
}
