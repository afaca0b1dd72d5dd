//! Attachments: names, sizes and counts.

use std::borrow::Cow;

use super::turns::Turn;
use super::{Adjustments, PrepareError};
use crate::attachment::{Document, Image, Kind, Names, Source, limits};
use crate::{Adjustment, BlockPlace, ContentBlock};

/// A document as it has to be called, where that is not as it was given.
pub(super) fn named(
    place: BlockPlace,
    document: &Document,
    names: &mut Names,
    adjustments: &mut Adjustments,
) -> Result<Option<Document>, PrepareError> {
    check_source(place, Kind::Document, &document.source)?;
    let Cow::Owned(name) = names.unique(&document.name) else {
        return Ok(None);
    };
    adjustments.push(Adjustment::DocumentRenamed {
        message: place.message,
        from: document.name.clone(),
        to: name.clone(),
    });
    Ok(Some(Document {
        name,
        ..document.clone()
    }))
}

/// An image within the limits of size and pixels.
pub(super) fn check_image(place: BlockPlace, image: &Image) -> Result<(), PrepareError> {
    check_source(place, Kind::Image, &image.source)?;
    let Source::Bytes(bytes) = &image.source else {
        return Ok(());
    };
    match limits::pixels_of(bytes) {
        Some((width, height)) if width.max(height) > limits::IMAGE_PIXELS => {
            Err(PrepareError::TooManyPixels {
                place,
                width,
                height,
            })
        }
        _ => Ok(()),
    }
}

/// Bytes that are there, are base64, and are not too many.
pub(super) fn check_source(
    place: BlockPlace,
    kind: Kind,
    source: &Source,
) -> Result<(), PrepareError> {
    let Source::Bytes(bytes) = source else {
        return Ok(());
    };
    if bytes.as_str().is_empty() {
        return Err(PrepareError::EmptyAttachment { place, kind });
    }
    if !bytes.is_base64() {
        return Err(PrepareError::NotBase64 { place, kind });
    }
    let limit = match kind {
        Kind::Image => limits::IMAGE_BYTES,
        Kind::Document => limits::DOCUMENT_BYTES,
        // How much of one the service takes depends on the model.
        Kind::Video => return Ok(()),
    };
    match bytes.decoded_len() {
        size if size > limit => Err(PrepareError::AttachmentTooLarge {
            place,
            kind,
            size,
            limit,
        }),
        _ => Ok(()),
    }
}

/// At most 20 images and 5 documents a message, and text beside a document (Converse API reference,
/// `Message` and `DocumentBlock`).
pub(super) fn check_turns(turns: &[Turn<'_>]) -> Result<(), PrepareError> {
    for turn in turns {
        let (mut images, mut documents, mut has_text) = (0, 0, false);
        for block in &turn.content {
            match &**block {
                ContentBlock::Image(_) => images += 1,
                ContentBlock::Document(_) => documents += 1,
                ContentBlock::Text(_) => has_text = true,
                _ => {}
            }
        }
        let message = turn.message;
        for (kind, count, limit) in [
            (Kind::Image, images, limits::IMAGES),
            (Kind::Document, documents, limits::DOCUMENTS),
        ] {
            if count > limit {
                return Err(PrepareError::TooManyAttachments {
                    message,
                    kind,
                    count,
                    limit,
                });
            }
        }
        if documents > 0 && !has_text {
            return Err(PrepareError::DocumentWithoutText { message });
        }
    }
    Ok(())
}
