//! A conversation as a file holds it.

use outcrop_converse::attachment::Image;
use outcrop_converse::{
    Conversation, InferenceConfig, Message, Tool, ToolConfig, ToolResult, ToolSpec,
};
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
        .rest()
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
fn members_that_are_null_are_absent() {
    for member in ["system", "toolConfig", "inferenceConfig", "requestMetadata"] {
        let read = conversation(&format!(r#"{{"messages":[],"{member}":null}}"#));
        assert_eq!(read, Conversation::default(), "{member}");
    }
    let nothing = r#"{"maxTokens":null,"temperature":null,"topP":null,"stopSequences":null}"#;
    let read = conversation(&format!(r#"{{"messages":[],"inferenceConfig":{nothing}}}"#));
    assert_eq!(read, Conversation::default());
}

#[test]
fn a_file_may_begin_with_a_byte_order_mark() {
    let read =
        Conversation::from_json("\u{feff}[{\"role\":\"user\",\"content\":[{\"text\":\"hi\"}]}]");
    assert_eq!(read.expect("a conversation"), Conversation::from("hi"));
}

#[test]
fn a_mistake_has_a_path_a_line_and_a_column() {
    let text = "[\n {\"role\": \"user\", \"content\": [{\"text\": 7}]}\n]";
    let error = Conversation::from_json(text).expect_err("a mistake");
    let place = (error.path(), error.line(), error.column());
    assert_eq!(place, ("messages[0].content[0].text", 2, 40));
}

#[test]
fn a_member_is_passed_on_once_or_not_at_all() {
    let value = || serde_json::value::to_raw_value("x").expect("JSON");
    let twice = Conversation::from("hi").with_member("serviceTier", value());
    let twice = twice.and_then(|it| it.with_member("serviceTier", value()));
    assert_eq!(twice.expect("a member").rest().iter().count(), 1);
    for name in [
        "messages",
        "system",
        "toolConfig",
        "inferenceConfig",
        "modelId",
        "x",
    ] {
        let error = Conversation::from("hi").with_member(name, value());
        let error = error.expect_err(name).to_string();
        assert!(
            error.starts_with(&format!("`{name}` is not passed on")),
            "{error}"
        );
    }
}

/// Every file of the corpus, and whatever inference settings.
#[test]
fn a_conversation_that_is_written_is_read_back_equal() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/conversations");
    let mut count = 0;
    for entry in ["sendable", "refused"]
        .iter()
        .flat_map(|sub| std::fs::read_dir(format!("{folder}/{sub}")).expect("the folder"))
    {
        let path = entry.expect("a file").path();
        let read = conversation(&std::fs::read_to_string(&path).expect("text"));
        let written = serde_json::to_string(&read).expect("JSON");
        assert_eq!(conversation(&written), read, "{}", path.display());
        count += 1;
    }
    assert!(count > 40);
}

#[test]
fn tools_come_from_any_iterator() {
    let spec = |name| ToolSpec::parse(name, "A tool.", r#"{"type":"object"}"#).expect("a tool");
    let specs = vec![spec("a"), spec("b")];
    let tools = |conversation: Conversation| conversation.tools.map(|config| config.tools);
    let expected = tools(Conversation::from("hi").with_tools(ToolConfig {
        tools: vec![Tool::Spec(spec("a")), Tool::Spec(spec("b"))],
        tool_choice: None,
        rest: outcrop_converse::Members::default(),
    }));
    assert_eq!(
        tools(Conversation::from("hi").with_tools(specs.clone())),
        expected
    );
    assert_eq!(
        tools(Conversation::from("hi").with_tools([spec("a"), spec("b")])),
        expected
    );
    let any = specs.into_iter().map(Tool::from);
    assert_eq!(
        tools(Conversation::from(String::from("hi")).with_tools(any)),
        expected
    );
}

#[test]
fn tool_results_go_before_the_text_beside_them() {
    let image = Image::png(b"\x89PNG");
    let message = Message::user("And?")
        .with(ToolResult::text("a", "4"))
        .with(ToolResult::new("b", [image]));
    let json = serde_json::to_string(&message.content).expect("JSON");
    assert_eq!(
        json,
        r#"[{"toolResult":{"toolUseId":"a","content":[{"text":"4"}]}},{"toolResult":{"toolUseId":"b","content":[{"image":{"format":"png","source":{"bytes":"iVBORw=="}}}]}},{"text":"And?"}]"#
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
        r#"[{"role":"user","content":"hi"}]"#,
        r#"[{"role":"system","content":[]},{"role":"tool","content":[]}]"#,
        r#"[{"role":"user","content":[{"image":{"format":"png","source":{"bytes":7}}}]}]"#,
        r#"[{"role":"assistant","content":[{"toolUse":{"toolUseId":"a","name":7,"input":{}}}]}]"#,
        r#"[{"role":"assistant","content":[{"toolUse":{"toolUseId":"a","name":"f"}}]}]"#,
        r#"[{"role":"user","content":[{"toolResult":{"toolUseId":"a","content":[{"text":7}],"status":"ok"}}]}]"#,
        r#"{"role":"user","content":[{"text":"hi"}]}"#,
        "{\"role\":\"user\",\"content\":[]}\n{\"role\":\"assistant\",\"content\":[]}",
        r#"{"messages":null}"#,
        r#"{"messages":[],"inferenceConfig":{"temperature":2}}"#,
        r#"{"output":{"message":{"role":"assistant","content":[]}},"stopReason":"end_turn"}"#,
    ]
    .into_iter()
    .map(|json| {
        let error = Conversation::from_json(json).expect_err(json);
        let hint = error.hint().unwrap_or_default();
        format!("{json}\n    {error}\n    hint: {hint}\n")
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
    fn settings_that_are_written_are_read_back_equal(
        max_tokens in proptest::option::of(1u32..),
        temperature in proptest::option::of(0.0..=1.0f64),
        top_p in proptest::option::of(0.0..=1.0f64),
        stop_sequences in proptest::collection::vec(any::<String>(), 0..3),
        system in proptest::collection::vec(any::<String>(), 0..3),
        metadata in proptest::option::of(any::<String>()),
    ) {
        let mut written = Conversation::from("hi").with_inference(InferenceConfig {
            max_tokens,
            temperature,
            top_p,
            stop_sequences,
        });
        for text in system {
            written = written.with_system(text);
        }
        if let Some(text) = metadata {
            let value = serde_json::value::to_raw_value(&text).expect("JSON");
            written = written.with_member("requestMetadata", value).expect("a member");
        }
        let json = serde_json::to_string(&written).expect("JSON");
        prop_assert_eq!(conversation(&json), written);
    }

    #[test]
    fn any_text_is_read_without_a_panic(json in any::<String>()) {
        let _ = Conversation::from_json(&json);
    }
}
