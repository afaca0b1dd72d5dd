//! A file as a block of a message.

use std::fmt;

use super::detect::{Detected, detect};
use super::{Document, Image, Kind, Video, document_name, limits};
use crate::ContentBlock;

/// Why a file cannot be attached.
#[derive(Clone, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub enum AttachmentError {
    /// There is nothing in it.
    Empty,
    /// It is larger than the service takes.
    TooLarge {
        /// What it is.
        kind: Kind,
        /// Its size in bytes.
        size: usize,
        /// The most bytes.
        limit: usize,
    },
    /// An image has more pixels than the service takes.
    TooManyPixels {
        /// Its width.
        width: usize,
        /// Its height.
        height: usize,
    },
    /// The service does not take what it is.
    Unsupported {
        /// What it is, where that can be told.
        found: Option<&'static str>,
    },
}

impl AttachmentError {
    /// What would work.
    #[must_use]
    pub fn hint(&self) -> String {
        match self {
            Self::Empty => "name a file with something in it".to_owned(),
            Self::TooLarge {
                kind: Kind::Image, ..
            } => "make the image smaller, or save it as JPEG".to_owned(),
            Self::TooLarge {
                kind: Kind::Document,
                ..
            } => "split the document, or send its text in the prompt".to_owned(),
            Self::TooLarge {
                kind: Kind::Video, ..
            } => "shorten the video, or put it into S3 and name it by `s3Location` in a \
                  conversation of --messages"
                .to_owned(),
            Self::TooManyPixels { .. } => format!(
                "make the image at most {0} pixels wide and {0} high",
                limits::IMAGE_PIXELS
            ),
            Self::Unsupported { .. } => format!(
                "images can be {}; documents {}, or any text in UTF-8; videos {}",
                super::ImageFormat::KNOWN.join(", "),
                super::DocumentFormat::KNOWN.join(", "),
                super::VideoFormat::KNOWN.join(", "),
            ),
        }
    }
}

impl fmt::Display for AttachmentError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Empty => f.write_str("it is empty"),
            Self::TooLarge { kind, size, limit } => {
                let (kind, (size, limit)) = (kind.as_str(), limits::readable(*size, *limit));
                write!(
                    f,
                    "the {kind} has {size}, and the service takes at most {limit}"
                )
            }
            Self::TooManyPixels { width, height } => write!(
                f,
                "the image has {width} × {height} pixels, and the service takes at most {0} × {0}",
                limits::IMAGE_PIXELS
            ),
            Self::Unsupported { found: Some(found) } => {
                write!(f, "it is {found}, which the service does not take")
            }
            Self::Unsupported { found: None } => {
                f.write_str("it is neither text nor anything else that the service takes")
            }
        }
    }
}

impl std::error::Error for AttachmentError {}

/// Makes a block of a file: an image, a document or a video, by its content first and its name
/// second. A document is named after the file, without folder and ending.
///
/// ```
/// use outcrop_converse::{ContentBlock, attachment};
///
/// let block = attachment::from_file("data/q3_sales.csv", b"region,sales\n")?;
/// assert!(matches!(block, ContentBlock::Document(document) if document.name == "q3-sales"));
/// # Ok::<(), attachment::AttachmentError>(())
/// ```
///
/// # Errors
/// When it is empty, too large, or of a kind that the service does not take.
pub fn from_file(name: &str, bytes: &[u8]) -> Result<ContentBlock, AttachmentError> {
    if bytes.is_empty() {
        return Err(AttachmentError::Empty);
    }
    match detect(name, bytes) {
        Detected::Image(format) => {
            check_size(Kind::Image, bytes, limits::IMAGE_BYTES)?;
            match limits::pixels(bytes) {
                Some((width, height)) if width.max(height) > limits::IMAGE_PIXELS => {
                    Err(AttachmentError::TooManyPixels { width, height })
                }
                _ => Ok(ContentBlock::Image(Image::new(format, bytes))),
            }
        }
        Detected::Document(format) => {
            check_size(Kind::Document, bytes, limits::DOCUMENT_BYTES)?;
            let name = document_name(stem(name));
            Ok(ContentBlock::Document(Document::new(name, format, bytes)))
        }
        Detected::Video(format) => {
            check_size(Kind::Video, bytes, limits::VIDEO_BYTES)?;
            Ok(ContentBlock::Video(Video::new(format, bytes)))
        }
        Detected::Unsupported(found) => Err(AttachmentError::Unsupported { found }),
    }
}

fn check_size(kind: Kind, bytes: &[u8], limit: usize) -> Result<(), AttachmentError> {
    let size = bytes.len();
    if size <= limit {
        Ok(())
    } else {
        Err(AttachmentError::TooLarge { kind, size, limit })
    }
}

/// The name of a file without its folder and its ending.
fn stem(name: &str) -> &str {
    let name = name.rsplit(['/', '\\']).next().unwrap_or(name);
    match name.rsplit_once('.') {
        Some((stem, _)) if !stem.is_empty() => stem,
        _ => name,
    }
}
