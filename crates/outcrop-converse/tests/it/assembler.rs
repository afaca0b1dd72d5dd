//! Events put back together.

use outcrop_converse::{Assembler, Message, Response};

use crate::make::{decode, stream};

fn assembled(lines: &str) -> Assembler {
    let mut assembler = Assembler::default();
    for event in decode([&*stream(lines)]).events {
        assembler.push(&event);
    }
    assembler
}

/// Asserts the content blocks that the events of a cut stream add up to.
#[track_caller]
fn check(lines: &str, content: &str) {
    let message = assembled(lines).into_message();
    let json = serde_json::to_string(&message.content).expect("JSON");
    assert_eq!(json, content);
}

#[test]
fn a_recorded_answer_becomes_the_unary_response() {
    let mut assembler = Assembler::default();
    let bytes = include_bytes!("../fixtures/thinking_and_tools.bin");
    for event in decode([&bytes[..]]).events {
        assembler.push(&event);
    }
    let response = assembler.into_response().expect("a complete answer");
    let json = serde_json::to_string(&response).expect("JSON");
    let read: Response = serde_json::from_str(&json).expect("a response");
    assert_eq!(read, response);
    insta::assert_snapshot!(json);
}

#[test]
fn the_first_delta_opens_a_block_of_text_or_reasoning() {
    check(
        r#"
        contentBlockDelta {"contentBlockIndex":0,"delta":{"reasoningContent":{"text":"a"}}}
        contentBlockDelta {"contentBlockIndex":0,"delta":{"reasoningContent":{"text":"b"}}}
        contentBlockDelta {"contentBlockIndex":0,"delta":{"reasoningContent":{"signature":"s"}}}
        contentBlockStop {"contentBlockIndex":0}
        contentBlockDelta {"contentBlockIndex":1,"delta":{"text":"c"}}
        contentBlockDelta {"contentBlockIndex":1,"delta":{"text":"d"}}
        "#,
        r#"[{"reasoningContent":{"reasoningText":{"text":"ab","signature":"s"}}},{"text":"cd"}]"#,
    );
}

#[test]
fn hidden_reasoning_is_a_signature_with_empty_text() {
    check(
        r#"contentBlockDelta {"contentBlockIndex":0,"delta":{"reasoningContent":{"signature":"s"}}}"#,
        r#"[{"reasoningContent":{"reasoningText":{"text":"","signature":"s"}}}]"#,
    );
}

#[test]
fn a_signature_in_pieces_is_joined() {
    check(
        r#"
        contentBlockDelta {"contentBlockIndex":0,"delta":{"reasoningContent":{"signature":"Eq"}}}
        contentBlockDelta {"contentBlockIndex":0,"delta":{"reasoningContent":{"signature":"QB"}}}
        "#,
        r#"[{"reasoningContent":{"reasoningText":{"text":"","signature":"EqQB"}}}]"#,
    );
}

#[test]
fn redacted_reasoning_comes_in_a_delta_or_in_a_start() {
    let block = r#"[{"reasoningContent":{"redactedContent":"cmVk"}}]"#;
    check(
        r#"contentBlockDelta {"contentBlockIndex":0,"delta":{"reasoningContent":{"redactedContent":"cmVk"}}}"#,
        block,
    );
    check(
        r#"contentBlockStart {"contentBlockIndex":0,"start":{"reasoningContent":{"redactedContent":"cmVk"}}}"#,
        block,
    );
}

#[test]
fn blocks_that_interleave_are_told_apart_by_index() {
    check(
        r#"
        contentBlockStart {"contentBlockIndex":2,"start":{"toolUse":{"toolUseId":"b","name":"g"}}}
        contentBlockDelta {"contentBlockIndex":0,"delta":{"text":"a"}}
        contentBlockStart {"contentBlockIndex":1,"start":{"toolUse":{"toolUseId":"a","name":"f"}}}
        contentBlockDelta {"contentBlockIndex":2,"delta":{"toolUse":{"input":"{\"y\""}}}
        contentBlockDelta {"contentBlockIndex":1,"delta":{"toolUse":{"input":"{\"x\""}}}
        contentBlockDelta {"contentBlockIndex":0,"delta":{"text":"b"}}
        contentBlockStop {"contentBlockIndex":0}
        contentBlockDelta {"contentBlockIndex":1,"delta":{"toolUse":{"input":":1}"}}}
        contentBlockDelta {"contentBlockIndex":2,"delta":{"toolUse":{"input":":2}"}}}
        "#,
        r#"[{"text":"ab"},{"toolUse":{"toolUseId":"a","name":"f","input":{"x":1}}},{"toolUse":{"toolUseId":"b","name":"g","input":{"y":2}}}]"#,
    );
}

/// The arguments that these pieces, as JSON strings, add up to.
#[track_caller]
fn check_input(pieces: &[&str], input: &str) {
    let mut lines = String::from(
        r#"contentBlockStart {"contentBlockIndex":0,"start":{"toolUse":{"toolUseId":"a","name":"f"}}}"#,
    );
    for piece in pieces {
        let piece = serde_json::to_string(piece).expect("JSON");
        lines.push_str(&format!(
            "\ncontentBlockDelta {{\"contentBlockIndex\":0,\"delta\":{{\"toolUse\":{{\"input\":{piece}}}}}}}"
        ));
    }
    let message = assembled(&lines).into_message();
    let call = message.tool_uses().next().expect("a call");
    assert_eq!(call.input.get(), input);
}

#[test]
fn tool_arguments_keep_their_bytes_and_none_are_an_empty_object() {
    check_input(&[], "{}");
    check_input(&[""], "{}");
    check_input(&["", " \n"], "{}");
    check_input(&["{", "}"], "{}");
    check_input(
        &["{ \"b\": 1.0,", " \"a\": 1e400 }\n"],
        "{ \"b\": 1.0, \"a\": 1e400 }",
    );
    check_input(&["null"], "null");
}

#[test]
fn tool_arguments_that_were_cut_are_a_string() {
    check_input(&["{\"city\":\"Zü"], r#""{\"city\":\"Zü""#);
    check_input(&["{}", "{}"], r#""{}{}""#);
}

#[test]
fn a_tool_call_keeps_its_type() {
    check(
        r#"contentBlockStart {"contentBlockIndex":0,"start":{"toolUse":{"toolUseId":"a","name":"f","type":"server_tool_use"}}}"#,
        r#"[{"toolUse":{"toolUseId":"a","name":"f","input":{},"type":"server_tool_use"}}]"#,
    );
}

#[test]
fn text_outweighs_a_start_or_a_delta_that_is_not_known() {
    for first in [
        r#"contentBlockStart {"contentBlockIndex":0,"start":{"text":""}}"#,
        r#"contentBlockStart {"contentBlockIndex":0,"start":{"prose":{}}}"#,
        r#"contentBlockDelta {"contentBlockIndex":0,"delta":{"hologram":7}}"#,
    ] {
        let lines = format!(
            "{first}\n{}\n{}",
            r#"contentBlockDelta {"contentBlockIndex":0,"delta":{"text":"hi"}}"#,
            r#"contentBlockDelta {"contentBlockIndex":0,"delta":{"hologram":8}}"#
        );
        check(&lines, r#"[{"text":"hi"}]"#);
    }
}

#[test]
fn citations_belong_to_the_text_around_them() {
    let cited = r#"[{"citationsContent":{"content":[{"text":"The sky is blue."}],"citations":[{"title":"A","location":{"documentPage":{"documentIndex":0,"start":1,"end": 2}}},{"title":"B"}]}},{"text":" Yes."}]"#;
    let (text, more) = (
        r#"contentBlockDelta {"contentBlockIndex":0,"delta":{"text":"The sky "}}"#,
        r#"contentBlockDelta {"contentBlockIndex":0,"delta":{"text":"is blue."}}"#,
    );
    let (first, second) = (
        r#"contentBlockDelta {"contentBlockIndex":0,"delta":{"citation":{"title":"A","location":{"documentPage":{"documentIndex":0,"start":1,"end": 2}}}}}"#,
        r#"contentBlockDelta {"contentBlockIndex":0,"delta":{"citation":{"title":"B"}}}"#,
    );
    let end = r#"contentBlockDelta {"contentBlockIndex":1,"delta":{"text":" Yes."}}"#;
    for order in [
        [text, more, first, second, end],
        [first, text, second, more, end],
        [text, end, first, more, second],
    ] {
        check(&order.join("\n"), cited);
    }
}

#[test]
fn redacted_pieces_are_joined_as_bytes() {
    check(
        r#"
        contentBlockDelta {"contentBlockIndex":0,"delta":{"reasoningContent":{"redactedContent":"cmVkYQ=="}}}
        contentBlockDelta {"contentBlockIndex":0,"delta":{"reasoningContent":{"redactedContent":"Y3RlZA=="}}}
        contentBlockDelta {"contentBlockIndex":1,"delta":{"reasoningContent":{"redactedContent":"cmVk"}}}
        "#,
        r#"[{"reasoningContent":{"redactedContent":"cmVkYWN0ZWQ="}},{"reasoningContent":{"redactedContent":"cmVk"}}]"#,
    );
}

#[test]
fn nothing_is_lost_where_one_index_holds_several_kinds() {
    check(
        r#"
        contentBlockDelta {"contentBlockIndex":0,"delta":{"reasoningContent":{"text":"a"}}}
        contentBlockDelta {"contentBlockIndex":0,"delta":{"reasoningContent":{"redactedContent":"cmVk"}}}
        contentBlockDelta {"contentBlockIndex":0,"delta":{"text":"b"}}
        contentBlockDelta {"contentBlockIndex":0,"delta":{"text":"c"}}
        "#,
        r#"[{"reasoningContent":{"reasoningText":{"text":"a"}}},{"reasoningContent":{"redactedContent":"cmVk"}},{"text":"bc"}]"#,
    );
}

#[test]
fn pieces_of_a_block_that_is_not_known_add_up() {
    check(
        r#"
        contentBlockStart {"contentBlockIndex":0,"start":{"image":{"format":"png"}}}
        contentBlockDelta {"contentBlockIndex":0,"delta":{"image":{"source":{"bytes":"iVBO"}}}}
        contentBlockStart {"contentBlockIndex":1,"start":{"toolResult":{"toolUseId":"a"}}}
        contentBlockDelta {"contentBlockIndex":1,"delta":{"toolResult":[{"text":"x"}]}}
        contentBlockDelta {"contentBlockIndex":1,"delta":{"toolResult":[{"json":{"y": 1}}]}}
        contentBlockDelta {"contentBlockIndex":2,"delta":{"hologram":7}}
        contentBlockDelta {"contentBlockIndex":2,"delta":{"hologram":8}}
        "#,
        r#"[{"image":{"format":"png","source":{"bytes":"iVBO"}}},{"toolResult":{"toolUseId":"a","content":[{"text":"x"},{"json":{"y": 1}}]}},{"hologram":8}]"#,
    );
}

#[test]
fn a_delta_that_does_not_fit_its_block_leaves_it_as_it_is() {
    check(
        r#"
        contentBlockDelta {"contentBlockIndex":0,"delta":{"text":"a"}}
        contentBlockDelta {"contentBlockIndex":0,"delta":{"toolUse":{"input":"{"}}}
        contentBlockDelta {"contentBlockIndex":0,"delta":{"reasoningContent":{"text":"b"}}}
        contentBlockDelta {"contentBlockIndex":1,"delta":{"toolUse":{"input":"{}"}}}
        contentBlockDelta {"contentBlockIndex":2,"delta":{"reasoningContent":{"dream":"c"}}}
        contentBlockStart {"contentBlockIndex":3,"start":{"image":{"format":"png"}}}
        contentBlockDelta {"contentBlockIndex":3,"delta":{"citation":{"title":"A"}}}
        "#,
        r#"[{"text":"a"},{"reasoningContent":{"reasoningText":{"text":"b"}}},{"image":{"format":"png"}}]"#,
    );
}

#[test]
fn usage_may_come_before_or_after_the_stop() {
    let stop = r#"messageStop {"stopReason":"max_tokens"}"#;
    let usage = r#"metadata {"usage":{"inputTokens":1,"outputTokens":2,"totalTokens":3},"metrics":{"latencyMs":4},"trace":{"a":1}}"#;
    let expected = r#"{"output":{"message":{"role":"assistant","content":[]}},"stopReason":"max_tokens","usage":{"inputTokens":1,"outputTokens":2,"totalTokens":3},"metrics":{"latencyMs":4},"trace":{"a":1}}"#;
    for lines in [format!("{stop}\n{usage}"), format!("{usage}\n{stop}")] {
        let response = assembled(&lines).into_response().expect("a response");
        assert_eq!(serde_json::to_string(&response).expect("JSON"), expected);
    }
}

#[test]
fn an_answer_that_was_cut_gives_what_came() {
    let assembler = assembled(
        r#"
        messageStart {"role":"assistant"}
        contentBlockDelta {"contentBlockIndex":0,"delta":{"text":"The sky"}}
        metadata {"usage":{"inputTokens":1,"outputTokens":2,"totalTokens":3}}
        "#,
    );
    assert!(assembler.has_content());
    assert_eq!(
        assembler.into_response(),
        Err(Message::assistant("The sky"))
    );
}

#[test]
fn nothing_has_come_before_the_first_block() {
    assert!(!assembled(r#"messageStart {"role":"assistant"}"#).has_content());
    let silent = assembled(r#"messageStop {"stopReason":"end_turn"}"#);
    let response = silent.into_response().expect("a response");
    assert_eq!((response.usage, response.metrics), (None, None));
}

#[test]
fn a_second_start_of_an_index_begins_another_block_and_loses_nothing() {
    check(
        r#"
        contentBlockDelta {"contentBlockIndex":0,"delta":{"text":"a"}}
        contentBlockStart {"contentBlockIndex":0,"start":{"text":""}}
        contentBlockDelta {"contentBlockIndex":0,"delta":{"text":"b"}}
        contentBlockStart {"contentBlockIndex":0,"start":{"toolUse":{"toolUseId":"c","name":"f"}}}
        contentBlockStart {"contentBlockIndex":0,"start":{"toolUse":{"toolUseId":"d","name":"f"}}}
        contentBlockDelta {"contentBlockIndex":0,"delta":{"toolUse":{"input":"{\"x\":1}"}}}
        "#,
        r#"[{"text":"a"},{"text":"b"},{"toolUse":{"toolUseId":"c","name":"f","input":{}}},{"toolUse":{"toolUseId":"d","name":"f","input":{"x":1}}}]"#,
    );
}
