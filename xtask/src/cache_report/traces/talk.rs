//! A conversation that grows, out of which traces are made.

use outcrop_converse::attachment::Document;
use outcrop_converse::{
    ContentBlock, Conversation, Members, Message, Role, ToolResult, ToolSpec, ToolUse,
};
use serde_json::json;
use serde_json::value::{RawValue, to_raw_value};

use super::Call;
use crate::cache_report::words::Words;

pub(super) const MINUTE: u64 = 60;
/// Between two turns of a person, in seconds.
pub(super) const SOON: u64 = 45;
/// Between the results of tools and the next call.
pub(super) const AT_ONCE: u64 = 8;

/// A conversation that grows.
pub(super) struct Talk {
    pub(super) words: Words,
    pub(super) conversation: Conversation,
    now: u64,
    pub(super) calls: Vec<Call>,
}

impl Talk {
    /// Eight tools and a system prompt, about five thousand tokens together.
    pub(super) fn new(seed: u64) -> Self {
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

    pub(super) fn say(&mut self, role: Role, count: usize) {
        let content = vec![ContentBlock::Text(self.words.text(count))];
        self.conversation.messages.push(Message { role, content });
    }

    /// The user says something; before that, unless it is the first time, the model has answered.
    pub(super) fn turn(&mut self) {
        if !self.conversation.messages.is_empty() {
            self.say(Role::Assistant, 160);
        }
        self.say(Role::User, 50);
    }

    /// The model calls tools, and they answer.
    pub(super) fn tools(&mut self, parallel: usize) {
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

    /// Adds a document to the last message.
    pub(super) fn attach(&mut self, document: Document) {
        if let Some(last) = self.conversation.messages.pop() {
            self.conversation.messages.push(last.with(document));
        }
    }

    /// Sends what there is, so many seconds after the last call.
    pub(super) fn send(&mut self, after: u64) -> &mut Call {
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
