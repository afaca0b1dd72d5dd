//! A last message that does not come again as it was: edited, retried, or with context that the
//! history leaves out.

use outcrop_converse::{ContentBlock, Conversation};

use super::strategies::{MODELS, REMEMBERING, STATELESS, Strategy, rules, run};
use super::traces::{Trace, chat, prose};

/// Changes the last message of each call, and of no history.
fn with_last(mut trace: Trace, change: impl Fn(usize, &mut Vec<ContentBlock>)) -> Trace {
    for (call, (_, conversation)) in trace.iter_mut().enumerate() {
        let last = conversation.messages.last_mut().expect("a message");
        change(call, &mut last.content);
    }
    trace
}

fn context(words: usize) -> Trace {
    with_last(chat(20, 30.0), |call, content| {
        content.insert(0, ContentBlock::Text(prose(2000 + call, words)));
    })
}

/// Each turn is sent twice, with another text the first time.
fn edited() -> Trace {
    let twice = |(now, conversation): (f64, Conversation)| {
        let draft = vec![ContentBlock::Text(prose(4000 + now as usize, 40))];
        let mut first = conversation.clone();
        first.messages.last_mut().expect("a message").content = draft;
        [(now, first), (now + 10.0, conversation)]
    };
    chat(12, 30.0).into_iter().flat_map(twice).collect()
}

/// One history, and a dozen questions about it.
fn questions() -> Trace {
    let (_, conversation) = chat(8, 0.0).pop().expect("a call");
    let calls = (0..12).map(|call| (call as f64 * 20.0, conversation.clone()));
    with_last(calls.collect(), |call, content| {
        *content = vec![ContentBlock::Text(prose(3000 + call, 40))];
    })
}

#[test]
fn who_writes_the_last_message_anew_pays_no_more_than_with_fixed_points() {
    let traces = [
        ("a little context", context(40)),
        ("context", context(250)),
        ("much context", context(1500)),
        ("edited", edited()),
        ("questions", questions()),
    ];
    for model in &MODELS[..2] {
        for (name, trace) in &traces {
            let cost = |strategy| run(model, trace, strategy).cost(&rules(model), 0);
            let fixed = cost(Strategy::Fixed);
            for ours in [STATELESS, REMEMBERING] {
                let ratio = cost(ours) / fixed;
                assert!(ratio <= 1.005, "{model} {name} {ours:?}: {ratio}");
            }
        }
    }
}
