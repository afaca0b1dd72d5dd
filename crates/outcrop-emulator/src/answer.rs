//! What the emulator says, before it is written as one reply or as a stream.
//!
//! [`compose`] finds the emulator's own words; [`of`] makes an answer of any, such as those of a
//! script.

mod account;
mod ending;
pub(crate) mod signature;
mod tool;
mod unary;

use serde_json::Value;

use crate::cache;
use crate::converse::Call;
use crate::models::Knob;
use crate::request::text;
use crate::thinking::Thinking;
pub(crate) use tool::identifier;
pub(crate) use unary::{body, usage};

/// How many characters are counted as one token.
const CHARACTERS_PER_TOKEN: usize = 4;

/// A complete answer.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Answer {
    pub(crate) blocks: Vec<Block>,
    pub(crate) stop: Stop,
    pub(crate) usage: Usage,
    /// How long the answer is said to have taken. Not measured, so that equal requests have equal
    /// answers.
    pub(crate) latency_ms: u64,
    /// What `additionalModelResponseFieldPaths` asked for and the answer has.
    pub(crate) additional: Option<Value>,
}

/// One block of an answer.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Block {
    /// Thinking; its text is empty when it is omitted, and only Claude signs it.
    Reasoning {
        text: String,
        signature: Option<String>,
    },
    /// Thinking that arrives encrypted, as base64.
    Redacted(String),
    Text(String),
    ToolUse {
        id: String,
        name: String,
        input: Value,
    },
}

/// Why an answer ends.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Stop {
    EndTurn,
    ToolUse,
    MaxTokens,
    /// The sequence that ended it, which is not part of the answer.
    Sequence(String),
    /// As a script says: a `stopReason`.
    Said(&'static str),
}

impl Stop {
    /// The `stopReason` (botocore service model).
    pub(crate) fn reason(&self) -> &'static str {
        match self {
            Self::EndTurn => "end_turn",
            Self::ToolUse => "tool_use",
            Self::MaxTokens => "max_tokens",
            Self::Sequence(_) => "stop_sequence",
            Self::Said(reason) => reason,
        }
    }
}

/// Tokens, estimated from lengths.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Usage {
    pub(crate) input: cache::Usage,
    pub(crate) output: u64,
}

/// The answer to a call whose input comes to so much. Equal calls get equal answers.
pub(crate) fn compose(call: &Call<'_>, input: cache::Usage) -> Answer {
    let mut blocks: Vec<Block> = reasoning(call).into_iter().collect();
    let stop = match tool::forced(call) {
        Some(tool_use) => {
            blocks.push(tool_use);
            Stop::ToolUse
        }
        None => {
            blocks.push(Block::Text(account::text(call)));
            ending::apply(&mut blocks, &call.request)
        }
    };
    of(call, input, blocks, stop)
}

/// An answer of these blocks.
pub(crate) fn of(call: &Call<'_>, input: cache::Usage, blocks: Vec<Block>, stop: Stop) -> Answer {
    let output = blocks.iter().map(Block::tokens).sum();
    Answer {
        usage: Usage { input, output },
        latency_ms: 200 + 10 * output,
        additional: unary::additional_fields(&call.request, &stop),
        stop,
        blocks,
    }
}

impl Block {
    /// The member of a content block that it is written under.
    fn kind(&self) -> &'static str {
        match self {
            Self::Reasoning { .. } | Self::Redacted(_) => "reasoningContent",
            Self::Text(_) => "text",
            Self::ToolUse { .. } => "toolUse",
        }
    }

    fn tokens(&self) -> u64 {
        let characters = match self {
            Self::Reasoning { text, .. } | Self::Redacted(text) | Self::Text(text) => {
                text.chars().count()
            }
            Self::ToolUse { name, input, .. } => name.len() + input.to_string().len(),
        };
        characters.div_ceil(CHARACTERS_PER_TOKEN) as u64
    }
}

/// The block that stands where a model's thinking would.
fn reasoning(call: &Call<'_>) -> Option<Block> {
    let unasked = "It thinks unless it is told not to.".to_owned();
    let allowance = match &call.thinking {
        Thinking::Off => return None,
        Thinking::BetweenTools if !call.follows_tool_results() => return None,
        Thinking::Budget(tokens) => format!(
            "The request allows up to {} tokens for it.",
            account::grouped(*tokens)
        ),
        Thinking::Adaptive => "The request leaves the amount to the model.".to_owned(),
        Thinking::BetweenTools => "The request allows it between tool calls.".to_owned(),
        Thinking::Unasked => unasked,
        Thinking::Asked(text) => format!("The request asks for it with \"{text}\"."),
    };
    let shown = format!(
        "This is where the model would think before it answers. {allowance} The stand-in has \
         nothing to think about, so it goes straight on."
    );
    if let Some(other) = call.target.model().and_then(|model| model.other()) {
        // Nova 2 hides its reasoning behind this word, and bills it (Amazon Nova 2 guide).
        let hidden = other.knob == Knob::ReasoningConfig;
        let text = if hidden {
            "[REDACTED]".to_owned()
        } else {
            shown
        };
        return Some(Block::Reasoning {
            text,
            signature: None,
        });
    }
    Some(thinking(call, shown, &[]))
}

/// A block of thinking with this text after those blocks, as the model sends it: Claude signs it and
/// may leave the text out, others do neither.
pub(crate) fn thinking(call: &Call<'_>, text: String, before: &[Block]) -> Block {
    if call.target.model().is_some_and(|it| it.other().is_some()) {
        let signature = None;
        return Block::Reasoning { text, signature };
    }
    let text = if omits_thinking(call) {
        String::new()
    } else {
        text
    };
    let kinds = before.iter().map(Block::kind);
    let signature = Some(signature::of(&text, kinds));
    Block::Reasoning { text, signature }
}

fn omits_thinking(call: &Call<'_>) -> bool {
    let display = call
        .request
        .field("thinking")
        .map_or("", |thinking| text(thinking.get("display")));
    let by_default = call
        .target
        .model()
        .and_then(|model| model.claude())
        .is_some_and(|claude| claude.omits_thinking);
    display == "omitted" || (display.is_empty() && by_default)
}
