//! Conversations that go back and forth: between models, tool sets, system prompts, tool choices.

use outcrop_converse::{Conversation, SystemBlock};

use super::strategies::{OPUS, REMEMBERING, STATELESS, Strategy, rules, run_in_turns};
use super::traces::{Trace, chat, prose, tool_loop, tools};

const SONNET: &str = "anthropic.claude-sonnet-4-5-20250929-v1:0";

/// Changes each call of a trace by what it is modulo `period`.
fn each(mut trace: Trace, period: usize, change: impl Fn(usize, &mut Conversation)) -> Trace {
    for (call, (_, conversation)) in trace.iter_mut().enumerate() {
        change(call % period, conversation);
    }
    trace
}

fn choose(turn: usize, conversation: &mut Conversation) {
    let choice = ["{\"any\":{}}", "{\"auto\":{}}", "{\"auto\":{}}"][turn];
    let choice = serde_json::from_str(choice).expect("a choice");
    conversation.tools.as_mut().expect("tools").tool_choice = Some(choice);
}

fn traces() -> Vec<(&'static str, Vec<&'static str>, Trace)> {
    let system = |turn: usize, it: &mut Conversation| {
        it.system.push(SystemBlock::Text(prose(60 + turn, 20)));
    };
    let tool_set = |turn: usize, it: &mut Conversation| it.tools = Some(tools(8 - turn));
    vec![
        ("models", vec![OPUS, SONNET], chat(20, 30.0)),
        ("two of three", vec![OPUS, OPUS, SONNET], chat(20, 30.0)),
        (
            "system endings",
            vec![OPUS],
            each(chat(20, 30.0), 2, system),
        ),
        ("tool sets", vec![OPUS], each(chat(20, 30.0), 2, tool_set)),
        (
            "any, auto",
            vec![OPUS],
            each(tool_loop(20, 1, 5.0), 2, choose),
        ),
        (
            "any, auto, auto",
            vec![OPUS],
            each(tool_loop(21, 1, 5.0), 3, choose),
        ),
    ]
}

#[test]
fn who_goes_back_and_forth_pays_no_more_for_a_memory() {
    for (name, models, trace) in traces() {
        let cost = |strategy| run_in_turns(&models, &trace, strategy).cost(&rules(OPUS), 0);
        let ours = cost(REMEMBERING);
        let (stateless, fixed) = (cost(STATELESS), cost(Strategy::Fixed));
        assert!(ours <= stateless * 1.02, "{name}: {ours} over {stateless}");
        assert!(ours <= fixed, "{name}: {ours} over {fixed}");
    }
}

/// What was left two calls ago is found, and what another model left was not lost.
#[test]
fn switching_back_is_no_miss() {
    for (name, models, trace) in traces() {
        let misses = run_in_turns(&models, &trace, REMEMBERING).misses;
        assert!(misses.len() <= 1, "{name}: {misses:#?}");
        let cause = misses.first().is_none_or(|miss| !miss.contains("let go"));
        assert!(cause, "{name}: {misses:#?}");
    }
}
