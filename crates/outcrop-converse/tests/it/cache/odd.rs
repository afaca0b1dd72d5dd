//! What a memory must not be misled by: guessed sizes, clocks, texts that move.

use outcrop_converse::{
    CacheMemory, CachePlan, ContentBlock, Conversation, Message, MissCause, PlannedPoint,
    PointReason, Remembered,
};

use super::service::Service;
use super::strategies::{OPUS, REMEMBERING, STATELESS, at, prepared, request, rules, run, usage};
use super::traces::{chat, prose};

fn block(kind: &str, json: &str) -> ContentBlock {
    let json = format!("{{\"{kind}\":{json}}}");
    serde_json::from_str(&json).expect("a block")
}

/// Four documents that are thought to be far larger than they are, and then a compaction.
#[test]
fn documents_of_unknown_size_do_not_make_text_look_short() {
    let model = "anthropic.claude-haiku-4-5-20251001-v1:0";
    let mut trace = chat(10, 20.0);
    for (_, conversation) in &mut trace {
        *conversation = std::mem::take(conversation).with_system(prose(1, 4200));
    }
    for (_, conversation) in &mut trace[1..5] {
        let documents = (0..4).map(|index| {
            block(
                "document",
                &format!(
                    "{{\"format\":\"pdf\",\"name\":\"scan{index}\",\"source\":\
                     {{\"s3Location\":{{\"uri\":\"s3://b/{index}.pdf\"}}}}}}"
                ),
            )
        });
        conversation.messages[2].content.extend(documents);
    }
    for (_, conversation) in &mut trace[5..] {
        conversation.messages.drain(..4);
    }
    let memory = run(model, &trace, REMEMBERING);
    for (call, counted) in memory.counted.iter().enumerate().skip(1) {
        assert!(counted.read > 5000.0, "{call}: {counted:?}");
    }
    let stateless = run(model, &trace, STATELESS).cost(&rules(model), 0);
    let cost = memory.cost(&rules(model), 0);
    assert!(cost <= stateless * 1.02, "{cost} over {stateless}");
}

/// The plan of a call that a memory takes in, with a service that keeps everything.
fn call(
    memory: &mut CacheMemory,
    (model, now): (&str, f64),
    conversation: &Conversation,
) -> CachePlan {
    let before = memory.clone();
    let remembered = Remembered {
        memory: &before,
        now: at(now),
    };
    let prepared = prepared(model, conversation, None, Some(remembered)).expect("a request");
    let counted = Service::new(rules(model)).call(prepared.body.as_bytes(), now);
    memory.observe(&prepared.cache, Some(&usage(&counted)), at(now));
    prepared.cache
}

/// What the service counted decides, also where the estimate is below the minimum.
#[test]
fn a_prefix_that_is_kept_has_its_point_whatever_the_estimate() {
    let trace = chat(2, 20.0);
    let mut memory = CacheMemory::default();
    let first = request(OPUS, &trace[0].1, None).expect("a request").cache;
    let counted = |input_tokens, written| outcrop_converse::Usage {
        input_tokens,
        cache_write_input_tokens: Some(written),
        ..outcrop_converse::Usage::default()
    };
    memory.observe(&first, Some(&counted(0, 1500)), at(0.0));
    // Another call of few tokens draws the correction down.
    let other: Conversation = prose(9, 3000).as_str().into();
    let plan = request(OPUS, &other, None).expect("a request").cache;
    memory.observe(&plan, Some(&counted(100, 0)), at(10.0));
    let plan = call(&mut memory, (OPUS, 20.0), &trace[1].1);
    let finds = |it: &&PlannedPoint| it.why == PointReason::PreviousTurn;
    let found = plan.points.iter().find(finds).expect("a point");
    assert!(
        found.tokens > 1500 && found.below_minimum.is_none(),
        "{plan}"
    );
    assert_eq!(plan.expected.read, 1500);
}

#[test]
fn a_clock_that_was_set_back_keeps_nothing_beyond_its_lifetime() {
    let trace = chat(2, 0.0);
    let mut memory = CacheMemory::default();
    call(&mut memory, (OPUS, 10_000.0), &trace[0].1);
    call(&mut memory, ("anthropic.claude-opus-5-5", 0.0), &trace[0].1);
    let soon = call(&mut memory.clone(), (OPUS, 200.0), &trace[1].1);
    assert!(soon.expected.read > 0, "{soon}");
    let late = call(&mut memory, (OPUS, 400.0), &trace[1].1);
    assert_eq!(late.expected.read, 0, "{late}");
}

#[test]
fn a_text_that_moves_to_another_message_is_a_change() {
    let mut before = chat(1, 0.0).remove(0).1;
    let text = ContentBlock::Text(prose(3, 900));
    before.messages[0].content.push(text);
    let mut after = before.clone();
    let moved = after.messages[0].content.pop().expect("a text");
    let mut answer = Message::assistant("");
    answer.content = vec![moved];
    after.messages.extend([answer, Message::user("Go on.")]);
    let mut memory = CacheMemory::default();
    call(&mut memory, (OPUS, 0.0), &before);
    let plan = request(OPUS, &after, None).expect("a request").cache;
    let read_nothing = outcrop_converse::Usage {
        cache_write_input_tokens: Some(4000),
        ..outcrop_converse::Usage::default()
    };
    let miss = memory.observe(&plan, Some(&read_nothing), at(5.0));
    let cause = miss.expect("a miss").cause;
    let MissCause::Message(place) = cause else {
        panic!("{cause:?}")
    };
    assert_eq!(place.to_string(), "messages[1].content[0]");
}

/// No point may follow a video, and the turn before it is where the last call wrote.
#[test]
fn a_turn_of_nothing_but_a_video_leaves_the_anchor_to_the_turn_before() {
    let mut conversation = chat(3, 0.0).pop().expect("a call").1;
    let video = r#"{"format":"mp4","source":{"s3Location":{"uri":"s3://b/v.mp4"}}}"#;
    conversation.messages[2].content = vec![block("video", video)];
    let plan = request("amazon.nova-pro-v1:0", &conversation, None);
    let plan = plan.expect("a request").cache;
    let mut points = plan.points.iter();
    let anchor = points.find(|it| it.after.to_string() == "messages[0].content[0]");
    assert_eq!(
        anchor.map(|it| it.why),
        Some(PointReason::PreviousTurn),
        "{plan}"
    );
}

/// Two models may count the same text differently.
#[test]
fn the_count_of_one_model_corrects_no_estimate_of_another() {
    let trace = chat(3, 20.0);
    let estimated = request(OPUS, &trace[2].1, None).expect("a request").cache;
    let mut memory = CacheMemory::default();
    let other = "anthropic.claude-sonnet-4-5-20250929-v1:0";
    call(&mut memory, (other, 0.0), &trace[0].1);
    call(&mut memory, (other, 20.0), &trace[1].1);
    let tokens = |plan: &CachePlan| plan.points.last().map(|point| point.tokens);
    let mut both = memory.clone();
    let here = call(&mut memory, (OPUS, 40.0), &trace[2].1);
    assert_eq!(tokens(&here), tokens(&estimated));
    let there = call(&mut both, (other, 40.0), &trace[2].1);
    assert_ne!(tokens(&there), tokens(&estimated));
}
