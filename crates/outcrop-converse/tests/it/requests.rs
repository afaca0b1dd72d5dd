//! Requests, to the byte. That the same conversation gives the same bytes in every process is
//! what the committed snapshots hold.

use outcrop_converse::{Conversation, Members};
use outcrop_policy::{Effort, Request, ThinkingBudget, ThinkingDisplay};

use crate::make::{Beside, SONNET, conversation, plain, prepare, request};

const OPUS: &str = "anthropic.claude-opus-4-8";

const TOOLS: &str = r#"{"tools":[{"toolSpec":{"name":"get_weather","description":"The weather.","inputSchema":{"json":{"type":"object","required":["city"],"properties":{"city":{"type":"string"},"at":{"type":"number","default":0.70}}}}}}]CHOICE}"#;

/// A conversation with a tool, and a choice such as `{"any":{}}` where one is given.
fn with_tools(choice: &str) -> Conversation {
    let choice = if choice.is_empty() {
        String::new()
    } else {
        format!(r#","toolChoice":{choice}"#)
    };
    let tools = TOOLS.replace("CHOICE", &choice);
    conversation(&format!(
        r#"{{"messages":[{{"role":"user","content":[{{"text":"Zürich?"}}]}}],"toolConfig":{tools}}}"#
    ))
}

fn members(json: &str) -> Members {
    serde_json::from_str(json).expect("an object")
}

fn thinking(budget: ThinkingBudget) -> Request {
    Request {
        thinking_budget: Some(budget),
        ..Request::default()
    }
}

/// A request of one prompt.
fn prompt(model: &str, settings: &Request) -> String {
    request(
        model,
        settings,
        &Beside::default(),
        &Conversation::from("Hi"),
    )
}

#[test]
fn a_prompt_alone_invents_nothing() {
    insta::assert_snapshot!(prompt(SONNET, &Request::default()));
}

#[test]
fn everything_a_conversation_may_hold() {
    insta::assert_snapshot!(plain(
        r#"{
            "requestMetadata": {"team": "a"},
            "inferenceConfig": {"stopSequences": ["END"]},
            "guardrailConfig": {"guardrailIdentifier": "g", "guardrailVersion": "1"},
            "system": [{"text": "Be brief."}, {"cachePoint": {"type": "default"}}],
            "messages": [
                {"role": "user", "content": [{"text": "Hi"}, {"cachePoint": {"type": "default", "ttl": "5m"}}]},
                {"role": "assistant", "content": [{"text": "Hello."}]},
                {"role": "user", "content": [
                    {"image": {"format": "png", "source": {"bytes": "iVBORw0KGgo="}}},
                    {"text": "And this?"}
                ]}
            ]
        }"#
    ));
}

#[test]
fn sampling_goes_out_as_it_was_written() {
    let settings = Request {
        max_tokens: Some(100),
        temperature: Some(0.7),
        top_p: Some(0.9),
        ..Request::default()
    };
    insta::assert_snapshot!(prompt("anthropic.claude-3-haiku-20240307-v1:0", &settings));
}

#[test]
fn thinking_under_a_budget_brings_the_beta() {
    let settings = Request {
        max_tokens: Some(16_384),
        ..thinking(ThinkingBudget::tokens(8192))
    };
    insta::assert_snapshot!(prompt(SONNET, &settings));
}

#[test]
fn adaptive_thinking_brings_its_effort_and_display() {
    let settings = Request {
        thinking_display: Some(ThinkingDisplay::Summarized),
        ..thinking(ThinkingBudget::Adaptive(Some(Effort::XHigh)))
    };
    insta::assert_snapshot!(prompt(OPUS, &settings));
}

#[test]
fn thinking_is_turned_off_in_the_form_the_model_has() {
    let off = thinking(ThinkingBudget::Off);
    let page = ["claude-opus-5", "claude-sonnet-5-5", "claude-sonnet-4-5"]
        .map(|model| format!("{model}: {}", prompt(&format!("anthropic.{model}"), &off)))
        .join("\n");
    insta::assert_snapshot!(page);
}

#[test]
fn top_k_goes_where_the_model_looks_for_it() {
    let settings = Request {
        top_k: Some(40),
        ..Request::default()
    };
    let page = [SONNET, "us.amazon.nova-lite-v1:0"]
        .map(|model| prompt(model, &settings))
        .join("\n");
    insta::assert_snapshot!(page);
}

#[test]
fn stop_sequences_of_a_conversation_go_before_the_settings() {
    let beside = Beside {
        stop_sequences: vec!["STOP".to_owned()],
        ..Beside::default()
    };
    let own = r#"{"messages":[{"role":"user","content":[{"text":"Hi"}]}],"inferenceConfig":{"stopSequences":["END"]}}"#;
    let page = [Conversation::from("Hi"), conversation(own)]
        .map(|conversation| request(SONNET, &Request::default(), &beside, &conversation))
        .join("\n");
    insta::assert_snapshot!(page);
}

#[test]
fn tools_keep_the_order_and_the_numbers_of_their_author() {
    insta::assert_snapshot!(request(
        SONNET,
        &Request::default(),
        &Beside::default(),
        &with_tools(r#"{"tool":{"name":"get_weather"}}"#)
    ));
}

#[test]
fn one_tool_call_at_a_time_moves_the_choice_to_where_it_can_be_asked() {
    let one_at_a_time = Request {
        parallel_tool_calls: Some(false),
        ..Request::default()
    };
    let sent = |conversation: &Conversation| {
        request(SONNET, &one_at_a_time, &Beside::default(), conversation)
    };
    let page = [
        "",
        r#"{"auto":{}}"#,
        r#"{"any":{}}"#,
        r#"{"tool":{"name":"get_weather"}}"#,
        r#"{"none":{}}"#,
    ]
    .map(|choice| format!("{choice}\n{}", sent(&with_tools(choice))))
    .join("\n");
    let without_tools = sent(&Conversation::from("Hi"));
    let history = conversation(
        r#"[{"role":"user","content":[{"text":"Hi"}]},{"role":"assistant","content":[{"toolUse":{"toolUseId":"t","name":"f","input":""}}]},{"role":"user","content":[{"toolResult":{"toolUseId":"t","content":[]}}]}]"#,
    );
    let with_history = sent(&history);
    insta::assert_snapshot!(format!(
        "{page}\nwithout tools\n{without_tools}\ntools of the history\n{with_history}"
    ));
}

#[test]
fn a_forced_choice_becomes_auto_while_the_model_thinks() {
    let settings = Request {
        max_tokens: Some(16_384),
        ..thinking(ThinkingBudget::tokens(8192))
    };
    let one_at_a_time = Request {
        parallel_tool_calls: Some(false),
        ..settings.clone()
    };
    let page = [settings, one_at_a_time]
        .map(|asked| {
            request(
                SONNET,
                &asked,
                &Beside::default(),
                &with_tools(r#"{"any":{}}"#),
            )
        })
        .join("\n");
    insta::assert_snapshot!(page);
}

#[test]
fn additional_fields_come_last_and_replace_what_was_decided() {
    let settings = Request {
        max_tokens: Some(16_384),
        ..thinking(ThinkingBudget::tokens(8192))
    };
    let beside = Beside {
        additional_fields: members(
            r#"{"top_a": 0.10, "thinking": { "type": "enabled", "budget_tokens": 1e4 }, "z": null}"#,
        ),
        ..Beside::default()
    };
    insta::assert_snapshot!(request(
        SONNET,
        &settings,
        &beside,
        &Conversation::from("Hi")
    ));
}

#[test]
fn equal_input_gives_equal_bytes() {
    let bytes = || {
        let beside = Beside {
            additional_fields: members(r#"{"b":1,"a":2,"d":3,"c":4}"#),
            ..Beside::default()
        };
        let prepared = prepare(SONNET, &Request::default(), &beside, &with_tools(""));
        prepared.expect("a request").body
    };
    assert_eq!(bytes(), bytes());
}
