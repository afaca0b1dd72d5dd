//! How much of what a message may carry.

/// How many images a message may have (Converse API reference, `Message`).
pub(crate) const IMAGES: usize = 20;

/// How many documents a message may have (Converse API reference, `Message`).
pub(crate) const DOCUMENTS: usize = 5;

/// The largest image in bytes: 3.75 MB, read generously (Converse API reference, `Message`).
pub(crate) const IMAGE_BYTES: usize = 15 * 1024 * 1024 / 4;

/// The largest document in bytes: 4.5 MB, read generously (Converse API reference, `Message`).
pub(crate) const DOCUMENT_BYTES: usize = 9 * 1024 * 1024 / 2;

/// The largest video in bytes that a request carries itself (Amazon Nova user guide).
pub(crate) const VIDEO_BYTES: usize = 25_000_000;

/// The widest and highest image in pixels (Converse API reference, `Message`).
pub(crate) const IMAGE_PIXELS: usize = 8000;

/// Enough of an image to have its size in it, but for an unusual JPEG.
const HEADER: usize = 64 * 1024;

/// Width and height of an image, where its header says them.
pub(crate) fn pixels(bytes: &[u8]) -> Option<(usize, usize)> {
    let header = bytes.get(..HEADER).unwrap_or(bytes);
    let size = imagesize::blob_size(header).or_else(|_| imagesize::blob_size(bytes));
    size.ok().map(|size| (size.width, size.height))
}

/// The same for bytes that are not decoded yet; no more are than may be needed.
pub(crate) fn pixels_of(bytes: &super::Base64) -> Option<(usize, usize)> {
    let header = bytes.decode_start(HEADER)?;
    let size = imagesize::blob_size(&header).ok();
    let size = size.or_else(|| imagesize::blob_size(&bytes.decode()?).ok());
    size.map(|size| (size.width, size.height))
}

/// A size that is too large, and the limit, as people read them; to the byte where they would read
/// the same.
pub(crate) fn readable(size: usize, limit: usize) -> (String, String) {
    match (rounded(size), rounded(limit)) {
        (size_in_mib, limit_in_mib) if size_in_mib == limit_in_mib => {
            (format!("{size} bytes"), format!("{limit} bytes"))
        }
        rounded => rounded,
    }
}

fn rounded(bytes: usize) -> String {
    #[expect(clippy::cast_precision_loss, reason = "two digits are shown")]
    let mib = bytes as f64 / (1024.0 * 1024.0);
    if mib < 0.1 {
        format!("{bytes} bytes")
    } else {
        format!("{mib:.2} MiB")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_size_and_its_limit_never_read_the_same() {
        let read = |size, limit| {
            let (size, limit) = readable(size, limit);
            format!("{size} of {limit}")
        };
        assert_eq!(read(5 << 20, DOCUMENT_BYTES), "5.00 MiB of 4.50 MiB");
        assert_eq!(
            read(DOCUMENT_BYTES + 1, DOCUMENT_BYTES),
            "4718593 bytes of 4718592 bytes"
        );
        assert_eq!(read(7, 6), "7 bytes of 6 bytes");
    }
}
