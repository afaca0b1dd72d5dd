//! Points stand only where the service takes them, for any conversation.

use outcrop_converse::{CacheMemory, CacheTtlChoice, Conversation, PointReason, Remembered};
use proptest::prelude::*;

use super::service::{Counted, Service, take};
use super::strategies::{MODELS, at, prepared, request, rules, usage};
use super::traces::prose;

/// One block of a user's message.
fn any_user_block() -> impl Strategy<Value = String> {
    prop_oneof![
        4 => (0_usize..50, 1_usize..400).prop_map(|(seed, words)| format!(r#"{{"text":"{}"}}"#, prose(seed, words))),
        1 => Just(r#"{"document":{"format":"txt","name":"a","source":{"text":"abc"}}}"#.to_owned()),
        1 => Just(r#"{"document":{"format":"pdf","name":"b","source":{"bytes":"AAAA"}}}"#.to_owned()),
        1 => Just(r#"{"image":{"format":"png","source":{"bytes":"AAAA"}}}"#.to_owned()),
        1 => Just(r#"{"video":{"format":"mp4","source":{"bytes":"AAAA"}}}"#.to_owned()),
        1 => Just(r#"{"somethingNew":{"x":1}}"#.to_owned()),
    ]
}

fn any_assistant_block() -> impl Strategy<Value = String> {
    prop_oneof![
        2 => (0_usize..50, 1_usize..200).prop_map(|(seed, words)| format!(r#"{{"text":"{}"}}"#, prose(seed, words))),
        1 => Just(r#"{"reasoningContent":{"reasoningText":{"text":"Hm.","signature":"s"}}}"#.to_owned()),
    ]
}

/// A turn of the user and the answer, as JSON.
fn any_exchange() -> impl Strategy<Value = (String, String)> {
    let user = proptest::collection::vec(any_user_block(), 0..5);
    let assistant = proptest::collection::vec(any_assistant_block(), 1..4);
    (user, any::<bool>(), assistant).prop_map(|(mut user, text_last, assistant)| {
        let place = if text_last { user.len() } else { 0 };
        user.insert(place, r#"{"text":"Go on."}"#.to_owned());
        // An answer without anything but reasoning may be dropped whole, and then two turns of the
        // user are one.
        let assistant = assistant
            .into_iter()
            .chain([r#"{"text":"So."}"#.to_owned()]);
        let assistant: Vec<_> = assistant.collect();
        (
            format!(r#"{{"role":"user","content":[{}]}}"#, user.join(",")),
            format!(
                r#"{{"role":"assistant","content":[{}]}}"#,
                assistant.join(",")
            ),
        )
    })
}

/// A conversation as it grows: one state a call.
fn any_growth() -> impl Strategy<Value = Vec<Conversation>> {
    let system = proptest::collection::vec(0_usize..1500, 0..3);
    let exchanges = proptest::collection::vec(any_exchange(), 1..7);
    (system, 0_usize..6, exchanges).prop_map(|(system, tools, exchanges)| {
        let mut messages = Vec::new();
        let mut states = Vec::new();
        for (user, assistant) in exchanges {
            messages.push(user);
            let json = format!("[{}]", messages.join(","));
            let mut state: Conversation = serde_json::from_str(&json).expect("a conversation");
            for (seed, words) in system.iter().enumerate() {
                state = state.with_system(prose(seed, *words));
            }
            if tools > 0 {
                state = state.with_tools(super::traces::tools(tools));
            }
            states.push(state);
            messages.push(assistant);
        }
        states
    })
}

fn any_ttl() -> impl Strategy<Value = Option<CacheTtlChoice>> {
    use CacheTtlChoice::{Auto, FiveMinutes, OneHour};
    proptest::sample::select(vec![None, Some(FiveMinutes), Some(OneHour), Some(Auto)])
}

fn any_model() -> impl Strategy<Value = &'static str> {
    proptest::sample::select(MODELS.to_vec())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    /// `take` panics where a point stands that the service refuses.
    #[test]
    fn every_point_is_legal(states in any_growth(), model in any_model(), ttl in any_ttl()) {
        for state in &states {
            let prepared = request(model, state, ttl).expect("a request");
            let taken = take(prepared.body.as_bytes(), &rules(model));
            prop_assert_eq!(taken.points.len(), prepared.cache.points.len());
            let again = request(model, state, ttl).expect("a request");
            prop_assert_eq!(prepared, again);
        }
    }

    /// Also where a conversation ends with the beginning of the answer.
    #[test]
    fn no_point_stands_in_the_beginning_of_an_answer(states in any_growth(), model in any_model()) {
        for state in states {
            let mut open = state;
            open.messages.push(outcrop_converse::Message::assistant("The"));
            let prepared = request(model, &open, None).expect("a request");
            take(prepared.body.as_bytes(), &rules(model));
        }
    }

    /// What a call has written, the next one has a point at, or not far behind it. Beyond the
    /// maximum of a model nothing is written, and the points stand where the maximum may be.
    #[test]
    fn the_last_point_is_found_by_the_next_call(states in any_growth(), model in any_model()) {
        let mut before: Option<u64> = None;
        for state in &states {
            let prepared = request(model, state, None).expect("a request");
            let taken = take(prepared.body.as_bytes(), &rules(model));
            let ends: Vec<_> = taken.points.iter().map(|&(at, _)| at).collect();
            let mut planned = prepared.cache.points.iter();
            let is_above = planned.any(|point| point.why == PointReason::AboveMaximum);
            if let Some(before) = before.filter(|_| !is_above) {
                let finds = |&at: &usize| taken.prefixes[at.saturating_sub(19)..=at].contains(&before);
                prop_assert!(ends.iter().any(finds));
            }
            before = ends.last().map(|&at| taken.prefixes[at]).or(before);
        }
    }

    /// A memory makes no point illegal, whatever gaps and changes it has seen.
    #[test]
    fn every_point_is_legal_with_a_memory(
        growths in proptest::collection::vec((any_growth(), 1.0..4000.0_f64), 1..3),
        model in any_model(),
        ttl in any_ttl(),
    ) {
        let (mut memory, mut service) = (CacheMemory::default(), Service::new(rules(model)));
        let mut now = 0.0;
        for (states, gap) in &growths {
            for state in states {
                now += gap;
                let remembered = memory.clone();
                let prepared = prepared_with(model, state, ttl, &remembered, now);
                let counted: Counted = service.call(prepared.body.as_bytes(), now);
                memory.observe(&prepared.cache, Some(&usage(&counted)), at(now));
            }
        }
    }
}

fn prepared_with(
    model: &str,
    state: &Conversation,
    ttl: Option<CacheTtlChoice>,
    memory: &CacheMemory,
    now: f64,
) -> outcrop_converse::Prepared {
    let remembered = Some(Remembered {
        memory,
        now: at(now),
    });
    prepared(model, state, ttl, remembered).expect("a request")
}
