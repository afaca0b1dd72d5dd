//! Why a conversation cannot be sent.

use std::fmt;

use crate::{CachePlace, Misplaced};

/// A conversation that no change of form would make acceptable.
#[derive(Debug)]
#[non_exhaustive]
pub enum PrepareError {
    /// A cache point of the conversation stands where the service takes none.
    CachePointMisplaced {
        /// The cache point.
        place: CachePlace,
        /// What is wrong with it.
        problem: Misplaced,
    },
    /// A document stands in a message without text, which the service refuses.
    DocumentWithoutText {
        /// The message.
        message: usize,
    },
    /// The conversation could not be written as JSON.
    Json(serde_json::Error),
    /// The arguments of a tool call are not a JSON object.
    MalformedToolInput {
        /// The message.
        message: usize,
        /// The tool.
        tool: String,
        /// The call.
        tool_use_id: String,
    },
    /// No message has any content.
    NoMessages,
    /// The first message is not the user's.
    StartsWithAssistant,
    /// A tool call is answered twice in one turn.
    ToolResultTwice {
        /// The message.
        message: usize,
        /// The call that is answered.
        tool_use_id: String,
    },
    /// A tool result answers a call that the turn before it does not have.
    ToolResultWithoutUse {
        /// The message.
        message: usize,
        /// The call that is answered.
        tool_use_id: String,
    },
    /// The turn after a tool call does not answer it.
    ToolUseWithoutResult {
        /// The message with the call.
        message: usize,
        /// The call.
        tool_use_id: String,
    },
}

impl PrepareError {
    /// What to do about it.
    #[must_use]
    pub fn hint(&self) -> Option<&'static str> {
        Some(match self {
            Self::CachePointMisplaced { .. } => {
                "move or remove it; without any of your own, cache points are placed for you"
            }
            Self::DocumentWithoutText { .. } => {
                "add a text block that says what the document is for"
            }
            Self::Json(_) => return None,
            Self::MalformedToolInput { .. } => {
                "the model's answer was cut or damaged; drop the call, or ask again"
            }
            Self::NoMessages => "give a prompt, or a message with text",
            Self::StartsWithAssistant => "begin with a message whose role is `user`",
            Self::ToolResultTwice { .. } => "keep one `toolResult` of the call",
            Self::ToolResultWithoutUse { .. } => {
                "answer a call of the assistant's message right before it"
            }
            Self::ToolUseWithoutResult { .. } => {
                "follow the call with a user message that has its `toolResult`"
            }
        })
    }
}

impl fmt::Display for PrepareError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::CachePointMisplaced { place, problem } => {
                write!(f, "the cache point {place} {problem}")
            }
            Self::DocumentWithoutText { message } => {
                write!(f, "messages[{message}] has a document and no text")
            }
            Self::Json(_) => f.write_str("the conversation cannot be written as JSON"),
            Self::MalformedToolInput {
                message,
                tool,
                tool_use_id,
            } => write!(
                f,
                "messages[{message}] calls tool `{tool}` ({tool_use_id}) with arguments that are \
                 not a JSON object"
            ),
            Self::NoMessages => f.write_str("the conversation has no message with content"),
            Self::StartsWithAssistant => {
                f.write_str("the conversation does not start with a user message")
            }
            Self::ToolResultTwice {
                message,
                tool_use_id,
            } => write!(
                f,
                "messages[{message}] answers tool call `{tool_use_id}` twice"
            ),
            Self::ToolResultWithoutUse {
                message,
                tool_use_id,
            } => write!(
                f,
                "messages[{message}] answers tool call `{tool_use_id}`, which the turn before it \
                 does not make"
            ),
            Self::ToolUseWithoutResult {
                message,
                tool_use_id,
            } => write!(
                f,
                "messages[{message}] makes tool call `{tool_use_id}`, which the next turn does not \
                 answer"
            ),
        }
    }
}

impl std::error::Error for PrepareError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Json(error) => Some(error),
            _ => None,
        }
    }
}
