//! The traces: what an agent sends, call by call, and when.

use outcrop_converse::attachment::{Document, DocumentFormat};
use outcrop_converse::{
    ContentBlock, Conversation, Members, Message, Role, SystemBlock, Tool, ToolChoice, ToolConfig,
    ToolResult, ToolSpec, ToolUse,
};
use outcrop_policy::ThinkingBudget;
use serde_json::json;
use serde_json::value::{RawValue, to_raw_value};

use super::words::Words;

/// One conversation, as its calls were sent.
pub(crate) struct Trace {
    pub(crate) name: &'static str,
    pub(crate) kind: Kind,
    /// How many calls teach a memory what is to be expected.
    pub(crate) taught: usize,
    pub(crate) calls: Vec<Call>,
}

/// What a trace is about.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Kind {
    /// Each call comes soon after the one before, and only adds to it.
    Steady,
    /// There are pauses in it.
    Pausing,
    /// Something that stands early in the prompt changes.
    Changing,
}

/// One call.
pub(crate) struct Call {
    /// Seconds since the first one.
    pub(crate) at: u64,
    pub(crate) conversation: Conversation,
    pub(crate) thinking: Option<ThinkingBudget>,
}

/// Every trace.
///
/// # Errors
///
/// When a recorded one cannot be read.
pub(crate) fn all() -> Result<Vec<Trace>, String> {
    use Kind::{Changing, Pausing, Steady};
    let generated = [
        ("short chat, 5 turns", Steady, chat(5, SOON)),
        ("long chat, 44 turns", Steady, chat(44, SOON)),
        ("tool loop, one call a turn", Steady, tool_loop(32, 1)),
        ("tool loop, 10 parallel calls", Steady, tool_loop(14, 10)),
        ("tool loop, 25 parallel calls", Steady, tool_loop(10, 25)),
        ("PDF in the first turn", Steady, documents(0, None)),
        ("PDF and text midway", Steady, documents(3, Some(6))),
        ("chat, 4 minutes apart", Pausing, chat(20, 4 * MINUTE)),
        ("chat, 6 minutes apart", Pausing, chat(20, 6 * MINUTE)),
        ("chat, 50 minutes apart", Pausing, chat(20, 50 * MINUTE)),
        ("tools, then 4 minutes", Pausing, tasks(4 * MINUTE)),
        ("tools, then 6 minutes", Pausing, tasks(6 * MINUTE)),
        ("tools, then 50 minutes", Pausing, tasks(50 * MINUTE)),
        ("time in the system prompt", Changing, dated()),
        ("growing system prompt", Changing, growing_system()),
        ("tools in another order", Changing, reordered_tools()),
        ("thinking, tool choice change", Changing, settings()),
    ];
    let generated = generated.map(|(name, kind, calls)| Trace {
        name,
        kind,
        // The third call is the second that comes after a pause, or with another prompt; in a trace
        // of tasks the first pause comes after the first task.
        taught: match calls.get(1) {
            Some(second) if second.at == AT_ONCE && kind == Pausing => CALLS_OF_A_TASK + 1,
            _ => 3,
        },
        calls,
    });
    let recorded = [
        (
            "coding agent, written down",
            include_str!("../../traces/coding_agent.json"),
        ),
        (
            "support chat, written down",
            include_str!("../../traces/support_chat.json"),
        ),
    ];
    let mut traces = Vec::from(generated);
    for (name, json) in recorded {
        let calls = recording(json).map_err(|error| format!("{name}: {error}"))?;
        traces.push(Trace {
            name,
            kind: Steady,
            taught: 3,
            calls,
        });
    }
    Ok(traces)
}

const MINUTE: u64 = 60;
/// Between two turns of a person, in seconds.
const SOON: u64 = 45;
const CALLS_OF_A_TASK: usize = 6;
/// Between the results of tools and the next call.
const AT_ONCE: u64 = 8;

/// A conversation that grows.
struct Talk {
    words: Words,
    conversation: Conversation,
    now: u64,
    calls: Vec<Call>,
}

impl Talk {
    /// Eight tools and a system prompt, about five thousand tokens together.
    fn new(seed: u64) -> Self {
        let mut words = Words::new(seed);
        let tools: [ToolSpec; 8] = std::array::from_fn(|index| tool(index, &mut words));
        let system = words.text(2200);
        Self {
            words,
            conversation: Conversation::new([]).with_system(system).with_tools(tools),
            now: 0,
            calls: Vec::new(),
        }
    }

    fn say(&mut self, role: Role, count: usize) {
        let content = vec![ContentBlock::Text(self.words.text(count))];
        self.conversation.messages.push(Message { role, content });
    }

    /// The user says something; before that, unless it is the first time, the model has answered.
    fn turn(&mut self) {
        if !self.conversation.messages.is_empty() {
            self.say(Role::Assistant, 160);
        }
        self.say(Role::User, 50);
    }

    /// The model calls tools, and they answer.
    fn tools(&mut self, parallel: usize) {
        let call = self.calls.len();
        let id = |index: usize| format!("call_{call}_{index}");
        let mut answer = Message::assistant(self.words.text(20));
        for index in 0..parallel {
            let input = json!({ "path": self.words.text(3), "limit": index });
            answer.content.push(ContentBlock::ToolUse(ToolUse {
                tool_use_id: id(index),
                name: format!("tool_{}", index % 8),
                input: raw(&input),
                rest: Members::default(),
            }));
        }
        let results = (0..parallel).map(|index| ToolResult::text(id(index), self.words.text(180)));
        let results = Message::tool_results(results);
        self.conversation.messages.extend([answer, results]);
    }

    /// Sends what there is, so many seconds after the last call.
    fn send(&mut self, after: u64) -> &mut Call {
        if !self.calls.is_empty() {
            self.now += after;
        }
        self.calls.push(Call {
            at: self.now,
            conversation: self.conversation.clone(),
            thinking: None,
        });
        let last = self.calls.len() - 1;
        &mut self.calls[last]
    }
}

fn tool(index: usize, words: &mut Words) -> ToolSpec {
    let schema = json!({
        "type": "object",
        "properties": {
            "path": { "type": "string", "description": words.text(25) },
            "limit": { "type": "integer", "description": words.text(15) },
        },
        "required": ["path"],
    });
    ToolSpec::new(format!("tool_{index}"), words.text(50), raw(&schema))
}

/// The text of some JSON.
fn raw(value: &serde_json::Value) -> Box<RawValue> {
    // A `Value` can always be written.
    to_raw_value(value).unwrap_or_default()
}

/// A person and a model, in turns.
fn chat(turns: usize, gap: u64) -> Vec<Call> {
    let mut talk = Talk::new(1);
    for _ in 0..turns {
        talk.turn();
        talk.send(gap);
    }
    talk.calls
}

/// One task, and so many calls of the model, each with the results of the last one's tools.
fn tool_loop(calls: usize, parallel: usize) -> Vec<Call> {
    let mut talk = Talk::new(2);
    talk.turn();
    talk.send(0);
    for _ in 1..calls {
        talk.tools(parallel);
        talk.send(AT_ONCE);
    }
    talk.calls
}

/// A chat about a PDF, and about a text a few turns later.
fn documents(pdf: usize, text: Option<usize>) -> Vec<Call> {
    let mut talk = Talk::new(3);
    for turn in 0..12 {
        talk.turn();
        if turn == pdf {
            let mut bytes = b"%PDF-1.7\n".to_vec();
            bytes.extend(talk.words.bytes(160_000));
            talk.attach(Document::new("report", DocumentFormat::Pdf, bytes));
        }
        if Some(turn) == text {
            let notes = talk.words.text(9000);
            talk.attach(Document::new("notes", DocumentFormat::Txt, notes));
        }
        talk.send(SOON);
    }
    talk.calls
}

impl Talk {
    /// Adds a document to the last message.
    fn attach(&mut self, document: Document) {
        if let Some(last) = self.conversation.messages.pop() {
            self.conversation.messages.push(last.with(document));
        }
    }
}

/// Tasks of a person at even distances, each of which takes a few calls.
fn tasks(gap: u64) -> Vec<Call> {
    let mut talk = Talk::new(4);
    for _ in 0..6 {
        talk.turn();
        talk.send(gap);
        for _ in 1..CALLS_OF_A_TASK {
            talk.tools(1);
            talk.send(AT_ONCE);
        }
    }
    talk.calls
}

/// A chat whose system prompt says what time it is.
fn dated() -> Vec<Call> {
    let mut calls = chat(20, SOON);
    for call in &mut calls {
        let (hours, minutes, seconds) = (call.at / 3600, call.at / 60 % 60, call.at % 60);
        let time = format!("It is {:02}:{minutes:02}:{seconds:02}.", 9 + hours);
        call.conversation.system.insert(0, SystemBlock::Text(time));
    }
    calls
}

/// A chat with something more to remember in each turn.
fn growing_system() -> Vec<Call> {
    let mut words = Words::new(5);
    let mut calls = chat(20, SOON);
    let notes: Vec<_> = calls.iter().map(|_| words.text(30)).collect();
    for (turn, call) in calls.iter_mut().enumerate() {
        let notes = notes[..turn].iter().cloned().map(SystemBlock::Text);
        call.conversation.system.extend(notes);
    }
    calls
}

/// A chat whose tools come out of a map without order.
fn reordered_tools() -> Vec<Call> {
    let mut words = Words::new(6);
    let mut calls = chat(20, SOON);
    for call in &mut calls {
        let Some(ToolConfig { tools, .. }) = &mut call.conversation.tools else {
            continue;
        };
        for last in (1..tools.len()).rev() {
            tools.swap(last, words.number() as usize % (last + 1));
        }
    }
    calls
}

/// A chat in which thinking is turned on for two stretches and a tool call is forced once.
fn settings() -> Vec<Call> {
    let mut calls = chat(20, SOON);
    for (turn, call) in calls.iter_mut().enumerate() {
        if (8..12).contains(&turn) || (17..20).contains(&turn) {
            call.thinking = Some(ThinkingBudget::tokens(2048));
        }
        if let (14, Some(tools)) = (turn, &mut call.conversation.tools) {
            tools.tool_choice = Some(ToolChoice::Any(Members::default()));
        }
    }
    calls
}

/// The calls of a recorded conversation: one for each message of the user.
fn recording(json: &str) -> Result<Vec<Call>, serde_json::Error> {
    let whole: Conversation = serde_json::from_str(json)?;
    let mut now = 0;
    let mut calls = Vec::new();
    for (index, message) in whole.messages.iter().enumerate() {
        if message.role != Role::User {
            continue;
        }
        let has_results = |block: &ContentBlock| matches!(block, ContentBlock::ToolResult(_));
        if !calls.is_empty() {
            now += match message.content.iter().any(has_results) {
                true => AT_ONCE,
                false => SOON,
            };
        }
        let mut conversation = whole.clone();
        conversation.messages.truncate(index + 1);
        calls.push(Call {
            at: now,
            conversation,
            thinking: None,
        });
    }
    Ok(calls)
}

/// The tools of a conversation, cache points aside.
pub(crate) fn tool_list(conversation: &mut Conversation) -> Option<&mut Vec<Tool>> {
    conversation.tools.as_mut().map(|config| &mut config.tools)
}
