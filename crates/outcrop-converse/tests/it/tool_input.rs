//! The arguments of tool calls: any JSON object survives every way through the crate.

use outcrop_converse::{Assembler, ContentBlock, Message};
use outcrop_policy::Request;
use proptest::prelude::*;

use crate::make::{Beside, SONNET, conversation, decode, event, prepare};

/// JSON as anybody might write it: blanks, doubled keys, numbers that no type holds, escapes.
fn any_json() -> impl Strategy<Value = String> {
    let leaf = prop_oneof![
        Just("null".to_owned()),
        "true|false",
        "-?(0|[1-9][0-9]{0,40})(\\.[0-9]{1,20})?([eE][+-]?[0-9]{1,4})?",
        any_string(),
    ];
    leaf.prop_recursive(4, 24, 4, |inner| {
        let list = (blank(), proptest::collection::vec(inner.clone(), 0..4))
            .prop_map(|(blank, items)| format!("[{blank}{}{blank}]", items.join(",")));
        prop_oneof![list, object_of(inner)]
    })
}

fn any_string() -> impl Strategy<Value = String> {
    r#""([ !#-\[\]-~é☃😀]|\\u[0-9a-fA-F]{4}|\\["\\/bfnrt]){0,8}""#
}

fn blank() -> impl Strategy<Value = String> {
    "[ \n\t]{0,2}"
}

fn object_of(value: impl Strategy<Value = String>) -> impl Strategy<Value = String> {
    let member = (any_string(), blank(), blank(), value)
        .prop_map(|(name, before, after, value)| format!("{before}{name}{after}:{value}{before}"));
    proptest::collection::vec(member, 0..4).prop_map(|members| format!("{{{}}}", members.join(",")))
}

fn any_object() -> impl Strategy<Value = String> {
    object_of(any_json())
}

proptest! {
    #[test]
    fn any_object_survives_a_file_and_a_request(input in any_object()) {
        let call = format!(r#"{{"toolUse":{{"toolUseId":"a","name":"f","input":{input}}}}}"#);
        let block: ContentBlock = serde_json::from_str(&call).expect("a call");
        prop_assert_eq!(serde_json::to_string(&block).expect("JSON"), call.clone());

        let json = format!(
            r#"[{{"role":"user","content":[{{"text":"hi"}}]}},{{"role":"assistant","content":[{call}]}},{{"role":"user","content":[{{"toolResult":{{"toolUseId":"a","content":[{{"json":{input}}}]}}}}]}}]"#
        );
        let prepared = prepare(
            SONNET,
            &Request::default(),
            &Beside::default(),
            &conversation(&json),
        );
        let body = prepared.expect("a request").body.into_bytes();
        let body = String::from_utf8(body).expect("UTF-8");
        let sent = format!(r#"{{"messages":{json},"#);
        prop_assert!(body.starts_with(&sent), "{body}");
    }

    #[test]
    fn any_object_survives_a_stream_in_any_pieces(
        input in any_object(),
        cuts in proptest::collection::vec(any::<prop::sample::Index>(), 0..6),
    ) {
        let edges: Vec<_> = input.char_indices().map(|(place, _)| place).collect();
        let mut cuts: Vec<_> = cuts.iter().map(|cut| edges[cut.index(edges.len())]).collect();
        cuts.push(input.len());
        cuts.sort_unstable();

        let start = r#"{"contentBlockIndex":0,"start":{"toolUse":{"toolUseId":"a","name":"f"}}}"#;
        let mut bytes = event("contentBlockStart", start);
        let mut from = 0;
        for cut in cuts {
            let piece = serde_json::to_string(&input[from..cut]).expect("JSON");
            let delta = format!(r#"{{"contentBlockIndex":0,"delta":{{"toolUse":{{"input":{piece}}}}}}}"#);
            bytes.extend(event("contentBlockDelta", &delta));
            from = cut;
        }
        let mut assembler = Assembler::default();
        for event in decode([&*bytes]).events {
            assembler.push(&event);
        }
        let message: Message = assembler.into_message();
        let call = message.tool_uses().next().expect("a call");
        prop_assert_eq!(call.input.get(), input);
    }
}
