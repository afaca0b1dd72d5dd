//! Stream events, in the shapes of ConverseStream.

use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;

use crate::members::{object, union};
use crate::{Members, Metrics, Role, StopReason, Usage};

/// One event of a stream. As JSON it is what boto3 prints: `{"contentBlockDelta": {…}}`.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub enum Event {
    /// The answer begins.
    MessageStart(MessageStart),
    /// A block begins. Claude leaves this out for text and reasoning: their first delta opens the
    /// block.
    ContentBlockStart(ContentBlockStart),
    /// More of a block.
    ContentBlockDelta(ContentBlockDelta),
    /// A block is complete.
    ContentBlockStop(ContentBlockStop),
    /// The answer is complete.
    MessageStop(MessageStop),
    /// Usage and timings, before or after the stop.
    Metadata(Metadata),
}

impl Event {
    /// The text of a text delta; `None` for everything else, reasoning included.
    #[must_use]
    pub fn text(&self) -> Option<&str> {
        match self {
            Self::ContentBlockDelta(ContentBlockDelta {
                delta: Delta::Text(text),
                ..
            }) => Some(text),
            _ => None,
        }
    }
}

/// The answer begins.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct MessageStart {
    /// Who speaks: the assistant.
    pub role: Role,
}

/// A block begins.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ContentBlockStart {
    /// The place of the block in the message. Blocks may interleave.
    pub content_block_index: u32,
    /// What kind of block it is.
    pub start: BlockStart,
}

union! {
    /// What a block begins with.
    BlockStart, "the start of a block" {
        /// A tool call.
        "toolUse" => ToolUse(ToolUseStart),
    }
}

/// A tool call begins.
#[derive(Clone, Debug, PartialEq)]
pub struct ToolUseStart {
    /// The name of the call.
    pub tool_use_id: String,
    /// The tool.
    pub name: String,
    /// Members that are not modelled here.
    pub rest: Members,
}

object! {
    ToolUseStart {
        tool_use_id: required "toolUseId",
        name: required "name",
    }
}

/// More of a block.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ContentBlockDelta {
    /// The place of the block in the message.
    pub content_block_index: u32,
    /// What is added.
    pub delta: Delta,
}

union! {
    /// What is added to a block.
    Delta, "a delta" {
        /// Text.
        "text" => Text(String),
        /// A piece of the arguments of a tool call.
        "toolUse" => ToolUse(ToolUseDelta),
        /// Reasoning.
        "reasoningContent" => Reasoning(ReasoningDelta),
        /// Where the text of the block is taken from: `title`, `source`, `sourceContent`,
        /// `location`.
        "citation" => Citation(Members),
    }
}

/// A piece of the arguments of a tool call; only the whole is JSON.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ToolUseDelta {
    /// The piece.
    pub input: String,
}

union! {
    /// A piece of reasoning.
    ReasoningDelta, "a reasoning delta" {
        /// Text.
        "text" => Text(String),
        /// The signature, whole.
        "signature" => Signature(String),
        /// Encrypted reasoning, in base64.
        "redactedContent" => Redacted(String),
    }
}

/// A block is complete.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ContentBlockStop {
    /// The place of the block in the message.
    pub content_block_index: u32,
}

/// The answer is complete.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct MessageStop {
    /// Why the model stopped.
    pub stop_reason: StopReason,
    /// Members of the model's own response that were asked for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub additional_model_response_fields: Option<Box<RawValue>>,
}

/// Usage and timings.
#[derive(Clone, Debug, PartialEq)]
pub struct Metadata {
    /// Tokens read and written. What cannot be read stands in `rest` as it came.
    pub usage: Option<Usage>,
    /// Timings; the same holds for them.
    pub metrics: Option<Metrics>,
    /// Members that are not modelled here, without the padding `p` that every payload carries.
    pub rest: Members,
}

object! {
    Metadata {
        usage: lenient "usage",
        metrics: lenient "metrics",
    }
}

impl Metadata {
    pub(crate) fn without_padding(mut self) -> Self {
        self.rest.remove("p");
        self
    }
}
