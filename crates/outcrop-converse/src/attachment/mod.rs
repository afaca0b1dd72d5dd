//! Attachments: images, documents and video, in messages and in tool results.
//!
//! They are the shapes of the Converse API. What they carry stays as it was written, and whoever
//! has bytes in hand makes a block of them with [`Image`], [`Document`] or [`Video`], or with
//! [`from_file`], which finds out what a file is.

mod base64;
mod detect;
mod format;
mod from_file;
pub(crate) mod limits;
mod name;

pub use self::base64::Base64;
pub(crate) use self::base64::joined as joined_base64;
pub use format::{DocumentFormat, ImageFormat, VideoFormat};
pub use from_file::{AttachmentError, from_file};
pub(crate) use name::Names;
pub use name::document_name;

use crate::members::{object, union};
use crate::{ContentBlock, Members};

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
            ContentBlock::Image(_) => Some(Self::Image),
            ContentBlock::Document(_) => Some(Self::Document),
            ContentBlock::Video(_) => Some(Self::Video),
            _ => None,
        }
    }

    /// The name of the block: `image`, `document` or `video`.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Image => "image",
            Self::Document => "document",
            Self::Video => "video",
        }
    }
}

/// An image.
///
/// ```
/// use outcrop_converse::attachment::Image;
///
/// let image = Image::png(b"\x89PNG\r\n\x1a\n");
/// let json = serde_json::to_string(&image)?;
/// assert_eq!(json, r#"{"format":"png","source":{"bytes":"iVBORw0KGgo="}}"#);
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct Image {
    /// What the bytes are.
    pub format: ImageFormat,
    /// Where it is.
    pub source: Source,
    /// Members that are not modelled here.
    pub rest: Members,
}

object! {
    Image {
        format: required "format",
        source: required "source",
    }
}

impl Image {
    /// An image of these bytes: at most 3.75 MiB, and 8,000 pixels wide and high.
    #[must_use]
    pub fn new(format: ImageFormat, bytes: impl AsRef<[u8]>) -> Self {
        Self {
            format,
            source: Source::bytes(bytes),
            rest: Members::default(),
        }
    }

    /// A PNG.
    #[must_use]
    pub fn png(bytes: impl AsRef<[u8]>) -> Self {
        Self::new(ImageFormat::Png, bytes)
    }

    /// A JPEG.
    #[must_use]
    pub fn jpeg(bytes: impl AsRef<[u8]>) -> Self {
        Self::new(ImageFormat::Jpeg, bytes)
    }

    /// A GIF.
    #[must_use]
    pub fn gif(bytes: impl AsRef<[u8]>) -> Self {
        Self::new(ImageFormat::Gif, bytes)
    }

    /// A WebP.
    #[must_use]
    pub fn webp(bytes: impl AsRef<[u8]>) -> Self {
        Self::new(ImageFormat::Webp, bytes)
    }
}

/// A document. Text stands beside it in its message, which the service demands.
///
/// ```
/// use outcrop_converse::attachment::{Document, DocumentFormat};
///
/// let document = Document::new("Report", DocumentFormat::Csv, "a,b\n");
/// let json = serde_json::to_string(&document)?;
/// assert_eq!(json, r#"{"format":"csv","name":"Report","source":{"bytes":"YSxiCg=="}}"#);
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct Document {
    /// What the bytes are; absent for a source of text.
    pub format: Option<DocumentFormat>,
    /// Its name, for the model to read: 1 to 200 letters, digits, single blanks, hyphens and
    /// brackets, and no other document's. [`prepare`](crate::prepare) mends what is not like that.
    pub name: String,
    /// Where it is.
    pub source: Source,
    /// Members that are not modelled here: `context`, `citations`, …
    pub rest: Members,
}

object! {
    Document {
        format: optional "format",
        name: required "name",
        source: required "source",
    }
}

impl Document {
    /// A document of these bytes, at most 4.5 MiB.
    #[must_use]
    pub fn new(name: impl Into<String>, format: DocumentFormat, bytes: impl AsRef<[u8]>) -> Self {
        Self {
            format: Some(format),
            name: name.into(),
            source: Source::bytes(bytes),
            rest: Members::default(),
        }
    }
}

/// A video.
#[derive(Clone, Debug, PartialEq)]
pub struct Video {
    /// What the bytes are.
    pub format: VideoFormat,
    /// Where it is.
    pub source: Source,
    /// Members that are not modelled here.
    pub rest: Members,
}

object! {
    Video {
        format: required "format",
        source: required "source",
    }
}

impl Video {
    /// A video of these bytes. Longer ones are named by an S3 location.
    #[must_use]
    pub fn new(format: VideoFormat, bytes: impl AsRef<[u8]>) -> Self {
        Self {
            format,
            source: Source::bytes(bytes),
            rest: Members::default(),
        }
    }
}

union! {
    /// Where the content of an attachment is.
    Source, "the source of an attachment" {
        /// Here.
        "bytes" => Bytes(Base64),
        /// In S3: `uri`, and `bucketOwner` where it is another account's.
        "s3Location" => S3(Members),
        /// The text of a document.
        "text" => Text(String),
        /// The text of a document in parts, which citations refer to.
        "content" => Parts(Vec<DocumentPart>),
    }
}

union! {
    /// One part of a document's text.
    DocumentPart, "a part of a document" {
        /// Text.
        "text" => Text(String),
    }
}

impl Source {
    /// These bytes.
    #[must_use]
    pub fn bytes(bytes: impl AsRef<[u8]>) -> Self {
        Self::Bytes(Base64::encode(bytes))
    }
}
