//! Fingerprints of blocks: how a prompt is compared with an earlier one without keeping its text.

use std::io;

use serde::Serialize;

/// Counts and fingerprints what is written, so that nothing is copied.
#[derive(Default)]
struct Sink {
    checksum: crc32fast::Hasher,
    bytes: u64,
}

impl Sink {
    fn print(self) -> u64 {
        (self.bytes << 32) | u64::from(self.checksum.finalize())
    }
}

impl io::Write for Sink {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.checksum.update(bytes);
        self.bytes += bytes.len() as u64;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// The bytes and the fingerprint of some JSON.
pub(super) fn measure(value: &impl Serialize) -> (u64, u64) {
    let mut sink = Sink::default();
    // The sink takes everything, and what cannot be written as JSON fails with the body.
    let _ = serde_json::to_writer(&mut sink, value);
    (sink.bytes, sink.print())
}

/// The fingerprint of a text: its length and its checksum.
pub(super) fn of_text(text: &str) -> u64 {
    ((text.len() as u64) << 32) | u64::from(crc32fast::hash(text.as_bytes()))
}

/// Two values in one, in order (a round of the multiplication by the golden ratio).
pub(super) const fn mix(print: u64, value: u64) -> u64 {
    let mixed = (print.rotate_left(23) ^ value).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    mixed ^ (mixed >> 29)
}

/// The fingerprint of some JSON.
pub(crate) fn fingerprint(value: &impl Serialize) -> u64 {
    measure(value).1
}
