//! What a file is, by its content first and its name second.

use super::{DocumentFormat, ImageFormat, VideoFormat};

/// What a file turned out to be.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(super) enum Detected {
    Image(ImageFormat),
    Document(DocumentFormat),
    Video(VideoFormat),
    /// Something that the service does not take, with a word for it where there is one.
    Unsupported(Option<&'static str>),
}

/// Finds out what a file is.
pub(super) fn detect(name: &str, bytes: &[u8]) -> Detected {
    let extension = extension(name);
    by_magic(&extension, bytes)
        .or_else(|| by_container(&extension, bytes))
        .unwrap_or_else(|| text(&extension, bytes))
}

fn extension(name: &str) -> String {
    let name = name.rsplit(['/', '\\']).next().unwrap_or(name);
    match name.rsplit_once('.') {
        Some((_, extension)) => extension.to_ascii_lowercase(),
        None => String::new(),
    }
}

/// What the first bytes say for certain.
fn by_magic(extension: &str, bytes: &[u8]) -> Option<Detected> {
    use Detected::{Document, Image, Unsupported, Video};
    let is = |magic: &[u8]| bytes.starts_with(magic);
    let at =
        |place: usize, magic: &[u8]| bytes.get(place..).is_some_and(|it| it.starts_with(magic));
    Some(match () {
        () if is(b"\x89PNG\r\n\x1a\n") => Image(ImageFormat::Png),
        () if is(b"\xff\xd8\xff") => Image(ImageFormat::Jpeg),
        () if is(b"GIF87a") || is(b"GIF89a") => Image(ImageFormat::Gif),
        () if is(b"RIFF") && at(8, b"WEBP") => Image(ImageFormat::Webp),
        () if is(b"%PDF-") => Document(DocumentFormat::Pdf),
        () if is(b"FLV\x01") => Video(VideoFormat::Flv),
        () if is(b"\x30\x26\xb2\x75\x8e\x66\xcf\x11") => Video(VideoFormat::Wmv),
        () if is(b"\x00\x00\x01\xba") => Video(VideoFormat::Mpg),
        () if is(b"\x00\x00\x01\xb3") => Video(VideoFormat::Mpeg),
        () if is(b"BM") && !is_text(bytes) => Unsupported(Some("a BMP image")),
        () if is(b"II*\0") || is(b"MM\0*") => Unsupported(Some("a TIFF image")),
        () if is(b"RIFF") && at(8, b"AVI ") => Unsupported(Some("an AVI video")),
        () if is(b"ID3") || is(b"OggS") || is(b"fLaC") || (is(b"RIFF") && at(8, b"WAVE")) => {
            Unsupported(Some("a sound recording"))
        }
        () if is(b"\x1f\x8b") => Unsupported(Some("a gzip archive")),
        () if is(b"{\\rtf") => Unsupported(Some("an RTF document")),
        () if extension == "svg" && is_text(bytes) => Unsupported(Some("an SVG image")),
        () => return None,
    })
}

/// Formats that share a container, which has to be looked into.
fn by_container(extension: &str, bytes: &[u8]) -> Option<Detected> {
    use Detected::{Document, Unsupported, Video};
    if bytes.starts_with(b"PK\x03\x04") {
        return Some(zip(extension, bytes));
    }
    if bytes.starts_with(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1") {
        return Some(match extension {
            "doc" => Document(DocumentFormat::Doc),
            "xls" => Document(DocumentFormat::Xls),
            _ => Unsupported(Some(
                "an old Office file whose name does not end in doc or xls",
            )),
        });
    }
    if bytes.starts_with(b"\x1a\x45\xdf\xa3") {
        let head = bytes.get(..64).unwrap_or(bytes);
        let is_webm = contains(head, b"webm");
        return Some(Video(if is_webm {
            VideoFormat::Webm
        } else {
            VideoFormat::Mkv
        }));
    }
    match bytes.get(4..12)? {
        [b'f', b't', b'y', b'p', brand @ ..] => Some(match brand {
            b"qt  " => Video(VideoFormat::Mov),
            [b'3', b'g', ..] => Video(VideoFormat::ThreeGp),
            b"heic" | b"heix" | b"mif1" | b"msf1" => Unsupported(Some("a HEIC image")),
            b"avif" | b"avis" => Unsupported(Some("an AVIF image")),
            b"M4A " | b"M4B " => Unsupported(Some("a sound recording")),
            _ => Video(VideoFormat::Mp4),
        }),
        _ => None,
    }
}

/// Office files are zip archives with a folder of their own in them.
fn zip(extension: &str, bytes: &[u8]) -> Detected {
    use Detected::{Document, Unsupported};
    let (is_word, is_excel) = (contains(bytes, b"word/"), contains(bytes, b"xl/workbook"));
    match extension {
        "docx" if is_word || !is_excel => Document(DocumentFormat::Docx),
        "xlsx" if is_excel || !is_word => Document(DocumentFormat::Xlsx),
        _ if is_word && !is_excel => Document(DocumentFormat::Docx),
        _ if is_excel && !is_word => Document(DocumentFormat::Xlsx),
        _ => Unsupported(Some("a zip archive")),
    }
}

/// Text, whose kind its name tells better than its content.
fn text(extension: &str, bytes: &[u8]) -> Detected {
    use Detected::{Document, Unsupported};
    let named = match extension {
        "csv" => Some(DocumentFormat::Csv),
        "htm" | "html" | "xhtml" => Some(DocumentFormat::Html),
        "md" | "markdown" => Some(DocumentFormat::Md),
        "txt" => Some(DocumentFormat::Txt),
        _ => None,
    };
    // A table of an older age may be in another encoding than UTF-8; that it is text, its name says.
    let is_text = is_text(bytes) || (named.is_some() && !bytes.contains(&0));
    match named {
        _ if !is_text => Unsupported(None),
        Some(format) => Document(format),
        None if is_html(bytes) => Document(DocumentFormat::Html),
        None => Document(DocumentFormat::Txt),
    }
}

fn is_text(bytes: &[u8]) -> bool {
    !bytes.contains(&0) && std::str::from_utf8(bytes).is_ok()
}

fn is_html(bytes: &[u8]) -> bool {
    let start = bytes.trim_ascii_start();
    let begins = |tag: &[u8]| {
        let start = start.get(..tag.len());
        start.is_some_and(|start| start.eq_ignore_ascii_case(tag))
    };
    begins(b"<!doctype html") || begins(b"<html")
}

fn contains(bytes: &[u8], part: &[u8]) -> bool {
    bytes.windows(part.len()).any(|window| window == part)
}

#[cfg(test)]
mod tests {
    use super::Detected::{Document, Image, Unsupported, Video};
    use super::*;

    #[test]
    fn content_goes_before_the_name() {
        for (name, bytes, expected) in [
            ("a.txt", &b"\x89PNG\r\n\x1a\n"[..], Image(ImageFormat::Png)),
            ("a", b"\xff\xd8\xff\xe0", Image(ImageFormat::Jpeg)),
            ("a.png", b"GIF89a", Image(ImageFormat::Gif)),
            ("a", b"RIFF\0\0\0\0WEBPVP8 ", Image(ImageFormat::Webp)),
            ("a", b"%PDF-1.7", Document(DocumentFormat::Pdf)),
            ("a.mp4", b"\0\0\0\x18ftypisom", Video(VideoFormat::Mp4)),
            ("a", b"\0\0\0\x14ftypqt  ", Video(VideoFormat::Mov)),
            ("a", b"\0\0\0\x14ftyp3gp5", Video(VideoFormat::ThreeGp)),
            ("a", b"\x1a\x45\xdf\xa3....webm", Video(VideoFormat::Webm)),
            (
                "a",
                b"\x1a\x45\xdf\xa3....matroska",
                Video(VideoFormat::Mkv),
            ),
            (
                "a",
                b"PK\x03\x04..word/document.xml",
                Document(DocumentFormat::Docx),
            ),
            (
                "a.zip",
                b"PK\x03\x04..xl/workbook.xml",
                Document(DocumentFormat::Xlsx),
            ),
            ("a.docx", b"PK\x03\x04", Document(DocumentFormat::Docx)),
            ("a.zip", b"PK\x03\x04", Unsupported(Some("a zip archive"))),
            (
                "a.heic",
                b"\0\0\0\x18ftypheic",
                Unsupported(Some("a HEIC image")),
            ),
            ("a.bin", b"\0\x01\x02", Unsupported(None)),
            ("a.bin", b"\xff\xfe\xfd", Unsupported(None)),
        ] {
            assert_eq!(detect(name, bytes), expected, "{name} {bytes:?}");
        }
    }

    #[test]
    fn the_name_tells_text_apart() {
        for (name, bytes, expected) in [
            ("a.CSV", &b"a,b"[..], Document(DocumentFormat::Csv)),
            ("dir.md/a", b"# x", Document(DocumentFormat::Txt)),
            ("a.md", b"# x", Document(DocumentFormat::Md)),
            ("a.rs", b"fn main() {}", Document(DocumentFormat::Txt)),
            ("-", b"plain", Document(DocumentFormat::Txt)),
            ("-", b" <!DOCTYPE html><p>", Document(DocumentFormat::Html)),
            ("a.csv", b"Z\xfcrich,1", Document(DocumentFormat::Csv)),
            ("a.csv", b"a\0b", Unsupported(None)),
            ("BM.txt", b"BM is a prefix", Document(DocumentFormat::Txt)),
            ("a.svg", b"<svg/>", Unsupported(Some("an SVG image"))),
        ] {
            assert_eq!(detect(name, bytes), expected, "{name} {bytes:?}");
        }
    }
}
