//! Frames, held against the library of the AWS SDK.

use aws_smithy_eventstream::frame::{DecodedFrame, MessageFrameDecoder, write_message_to};
use aws_smithy_types::DateTime;
use aws_smithy_types::event_stream::{Header, HeaderValue, Message};
use outcrop_converse::frame::{self, FrameError};
use proptest::prelude::*;

/// What became of some bytes: the frames before the end, and the end.
#[derive(Debug, PartialEq)]
struct Verdict {
    frames: Vec<Seen>,
    end: End,
}

/// What is seen of a frame.
#[derive(Debug, PartialEq)]
struct Seen {
    text_headers: Vec<(String, String)>,
    payload: Vec<u8>,
}

#[derive(Debug, PartialEq)]
enum End {
    Clean,
    NeedsMore,
    Refused,
}

fn ours(bytes: &[u8]) -> Verdict {
    let mut frames = Vec::new();
    let mut rest = bytes;
    let end = loop {
        if rest.is_empty() {
            break End::Clean;
        }
        match frame::cut(rest) {
            Err(_) => break End::Refused,
            Ok(None) => break End::NeedsMore,
            Ok(Some((frame, len))) => {
                let headers: Result<Vec<_>, _> = frame.text_headers().collect();
                let Ok(headers) = headers else {
                    break End::Refused;
                };
                let owned = |(name, value): (&str, &str)| (name.to_owned(), value.to_owned());
                frames.push(Seen {
                    text_headers: headers.into_iter().map(owned).collect(),
                    payload: frame.payload.to_vec(),
                });
                rest = &rest[len..];
            }
        }
    };
    Verdict { frames, end }
}

fn theirs(bytes: &[u8]) -> Verdict {
    let mut frames = Vec::new();
    let mut decoder = MessageFrameDecoder::new();
    let mut rest = bytes;
    let end = loop {
        if rest.is_empty() {
            break End::Clean;
        }
        match decoder.decode_frame(&mut rest) {
            Err(_) => break End::Refused,
            Ok(DecodedFrame::Incomplete) => break End::NeedsMore,
            Ok(DecodedFrame::Complete(message)) => {
                let text = |header: &Header| {
                    let value = header.value().as_string().ok()?;
                    Some((header.name().as_str().to_owned(), value.as_str().to_owned()))
                };
                frames.push(Seen {
                    text_headers: message.headers().iter().filter_map(text).collect(),
                    payload: message.payload().to_vec(),
                });
            }
        }
    };
    Verdict { frames, end }
}

/// The library looks at a prelude only once the whole frame has come, so it may still wait where
/// this crate already refuses.
fn check(bytes: &[u8]) -> Result<(), TestCaseError> {
    let (ours, theirs) = (ours(bytes), theirs(bytes));
    prop_assert_eq!(&ours.frames, &theirs.frames);
    let refused_early = ours.end == End::Refused && theirs.end == End::NeedsMore;
    prop_assert!(
        ours.end == theirs.end || refused_early,
        "{ours:?} {theirs:?}"
    );
    Ok(())
}

fn any_header() -> impl Strategy<Value = Header> {
    let value = prop_oneof![
        4 => ".{0,20}".prop_map(|text| HeaderValue::String(text.into())),
        1 => any::<bool>().prop_map(HeaderValue::Bool),
        1 => any::<i8>().prop_map(HeaderValue::Byte),
        1 => any::<i16>().prop_map(HeaderValue::Int16),
        1 => any::<i32>().prop_map(HeaderValue::Int32),
        1 => any::<i64>().prop_map(HeaderValue::Int64),
        1 => any::<u128>().prop_map(HeaderValue::Uuid),
        1 => (-1_i64 << 40..1 << 40).prop_map(|ms| HeaderValue::Timestamp(DateTime::from_millis(ms))),
        1 => proptest::collection::vec(any::<u8>(), 0..300)
            .prop_map(|bytes| HeaderValue::ByteArray(bytes.into())),
    ];
    ("[a-z:é-]{0,30}", value).prop_map(|(name, value)| Header::new(name, value))
}

prop_compose! {
    fn any_stream()(
        messages in proptest::collection::vec(
            (
                proptest::collection::vec(any_header(), 0..5),
                proptest::collection::vec(any::<u8>(), 0..200),
            ),
            0..4,
        )
    ) -> Vec<u8> {
        let mut bytes = Vec::new();
        for (headers, payload) in messages {
            let message = Message::new_from_parts(headers, payload);
            write_message_to(&message, &mut bytes).expect("a message that fits");
        }
        bytes
    }
}

/// A frame of any header bytes, with right lengths and checksums.
fn sealed(headers: &[u8], payload: &[u8]) -> Vec<u8> {
    let total = 16 + headers.len() + payload.len();
    let mut bytes = prelude(total as u32, headers.len() as u32);
    bytes.extend_from_slice(headers);
    bytes.extend_from_slice(payload);
    bytes.extend_from_slice(&crc32fast::hash(&bytes).to_be_bytes());
    bytes
}

fn prelude(total: u32, headers: u32) -> Vec<u8> {
    let mut bytes = [total.to_be_bytes(), headers.to_be_bytes()].concat();
    bytes.extend_from_slice(&crc32fast::hash(&bytes).to_be_bytes());
    bytes
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1024))]

    #[test]
    fn frames_of_the_library_are_cut_as_they_were_written(stream in any_stream()) {
        prop_assert_eq!(ours(&stream).end, End::Clean);
        check(&stream)?;
    }

    #[test]
    fn a_truncated_stream_gets_the_verdict_of_the_library(
        stream in any_stream(),
        keep in any::<prop::sample::Index>(),
    ) {
        check(&stream[..keep.index(stream.len() + 1)])?;
    }

    #[test]
    fn a_corrupted_stream_gets_the_verdict_of_the_library(
        mut stream in any_stream(),
        changes in proptest::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..4),
    ) {
        for (place, byte) in changes {
            if !stream.is_empty() {
                let place = place.index(stream.len());
                stream[place] ^= byte;
            }
        }
        check(&stream)?;
    }

    #[test]
    fn header_bytes_under_a_right_checksum_get_the_verdict_of_the_library(
        headers in proptest::collection::vec(prop_oneof![0_u8..12, any::<u8>()], 0..40),
        payload in proptest::collection::vec(any::<u8>(), 0..40),
    ) {
        check(&sealed(&headers, &payload))?;
    }

    #[test]
    fn any_bytes_get_the_verdict_of_the_library(
        bytes in proptest::collection::vec(any::<u8>(), 0..200),
    ) {
        check(&bytes)?;
    }

    #[test]
    fn any_claimed_lengths_get_the_verdict_of_the_library(
        total in prop_oneof![0_u32..64, any::<u32>()],
        headers in prop_oneof![0_u32..64, any::<u32>()],
        after in proptest::collection::vec(any::<u8>(), 0..64),
    ) {
        check(&[prelude(total, headers), after].concat())?;
    }
}

#[test]
fn lengths_that_cannot_be_are_refused_at_the_prelude() {
    for (total, headers) in [
        (u32::MAX, 0),
        (u32::MAX, u32::MAX),
        (u32::MAX, 128 * 1024),
        (16 + 24 * 1024 * 1024 + 1, 0),
        (16 + 128 * 1024 + 1, 128 * 1024 + 1),
        (15, 0),
        (0, 0),
        (100, 85),
    ] {
        assert_eq!(
            frame::cut(&prelude(total, headers)),
            Err(FrameError::Length { total, headers })
        );
    }
}

#[test]
fn the_largest_lengths_wait_for_more_bytes() {
    let largest = 16 + 128 * 1024 + 24 * 1024 * 1024;
    assert_eq!(frame::cut(&prelude(largest, 128 * 1024)), Ok(None));
}

#[test]
fn every_type_of_header_is_passed_over_but_text() {
    let headers = [
        Header::new("true", HeaderValue::Bool(true)),
        Header::new("false", HeaderValue::Bool(false)),
        Header::new("byte", HeaderValue::Byte(50)),
        Header::new("short", HeaderValue::Int16(20_000)),
        Header::new("int", HeaderValue::Int32(500_000)),
        Header::new("long", HeaderValue::Int64(50_000_000_000)),
        Header::new("bytes", HeaderValue::ByteArray(vec![0xff; 300].into())),
        Header::new("text", HeaderValue::String("some text".into())),
        Header::new("time", HeaderValue::Timestamp(DateTime::from_secs(5_000))),
        Header::new("uuid", HeaderValue::Uuid(u128::MAX)),
        Header::new("", HeaderValue::String("".into())),
    ];
    let mut bytes = Vec::new();
    let message = Message::new_from_parts(headers.to_vec(), &b"payload"[..]);
    write_message_to(&message, &mut bytes).expect("a message that fits");
    let (frame, len) = frame::cut(&bytes).expect("a frame").expect("all of it");
    assert_eq!((frame.payload, len), (&b"payload"[..], bytes.len()));
    let texts: Result<Vec<_>, _> = frame.text_headers().collect();
    assert_eq!(texts, Ok(vec![("text", "some text"), ("", "")]));
}

#[test]
fn unreadable_headers_are_an_error_once() {
    let bytes = sealed(b"\x01a\x00\x01b\x63", b"");
    let (frame, _) = frame::cut(&bytes).expect("a frame").expect("all of it");
    let headers: Vec<_> = frame.text_headers().collect();
    assert_eq!(headers, [Err(FrameError::Headers)]);
}

#[test]
fn what_is_wrong_with_a_frame_reads_as_a_sentence() {
    let page = [
        FrameError::Checksum {
            said: 0xdead_beef,
            found: 1,
        },
        FrameError::Length {
            total: 15,
            headers: 0,
        },
        FrameError::Headers,
    ]
    .map(|error| error.to_string())
    .join("\n");
    insta::assert_snapshot!(page);
}
