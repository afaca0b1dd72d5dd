//! Conversations that bring cache points, and settings that speak about them.

use std::fmt::Write;

use outcrop_converse::{CacheTtlChoice, Conversation, PrepareError, Prepared};

use serde_json::Value;

use super::strategies::{OPUS, request};
use super::traces::prose;

const NOVA: &str = "amazon.nova-pro-v1:0";
const OLD: &str = "anthropic.claude-opus-4-1-20250805-v1:0";
const LLAMA: &str = "meta.llama4-scout-17b-instruct-v1:0";
const ARN: &str = "arn:aws:bedrock:us-east-1:123456789012:application-inference-profile/abc";

const POINT: &str = r#"{"cachePoint":{"type":"default"}}"#;
const HOUR: &str = r#"{"cachePoint":{"type":"default","ttl":"1h"}}"#;

/// A conversation with these blocks in its lists.
fn conversation(tools: &[&str], system: &[&str], user: &[&str]) -> Conversation {
    let tool = r#"{"toolSpec":{"name":"f","inputSchema":{"json":{"type":"object"}}}}"#;
    let tools = [&[tool], tools].concat().join(",");
    let text = format!(r#"{{"text":"{}"}}"#, prose(1, 1200));
    let system = [&[&*text], system].concat().join(",");
    let user = user.join(",");
    let json = format!(
        r#"{{"toolConfig":{{"tools":[{tools}]}},"system":[{system}],"messages":[{{"role":"user","content":[{user}]}}]}}"#
    );
    serde_json::from_str(&json).expect(&json)
}

/// A conversation with these blocks at the head of its tools and of its system prompt.
fn leading(tools: &[&str], system: &[&str]) -> Conversation {
    let rest = conversation(&[], &[], &[ASK]);
    let mut json = serde_json::to_value(rest).expect("JSON");
    for (list, blocks) in [("/toolConfig/tools", tools), ("/system", system)] {
        let list = json.pointer_mut(list).and_then(Value::as_array_mut);
        let blocks = blocks.iter().map(|block| serde_json::from_str(block));
        let blocks: Vec<Value> = blocks.collect::<Result<_, _>>().expect("JSON");
        list.expect("a list").splice(0..0, blocks);
    }
    serde_json::from_value(json).expect("a conversation")
}

/// A conversation of nothing but these blocks.
fn bare(tools: &[&str], system: &[&str]) -> Conversation {
    let tool_config = match tools {
        [] => String::new(),
        tools => format!(r#""toolConfig":{{"tools":[{}]}},"#, tools.join(",")),
    };
    let system = system.join(",");
    let json = format!(
        r#"{{{tool_config}"system":[{system}],"messages":[{{"role":"user","content":[{ASK}]}}]}}"#
    );
    serde_json::from_str(&json).expect(&json)
}

/// A conversation with these blocks in the answer to its first question.
fn answered(answer: &[&str]) -> Conversation {
    let answer = answer.join(",");
    let json = format!(
        r#"[{{"role":"user","content":[{ASK}]}},{{"role":"assistant","content":[{answer}]}},{{"role":"user","content":[{ASK}]}}]"#
    );
    serde_json::from_str(&json).expect(&json)
}

const ASK: &str = r#"{"text":"Go."}"#;

fn page(prepared: &Prepared) -> String {
    let body = String::from_utf8_lossy(prepared.body.as_bytes());
    let points = body.matches("cachePoint").count();
    let hours = body.matches(r#""ttl":"1h""#).count();
    let mut page = format!("{points} points, {hours} of an hour");
    for adjustment in &prepared.adjustments {
        let (code, path) = (adjustment.code(), adjustment.path());
        write!(page, "\n    {code} at {path:?}: {adjustment}").expect("a string");
    }
    page
}

#[test]
fn points_of_a_conversation_are_sent_as_far_as_the_model_takes_them() {
    let cases = [
        ("kept", conversation(&[POINT], &[POINT], &[ASK])),
        ("an hour", conversation(&[HOUR], &[HOUR], &[ASK, POINT])),
        ("none", conversation(&[], &[], &[ASK])),
    ];
    let mut pages = String::new();
    for (name, conversation) in cases {
        for model in [OPUS, OLD, NOVA, LLAMA, "openai.gpt-5.4", ARN] {
            let prepared = request(model, &conversation, None).expect("a request");
            writeln!(pages, "{name}, {model}: {}", page(&prepared)).expect("a string");
        }
    }
    insta::assert_snapshot!(pages);
}

#[test]
fn settings_without_effect_are_reported() {
    let long = conversation(&[], &[], &[ASK]);
    let short = Conversation::from("Hello");
    let own = conversation(&[], &[POINT], &[ASK]);
    let mut pages = String::new();
    for (name, conversation) in [("long", &long), ("short", &short), ("own", &own)] {
        for model in [OPUS, OLD, NOVA, LLAMA, ARN] {
            for ttl in [CacheTtlChoice::OneHour, CacheTtlChoice::Auto] {
                let prepared = request(model, conversation, Some(ttl)).expect("a request");
                writeln!(pages, "{name}, {model}, {ttl:?}: {}", page(&prepared)).expect("a string");
            }
        }
    }
    insta::assert_snapshot!(pages);
}

/// Whether or not the model is known, the plan has the points that are sent.
#[test]
fn points_of_a_conversation_are_planned_as_they_are_sent() {
    let mut pages = String::new();
    for model in [OPUS, ARN] {
        let own = conversation(&[HOUR], &[POINT], &[ASK]);
        let plan = request(model, &own, None).expect("a request").cache;
        writeln!(pages, "{model}: {plan}").expect("a string");
    }
    insta::assert_snapshot!(pages);
}

/// Nothing is said of a short prompt that nobody wanted to have cached.
#[test]
fn a_short_prompt_has_no_points_and_no_adjustments() {
    let prepared = request(OPUS, &"Hello".into(), None).expect("a request");
    assert_eq!(page(&prepared), "0 points, 0 of an hour");
}

#[test]
fn a_point_that_is_too_early_to_cache_is_reported() {
    let mut short = conversation(&[], &[], &[ASK, POINT]);
    short.system.clear();
    let prepared = request(OPUS, &short, None).expect("a request");
    assert_eq!(prepared.adjustments[0].code(), "cache.below-minimum");
    assert_eq!(prepared.adjustments[0].path(), "messages[0].content[1]");
}

#[test]
fn points_that_the_service_refuses_are_refused_by_name() {
    let reasoning = r#"{"reasoningContent":{"reasoningText":{"text":"Hm.","signature":"s"}}}"#;
    let text = r#"{"document":{"format":"txt","name":"a","source":{"text":"abc"}}}"#;
    let video = r#"{"video":{"format":"mp4","source":{"bytes":"AAAA"}}}"#;
    let cases = [
        conversation(&[], &[], &[POINT, ASK]),
        conversation(&[], &[], &[POINT]),
        conversation(&[], &[], &[ASK, POINT, POINT]),
        conversation(&[POINT, POINT], &[], &[ASK]),
        bare(&[POINT], &[]),
        bare(&[], &[POINT]),
        leading(&[POINT], &[]),
        leading(&[], &[POINT]),
        answered(&[reasoning, POINT, ASK]),
        conversation(&[], &[], &[ASK, text, POINT]),
        conversation(&[], &[], &[ASK, video, POINT]),
        conversation(&[POINT], &[HOUR], &[ASK]),
        conversation(&[POINT], &[POINT], &[ASK, POINT, ASK, POINT, ASK, POINT]),
    ];
    let mut page = String::new();
    for conversation in cases {
        let error = request(OPUS, &conversation, None).expect_err("a refusal");
        assert!(
            matches!(error, PrepareError::CachePointMisplaced { .. }),
            "{error}"
        );
        let hint = error.hint().expect("a hint");
        writeln!(page, "{error}\n    hint: {hint}").expect("a string");
    }
    insta::assert_snapshot!(page);
}

/// A model that takes none is sent none, wherever they stand; but no message may be left empty, nor
/// the tools.
#[test]
fn where_points_are_left_out_it_does_not_matter_where_they_stood() {
    let odd = conversation(&[POINT, POINT], &[HOUR], &[POINT, ASK, POINT]);
    for odd in [odd, leading(&[POINT], &[POINT])] {
        let prepared = request(LLAMA, &odd, None).expect("a request");
        assert!(page(&prepared).starts_with("0 points"));
    }
    request(LLAMA, &conversation(&[], &[], &[POINT]), None).expect_err("an empty message");
    for model in [LLAMA, NOVA] {
        request(model, &bare(&[POINT], &[]), None).expect_err("no tools");
    }
    let prepared = request(LLAMA, &bare(&[], &[POINT]), None).expect("a request");
    let body = String::from_utf8_lossy(prepared.body.as_bytes());
    assert!(!body.contains("system"), "{body}");
}

/// Each is shown after the block of its own list that stands before it.
#[test]
fn points_are_shown_where_they_stand() {
    let text = r#"{"text":"And be kind."}"#;
    let kept = conversation(&[POINT], &[POINT, text], &[ASK, POINT]);
    let prepared = request(OPUS, &kept, None).expect("a request");
    let shown: Vec<_> = prepared
        .cache
        .points
        .iter()
        .map(|it| it.after.to_string())
        .collect();
    let expected = ["toolConfig.tools[0]", "system[0]", "messages[0].content[0]"];
    assert_eq!(shown, expected);
}
