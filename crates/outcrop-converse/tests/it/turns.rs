//! Conversations brought into the order that the service takes, with a word about every change.

use outcrop_converse::{ContentBlock, Conversation, Message, Role, ToolResult, ToolUse};
use outcrop_policy::Request;
use serde_json::value::RawValue;

use crate::make::{Beside, SONNET, plain, request};

#[test]
fn blank_text_is_left_out_and_the_neighbours_become_one_message() {
    insta::assert_snapshot!(plain(
        r#"{
            "system": [{"text": " \n"}, {"text": "Be brief."}],
            "messages": [
                {"role": "user", "content": [{"text": "a"}, {"text": "\t"}]},
                {"role": "assistant", "content": [{"text": ""}]},
                {"role": "user", "content": [{"text": "b"}]},
                {"role": "assistant", "content": []},
                {"role": "assistant", "content": [{"text": "c"}]},
                {"role": "user", "content": [{"text": "d"}]}
            ]
        }"#
    ));
}

#[test]
fn results_of_one_turn_go_out_in_one_message() {
    insta::assert_snapshot!(plain(
        r#"{
            "messages": [
                {"role": "user", "content": [{"text": "Weather?"}]},
                {"role": "assistant", "content": [
                    {"reasoningContent": {"reasoningText": {"text": "Two.", "signature": "Eq"}}},
                    {"toolUse": {"toolUseId": "a", "name": "f", "input": {"city": "Zürich"}}},
                    {"reasoningContent": {"redactedContent": "cmVk"}},
                    {"toolUse": {"toolUseId": "b", "name": "f", "input": {"city":  "Bern"}}}
                ]},
                {"role": "user", "content": [{"toolResult": {"toolUseId": "b", "content": [{"text": "9"}]}}]},
                {"role": "user", "content": [{"toolResult": {"toolUseId": "a", "content": [{"json": 1.0}], "status": "error"}}]}
            ],
            "toolConfig": {"tools": [{"toolSpec": {"name": "f", "inputSchema": {"json": {"type": "object"}}}}]}
        }"#
    ));
}

#[test]
fn tools_that_only_the_history_knows_are_named() {
    insta::assert_snapshot!(plain(
        r#"[
            {"role": "user", "content": [{"text": "Go."}]},
            {"role": "assistant", "content": [
                {"toolUse": {"toolUseId": "a", "name": "f", "input": {}}},
                {"toolUse": {"toolUseId": "b", "name": "g", "input": {}}},
                {"toolUse": {"toolUseId": "c", "name": "f", "input": {}}}
            ]},
            {"role": "user", "content": [
                {"toolResult": {"toolUseId": "a", "content": []}},
                {"toolResult": {"toolUseId": "b", "content": []}},
                {"toolResult": {"toolUseId": "c", "content": []}},
                {"text": "And now without tools."}
            ]}
        ]"#
    ));
}

#[test]
fn arguments_that_are_nothing_become_an_empty_object() {
    for nothing in ["null", r#""""#, r#"" \n""#] {
        let json = format!(
            r#"[{{"role":"user","content":[{{"text":"Go."}}]}},
                {{"role":"assistant","content":[{{"toolUse":{{"toolUseId":"a","name":"f","input":{nothing},"x":1}}}}]}},
                {{"role":"user","content":[{{"toolResult":{{"toolUseId":"a","content":[]}}}}]}}]"#
        );
        let sent = plain(&json);
        let call = r#"{"toolUse":{"toolUseId":"a","name":"f","input":{},"x":1}}"#;
        assert!(sent.contains(call), "{nothing}: {sent}");
    }
}

#[test]
fn a_tool_of_the_service_is_answered_in_its_own_turn() {
    insta::assert_snapshot!(plain(
        r#"[
            {"role": "user", "content": [{"text": "News?"}]},
            {"role": "assistant", "content": [
                {"toolUse": {"toolUseId": "a", "name": "nova_grounding", "input": {}, "type": "server_tool_use"}},
                {"toolResult": {"toolUseId": "a", "content": [{"json": {}}], "type": "nova_grounding_result"}},
                {"text": "None."}
            ]},
            {"role": "user", "content": [{"text": "And now?"}]}
        ]"#
    ));
}

#[test]
fn instructions_in_the_middle_do_not_part_a_call_from_its_result() {
    insta::assert_snapshot!(plain(
        r#"{
            "messages": [
                {"role": "system", "content": [{"text": "Be kind."}]},
                {"role": "user", "content": [{"text": "Go."}]},
                {"role": "assistant", "content": [{"toolUse": {"toolUseId": "a", "name": "f", "input": {}}}]},
                {"role": "system", "content": [{"text": "Be brief."}]},
                {"role": "user", "content": [{"toolResult": {"toolUseId": "a", "content": []}}]}
            ],
            "toolConfig": {"tools": [{"toolSpec": {"name": "f", "inputSchema": {"json": {"type": "object"}}}}]}
        }"#
    ));
}

#[test]
fn a_conversation_can_be_made_without_json() {
    let call = ToolUse {
        tool_use_id: "a".to_owned(),
        name: "f".to_owned(),
        input: RawValue::from_string(r#"{"n": 1.0}"#.to_owned()).expect("JSON"),
        rest: Default::default(),
    };
    let conversation = Conversation::new([
        Message::user("Go."),
        Message {
            role: Role::Assistant,
            content: vec![ContentBlock::ToolUse(call)],
        },
        Message::tool_results([ToolResult::text("a", "done")]),
    ]);
    let sent = request(
        SONNET,
        &Request::default(),
        &Beside::default(),
        &conversation.with_system("Be brief."),
    );
    insta::assert_snapshot!(sent);
}
