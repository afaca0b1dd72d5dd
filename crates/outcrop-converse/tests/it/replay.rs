//! Reasoning that goes back to a model, and messages that it is to continue.

use outcrop_converse::Adjustment;
use outcrop_policy::{Request, ThinkingBudget};

use crate::make::{Beside, SONNET, conversation, prepare};

const ASK: &str = r#"{"role":"user","content":[{"text":"Go."}]}"#;
const RESULT: &str =
    r#"{"role":"user","content":[{"toolResult":{"toolUseId":"a","content":[{"text":"1"}]}}]}"#;
const CALL: &str = r#"{"toolUse":{"toolUseId":"a","name":"f","input":{}}}"#;

const SIGNED: &str = r#"{"reasoningContent":{"reasoningText":{"text":"Hm.","signature":"Eq"}}}"#;
const HIDDEN: &str = r#"{"reasoningContent":{"reasoningText":{"text":"","signature":"Eq"}}}"#;
const PLAIN: &str = r#"{"reasoningContent":{"reasoningText":{"text":"Hm."}}}"#;
const EMPTY: &str = r#"{"reasoningContent":{"reasoningText":{"text":"","signature":""}}}"#;
const BLANK: &str = r#"{"reasoningContent":{"reasoningText":{"text":" "}}}"#;
const REDACTED: &str = r#"{"reasoningContent":{"redactedContent":"cmVk"}}"#;
const NEW: &str = r#"{"reasoningContent":{"sketch":[ 1 ]}}"#;

const OPUS: &str = "us.anthropic.claude-opus-4-8";
const ARN: &str = "arn:aws:bedrock:us-east-1:123456789012:application-inference-profile/abc123";

fn budget() -> Request {
    Request {
        thinking_budget: Some(ThinkingBudget::tokens(2048)),
        ..Request::default()
    }
}

fn assistant(blocks: &[&str]) -> String {
    format!(r#"{{"role":"assistant","content":[{}]}}"#, blocks.join(","))
}

/// The assistant's blocks as they are sent, and the codes of what was adjusted.
#[track_caller]
fn sent(model: &str, settings: &Request, messages: &[&str]) -> (String, Vec<Adjustment>) {
    let conversation = conversation(&format!("[{}]", messages.join(",")));
    let prepared = prepare(model, settings, &Beside::default(), &conversation).expect("a request");
    let body = String::from_utf8(prepared.body.into_bytes()).expect("UTF-8");
    (body, prepared.adjustments)
}

#[test]
fn reasoning_is_sent_to_the_models_that_take_it() {
    let kept = [
        (OPUS, vec![SIGNED, HIDDEN, REDACTED, NEW]),
        ("openai.gpt-oss-120b-1:0", vec![PLAIN, NEW]),
        ("amazon.nova-2-lite-v1:0", vec![PLAIN, NEW]),
        ("amazon.nova-pro-v1:0", vec![]),
        ("deepseek.r1-v1:0", vec![]),
        (
            ARN,
            vec![SIGNED, HIDDEN, PLAIN, EMPTY, BLANK, REDACTED, NEW],
        ),
    ];
    for (model, kept) in kept {
        for block in [SIGNED, HIDDEN, PLAIN, EMPTY, BLANK, REDACTED, NEW] {
            let turn = assistant(&[r#"{"text":"a"}"#, block, r#"{"text":"b"}"#]);
            let (body, adjustments) = sent(model, &Request::default(), &[ASK, &turn, ASK]);
            let is_kept = kept.contains(&block);
            assert_eq!(body.contains(block), is_kept, "{model} {block}");
            assert_eq!(
                body.contains("reasoningContent"),
                is_kept,
                "{model} {block}"
            );
            let dropped =
                |it: &Adjustment| matches!(it, Adjustment::ReasoningDropped { message: 1, .. });
            assert_eq!(adjustments.iter().any(dropped), !is_kept, "{model} {block}");
        }
    }
}

#[test]
fn every_reason_is_given_once_a_message() {
    let turn = |blocks: &[&str]| assistant(&[blocks, &[r#"{"text":"a"}"#]].concat());
    let reasons = |model, blocks: &[&str]| {
        let (_, adjustments) = sent(model, &Request::default(), &[ASK, &turn(blocks), ASK]);
        let lines: Vec<_> = adjustments
            .iter()
            .filter(|it| it.code() == "conversation.reasoning-dropped")
            .map(|it| format!("{}: {it}\n", it.path()))
            .collect();
        lines.concat()
    };
    insta::assert_snapshot!(
        [
            reasons(OPUS, &[PLAIN, EMPTY]),
            reasons(
                "openai.gpt-oss-120b-1:0",
                &[SIGNED, HIDDEN, REDACTED, BLANK]
            ),
            reasons("amazon.nova-pro-v1:0", &[PLAIN, SIGNED, REDACTED]),
        ]
        .concat()
    );
}

#[test]
fn interleaved_reasoning_stays_in_its_order() {
    let blocks = [
        SIGNED,
        CALL,
        REDACTED,
        &CALL.replace("\"a\"", "\"b\""),
        HIDDEN,
        SIGNED,
    ];
    let result = RESULT.replace(
        "[{\"toolResult\"",
        r#"[{"toolResult":{"toolUseId":"b","content":[{"text":"2"}]}},{"toolResult""#,
    );
    let (body, adjustments) = sent(
        OPUS,
        &Request::default(),
        &[ASK, &assistant(&blocks), &result],
    );
    assert!(body.contains(&blocks.join(",")), "{body}");
    let codes: Vec<_> = adjustments.iter().map(Adjustment::code).collect();
    assert!(
        !codes.contains(&"conversation.reasoning-dropped"),
        "{codes:?}"
    );
}

/// Blank text cannot be sent, and without it what follows has moved.
#[test]
fn reasoning_that_moves_in_the_latest_answer_is_foreseen_to_be_refused() {
    const GAP: &str = r#"{"text":" "}"#;
    const TEXT: &str = r#"{"text":"a"}"#;
    let between = assistant(&[SIGNED, GAP, REDACTED, CALL]);
    let first = assistant(&[GAP, SIGNED, TEXT]);
    let behind = assistant(&[SIGNED, GAP, CALL]);
    let unsigned = assistant(&[SIGNED, GAP, PLAIN, CALL]);
    let filled = assistant(&[SIGNED, TEXT, HIDDEN, CALL]);
    let other = assistant(&[TEXT]);
    for (model, messages, expected) in [
        (OPUS, vec![ASK, &between, RESULT], Some(1)),
        (OPUS, vec![ASK, &first, ASK], Some(1)),
        (OPUS, vec![ASK, &behind, RESULT], None),
        (OPUS, vec![ASK, &unsigned, RESULT], None),
        (OPUS, vec![ASK, &filled, RESULT], None),
        // Only the latest answer is held against what it was.
        (OPUS, vec![ASK, &between, RESULT, &other, ASK], None),
        (OPUS, vec![ASK, &between, RESULT, &between, RESULT], Some(3)),
        ("amazon.nova-pro-v1:0", vec![ASK, &between, RESULT], None),
        (ARN, vec![ASK, &between, RESULT], None),
    ] {
        let (_, adjustments) = sent(model, &Request::default(), &messages);
        let moved = adjustments.iter().find_map(|it| match it {
            Adjustment::ReasoningMoved { message } => {
                assert!(it.predicts_refusal() && it.is_warning());
                Some(*message)
            }
            _ => None,
        });
        assert_eq!(moved, expected, "{model} {messages:?}");
        let has_gap = messages.iter().any(|it| it.contains(GAP));
        let is_said = |it: &Adjustment| it.code() == "conversation.blank-text-dropped";
        assert_eq!(adjustments.iter().any(is_said), has_gap);
    }
}

/// The message that is foreseen to be refused for want of reasoning.
#[track_caller]
fn missing(model: &str, settings: &Request, messages: &[&str]) -> Option<usize> {
    let (_, adjustments) = sent(model, settings, messages);
    adjustments.iter().find_map(|it| match it {
        Adjustment::ReasoningMissing { message } => {
            assert!(it.predicts_refusal() && it.is_warning());
            Some(*message)
        }
        _ => None,
    })
}

#[test]
fn a_running_tool_loop_starts_with_reasoning_while_claude_thinks() {
    let with = assistant(&[SIGNED, CALL]);
    let cut = assistant(&[PLAIN, CALL]);
    let without = assistant(&[CALL]);
    let text = assistant(&[r#"{"text":"a"}"#]);
    let adaptive = Request {
        thinking_budget: Some(ThinkingBudget::Adaptive(None)),
        ..Request::default()
    };
    for (model, settings, messages, expected) in [
        (SONNET, budget(), vec![ASK, &with, RESULT], None),
        (SONNET, budget(), vec![ASK, &without, RESULT], Some(1)),
        (SONNET, budget(), vec![ASK, &cut, RESULT], Some(1)),
        // Only the first step of the loop counts, and only of the loop that is running.
        (
            SONNET,
            budget(),
            vec![ASK, &with, RESULT, &without, RESULT],
            None,
        ),
        (
            SONNET,
            budget(),
            vec![ASK, &without, RESULT, &with, RESULT],
            Some(1),
        ),
        (
            SONNET,
            budget(),
            vec![ASK, &without, RESULT, &text, ASK],
            None,
        ),
        (
            SONNET,
            budget(),
            vec![ASK, &text, ASK, &without, RESULT],
            Some(3),
        ),
        (
            SONNET,
            Request::default(),
            vec![ASK, &without, RESULT],
            None,
        ),
        // Adaptive thinking may have begun with none.
        (OPUS, adaptive.clone(), vec![ASK, &without, RESULT], None),
        (OPUS, adaptive.clone(), vec![ASK, &cut, RESULT], Some(1)),
        (OPUS, adaptive, vec![ASK, &with, RESULT, &cut, RESULT], None),
        (
            "amazon.nova-pro-v1:0",
            budget(),
            vec![ASK, &cut, RESULT],
            None,
        ),
    ] {
        assert_eq!(
            missing(model, &settings, &messages),
            expected,
            "{model} {messages:?}"
        );
    }
}

#[test]
fn a_message_to_continue_is_sent_and_its_refusal_foreseen() {
    let prefill = assistant(&[r#"{"text":"[1,"}"#]);
    let foreseen = |model, settings: &Request, messages: &[&str]| {
        let (body, adjustments) = sent(model, settings, messages);
        assert!(body.contains(messages.last().expect("a message")), "{body}");
        let found = adjustments
            .into_iter()
            .find(|it| it.code() == "conversation.prefill-refused");
        found.map(|it| {
            assert!(it.predicts_refusal());
            format!("{}: {it}", it.path())
        })
    };
    let no_settings = Request::default();
    assert_eq!(foreseen(SONNET, &no_settings, &[ASK, &prefill]), None);
    assert_eq!(foreseen(ARN, &no_settings, &[ASK, &prefill]), None);
    assert_eq!(
        foreseen("amazon.nova-pro-v1:0", &budget(), &[ASK, &prefill]),
        None
    );
    assert_eq!(foreseen(OPUS, &no_settings, &[ASK, &prefill, ASK]), None);
    insta::assert_snapshot!(
        [
            foreseen(OPUS, &no_settings, &[ASK, &prefill]),
            foreseen(SONNET, &budget(), &[ASK, ASK, &prefill]),
        ]
        .map(|it| it.expect("a prediction"))
        .join("\n")
    );
}
