//! A conversation as a file holds it.

use outcrop_converse::{Conversation, Message, ToolConfig};
use proptest::prelude::*;

use crate::make::conversation;

#[test]
fn an_array_is_the_messages() {
    let read = conversation(r#"[{"role":"user","content":[{"text":"hi"}]}]"#);
    assert_eq!(read, Conversation::from("hi"));
    assert_eq!(read, Conversation::from(Message::user("hi")));
    assert_eq!(conversation("[]"), Conversation::default());
}

#[test]
fn an_object_is_what_the_aws_cli_takes() {
    let read = conversation(
        r#"{
            "system": [{"text": "Be brief."}],
            "messages": [{"role": "user", "content": [{"text": "hi"}]}],
            "toolConfig": {"tools": [], "toolChoice": {"any": {}}},
            "inferenceConfig": {"maxTokens": 100, "temperature": 0.7, "stopSequences": ["END"]},
            "guardrailConfig": {"guardrailIdentifier": "g", "guardrailVersion": "1"},
            "requestMetadata": {"team":  "a"}
        }"#,
    );
    let tools: ToolConfig =
        serde_json::from_str(r#"{"tools":[],"toolChoice":{"any":{}}}"#).expect("tools");
    let expected = Conversation::new([Message::user("hi")])
        .with_system("Be brief.")
        .with_tools(tools);
    assert_eq!(read.messages, expected.messages);
    assert_eq!(read.system, expected.system);
    assert_eq!(read.tools, expected.tools);
    assert!(read.forces_tool_use());
    assert_eq!(read.inference.max_tokens, Some(100));
    assert_eq!(read.inference.temperature, Some(0.7));
    assert_eq!(read.inference.stop_sequences, ["END"]);
    let rest: Vec<_> = read
        .rest
        .iter()
        .map(|(name, value)| (name, value.get()))
        .collect();
    assert_eq!(
        rest,
        [
            (
                "guardrailConfig",
                r#"{"guardrailIdentifier": "g", "guardrailVersion": "1"}"#
            ),
            ("requestMetadata", r#"{"team":  "a"}"#),
        ]
    );
}

#[test]
fn tools_that_are_null_are_none() {
    assert_eq!(
        conversation(r#"{"messages":[],"toolConfig":null}"#).tools,
        None
    );
}

#[test]
fn what_is_not_a_conversation_is_refused_with_its_place() {
    let page: String = [
        "",
        "7",
        "{}",
        "[7]",
        r#"{"messages":7}"#,
        r#"{"messages":[],"messages":[]}"#,
        r#"{"messages":[],"requestMetadata":{},"requestMetadata":{}}"#,
        r#"{"messages":[],"mesages":[]}"#,
        r#"{"modelId":"anthropic.claude-opus-4-8","messages":[]}"#,
        r#"{"messages":[],"additionalModelRequestFields":{"top_k":5}}"#,
        r#"{"messages":[],"inferenceConfig":{"max_tokens":5}}"#,
        r#"{"messages":[],"inferenceConfig":{"maxTokens":-5}}"#,
        r#"{"messages":[],"system":"Be brief."}"#,
        "[\n  {\"role\": \"user\", \"content\": [{\"text\": \"hi\"}]},\n  {\"role\": \"assistant\", \"content\": [{\"type\": \"text\", \"text\": \"ho\"}]}\n]",
        "{\"messages\": [],\n \"toolConfig\": {\n  \"tools\": [\n   {\"toolSpec\": {\"name\": \"f\"}}\n  ]\n }\n}",
        r#"[{"role":"user","content":[{"text":"hi"}]}] []"#,
    ]
    .into_iter()
    .map(|json| {
        let error = serde_json::from_str::<Conversation>(json).expect_err(json);
        format!("{json}\n    {error}\n")
    })
    .collect();
    insta::assert_snapshot!(page);
}

#[test]
fn a_conversation_without_a_choice_forces_nothing() {
    assert!(!Conversation::from("hi").forces_tool_use());
    let auto = r#"{"messages":[],"toolConfig":{"tools":[],"toolChoice":{"auto":{}}}}"#;
    assert!(!conversation(auto).forces_tool_use());
}

proptest! {
    #[test]
    fn any_text_survives(texts in proptest::collection::vec(any::<String>(), 0..5)) {
        let messages: Vec<_> = texts.iter().map(Message::user).collect();
        let json = serde_json::to_string(&messages).expect("JSON");
        let read = conversation(&json);
        prop_assert_eq!(serde_json::to_string(&read.messages).expect("JSON"), json);
        let read: Vec<_> = read.messages.iter().map(Message::text).collect();
        prop_assert_eq!(read, texts);
    }

    #[test]
    fn any_text_is_read_without_a_panic(json in any::<String>()) {
        let _ = serde_json::from_str::<Conversation>(&json);
    }
}
