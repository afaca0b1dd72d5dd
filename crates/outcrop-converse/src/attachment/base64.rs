//! Bytes as JSON carries them.

use std::sync::Arc;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde::{Deserialize, Serialize};

/// Bytes in base64, kept as they were written. A clone shares them.
#[derive(Clone, Debug, Eq, Hash, PartialEq)]
pub struct Base64(Arc<str>);

impl Base64 {
    /// These bytes.
    #[must_use]
    pub fn encode(bytes: impl AsRef<[u8]>) -> Self {
        Self(STANDARD.encode(bytes).into())
    }

    /// The text, as it is sent.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// How many bytes it stands for.
    #[must_use]
    pub fn decoded_len(&self) -> usize {
        let digits = self.0.trim_end_matches('=').len();
        digits / 4 * 3 + digits % 4 * 3 / 4
    }

    /// Whether it has nothing in it but the digits of base64, and padding at its end.
    pub(crate) fn is_base64(&self) -> bool {
        let is_digit = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'/');
        let digits = self.0.trim_end_matches('=');
        self.0.len() - digits.len() <= 2 && digits.bytes().all(is_digit)
    }

    /// The bytes; `None` where the text is not base64.
    #[must_use]
    pub fn decode(&self) -> Option<Vec<u8>> {
        STANDARD.decode(&*self.0).ok()
    }

    /// The first bytes, at least `count` of them where there are as many.
    pub(crate) fn decode_start(&self, count: usize) -> Option<Vec<u8>> {
        let digits = count.div_ceil(3) * 4;
        let start = self.0.as_bytes().get(..digits);
        STANDARD.decode(start.unwrap_or(self.0.as_bytes())).ok()
    }
}

impl From<String> for Base64 {
    fn from(text: String) -> Self {
        Self(text.into())
    }
}

impl Serialize for Base64 {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.0)
    }
}

impl<'de> Deserialize<'de> for Base64 {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer).map(Self::from)
    }
}

/// Pieces that were encoded one by one, as one: a piece may end in padding, which stands nowhere
/// but at an end. Pieces that are not base64 are put one after the other.
pub(crate) fn joined(pieces: &[String]) -> String {
    let (Some(last), before) = (pieces.last(), &pieces[..pieces.len().saturating_sub(1)]) else {
        return String::new();
    };
    if before
        .iter()
        .all(|piece| piece.len() % 4 == 0 && !piece.ends_with('='))
    {
        return pieces.concat();
    }
    let decoded: Result<Vec<_>, _> = before
        .iter()
        .chain([last])
        .map(|piece| STANDARD.decode(piece))
        .collect();
    decoded.map_or_else(|_| pieces.concat(), |bytes| STANDARD.encode(bytes.concat()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pieces_are_joined_as_bytes() {
        for (pieces, expected) in [
            (vec![], ""),
            (vec!["cmVk"], "cmVk"),
            (vec!["cmVk", "YWN0"], "cmVkYWN0"),
            (vec!["cg==", "ZWQ="], "cmVk"),
            (vec!["cmVkYQ==", "Y3RlZA=="], "cmVkYWN0ZWQ="),
            (vec!["?", "cmVk"], "?cmVk"),
        ] {
            let pieces: Vec<String> = pieces.into_iter().map(str::to_owned).collect();
            assert_eq!(joined(&pieces), expected, "{pieces:?}");
        }
    }

    #[test]
    fn lengths_are_those_of_the_bytes() {
        for count in 0..20 {
            let bytes: Vec<u8> = (0..count).collect();
            let encoded = Base64::encode(&bytes);
            assert_eq!(encoded.decoded_len(), bytes.len());
            assert_eq!(encoded.decode().as_deref(), Some(&*bytes));
            let start = encoded.decode_start(6).expect("a start");
            assert!(bytes.starts_with(&start) && start.len() >= bytes.len().min(6));
        }
    }
}
