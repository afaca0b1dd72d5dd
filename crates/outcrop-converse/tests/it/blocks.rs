//! Blocks read and written again: what was canonical keeps every byte.

use std::fmt::Debug;

use outcrop_converse::attachment::Kind;
use outcrop_converse::{
    ContentBlock, Message, StopReason, SystemBlock, Tool, ToolChoice, ToolConfig, ToolResult,
    ToolResultBlock, ToolUse,
};
use serde::Serialize;
use serde::de::DeserializeOwned;

#[track_caller]
fn round<T: Serialize + DeserializeOwned + PartialEq + Debug>(json: &str) -> T {
    let value: T = serde_json::from_str(json).expect("a value");
    assert_eq!(serde_json::to_string(&value).expect("JSON"), json);
    let again: T = serde_json::from_str(json).expect("a value");
    assert_eq!(value, again);
    value
}

#[test]
fn text_and_cache_points() {
    round::<ContentBlock>(r#"{"text":"Grüße \u0001 \"quoted\" 😀"}"#);
    round::<ContentBlock>(r#"{"text":""}"#);
    round::<ContentBlock>(r#"{"cachePoint":{"type":"default"}}"#);
    round::<SystemBlock>(r#"{"text":"Be brief."}"#);
    round::<SystemBlock>(r#"{"cachePoint":{"type":"default","ttl":"5m"}}"#);
    round::<SystemBlock>(r#"{"guardContent":{"text":{"text":"x","qualifiers":["query"]}}}"#);
    round::<Tool>(r#"{"cachePoint":{"type":"default","ttl":"1h"}}"#);
}

#[test]
fn reasoning_in_its_three_forms() {
    round::<ContentBlock>(
        r#"{"reasoningContent":{"reasoningText":{"text":"Hm.","signature":"EqQBCg=="}}}"#,
    );
    round::<ContentBlock>(r#"{"reasoningContent":{"reasoningText":{"text":"","signature":"Eq"}}}"#);
    round::<ContentBlock>(r#"{"reasoningContent":{"reasoningText":{"text":"Hm."}}}"#);
    round::<ContentBlock>(r#"{"reasoningContent":{"redactedContent":"cmVkYWN0ZWQ="}}"#);
}

#[test]
fn reasoning_keeps_what_is_not_known() {
    round::<ContentBlock>(
        r#"{"reasoningContent":{"reasoningText":{"text":"","signature":"Eq","binding":{ "a": 1.0 }}}}"#,
    );
    round::<ContentBlock>(r#"{"reasoningContent":{"sketch":[ 1,2 ]}}"#);
}

#[test]
fn tool_arguments_keep_what_a_reader_would_lose() {
    for input in [
        "{}",
        r#"{"huge":1e400,"tiny":-1E-400,"zero":-0.0,"plus":1E+2}"#,
        r#"{"big":123456789012345678901234567890,"third":0.1000000000000000055511151231257827}"#,
        r#"{"b":1,"a":2,"b":3,"B":4}"#,
        r#"{"escaped":"\u00e9\u0065\/","lone":"\ud800","raw":"é"}"#,
        "{ \"spaced\" :\t[ 1 ,\n2 ] }",
    ] {
        let json = format!(r#"{{"toolUse":{{"toolUseId":"a","name":"f","input":{input}}}}}"#);
        round::<ContentBlock>(&json);
    }
}

#[test]
fn tool_arguments_that_are_null_are_there() {
    let call: ToolUse = round(r#"{"toolUseId":"a","name":"f","input":null}"#);
    assert_eq!(call.input.get(), "null");
}

#[test]
fn tool_calls_and_results_keep_members_that_are_not_known() {
    round::<ToolUse>(
        r#"{"toolUseId":"a","name":"f","input":{},"type":"server_tool_use","x":{ "y": 1.0 }}"#,
    );
    round::<ToolResult>(r#"{"toolUseId":"a","content":[],"status":"success","type":"x","z":null}"#);
}

#[test]
fn tool_results_of_every_kind() {
    round::<ContentBlock>(
        r#"{"toolResult":{"toolUseId":"a","content":[{"text":"12 °C"},{"json":{"t": 1.20, "u":"C"}},{"image":{"format":"png","source":{"bytes":"iVBORw0KGgo="}}},{"hologram":{"a":[ ]}}],"status":"error"}}"#,
    );
}

#[test]
fn blocks_that_are_not_known_keep_every_byte() {
    for json in [
        r#"{"hologram":null}"#,
        r#"{"":[ 1e400 , "\u0041" ]}"#,
        r#"{"audio":{ "format": "mp3" }}"#,
    ] {
        let block: ContentBlock = round(json);
        assert!(matches!(block, ContentBlock::Other(..)), "{json}");
        assert_eq!(Kind::of(&block), None);
    }
}

#[test]
fn attachments_keep_their_bytes_and_what_is_not_known() {
    for (json, kind) in [
        (
            r#"{"image":{"format":"png","source":{"bytes":"iVBORw0KGgo="}}}"#,
            Kind::Image,
        ),
        (
            r#"{"image":{"format":"jxl","source":{"url":"https://x"},"error":{ "message": "m" }}}"#,
            Kind::Image,
        ),
        (
            r#"{"document":{"format":"pdf","name":"Report (1)","source":{"s3Location":{"uri":"s3://b/k","bucketOwner":"123456789012"}}}}"#,
            Kind::Document,
        ),
        (
            r#"{"document":{"name":"a","source":{"text":"x"},"context":"c","citations":{"enabled":true}}}"#,
            Kind::Document,
        ),
        (
            r#"{"document":{"format":"txt","name":"a","source":{"content":[{"text":"x"},{"sketch":[ 1 ]}]}}}"#,
            Kind::Document,
        ),
        (
            r#"{"video":{"format":"three_gp","source":{"bytes":"not=base64"}}}"#,
            Kind::Video,
        ),
    ] {
        let block: ContentBlock = round(json);
        assert_eq!(Kind::of(&block), Some(kind), "{json}");
        let inner = json.strip_suffix('}').and_then(|json| json.split_once(':'));
        let inner = inner.expect("a block").1;
        let result = format!(r#"{{"{}":{inner}}}"#, kind.as_str());
        assert!(!matches!(
            round::<ToolResultBlock>(&result),
            ToolResultBlock::Other(..)
        ));
    }
}

#[test]
fn citations_keep_every_byte() {
    let block: ContentBlock = round(
        r#"{"citationsContent":{"content":[{"text":"The sky "},{"text":"is blue."}],"citations":[{"title":"A","sourceContent":[{"text":"x"}],"location":{"documentChar":{"documentIndex":0,"start": 1,"end":2}}}]}}"#,
    );
    let message = Message {
        role: outcrop_converse::Role::Assistant,
        content: vec![block],
    };
    assert_eq!(message.text(), "The sky is blue.");
}

#[test]
fn tools_keep_the_order_of_their_schema() {
    let config: ToolConfig = round(
        r#"{"tools":[{"toolSpec":{"name":"f","description":"Does f.","inputSchema":{"json":{"type":"object","required":["b"],"properties":{"b":{"type":"number","default":0.70},"a":{}}}},"strict":true}},{"systemTool":{"name":"nova_grounding"}},{"cachePoint":{"type":"default"}}],"toolChoice":{"any":{}}}"#,
    );
    assert_eq!(config.tools.len(), 3);
}

#[test]
fn tool_choices() {
    for (json, forces) in [
        (r#"{"auto":{}}"#, false),
        (r#"{"any":{}}"#, true),
        (r#"{"tool":{"name":"f"}}"#, true),
        (r#"{"none":{}}"#, false),
    ] {
        assert_eq!(round::<ToolChoice>(json).forces_a_call(), forces, "{json}");
    }
}

#[test]
fn stop_reasons_keep_their_word() {
    for word in [
        "end_turn",
        "tool_use",
        "max_tokens",
        "stop_sequence",
        "guardrail_intervened",
        "content_filtered",
        "malformed_model_output",
        "malformed_tool_use",
        "model_context_window_exceeded",
    ] {
        let reason: StopReason = round(&format!("\"{word}\""));
        assert!(!matches!(reason, StopReason::Other(_)), "{word}");
    }
    assert_eq!(
        round::<StopReason>("\"refusal\""),
        StopReason::Other("refusal".to_owned())
    );
}

#[test]
fn members_are_read_in_any_order() {
    let one: ToolUse = round(r#"{"toolUseId":"a","name":"f","input":{}}"#);
    let other = serde_json::from_str::<ToolUse>(r#"{"input":{},"name":"f","toolUseId":"a"}"#);
    assert_eq!(other.expect("a call"), one);
}

#[track_caller]
fn refusal<T: DeserializeOwned + Debug>(json: &str) -> String {
    let error = serde_json::from_str::<T>(json).expect_err(json);
    format!("{json}\n    {error}\n")
}

#[test]
fn what_is_not_a_block_is_refused_with_a_reason() {
    let page = [
        refusal::<ContentBlock>("{}"),
        refusal::<ContentBlock>(r#"{"type":"text","text":"hi"}"#),
        refusal::<ContentBlock>(r#"{"toolUse":{"toolUseId":"a","name":"f","input":{}},"x":1}"#),
        refusal::<ContentBlock>(r#""hi""#),
        refusal::<ContentBlock>(r#"{"text":7}"#),
        refusal::<ContentBlock>(r#"{"reasoningContent":{}}"#),
        refusal::<ContentBlock>(r#"{"reasoningContent":{"reasoningText":{"signature":"s"}}}"#),
        refusal::<ContentBlock>(r#"{"toolUse":{"name":"f","input":{}}}"#),
        refusal::<ContentBlock>(r#"{"toolUse":{"toolUseId":"a","name":"f"}}"#),
        refusal::<ContentBlock>(r#"{"toolUse":{"name":"f","name":"g"}}"#),
        refusal::<ContentBlock>(
            "{\"toolResult\":{\n  \"toolUseId\":\"a\",\n  \"content\":[{}],\n  \"status\":\"ok\"\n}}",
        ),
        refusal::<ContentBlock>(r#"{"toolResult":{"toolUseId":"a","content":[],"status":"ok"}}"#),
        refusal::<ContentBlock>(r#"{"toolResult":{"toolUseId":"a","content":"text"}}"#),
        refusal::<ContentBlock>(r#"{"cachePoint":{"type":"default","ttl":"2h"}}"#),
        refusal::<SystemBlock>(r#"{"text":"a","cachePoint":{"type":"default"}}"#),
        refusal::<ToolResultBlock>("{}"),
        refusal::<ToolChoice>(r#"{"tool":{"name":"f","kind":"x"}}"#),
        refusal::<ToolConfig>(r#"{"tools":[{"toolSpec":{"name":"f","inputSchema":{}}}]}"#),
        refusal::<Message>(r#"{"role":"user","content":"hi"}"#),
        refusal::<Message>(r#"{"role":"tool","content":[]}"#),
        refusal::<Message>(r#"{"role":"user","content":[],"name":"x"}"#),
    ]
    .concat();
    insta::assert_snapshot!(page);
}

#[test]
fn a_message_gives_its_text_and_calls() {
    let message: Message = round(
        r#"{"role":"assistant","content":[{"text":"a"},{"toolUse":{"toolUseId":"1","name":"f","input":{}}},{"text":"b"}]}"#,
    );
    assert_eq!(message.text(), "ab");
    let names: Vec<_> = message.tool_uses().map(|call| &*call.name).collect();
    assert_eq!(names, ["f"]);
    let answer = Message::tool_results([ToolResult::text("1", "12 °C")]);
    assert_eq!(
        serde_json::to_string(&answer).expect("JSON"),
        r#"{"role":"user","content":[{"toolResult":{"toolUseId":"1","content":[{"text":"12 °C"}]}}]}"#
    );
}
