//! What the emulator signs its thinking with, so that it can tell whether a block comes back as it
//! was: the digest of its text, and of the kinds of the blocks before it.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest, Sha256};

/// What every signature begins with, before its encoding.
const PREFIX: &[u8] = b"outcrop-emulator:";
const DIGEST: usize = 32;

/// The signature of thinking with this text after blocks of these kinds.
pub(crate) fn of<'a>(text: &str, before: impl Iterator<Item = &'a str>) -> String {
    STANDARD.encode([PREFIX, &Sha256::digest(text)[..], &place(before)].concat())
}

/// The content of encrypted thinking with this text.
pub(crate) fn encrypted(text: &str) -> String {
    STANDARD.encode([PREFIX, &Sha256::digest(text)[..], text.as_bytes()].concat())
}

/// Whether a signature is the emulator's own and for another text. Those of others are taken as they
/// are: no one but the service can tell whether they are right.
pub(crate) fn is_for_another_text(signature: &str, text: &str) -> bool {
    own(signature).is_some_and(|bytes| !bytes.starts_with(&Sha256::digest(text)[..]))
}

/// Whether a signature is the emulator's own and for thinking that stood elsewhere.
pub(crate) fn is_for_another_place<'a>(
    signature: &str,
    before: impl Iterator<Item = &'a str>,
) -> bool {
    own(signature).is_some_and(|bytes| bytes.get(DIGEST..) != Some(&place(before)[..]))
}

/// Whether encrypted thinking is the emulator's own and not as it was.
pub(crate) fn is_altered(encrypted: &str) -> bool {
    own(encrypted).is_some_and(|bytes| {
        let parts = bytes.split_at_checked(DIGEST);
        parts.is_none_or(|(digest, text)| digest != &Sha256::digest(text)[..])
    })
}

fn place<'a>(before: impl Iterator<Item = &'a str>) -> [u8; 8] {
    let mut hasher = Sha256::new();
    for kind in before {
        hasher.update(kind);
        hasher.update(",");
    }
    let mut place = [0; 8];
    place.copy_from_slice(&hasher.finalize()[..8]);
    place
}

/// What stands behind the prefix of the emulator's own signatures.
fn own(signature: &str) -> Option<Vec<u8>> {
    let bytes = STANDARD.decode(signature).ok()?;
    bytes.strip_prefix(PREFIX).map(<[u8]>::to_vec)
}
