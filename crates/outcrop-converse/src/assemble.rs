//! Putting the events of a stream back together into the message they came from.

use std::collections::BTreeMap;

use serde_json::value::RawValue;

use crate::attachment::joined_base64;
use crate::{
    BlockStart, CitationsContent, CitedText, ContentBlock, Delta, Event, Members, Message, Metrics,
    Output, ReasoningContent, ReasoningDelta, ReasoningText, Response, Role, StopReason, ToolUse,
    ToolUseStart, Usage,
};

/// Collects the events of one stream into a [`Response`].
///
/// Blocks are told apart by their index, never by their order of arrival.
#[derive(Debug, Default)]
pub struct Assembler {
    /// What each index adds up to: one block, or several where its deltas are of several kinds or
    /// it is started again.
    blocks: BTreeMap<u32, Vec<Block>>,
    stop_reason: Option<StopReason>,
    additional_model_response_fields: Option<Box<RawValue>>,
    usage: Option<Usage>,
    metrics: Option<Metrics>,
    rest: Members,
}

/// A block that is being written.
#[derive(Debug)]
enum Block {
    Text {
        text: String,
        citations: Vec<Members>,
    },
    Reasoning {
        text: String,
        signature: Option<String>,
    },
    /// Pieces of base64, each encoded by itself.
    Redacted(Vec<String>),
    ToolUse {
        start: ToolUseStart,
        input: String,
    },
    /// A block of a kind that is not known: what its start and its deltas add up to.
    Other(String, Box<RawValue>),
}

impl Assembler {
    /// Takes the next event.
    pub fn push(&mut self, event: &Event) {
        match event {
            Event::ContentBlockStart(start) => {
                let block = Block::begin(&start.start);
                let blocks = self.blocks.entry(start.content_block_index).or_default();
                blocks.push(block);
            }
            Event::ContentBlockDelta(delta) => {
                let blocks = self.blocks.entry(delta.content_block_index).or_default();
                let fits = blocks
                    .last_mut()
                    .is_some_and(|block| block.extend(&delta.delta));
                if !fits {
                    blocks.extend(Block::open(&delta.delta, blocks.is_empty()));
                }
            }
            Event::MessageStop(stop) => {
                self.stop_reason = Some(stop.stop_reason.clone());
                self.additional_model_response_fields
                    .clone_from(&stop.additional_model_response_fields);
            }
            Event::Metadata(metadata) => {
                self.usage.clone_from(&metadata.usage);
                self.metrics.clone_from(&metadata.metrics);
                self.rest.clone_from(&metadata.rest);
            }
            Event::MessageStart(_) | Event::ContentBlockStop(_) => {}
        }
    }

    /// Whether anything of the answer has come.
    #[must_use]
    pub fn has_content(&self) -> bool {
        self.blocks.values().any(|blocks| !blocks.is_empty())
    }

    /// The message as far as it came.
    #[must_use]
    pub fn into_message(self) -> Message {
        let blocks = self.blocks.into_values().flatten();
        let content = blocks.map(Block::close).collect();
        Message {
            role: Role::Assistant,
            content,
        }
    }

    /// The response, or the message as far as it came when no stop did.
    ///
    /// # Errors
    /// The partial message, when the stream did not say that it is complete.
    pub fn into_response(mut self) -> Result<Response, Message> {
        let Some(stop_reason) = self.stop_reason.take() else {
            return Err(self.into_message());
        };
        let additional_model_response_fields = self.additional_model_response_fields.take();
        let (usage, metrics) = (self.usage.take(), self.metrics.take());
        let rest = std::mem::take(&mut self.rest);
        let output = Output {
            message: self.into_message(),
        };
        Ok(Response {
            output,
            stop_reason,
            usage,
            metrics,
            additional_model_response_fields,
            rest,
        })
    }
}

impl Block {
    /// The block that a start begins. Redacted reasoning is seen to come whole in a start (LiteLLM
    /// reads it there), so one that says what a delta can say is read as a first delta.
    fn begin(start: &BlockStart) -> Self {
        let (name, value) = match start {
            BlockStart::ToolUse(start) => {
                return Self::ToolUse {
                    start: start.clone(),
                    input: String::new(),
                };
            }
            BlockStart::Other(name, value) => (name, value),
        };
        let delta = match name.as_str() {
            "text" => serde_json::from_str(value.get()).map(Delta::Text).ok(),
            "reasoningContent" => serde_json::from_str(value.get()).map(Delta::Reasoning).ok(),
            _ => None,
        };
        let opened = delta.as_ref().and_then(|delta| Self::open(delta, true));
        opened.unwrap_or_else(|| Self::Other(name.clone(), value.clone()))
    }

    /// The block that a delta opens: the first of its index, or one of another kind than the block
    /// before it. Deltas of a tool call need a start before them; citations, and what is not known,
    /// are a block of their own only where they come first.
    fn open(delta: &Delta, is_first: bool) -> Option<Self> {
        Some(match delta {
            Delta::Text(text) => Self::Text {
                text: text.clone(),
                citations: Vec::new(),
            },
            Delta::Citation(citation) if is_first => Self::Text {
                text: String::new(),
                citations: vec![citation.clone()],
            },
            Delta::Reasoning(ReasoningDelta::Text(text)) => Self::Reasoning {
                text: text.clone(),
                signature: None,
            },
            Delta::Reasoning(ReasoningDelta::Signature(signature)) => Self::Reasoning {
                text: String::new(),
                signature: Some(signature.clone()),
            },
            Delta::Reasoning(ReasoningDelta::Redacted(content)) => {
                Self::Redacted(vec![content.clone()])
            }
            Delta::Other(name, value) if is_first => Self::Other(name.clone(), value.clone()),
            Delta::Citation(_)
            | Delta::Other(..)
            | Delta::ToolUse(_)
            | Delta::Reasoning(ReasoningDelta::Other(..)) => return None,
        })
    }

    /// Takes a delta that is more of this block. Says whether it is.
    fn extend(&mut self, delta: &Delta) -> bool {
        match (self, delta) {
            (Self::Text { text, .. }, Delta::Text(more)) => text.push_str(more),
            (Self::Text { citations, .. }, Delta::Citation(more)) => citations.push(more.clone()),
            (Self::Reasoning { text, .. }, Delta::Reasoning(ReasoningDelta::Text(more))) => {
                text.push_str(more);
            }
            (
                Self::Reasoning { signature, .. },
                Delta::Reasoning(ReasoningDelta::Signature(more)),
            ) => signature.get_or_insert_default().push_str(more),
            (Self::Redacted(content), Delta::Reasoning(ReasoningDelta::Redacted(more))) => {
                content.push(more.clone());
            }
            (Self::ToolUse { input, .. }, Delta::ToolUse(more)) => input.push_str(&more.input),
            (Self::Other(name, value), Delta::Other(kind, more)) if name == kind => {
                *value = joined(value, more);
            }
            // Text and reasoning outweigh what is not known.
            (block @ Self::Other(..), Delta::Text(_) | Delta::Reasoning(_)) => {
                match Self::open(delta, true) {
                    Some(opened) => *block = opened,
                    None => return false,
                }
            }
            _ => return false,
        }
        true
    }

    fn close(self) -> ContentBlock {
        match self {
            Self::Text { text, citations } if citations.is_empty() => ContentBlock::Text(text),
            Self::Text { text, citations } => ContentBlock::Citations(CitationsContent {
                content: Some(vec![CitedText::Text(text)]),
                citations: Some(citations),
                rest: Members::default(),
            }),
            Self::Reasoning { text, signature } => {
                ContentBlock::Reasoning(ReasoningContent::Text(ReasoningText {
                    text,
                    signature,
                    rest: Members::default(),
                }))
            }
            Self::Redacted(pieces) => {
                ContentBlock::Reasoning(ReasoningContent::Redacted(joined_base64(&pieces)))
            }
            Self::ToolUse { start, input } => ContentBlock::ToolUse(ToolUse {
                tool_use_id: start.tool_use_id,
                name: start.name,
                input: tool_input(input),
                rest: start.rest,
            }),
            Self::Other(name, value) => {
                let block = ContentBlock::Other(name, value);
                // Read again, since a message may know a kind of block that a stream does not.
                let json = serde_json::to_string(&block);
                json.and_then(|json| serde_json::from_str(&json))
                    .unwrap_or(block)
            }
        }
    }
}

/// What the pieces of a block that is not known add up to: an object takes the members of the next
/// one (an image its source, after its format), and a list as more of its `content` (the result of
/// a server tool).
fn joined(block: &RawValue, more: &RawValue) -> Box<RawValue> {
    let Ok(mut members) = serde_json::from_str::<Members>(block.get()) else {
        return more.to_owned();
    };
    if let Ok(more) = serde_json::from_str::<Members>(more.get()) {
        for (name, value) in more.iter() {
            members.insert(name, value.to_owned());
        }
    } else {
        let list = |value: &RawValue| serde_json::from_str::<Vec<Box<RawValue>>>(value.get()).ok();
        let mut content = members.get("content").and_then(list).unwrap_or_default();
        content.extend(list(more).into_iter().flatten());
        if let Ok(content) = serde_json::value::to_raw_value(&content) {
            members.insert("content", content);
        }
    }
    serde_json::value::to_raw_value(&members).unwrap_or_else(|_| more.to_owned())
}

/// The arguments of a tool call: nothing at all means `{}`; what is not JSON, as after a cut, is
/// kept as a JSON string, so that it can be seen and will not be mistaken for arguments.
fn tool_input(input: String) -> Box<RawValue> {
    if input.trim().is_empty() {
        return empty_object();
    }
    match RawValue::from_string(input.clone()) {
        Ok(value) => value,
        Err(_) => serde_json::value::to_raw_value(&input).unwrap_or_else(|_| empty_object()),
    }
}

/// `{}`.
pub(crate) fn empty_object() -> Box<RawValue> {
    RawValue::from_string("{}".to_owned()).unwrap_or_else(|_| RawValue::NULL.to_owned())
}
