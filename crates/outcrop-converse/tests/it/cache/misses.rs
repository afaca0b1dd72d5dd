//! Why a call read less than the one before had cached: the first thing that changed.

use std::fmt::Write;

use outcrop_converse::{
    CacheMemory, CacheMiss, ContentBlock, Conversation, Message, Remembered, SystemBlock, Tool,
    Usage,
};

use super::service::Service;
use super::strategies::{OPUS, REMEMBERING, at, prepared, rules, run, usage};
use super::traces::{chat, prose, tool_loop, tools};

/// Two calls of a conversation, with a change before the second.
fn miss(gap: f64, change: impl FnOnce(&mut Conversation)) -> Option<CacheMiss> {
    miss_with(gap, OPUS, change)
}

fn miss_with(gap: f64, model: &str, change: impl FnOnce(&mut Conversation)) -> Option<CacheMiss> {
    let mut trace = chat(3, 30.0);
    change(&mut trace[2].1);
    trace[2].0 = trace[1].0 + gap;
    let (mut memory, mut service) = (CacheMemory::default(), Service::new(rules(OPUS)));
    let mut miss = None;
    for (call, (now, conversation)) in trace.iter().enumerate() {
        let model = if call == 2 { model } else { OPUS };
        let before = memory.clone();
        let remembered = Remembered {
            memory: &before,
            now: at(*now),
        };
        let prepared = prepared(model, conversation, None, Some(remembered)).expect("a request");
        let counted = service.call(prepared.body.as_bytes(), *now);
        let mut usage = usage(&counted);
        if model != OPUS {
            // The service keeps a cache a model.
            usage.cache_read_input_tokens = Some(0);
        }
        miss = memory.observe(&prepared.cache, Some(&usage), at(*now));
    }
    miss
}

#[test]
fn the_first_thing_that_changed_is_named() {
    let cases: Vec<(&str, Option<CacheMiss>)> = vec![
        ("nothing", miss(30.0, |_| {})),
        ("a gap", miss(2820.0, |_| {})),
        (
            "another model",
            miss_with(30.0, "anthropic.claude-opus-5", |_| {}),
        ),
        (
            "a date in the system prompt",
            miss(30.0, |it| it.system[0] = SystemBlock::Text(prose(2, 900))),
        ),
        (
            "a note after the system prompt",
            miss(30.0, |it| it.system.push(SystemBlock::Text(prose(2, 9)))),
        ),
        ("a tool more", miss(30.0, |it| it.tools = Some(tools(9)))),
        ("a tool less", miss(30.0, |it| it.tools = Some(tools(7)))),
        (
            "tools in another order",
            miss(30.0, |it| {
                it.tools.as_mut().expect("tools").tools.swap(2, 5);
            }),
        ),
        (
            "a tool with another description",
            miss(30.0, |it| {
                let tool = &mut it.tools.as_mut().expect("tools").tools[3];
                let Tool::Spec(spec) = tool else {
                    panic!("a tool")
                };
                spec.description = Some("Another.".to_owned());
            }),
        ),
        (
            "the first tool and one more",
            miss(30.0, |it| {
                it.tools = Some(tools(9));
                let tool = &mut it.tools.as_mut().expect("tools").tools[0];
                let Tool::Spec(spec) = tool else {
                    panic!("a tool")
                };
                spec.description = Some("Another.".to_owned());
            }),
        ),
        (
            "another tool choice",
            miss(30.0, |it| {
                let choice = serde_json::from_str(r#"{"any":{}}"#).expect("a choice");
                it.tools.as_mut().expect("tools").tool_choice = Some(choice);
            }),
        ),
        (
            "an earlier message that is gone",
            miss(30.0, |it| {
                it.messages.drain(..2);
            }),
        ),
        (
            "a system prompt that is gone",
            miss(30.0, |it| it.system.clear()),
        ),
        (
            "an earlier message",
            miss(30.0, |it| it.messages[1] = Message::assistant("No.")),
        ),
    ];
    let mut page = String::new();
    for (name, miss) in cases {
        match miss {
            None => writeln!(page, "{name}: no miss"),
            Some(miss) => writeln!(page, "{name}: {miss}"),
        }
        .expect("a string");
    }
    insta::assert_snapshot!(page);
}

#[test]
fn a_prefix_that_the_service_let_go_of_is_reported_once() {
    let trace = chat(4, 30.0);
    let mut memory = CacheMemory::default();
    let mut misses = Vec::new();
    for (now, conversation) in &trace {
        let before = memory.clone();
        let remembered = Remembered {
            memory: &before,
            now: at(*now),
        };
        let prepared = prepared(OPUS, conversation, None, Some(remembered)).expect("a request");
        // A service that never reads.
        let usage = Usage {
            input_tokens: 100,
            cache_read_input_tokens: Some(0),
            cache_write_input_tokens: Some(4000),
            ..Usage::default()
        };
        let miss = memory.observe(&prepared.cache, Some(&usage), at(*now));
        misses.push(miss.map(|miss| miss.cause));
    }
    let unknown = Some(outcrop_converse::MissCause::Unknown);
    assert_eq!(misses[..2], [None, unknown]);
}

/// Nothing was promised, so that nothing is missed.
#[test]
fn a_prompt_that_was_too_short_is_not_missed() {
    let mut memory = CacheMemory::default();
    for (now, text) in [(0.0, "Hi"), (10.0, "Ho")] {
        let before = memory.clone();
        let remembered = Remembered {
            memory: &before,
            now: at(now),
        };
        let prepared = prepared(OPUS, &text.into(), None, Some(remembered)).expect("a request");
        let usage = Usage {
            input_tokens: 5,
            ..Usage::default()
        };
        assert_eq!(memory.observe(&prepared.cache, Some(&usage), at(now)), None);
    }
}

/// Near the minimum a point is placed that may do nothing, and only the usage tells.
#[test]
fn what_may_never_have_been_cached_is_not_missed() {
    let question: Conversation = "word ".repeat(620).as_str().into();
    let mut memory = CacheMemory::default();
    for (now, counted) in [(0.0, None), (10.0, Some(800))] {
        let before = memory.clone();
        let remembered = Remembered {
            memory: &before,
            now: at(now),
        };
        let prepared = prepared(OPUS, &question, None, Some(remembered)).expect("a request");
        assert_eq!(prepared.cache.points.len(), 1);
        let usage = counted.map(|input_tokens| Usage {
            input_tokens,
            ..Usage::default()
        });
        let miss = memory.observe(&prepared.cache, usage.as_ref(), at(now));
        assert_eq!(miss, None);
    }
}

#[test]
fn a_conversation_that_goes_back_is_no_miss() {
    let trace = chat(6, 30.0);
    let order = [0, 1, 2, 3, 2, 2, 3, 4];
    let (mut memory, mut service) = (CacheMemory::default(), Service::new(rules(OPUS)));
    for (call, &state) in order.iter().enumerate() {
        let now = call as f64 * 30.0;
        let before = memory.clone();
        let remembered = Remembered {
            memory: &before,
            now: at(now),
        };
        let prepared = prepared(OPUS, &trace[state].1, None, Some(remembered)).expect("a request");
        let counted = service.call(prepared.body.as_bytes(), now);
        let miss = memory.observe(&prepared.cache, Some(&usage(&counted)), at(now));
        assert_eq!(miss, None, "{call}");
        assert!(
            counted.full + counted.written_5m < 800.0 || call == 0,
            "{counted:?}"
        );
    }
}

#[test]
fn an_image_that_changes_is_seen() {
    let image = |bytes: &str| {
        let json = format!(r#"{{"format":"png","source":{{"bytes":"{bytes}"}}}}"#);
        let json = serde_json::value::RawValue::from_string(json).expect("JSON");
        ContentBlock::Other("image".to_owned(), json)
    };
    let mut trace = chat(2, 30.0);
    for ((_, conversation), bytes) in trace.iter_mut().zip(["AAAA", "AAAB"]) {
        let content = &mut conversation.messages[0].content;
        content.insert(0, image(bytes));
        content.push(ContentBlock::Text(prose(4, 2000)));
    }
    let (mut memory, mut service) = (CacheMemory::default(), Service::new(rules(OPUS)));
    let mut causes = Vec::new();
    for (now, conversation) in &trace {
        let prepared = prepared(OPUS, conversation, None, None).expect("a request");
        let counted = service.call(prepared.body.as_bytes(), *now);
        let miss = memory.observe(&prepared.cache, Some(&usage(&counted)), at(*now));
        causes.push(miss.map(|miss| miss.cause.place().map(|place| place.to_string())));
    }
    assert_eq!(
        causes,
        [None, Some(Some("messages[0].content[0]".to_owned()))]
    );
}

/// What lies above the most that a model keeps was never there.
#[test]
fn what_is_above_the_maximum_is_not_missed() {
    for trace in [
        chat(120, 30.0),
        tool_loop(12, 10, 5.0),
        tool_loop(8, 25, 5.0),
    ] {
        let misses = run("amazon.nova-pro-v1:0", &trace, REMEMBERING).misses;
        assert_eq!(misses, [""; 0]);
    }
}
