//! Streams of the service, also as an encoder wrote them that shares no code with this crate.

use outcrop_converse::{DecodeError, Decoder, Event};
use serde_json::Value;

use crate::make::{decode, event, events, frame, stream};

/// Compares the events of `bytes` with the lines that the encoder was given.
#[track_caller]
fn check_fixture(bytes: &[u8], source: &str) {
    let expected: Vec<Value> = source
        .lines()
        .map(|line| serde_json::from_str::<Value>(line).expect("JSON"))
        .take_while(|line| line.get("event").is_some())
        .map(|line| {
            let name = line["event"].as_str().expect("a name");
            serde_json::json!({ name: line["payload"] })
        })
        .collect();
    let decoded: Vec<Value> = decode([bytes])
        .lines()
        .iter()
        .map(|line| serde_json::from_str(line).expect("JSON"))
        .collect();
    assert_eq!(decoded, expected);
}

#[test]
fn an_independent_encoder_and_this_decoder_agree() {
    check_fixture(
        include_bytes!("../fixtures/text.bin"),
        include_str!("../fixtures/text.ndjson"),
    );
    check_fixture(
        include_bytes!("../fixtures/throttled.bin"),
        include_str!("../fixtures/throttled.ndjson"),
    );
    check_fixture(
        include_bytes!("../fixtures/error_frame.bin"),
        include_str!("../fixtures/error_frame.ndjson"),
    );
}

#[test]
fn events_print_as_boto3_names_them() {
    let decoded = decode([&include_bytes!("../fixtures/thinking_and_tools.bin")[..]]);
    assert!(decoded.end.is_ok());
    insta::assert_snapshot!(decoded.lines().join("\n"));
}

#[test]
fn padding_is_dropped_wherever_it_stands() {
    let bytes = stream(
        r#"
        messageStart {"p":"abc","role":"assistant"}
        contentBlockDelta {"contentBlockIndex":0,"p":"ab","delta":{"text":"hi"}}
        contentBlockStop {"p":"abcd","contentBlockIndex":0}
        messageStop {"stopReason":"end_turn","p":"a"}
        metadata {"metrics":{"latencyMs":7},"p":"abcdef"}
        "#,
    );
    assert_eq!(
        decode([&*bytes]).lines(),
        [
            r#"{"messageStart":{"role":"assistant"}}"#,
            r#"{"contentBlockDelta":{"contentBlockIndex":0,"delta":{"text":"hi"}}}"#,
            r#"{"contentBlockStop":{"contentBlockIndex":0}}"#,
            r#"{"messageStop":{"stopReason":"end_turn"}}"#,
            r#"{"metadata":{"metrics":{"latencyMs":7}}}"#,
        ]
    );
}

#[test]
fn unknown_events_are_passed_over() {
    let bytes = stream(
        r#"
        heartbeat {"at":17}
        messageStart {"role":"assistant"}
        initial-response not JSON at all
        messageStop {"stopReason":"end_turn"}
        "#,
    );
    assert_eq!(events(&bytes).len(), 2);
}

#[test]
fn unknown_types_of_message_are_passed_over() {
    let odd = [
        frame(&[(":message-type", "notice")], "{}"),
        frame(&[(":event-type", "messageStart")], "{}"),
        frame(&[(":message-type", "event")], "{}"),
        frame(&[], ""),
    ]
    .concat();
    let stop = stream(r#"messageStop {"stopReason":"end_turn"}"#);
    assert_eq!(decode([&*odd, &*stop]).lines().len(), 1);
}

#[test]
fn unknown_members_and_kinds_of_delta_are_kept_or_passed_over() {
    let bytes = stream(
        r#"
        messageStart {"role":"assistant","id":"msg_1"}
        contentBlockStart {"contentBlockIndex":0,"start":{"image":{"format":"png"}},"x":[1]}
        contentBlockDelta {"contentBlockIndex":0,"delta":{"citation":{"title":"A"}},"x":{}}
        messageStop {"stopReason":"refusal","trace":{}}
        metadata {"usage":{"inputTokens":1,"outputTokens":2,"totalTokens":3,"new":1.50},"trace":{"a":1}}
        "#,
    );
    assert_eq!(
        decode([&*bytes]).lines(),
        [
            r#"{"messageStart":{"role":"assistant"}}"#,
            r#"{"contentBlockStart":{"contentBlockIndex":0,"start":{"image":{"format":"png"}}}}"#,
            r#"{"contentBlockDelta":{"contentBlockIndex":0,"delta":{"citation":{"title":"A"}}}}"#,
            r#"{"messageStop":{"stopReason":"refusal"}}"#,
            r#"{"metadata":{"usage":{"inputTokens":1,"outputTokens":2,"totalTokens":3,"new":1.50},"trace":{"a":1}}}"#,
        ]
    );
}

#[test]
fn usage_may_come_before_the_stop() {
    let bytes = stream(
        r#"
        metadata {"usage":{"inputTokens":1,"outputTokens":2,"totalTokens":3}}
        messageStop {"stopReason":"end_turn"}
        "#,
    );
    assert!(matches!(
        &*events(&bytes),
        [Event::Metadata(_), Event::MessageStop(_)]
    ));
}

#[test]
fn a_stream_without_a_stop_is_truncated() {
    let bytes = stream(
        r#"
        messageStart {"role":"assistant"}
        contentBlockDelta {"contentBlockIndex":0,"delta":{"text":"hi"}}
        contentBlockStop {"contentBlockIndex":0}
        metadata {"usage":{"inputTokens":1,"outputTokens":2,"totalTokens":3}}
        "#,
    );
    let decoded = decode([&*bytes]);
    assert_eq!(decoded.events.len(), 4);
    assert!(matches!(decoded.end, Err(DecodeError::Truncated)));
}

#[test]
fn member_names_and_text_may_be_escaped() {
    let bytes = event(
        "contentBlockDelta",
        r#"{"contentBlockIndex":0,"\u0064elta":{"te\u0078t":"\ud83d\ude00 \"\n"}}"#,
    );
    let mut decoder = Decoder::default();
    decoder.push(&bytes);
    let event = decoder.next_event().expect("an event").expect("all of it");
    assert_eq!(
        serde_json::to_string(&event).expect("JSON"),
        r#"{"contentBlockDelta":{"contentBlockIndex":0,"delta":{"text":"😀 \"\n"}}}"#
    );
}
