//! Conversations as agents have them: what is sent, call by call, and when.

use outcrop_converse::{
    ContentBlock, Conversation, Members, Message, SystemBlock, Tool, ToolConfig, ToolResult,
    ToolSpec, ToolUse,
};
use serde_json::value::to_raw_value;

/// A call: its time in seconds, and the conversation.
pub(crate) type Trace = Vec<(f64, Conversation)>;

/// So many words of prose, always the same for the same seed.
pub(crate) fn prose(seed: usize, words: usize) -> String {
    const WORDS: [&str; 12] = [
        "bedrock", "of", "granite", "under", "the", "river", "turns", "slowly", "into", "sand",
        "and", "light",
    ];
    let word = |index: usize| WORDS[(seed * 7 + index * index + index / 5) % WORDS.len()];
    let mut text = format!("[{seed}]");
    for index in 0..words {
        text.push(' ');
        text.push_str(word(index));
    }
    text
}

pub(crate) fn tools(count: usize) -> ToolConfig {
    let tool = |index: usize| {
        let schema = serde_json::json!({
            "type": "object",
            "properties": {"path": {"type": "string", "description": prose(index, 30)}},
        });
        let schema = to_raw_value(&schema).expect("JSON");
        Tool::Spec(ToolSpec::new(
            format!("tool_{index}"),
            prose(index, 40),
            schema,
        ))
    };
    ToolConfig {
        tools: (0..count).map(tool).collect(),
        tool_choice: None,
        rest: Members::default(),
    }
}

fn start() -> Conversation {
    Conversation::new([])
        .with_system(prose(1, 900))
        .with_tools(tools(8))
}

/// Calls at even gaps, each adding what `add` says to the conversation so far.
fn grow(calls: usize, gap: f64, mut add: impl FnMut(usize, &mut Conversation)) -> Trace {
    let mut conversation = start();
    let mut trace = Vec::new();
    for call in 0..calls {
        add(call, &mut conversation);
        trace.push((call as f64 * gap, conversation.clone()));
    }
    trace
}

fn say(call: usize, conversation: &mut Conversation) {
    if call > 0 {
        let answer = Message::assistant(prose(call + 500, 120));
        conversation.messages.push(answer);
    }
    conversation.messages.push(Message::user(prose(call, 40)));
}

/// A person and a model in turns.
pub(crate) fn chat(calls: usize, gap: f64) -> Trace {
    grow(calls, gap, say)
}

/// An agent that calls so many tools in each turn.
pub(crate) fn tool_loop(calls: usize, parallel: usize, gap: f64) -> Trace {
    grow(calls, gap, move |call, conversation| {
        if call == 0 {
            return conversation.messages.push(Message::user(prose(0, 40)));
        }
        let id = |index: usize| format!("c{call}_{index}");
        let uses = (0..parallel).map(|index| {
            let input = serde_json::json!({"path": prose(call * 31 + index, 6)});
            ContentBlock::ToolUse(ToolUse {
                tool_use_id: id(index),
                name: "tool_0".to_owned(),
                input: to_raw_value(&input).expect("JSON"),
                rest: Members::default(),
            })
        });
        let mut answer = Message::assistant(prose(call + 900, 25));
        answer.content.extend(uses);
        let results =
            (0..parallel).map(|index| ToolResult::text(id(index), prose(call + index, 80)));
        conversation.messages.push(answer);
        conversation.messages.push(Message::tool_results(results));
    })
}

/// Tasks that take a few calls of tools each, with a pause before the next one.
pub(crate) fn tasks(tasks: usize, calls: usize, pause: f64) -> Trace {
    let mut trace = tool_loop(tasks * calls, 1, 5.0);
    for (call, (now, _)) in trace.iter_mut().enumerate() {
        *now += (call / calls) as f64 * pause;
    }
    trace
}

/// A chat about documents, a large one every few turns.
pub(crate) fn documents(calls: usize, gap: f64) -> Trace {
    grow(calls, gap, |call, conversation| {
        say(call, conversation);
        if call % 5 == 0 {
            let last = conversation.messages.last_mut().expect("a message");
            let bytes = prose(call, 3000).replace([' ', '[', ']'], "");
            let document = serde_json::json!({
                "format": "txt", "name": format!("d{call}"), "source": {"text": bytes},
            });
            let document = to_raw_value(&document).expect("JSON");
            let document = ContentBlock::Other("document".to_owned(), document);
            last.content.insert(0, document);
        }
    })
}

/// A chat whose system prompt ends with the time of each call.
pub(crate) fn dated(calls: usize, gap: f64) -> Trace {
    let mut trace = chat(calls, gap);
    for (now, conversation) in &mut trace {
        let date = format!("It is {now} seconds past midnight. {}", prose(3, 30));
        conversation.system.push(SystemBlock::Text(date));
    }
    trace
}

/// A chat whose system prompt begins with the time of each call.
pub(crate) fn dated_first(calls: usize, gap: f64) -> Trace {
    let mut trace = dated(calls, gap);
    for (_, conversation) in &mut trace {
        conversation.system.rotate_right(1);
    }
    trace
}

/// A chat whose system prompt gets a block more with every call.
pub(crate) fn growing_system(calls: usize, gap: f64) -> Trace {
    let mut trace = chat(calls, gap);
    for (call, (_, conversation)) in trace.iter_mut().enumerate() {
        let notes = (0..=call).map(|note| SystemBlock::Text(prose(note + 40, 60)));
        conversation.system.extend(notes);
    }
    trace
}

/// A chat whose last message has a reminder that is gone in the next call.
pub(crate) fn reminded(calls: usize, gap: f64) -> Trace {
    let mut trace = chat(calls, gap);
    for (call, (_, conversation)) in trace.iter_mut().enumerate() {
        let last = conversation.messages.last_mut().expect("a message");
        let reminder = ContentBlock::Text(format!("Remember: {}", prose(call + 70, 20)));
        last.content.push(reminder);
    }
    trace
}
