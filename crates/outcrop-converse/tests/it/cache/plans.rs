//! What a plan says about itself.

use std::fmt::Write;

use outcrop_converse::{CacheMemory, CachePoint, ContentBlock, Conversation, Remembered, prepare};
use outcrop_converse::{CacheSettings, Members, Settings};
use outcrop_policy::{Model, ModelId, Request, decide};

use super::service::Service;
use super::strategies::{OPUS, at, prepared, request, rules, usage};
use super::traces::{Trace, chat, dated, reminded, tool_loop};

/// The plan of the last call of a trace whose calls were remembered.
fn remembered(trace: &Trace) -> String {
    let (mut memory, mut service) = (CacheMemory::default(), Service::new(rules(OPUS)));
    let mut plan = String::new();
    for (now, conversation) in trace {
        let before = memory.clone();
        let remembered = Remembered {
            memory: &before,
            now: at(*now),
        };
        let prepared = prepared(OPUS, conversation, None, Some(remembered)).expect("a request");
        let counted = service.call(prepared.body.as_bytes(), *now);
        memory.observe(&prepared.cache, Some(&usage(&counted)), at(*now));
        plan = prepared.cache.to_string();
    }
    plan
}

#[test]
fn a_plan_reads_as_a_page() {
    let last = |trace: Trace| trace.into_iter().last().expect("a call").1;
    let of = |model: &str, conversation: &Conversation| {
        request(model, conversation, None)
            .expect("a request")
            .cache
            .to_string()
    };
    let long = last(chat(3, 30.0));
    let pages = [
        ("a short prompt", of(OPUS, &"Hello".into())),
        ("a chat", of(OPUS, &long)),
        ("the same on Nova", of("amazon.nova-pro-v1:0", &long)),
        (
            "more than Nova keeps",
            of("amazon.nova-pro-v1:0", &last(tool_loop(8, 25, 5.0))),
        ),
        (
            "the chat on Llama",
            of("meta.llama4-scout-17b-instruct-v1:0", &long),
        ),
        ("the same on GPT", of("openai.gpt-5.4", &long)),
        (
            "the same behind an ARN",
            of(
                "arn:aws:bedrock:us-east-1:123456789012:provisioned-model/abc",
                &long,
            ),
        ),
        (
            "twenty-five calls a turn",
            remembered(&tool_loop(3, 25, 5.0)),
        ),
        ("a date in the system prompt", remembered(&dated(3, 30.0))),
        ("six minutes between calls", remembered(&chat(5, 360.0))),
        (
            "a reminder that comes and goes",
            remembered(&reminded(4, 30.0)),
        ),
    ];
    let mut page = String::new();
    for (name, plan) in pages {
        writeln!(page, "{name}: {plan}").expect("a string");
    }
    insta::assert_snapshot!(page);
}

#[test]
fn a_plan_has_a_json_form() {
    let conversation = chat(2, 30.0).pop().expect("a call").1;
    let prepared = request("amazon.nova-pro-v1:0", &conversation, None).expect("a request");
    insta::assert_json_snapshot!(prepared.cache);
}

/// Without a memory the call before is taken to have had the same points, as far as it went.
#[test]
fn points_of_a_conversation_are_expected_to_have_been_there_before() {
    let mut own = chat(3, 30.0).pop().expect("a call").1;
    for message in [2, 4] {
        let point = ContentBlock::CachePoint(CachePoint::default());
        own.messages[message].content.push(point);
    }
    let plan = request(OPUS, &own, None).expect("a request").cache;
    let [before, last] = plan.points.as_slice() else {
        panic!("{plan}")
    };
    assert_eq!(plan.expected.read, before.tokens);
    assert_eq!(plan.expected.written_5m, last.tokens - before.tokens);
    assert!(
        plan.to_string()
            .contains("if the call before was sent just so")
    );
}

/// A plan names the blocks of the body that it was sent with.
#[test]
fn every_point_follows_the_block_that_the_plan_names() {
    for (_, conversation) in tool_loop(3, 3, 5.0) {
        let prepared = request(OPUS, &conversation, None).expect("a request");
        let body: serde_json::Value =
            serde_json::from_slice(prepared.body.as_bytes()).expect("JSON");
        for point in &prepared.cache.points {
            let path = point
                .after
                .to_string()
                .replace(['[', '.'], "/")
                .replace(']', "");
            let (list, index) = path.rsplit_once('/').expect("a path");
            let next = index.parse::<usize>().expect("an index") + 1;
            let found = &body.pointer(&format!("/{list}/{next}")).expect("a block");
            assert!(found.get("cachePoint").is_some(), "{path}: {found}");
        }
    }
}

#[test]
fn what_is_turned_off_is_not_planned_and_said() {
    let model = Model::resolve(ModelId::new(OPUS), None);
    let settings = Settings {
        decision: &decide(&model, &Request::default()),
        stop_sequences: &[],
        additional_fields: &Members::default(),
        cache: CacheSettings {
            enabled: false,
            ..CacheSettings::new(&model)
        },
    };
    let long = chat(1, 0.0).remove(0).1;
    let mut own: Conversation = "Hello".into();
    let point = ContentBlock::CachePoint(CachePoint::default());
    own.messages[0].content.push(point);
    for (conversation, is_said) in [(long, true), ("Hello".into(), false), (own, true)] {
        let prepared = prepare(&conversation, &settings).expect("a request");
        assert!(prepared.cache.points.is_empty());
        assert!(!String::from_utf8_lossy(prepared.body.as_bytes()).contains("cachePoint"));
        let codes: Vec<_> = prepared.adjustments.iter().map(|it| it.code()).collect();
        assert_eq!(codes == ["cache.disabled"], is_said, "{codes:?}");
    }
}
