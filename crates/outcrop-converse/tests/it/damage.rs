//! Damaged and incomplete streams: an error or a wait, never another event.

use outcrop_converse::{DecodeError, Decoder, Event};
use proptest::prelude::*;

use crate::make::{Decoded, decode, event, stream};

const TEXT: &[u8] = include_bytes!("../fixtures/text.bin");
const SMALL: &[u8] = include_bytes!("../fixtures/error_frame.bin");
const TOOLS: &[u8] = include_bytes!("../fixtures/thinking_and_tools.bin");

#[track_caller]
fn assert_refused_or_cut_short(damaged: &Decoded, whole: &[String], place: usize) {
    let lines = damaged.lines();
    assert!(whole.starts_with(&lines), "byte {place}: {lines:?}");
    // Behind the stop the answer is complete, and stays so.
    let is_complete = lines.iter().any(|line| line.contains("messageStop"));
    match &damaged.end {
        Ok(()) => assert!(is_complete, "byte {place}"),
        Err(DecodeError::Frame(_)) => assert!(!is_complete, "byte {place}"),
        Err(error) => panic!("byte {place}: {error:?}"),
    }
}

#[test]
fn a_flipped_bit_is_never_another_event() {
    let whole = decode([TEXT]).lines();
    for place in 0..TEXT.len() {
        for bit in 0..8 {
            let mut bytes = TEXT.to_vec();
            bytes[place] ^= 1 << bit;
            assert_refused_or_cut_short(&decode([&*bytes]), &whole, place);
        }
    }
}

#[test]
fn a_changed_byte_is_never_another_event() {
    let whole = decode([SMALL]).lines();
    for place in 0..SMALL.len() {
        for change in 1..=u8::MAX {
            let mut bytes = SMALL.to_vec();
            bytes[place] ^= change;
            assert_refused_or_cut_short(&decode([&*bytes]), &whole, place);
        }
    }
}

#[test]
fn a_stream_cut_anywhere_gives_the_events_before_the_cut() {
    let whole = decode([TOOLS]).lines();
    for len in 0..TOOLS.len() {
        let cut = decode([&TOOLS[..len]]);
        let lines = cut.lines();
        assert!(whole.starts_with(&lines), "cut at {len}");
        let stopped = lines.iter().any(|line| line.contains("messageStop"));
        match cut.end {
            Ok(()) => assert!(stopped, "cut at {len}"),
            Err(DecodeError::Truncated) => assert!(!stopped, "cut at {len}"),
            Err(error) => panic!("cut at {len}: {error:?}"),
        }
    }
}

#[test]
fn a_stream_that_arrives_byte_by_byte_gives_the_same_events() {
    let whole = decode([TOOLS]);
    let pieces = decode(TOOLS.chunks(1));
    assert_eq!(whole.lines(), pieces.lines());
    assert!(pieces.end.is_ok());
}

#[test]
fn nothing_comes_after_an_error() {
    let good = event("contentBlockStop", r#"{"contentBlockIndex":0}"#);
    let mut broken = good.clone();
    broken[20] ^= 1;
    let mut decoder = Decoder::default();
    decoder.push(&[good.as_slice(), &broken, &good].concat());
    assert!(matches!(decoder.next_event(), Ok(Some(_))));
    assert!(matches!(decoder.next_event(), Err(DecodeError::Frame(_))));
    assert!(matches!(decoder.next_event(), Ok(None)));
    decoder.push(&good);
    assert!(matches!(decoder.next_event(), Ok(None)));
    assert!(matches!(decoder.finish(), Err(DecodeError::Truncated)));
}

#[test]
fn a_payload_that_is_not_its_event_is_refused_by_name() {
    let mut page = Vec::new();
    for (name, payload) in [
        ("contentBlockDelta", ""),
        ("contentBlockDelta", "{"),
        ("contentBlockDelta", r#"{"contentBlockIndex":0}"#),
        (
            "contentBlockDelta",
            r#"{"contentBlockIndex":-1,"delta":{"text":""}}"#,
        ),
        (
            "contentBlockDelta",
            r#"{"contentBlockIndex":0,"delta":{"text":7}}"#,
        ),
        (
            "contentBlockDelta",
            r#"{"contentBlockIndex":0,"delta":{"text":"","toolUse":{"input":""}}}"#,
        ),
        ("contentBlockStart", r#"{"contentBlockIndex":0,"start":{}}"#),
        (
            "contentBlockStart",
            r#"{"contentBlockIndex":0,"start":{"toolUse":{"name":"x"}}}"#,
        ),
        ("messageStop", r#"{"p":"abc"}"#),
    ] {
        let decoded = decode([&*event(name, payload)]);
        let Err(error @ DecodeError::Payload { .. }) = decoded.end else {
            panic!("{name} {payload}: {decoded:?}");
        };
        let source = std::error::Error::source(&error).expect("a source");
        page.push(format!("{payload}\n    {error}: {source}"));
    }
    insta::assert_snapshot!(page.join("\n"));
}

#[test]
fn a_payload_that_is_not_utf_8_is_refused() {
    let mut payload = br#"{"contentBlockIndex":0,"delta":{"text":"?"}}"#.to_vec();
    payload[40] = 0xff;
    let headers = [
        (":event-type", "contentBlockDelta"),
        (":message-type", "event"),
    ];
    let decoded = decode([&*crate::make::frame(&headers, payload)]);
    assert!(matches!(decoded.end, Err(DecodeError::Payload { .. })));
}

proptest! {
    #[test]
    fn a_stream_may_arrive_in_any_pieces(
        mut cuts in proptest::collection::vec(0..TOOLS.len(), 0..30),
    ) {
        cuts.sort_unstable();
        let edges = cuts.iter().copied().chain([TOOLS.len()]);
        let mut start = 0;
        let pieces: Vec<_> = edges
            .map(|end| &TOOLS[std::mem::replace(&mut start, end)..end])
            .collect();
        let decoded = decode(pieces);
        prop_assert_eq!(decoded.lines(), decode([TOOLS]).lines());
        prop_assert!(decoded.end.is_ok());
    }

    #[test]
    fn any_payload_is_an_event_or_an_error(
        name in prop::sample::select(vec![
            "messageStart", "contentBlockStart", "contentBlockDelta", "contentBlockStop",
            "messageStop", "metadata", "surprise",
        ]),
        payload in prop_oneof![
            any::<String>(),
            r#"\{("contentBlockIndex":[0-9]{1,11},?)?("(delta|start|usage)":\{"(text|toolUse|inputTokens)":("x"|7|\{\}|null)\})?\}"#,
        ],
    ) {
        let _ = decode([&*event(name, &payload)]);
    }

    #[test]
    fn any_bytes_are_decoded_without_a_panic(
        pieces in proptest::collection::vec(proptest::collection::vec(any::<u8>(), 0..60), 0..6),
    ) {
        let _ = decode(pieces.iter().map(Vec::as_slice));
    }
}

#[test]
fn an_answer_without_its_usage_is_complete() {
    let stop = stream(r#"messageStop {"stopReason":"end_turn"}"#);
    let metadata = event("metadata", "{}");
    let cut = decode([&*stop, &metadata[..20]]);
    assert_eq!(
        cut.lines(),
        [r#"{"messageStop":{"stopReason":"end_turn"}}"#]
    );
    assert!(cut.end.is_ok());
}

#[test]
fn nothing_that_follows_the_stop_costs_the_answer() {
    let stop = event("messageStop", r#"{"stopReason":"end_turn"}"#);
    let metadata = event("metadata", r#"{"metrics":{"latencyMs":7}}"#);
    let mut damaged = metadata.clone();
    damaged[20] ^= 1;
    let exception = [
        (":message-type", "exception"),
        (":exception-type", "throttlingException"),
    ];
    let text = r#"{"contentBlockIndex":0,"delta":{"text":"b"}}"#;
    let told = r#"{"metadata":{"metrics":{"latencyMs":7}}}"#;
    for (what, more, is_told, is_closed) in [
        ("the usage", metadata.clone(), true, true),
        ("damage", damaged, false, true),
        ("no frame", b"HTTP/1.1 500 Internal".to_vec(), false, true),
        (
            "an exception",
            crate::make::frame(&exception, "{}"),
            false,
            true,
        ),
        ("no JSON", event("metadata", "{"), false, false),
        ("no event", event("messageStop", "{}"), false, true),
        ("another stop", stop.clone(), false, false),
        (
            "another answer",
            event("contentBlockDelta", text),
            false,
            false,
        ),
        ("a pulse", event("keepAlive", "{}"), false, false),
    ] {
        let mut decoder = Decoder::default();
        decoder.push(&[stop.as_slice(), &more].concat());
        assert!(matches!(decoder.next_event(), Ok(Some(_))), "{what}");
        assert_eq!(
            decoder.next_event().expect("one").is_some(),
            is_told,
            "{what}"
        );
        assert!(matches!(decoder.next_event(), Ok(None)), "{what}");
        assert!(decoder.finish().is_ok(), "{what}");
        assert_eq!(decoder.is_closed(), is_closed, "{what}");
        // What is no damage does not hide the usage behind it.
        decoder.push(&metadata);
        let event = decoder.next_event().expect("one");
        let event = event.map(|event| serde_json::to_string(&event).expect("one"));
        assert_eq!(event.as_deref(), (!is_closed).then_some(told), "{what}");
    }
}

#[test]
fn usage_that_cannot_be_read_is_unknown_and_kept_as_it_came() {
    for (payload, usage) in [
        (
            r#"{"usage":{"inputTokens":"7"},"metrics":{"latencyMs":7}}"#,
            r#"{"inputTokens":"7"}"#,
        ),
        (r#"{"usage": [1 ],"metrics":{"latencyMs":7}}"#, "[1 ]"),
    ] {
        let decoded = decode([&*event("metadata", payload)]);
        let [Event::Metadata(metadata)] = &*decoded.events else {
            panic!("{decoded:?}");
        };
        assert!(metadata.usage.is_none());
        assert_eq!(metadata.metrics.as_ref().expect("one").latency_ms, 7);
        assert_eq!(metadata.rest.get("usage").expect("one").get(), usage);
    }
}
