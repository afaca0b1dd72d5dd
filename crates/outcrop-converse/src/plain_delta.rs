//! Deltas in the form that nearly all of them have, read without a JSON parser.
//!
//! An answer is thousands of deltas, and reading their JSON is most of what they cost. What the
//! service sends is nearly always
//! `{"contentBlockIndex":0,"delta":{"text":"…"},"p":"…"}`, with no escape in the text; what looks
//! otherwise in any way is left to the JSON parser.

use crate::{ContentBlockDelta, Delta, ReasoningDelta};

/// The delta of a payload in the usual form, `None` for any other.
pub(crate) fn read(payload: &[u8]) -> Option<ContentBlockDelta> {
    let rest = payload.strip_prefix(br#"{"contentBlockIndex":"#)?;
    let (content_block_index, rest) = index(rest)?;
    let rest = rest.strip_prefix(br#","delta":{"#)?;
    let (delta, rest) = match rest.strip_prefix(br#""text":""#) {
        Some(rest) => {
            let (text, rest) = plain_text(rest)?;
            (Delta::Text(text.to_owned()), rest)
        }
        None => {
            let rest = rest.strip_prefix(br#""reasoningContent":{"text":""#)?;
            let (text, rest) = plain_text(rest)?;
            let delta = Delta::Reasoning(ReasoningDelta::Text(text.to_owned()));
            (delta, rest.strip_prefix(b"}")?)
        }
    };
    let rest = rest.strip_prefix(b"}")?;
    let rest = match rest.strip_prefix(br#","p":""#) {
        Some(rest) => plain_text(rest)?.1,
        None => rest,
    };
    (rest == b"}").then_some(ContentBlockDelta {
        content_block_index,
        delta,
    })
}

/// An index as JSON writes it, and what follows.
fn index(bytes: &[u8]) -> Option<(u32, &[u8])> {
    let end = bytes.iter().position(|byte| !byte.is_ascii_digit())?;
    let (digits, rest) = bytes.split_at(end);
    if digits.len() > 9 || (digits.len() > 1 && digits[0] == b'0') || digits.is_empty() {
        return None;
    }
    let index = digits
        .iter()
        .fold(0, |index, digit| index * 10 + u32::from(digit - b'0'));
    Some((index, rest))
}

/// A string without escapes up to its closing quote, and what follows that.
fn plain_text(bytes: &[u8]) -> Option<(&str, &[u8])> {
    let end = bytes
        .iter()
        .position(|byte| matches!(byte, b'"' | b'\\' | ..b' '))?;
    let (text, rest) = bytes.split_at(end);
    let rest = rest.strip_prefix(b"\"")?;
    Some((std::str::from_utf8(text).ok()?, rest))
}

#[cfg(test)]
mod tests {
    use super::*;

    use proptest::prelude::*;

    /// What the JSON parser makes of a payload.
    fn parsed(payload: &[u8]) -> Option<ContentBlockDelta> {
        serde_json::from_slice(payload).ok()
    }

    #[test]
    fn the_usual_forms_are_read_as_the_parser_reads_them() {
        for payload in [
            r#"{"contentBlockIndex":0,"delta":{"text":"Hello"},"p":"abcd"}"#,
            r#"{"contentBlockIndex":0,"delta":{"text":""},"p":""}"#,
            r#"{"contentBlockIndex":999999999,"delta":{"text":"Zürich 🙂 "}}"#,
            r#"{"contentBlockIndex":12,"delta":{"reasoningContent":{"text":"Hm."}},"p":"a"}"#,
        ] {
            let read = read(payload.as_bytes());
            assert!(read.is_some(), "{payload}");
            assert_eq!(read, parsed(payload.as_bytes()), "{payload}");
        }
    }

    #[test]
    fn any_other_form_is_left_to_the_parser() {
        for payload in [
            r#"{"contentBlockIndex":0,"delta":{"text":"a\nb"},"p":"ab"}"#,
            r#"{"contentBlockIndex":0, "delta":{"text":"a"}}"#,
            r#"{"contentBlockIndex":00,"delta":{"text":"a"}}"#,
            r#"{"contentBlockIndex":-1,"delta":{"text":"a"}}"#,
            r#"{"contentBlockIndex":,"delta":{"text":"a"}}"#,
            r#"{"contentBlockIndex":4294967296,"delta":{"text":"a"}}"#,
            r#"{"delta":{"text":"a"},"contentBlockIndex":0}"#,
            r#"{"contentBlockIndex":0,"delta":{"text":"a","x":1}}"#,
            r#"{"contentBlockIndex":0,"delta":{"text":"a"},"q":"b"}"#,
            r#"{"contentBlockIndex":0,"delta":{"text":"a"},"p":"b"}}"#,
            r#"{"contentBlockIndex":0,"delta":{"text":"a"},"p":"b""#,
            r#"{"contentBlockIndex":0,"delta":{"toolUse":{"input":"a"}}}"#,
            r#"{"contentBlockIndex":0,"delta":{"reasoningContent":{"text":"a","signature":"b"}}}"#,
            "{\"contentBlockIndex\":0,\"delta\":{\"text\":\"a\tb\"}}",
            "",
        ] {
            assert_eq!(read(payload.as_bytes()), None, "{payload}");
        }
        let mut not_utf8 = br#"{"contentBlockIndex":0,"delta":{"text":"a"}}"#.to_vec();
        not_utf8[40] = 0xff;
        assert_eq!(not_utf8[39..42], *b"\"\xff\"");
        assert_eq!(read(&not_utf8), None);
    }

    proptest! {
        #[test]
        fn what_is_read_is_what_the_parser_reads(
            index: u32,
            text: String,
            padding in "[a-zA-Z0-9]{0,20}",
            is_reasoning: bool,
        ) {
            let text = serde_json::Value::from(text);
            let delta = if is_reasoning {
                format!(r#"{{"reasoningContent":{{"text":{text}}}}}"#)
            } else {
                format!(r#"{{"text":{text}}}"#)
            };
            let payload =
                format!(r#"{{"contentBlockIndex":{index},"delta":{delta},"p":"{padding}"}}"#);
            if let Some(read) = read(payload.as_bytes()) {
                prop_assert_eq!(Some(read), parsed(payload.as_bytes()));
            }
        }

        /// A byte that is not what it was makes no delta that the parser would not make.
        #[test]
        fn what_is_damaged_is_not_read_otherwise(place in 0_usize..60, byte: u8) {
            let mut payload = br#"{"contentBlockIndex":0,"delta":{"text":"Hello"},"p":"abcdef"}"#.to_vec();
            payload[place] = byte;
            if let Some(read) = read(&payload) {
                prop_assert_eq!(Some(read), parsed(&payload));
            }
        }
    }
}
