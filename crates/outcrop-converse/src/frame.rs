//! Frames of `application/vnd.amazon.eventstream`: cut from bytes, checked, read in place.
//!
//! A frame is a prelude of 12 bytes (total length, headers length, CRC-32 of both), headers, a
//! payload, and a CRC-32 of everything before it, all big-endian. Source: the Smithy event stream
//! specification.

use std::fmt;

const PRELUDE: usize = 12;
const CHECKSUM: usize = 4;

/// The largest headers a frame may have, in bytes.
const MAX_HEADERS: usize = 128 * 1024;

/// The largest payload a frame may have, in bytes.
const MAX_PAYLOAD: usize = 24 * 1024 * 1024;

/// One frame, borrowed from the bytes it was cut from.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Frame<'a> {
    pub(crate) headers: &'a [u8],
    /// The payload.
    pub payload: &'a [u8],
}

/// Why bytes are not a frame.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub enum FrameError {
    /// A checksum does not match what it covers.
    Checksum {
        /// What the frame says.
        said: u32,
        /// What its bytes are.
        found: u32,
    },
    /// The lengths contradict each other or exceed what a frame may have.
    Length {
        /// The length of the frame, in bytes.
        total: u32,
        /// The length of its headers, in bytes.
        headers: u32,
    },
    /// The headers end in the middle of one, or have a type that does not exist.
    Headers,
}

impl fmt::Display for FrameError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Checksum { said, found } => {
                write!(
                    f,
                    "a checksum of the event stream is {said:08x}, its bytes say {found:08x}"
                )
            }
            Self::Length { total, headers } => write!(
                f,
                "an event stream frame claims {total} bytes with {headers} bytes of headers"
            ),
            Self::Headers => f.write_str("the headers of an event stream frame cannot be read"),
        }
    }
}

impl std::error::Error for FrameError {}

/// Cuts the first frame off `bytes`: the frame and its length, or `None` when more bytes are
/// needed.
///
/// # Errors
/// When the bytes can never become a frame.
pub fn cut(bytes: &[u8]) -> Result<Option<(Frame<'_>, usize)>, FrameError> {
    let Some(prelude) = bytes.first_chunk::<PRELUDE>() else {
        return Ok(None);
    };
    let [total, headers, said] = words(prelude);
    let mut crc = crc32fast::Hasher::new();
    crc.update(&prelude[..8]);
    check(said, crc.clone().finalize())?;
    let (total_len, headers_len) = (total as usize, headers as usize);
    let payload_len = total_len.checked_sub(PRELUDE + CHECKSUM + headers_len);
    if headers_len > MAX_HEADERS || payload_len.is_none_or(|len| len > MAX_PAYLOAD) {
        return Err(FrameError::Length { total, headers });
    }
    let Some(frame) = bytes.get(..total_len) else {
        return Ok(None);
    };
    let (body, checksum) = frame.split_at(total_len - CHECKSUM);
    crc.update(&body[8..]);
    check(word(checksum), crc.finalize())?;
    let (headers, payload) = body[PRELUDE..].split_at(headers_len);
    Ok(Some((Frame { headers, payload }, total_len)))
}

fn words(prelude: &[u8; PRELUDE]) -> [u32; 3] {
    [
        word(&prelude[..4]),
        word(&prelude[4..8]),
        word(&prelude[8..]),
    ]
}

fn word(bytes: &[u8]) -> u32 {
    bytes
        .iter()
        .fold(0, |word, byte| word << 8 | u32::from(*byte))
}

fn check(said: u32, found: u32) -> Result<(), FrameError> {
    if said == found {
        Ok(())
    } else {
        Err(FrameError::Checksum { said, found })
    }
}

impl<'a> Frame<'a> {
    /// The headers whose value is text, in order. Others are passed over.
    ///
    /// # Errors
    /// One item is an error when the headers cannot be read; it is the last.
    pub fn text_headers(&self) -> impl Iterator<Item = Result<(&'a str, &'a str), FrameError>> {
        let mut rest = self.headers;
        let mut broken = false;
        std::iter::from_fn(move || {
            while !rest.is_empty() && !broken {
                match read_header(rest) {
                    Some((name, value, after)) => {
                        rest = after;
                        if let Some(value) = value {
                            return Some(Ok((name, value)));
                        }
                    }
                    None => {
                        broken = true;
                        return Some(Err(FrameError::Headers));
                    }
                }
            }
            None
        })
    }
}

/// One header: its name, its value if that is text, and the bytes after it.
fn read_header(bytes: &[u8]) -> Option<(&str, Option<&str>, &[u8])> {
    let (name_len, bytes) = bytes.split_first()?;
    let (name, bytes) = bytes.split_at_checked(usize::from(*name_len))?;
    let name = std::str::from_utf8(name).ok()?;
    let (kind, bytes) = bytes.split_first()?;
    let (skipped, is_text) = match kind {
        0 | 1 => (0, false),
        2 => (1, false),
        3 => (2, false),
        4 => (4, false),
        5 | 8 => (8, false),
        9 => (16, false),
        6 | 7 => {
            let (len, _) = bytes.split_at_checked(2)?;
            (2 + word(len) as usize, *kind == 7)
        }
        _ => return None,
    };
    let (value, after) = bytes.split_at_checked(skipped)?;
    let value = if is_text {
        Some(std::str::from_utf8(&value[2..]).ok()?)
    } else {
        None
    };
    Some((name, value, after))
}
