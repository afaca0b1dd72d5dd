//! The two ends agree about conversations: whatever is put together out of turns, tool loops,
//! attachments and reasoning, the emulator accepts what is sent of it, unless an adjustment
//! predicted the refusal.

use std::cell::RefCell;
use std::collections::BTreeSet;

use outcrop::{Adjustment, Client, Conversation, Message, ToolResult, ToolSpec};
use outcrop_emulator::{Emulator, EmulatorConfig};
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};

use crate::support::{emulator, model, offline};

/// How many conversations are tried with each model.
const CASES_PER_MODEL: u32 = 128;

const MODELS: [(&str, &str); 7] = [
    ("us.anthropic.claude-sonnet-4-5-20250929-v1:0", ""),
    (
        "us.anthropic.claude-sonnet-4-5-20250929-v1:0",
        "thinking_budget: 2048",
    ),
    ("us.anthropic.claude-opus-4-8", "thinking_budget: adaptive"),
    ("us.anthropic.claude-opus-5-5", ""),
    ("us.amazon.nova-pro-v1:0", ""),
    ("openai.gpt-oss-120b", ""),
    ("us.deepseek.r1-v1:0", ""),
];

const TEXTS: [&str; 4] = [
    r#"{"text":"Go."}"#,
    r#"{"text":"And?"}"#,
    r#"{"text":" "}"#,
    r#"{"text":""}"#,
];

const ATTACHMENTS: [&str; 4] = [
    r#"{"image":{"format":"png","source":{"bytes":"iVBORw0KGgo="}}}"#,
    r#"{"document":{"format":"txt","name":"a","source":{"bytes":"YQ=="}}}"#,
    r#"{"document":{"format":"csv","name":"a_b  c.csv","source":{"bytes":"YQ=="}}}"#,
    r#"{"document":{"name":"","source":{"text":"x"}}}"#,
];

const REASONING: [&str; 5] = [
    r#"{"reasoningContent":{"reasoningText":{"text":"Hm.","signature":"Eq"}}}"#,
    r#"{"reasoningContent":{"reasoningText":{"text":"","signature":"Eq"}}}"#,
    r#"{"reasoningContent":{"reasoningText":{"text":"Hm."}}}"#,
    r#"{"reasoningContent":{"reasoningText":{"text":"","signature":""}}}"#,
    r#"{"reasoningContent":{"redactedContent":"cmVk"}}"#,
];

const INPUTS: [&str; 5] = ["{}", r#"{ "a": 1.0 }"#, "null", r#""""#, r#""{\"a\"""#];

const RESULTS: [&str; 6] = [
    "",
    r#"{"text":"12 °C"}"#,
    r#"{"text":" "}"#,
    r#"{"json":{"t":12.0}}"#,
    r#"{"json":[1,2]}"#,
    r#"{"document":{"format":"txt","name":"a","source":{"bytes":"YQ=="}}}"#,
];

const TOOLS: [&str; 4] = [
    "",
    r#","toolConfig":{"tools":[]}"#,
    r#","toolConfig":{"tools":[{"toolSpec":{"name":"f","description":" ","inputSchema":{"json":{"type":"object","properties":{}}}}}]}"#,
    r#","toolConfig":{"tools":[{"toolSpec":{"name":"f","inputSchema":{"json":{"properties":{}}}}}]}"#,
];

fn any_of(blocks: &'static [&'static str]) -> impl Strategy<Value = String> {
    proptest::sample::select(blocks).prop_map(str::to_owned)
}

fn message(role: &str, blocks: &[String]) -> String {
    let blocks: Vec<_> = blocks.iter().filter(|it| !it.is_empty()).cloned().collect();
    format!(r#"{{"role":"{role}","content":[{}]}}"#, blocks.join(","))
}

/// The user says something, perhaps in several messages.
fn said() -> impl Strategy<Value = Vec<String>> {
    let block = prop_oneof![2 => any_of(&TEXTS), 1 => any_of(&ATTACHMENTS)];
    let one = proptest::collection::vec(block, 0..4).prop_map(|blocks| message("user", &blocks));
    proptest::collection::vec(one, 1..3)
}

/// The model answers, thinking or not.
fn answered() -> impl Strategy<Value = Vec<String>> {
    let block = prop_oneof![any_of(&TEXTS), any_of(&REASONING)];
    proptest::collection::vec(block, 0..4).prop_map(|blocks| vec![message("assistant", &blocks)])
}

/// The model calls tools, and the user answers the calls in any order and in any messages.
fn worked() -> impl Strategy<Value = Vec<String>> {
    let call = (proptest::option::of(any_of(&REASONING)), any_of(&INPUTS));
    let calls = proptest::collection::vec(call, 1..4);
    let beside = proptest::option::weighted(0.3, any_of(&TEXTS));
    (
        calls,
        any_of(&RESULTS),
        beside,
        any::<(bool, bool, bool, bool)>(),
    )
        .prop_map(
            |(calls, result, beside, (reversed, apart, first, failed))| {
                let status = if failed { r#","status":"error""# } else { "" };
                let (mut blocks, mut results) = (Vec::new(), Vec::new());
                for (index, (reasoning, input)) in calls.into_iter().enumerate() {
                    blocks.extend(reasoning);
                    blocks.push(format!(
                        r#"{{"toolUse":{{"toolUseId":"t{index}","name":"f","input":{input}}}}}"#
                    ));
                    results.push(format!(
                    r#"{{"toolResult":{{"toolUseId":"t{index}","content":[{result}]{status}}}}}"#
                ));
                }
                if reversed {
                    results.reverse();
                }
                match beside {
                    Some(text) if first => results.insert(0, text),
                    beside => results.extend(beside),
                }
                let mut messages = vec![message("assistant", &blocks)];
                if apart {
                    messages.extend(
                        results
                            .iter()
                            .map(|it| message("user", std::slice::from_ref(it))),
                    );
                } else {
                    messages.push(message("user", &results));
                }
                messages
            },
        )
}

fn any_conversation() -> impl Strategy<Value = String> {
    let step = prop_oneof![2 => said(), 2 => answered(), 3 => worked()];
    let steps = proptest::collection::vec(step, 0..5);
    (said(), steps, any_of(&TOOLS)).prop_map(|(said, steps, tools)| {
        let messages: Vec<_> = said
            .into_iter()
            .chain(steps.into_iter().flatten())
            .collect();
        format!(r#"{{"messages":[{}]{tools}}}"#, messages.join(","))
    })
}

#[derive(Default)]
struct Tally {
    unsendable: u32,
    accepted: u32,
    refused: u32,
    codes: BTreeSet<&'static str>,
    /// What was predicted of conversations that were accepted, and for which model.
    mistaken: BTreeSet<(String, &'static str)>,
}

async fn agree(json: &str, client: &Client, tally: &RefCell<Tally>) -> Result<(), TestCaseError> {
    let conversation: Conversation = serde_json::from_str(json).expect("a conversation");
    let Ok(prepared) = client.prepare(&conversation) else {
        tally.borrow_mut().unsendable += 1;
        return Ok(());
    };
    let predictions = prepared
        .adjustments
        .iter()
        .filter(|it| it.predicts_refusal());
    let predictions: Vec<_> = predictions.map(Adjustment::code).collect();
    let codes = prepared.adjustments.iter().map(Adjustment::code);
    let codes = codes.filter(|code| code.starts_with("conversation."));
    tally.borrow_mut().codes.extend(codes);
    let body = String::from_utf8_lossy(prepared.body.as_bytes()).into_owned();
    match client.call_prepared(prepared).await {
        Ok(_) => {
            let mut tally = tally.borrow_mut();
            tally.accepted += 1;
            let model = &client.model().config().model;
            let mistaken = predictions.into_iter().map(|code| (model.clone(), code));
            tally.mistaken.extend(mistaken);
        }
        Err(_) if !predictions.is_empty() => tally.borrow_mut().refused += 1,
        Err(error) => {
            let message = error.message();
            return Err(TestCaseError::fail(format!("{message}\n{json}\n{body}")));
        }
    }
    Ok(())
}

/// Every adjustment that can come of these conversations.
const EVERY_RULE: [&str; 15] = [
    "conversation.blank-text-dropped",
    "conversation.document-renamed",
    "conversation.messages-merged",
    "conversation.prefill-refused",
    "conversation.reasoning-dropped",
    "conversation.reasoning-missing",
    "conversation.reasoning-moved",
    "conversation.tool-config-added",
    "conversation.tool-config-dropped",
    "conversation.tool-description-dropped",
    "conversation.tool-input-completed",
    "conversation.tool-input-replaced",
    "conversation.tool-result-json-as-text",
    "conversation.tool-results-moved",
    "conversation.tool-schema-refused",
];

#[test]
fn the_emulator_accepts_what_is_sent_of_any_conversation() {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .expect("a runtime");
    let emulator = runtime.block_on(emulator());
    let tally = RefCell::new(Tally::default());
    for (id, settings) in MODELS {
        let yaml = format!(
            "models:\n  m:\n    provider: amazon-bedrock\n    model: {id}\n    {settings}\n    provider_opts:\n      region: us-east-1\n"
        );
        let model = model(&yaml);
        let client = runtime.block_on(model.connect(&offline(&model, &emulator)));
        let client = client.expect("a client");
        let config = Config {
            failure_persistence: None,
            ..Config::with_cases(CASES_PER_MODEL)
        };
        let outcome = TestRunner::new(config).run(&any_conversation(), |json| {
            runtime.block_on(agree(&json, &client, &tally))
        });
        if let Err(error) = outcome {
            panic!("{id} {settings}: {error}");
        }
    }
    let tally = tally.into_inner();
    println!(
        "{} unsendable, {} accepted, {} refused as predicted; {:?}; mistaken: {:?}",
        tally.unsendable, tally.accepted, tally.refused, tally.codes, tally.mistaken
    );
    assert!(tally.accepted > 100 && tally.refused > 20);
    // Under adaptive thinking Claude may have begun without reasoning, and the emulator cannot know
    // that here it had not; nor where reasoning stood that it did not write itself.
    let is_known = |(model, code): &(String, &str)| {
        *code == "conversation.reasoning-moved"
            || model.ends_with("claude-opus-4-8") && *code == "conversation.reasoning-missing"
    };
    assert!(tally.mistaken.iter().all(is_known), "{:?}", tally.mistaken);
    for code in EVERY_RULE {
        assert!(tally.codes.contains(code), "no conversation reached {code}");
    }
}

/// The emulator knows where the reasoning stood that it wrote.
#[tokio::test]
async fn reasoning_that_moves_is_foreseen_to_be_refused_and_is() {
    let script = "
- answer:
    - thinking: Oslo.
    - text: \" \"
    - thinking: It is May.
    - tool_use: { name: weather, id: a }
";
    let emulator = Emulator::start(EmulatorConfig {
        script: script.parse().expect("a script"),
        ..EmulatorConfig::default()
    });
    let emulator = emulator.await.expect("a free port");
    let model = model(
        "models:\n  m:\n    provider: amazon-bedrock\n    model: us.anthropic.claude-opus-4-8\n    thinking_budget: adaptive\n",
    );
    let client = model.connect(&offline(&model, &emulator)).await;
    let client = client.expect("a client");
    let tool = ToolSpec::parse("weather", "The weather.", r#"{"type":"object"}"#);
    let mut conversation = Conversation::from("Is it warm?").with_tools([tool.expect("a tool")]);
    let answer = client.stream(&conversation).await.expect("an answer");
    let reply = answer.finish().await.expect("a whole answer");
    let answer = reply.response.output.message;
    assert_eq!(answer.content.len(), 4);

    for (keeps_all, is_refused) in [(true, true), (false, false)] {
        let mut answer = answer.clone();
        if !keeps_all {
            answer.content.drain(1..3);
        }
        conversation.messages.truncate(1);
        conversation.messages.push(answer);
        let result = ToolResult::text("a", "4 degrees");
        conversation.messages.push(Message::tool_results([result]));
        let prepared = client.prepare(&conversation).expect("a request");
        let codes: Vec<_> = prepared.adjustments.iter().map(Adjustment::code).collect();
        let is_foreseen = codes.contains(&"conversation.reasoning-moved");
        assert_eq!(is_foreseen, is_refused, "{codes:?}");
        let outcome = client.call_prepared(prepared).await;
        let message = outcome.err().map(|error| error.message());
        let says = |it: &String| it.contains("cannot be modified");
        assert_eq!(
            message.as_ref().is_some_and(says),
            is_refused,
            "{message:?}"
        );
        assert_eq!(message.is_some(), is_refused);
    }
}
