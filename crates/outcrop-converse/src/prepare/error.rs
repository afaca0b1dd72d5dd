//! Why a conversation cannot be sent.

use std::fmt;

use crate::attachment::{Kind, limits};
use crate::{BlockPlace, CachePlace, Misplaced, Role};

/// A conversation that no change of form would make acceptable.
///
/// Messages and blocks are named by their place among those that were given. What concerns a whole
/// turn names its first message.
#[derive(Debug)]
#[non_exhaustive]
pub enum PrepareError {
    /// An image or a document is larger than the service takes.
    AttachmentTooLarge {
        /// Where it is.
        place: BlockPlace,
        /// What it is.
        kind: Kind,
        /// Its size in bytes.
        size: usize,
        /// The most bytes.
        limit: usize,
    },
    /// A cache point of the conversation stands where the service takes none.
    CachePointMisplaced {
        /// The cache point.
        place: CachePlace,
        /// What is wrong with it.
        problem: Misplaced,
    },
    /// A document stands in a turn without text, which the service refuses.
    DocumentWithoutText {
        /// The message.
        message: usize,
    },
    /// An attachment has no bytes.
    EmptyAttachment {
        /// Where it is.
        place: BlockPlace,
        /// What it is.
        kind: Kind,
    },
    /// The conversation could not be written as JSON.
    Json(serde_json::Error),
    /// The arguments of a tool call are not a JSON object.
    MalformedToolInput {
        /// Where the call is.
        place: BlockPlace,
        /// The tool.
        tool: String,
        /// The call.
        tool_use_id: String,
    },
    /// No message has any content.
    NoMessages,
    /// A tool call is forced and there is no tool.
    NoToolToCall,
    /// The bytes of an attachment are not base64.
    NotBase64 {
        /// Where it is.
        place: BlockPlace,
        /// What it is.
        kind: Kind,
    },
    /// The first message is not the user's.
    StartsWithAssistant,
    /// A turn has more images or documents than the service takes.
    TooManyAttachments {
        /// The message.
        message: usize,
        /// What there is too much of.
        kind: Kind,
        /// How many there are.
        count: usize,
        /// The most of them.
        limit: usize,
    },
    /// An image has more pixels than the service takes.
    TooManyPixels {
        /// Where it is.
        place: BlockPlace,
        /// Its width.
        width: usize,
        /// Its height.
        height: usize,
    },
    /// The name of a tool has characters that the service does not take, or too many.
    ToolName {
        /// Where it is.
        path: String,
        /// The name.
        name: String,
    },
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
    /// The schema of a tool is not a JSON object.
    ToolSchema {
        /// The tool.
        name: String,
    },
    /// Two tools have one name.
    ToolTwice {
        /// The name.
        name: String,
    },
    /// The ID of a tool call has characters that the service does not take, or too many.
    ToolUseId {
        /// Where it is.
        place: BlockPlace,
        /// The ID.
        tool_use_id: String,
    },
    /// Two tool calls of one turn have one ID.
    ToolUseTwice {
        /// The message.
        message: usize,
        /// The ID.
        tool_use_id: String,
    },
    /// The turn after a tool call does not answer it.
    ToolUseWithoutResult {
        /// The message with the call.
        message: usize,
        /// The call.
        tool_use_id: String,
    },
    /// The tool that must be called is not among the tools.
    UnknownTool {
        /// Its name.
        name: String,
    },
    /// A block stands in a message of a role that cannot have it.
    WrongRole {
        /// Where it is.
        place: BlockPlace,
        /// The block, such as `image`.
        block: &'static str,
        /// The role of the message.
        role: Role,
        /// The role that can have it.
        belongs_to: Role,
    },
}

impl PrepareError {
    /// What to do about it.
    #[must_use]
    pub fn hint(&self) -> Option<&'static str> {
        Some(match self {
            Self::AttachmentTooLarge { kind, .. } => match kind {
                Kind::Image => "make the image smaller, or save it as JPEG",
                _ => "split the document, or send its text",
            },
            Self::CachePointMisplaced { .. } => {
                "move or remove it; without any of your own, cache points are placed for you"
            }
            Self::DocumentWithoutText { .. } => {
                "add a text block that says what the document is for"
            }
            Self::EmptyAttachment { .. } => "give its bytes, or leave it out",
            Self::Json(_) => return None,
            Self::MalformedToolInput { .. } => {
                "the model's answer was cut or damaged: answer the call with a `toolResult` of status \
                 `error`, and it is sent with `{}`; or drop it"
            }
            Self::NoMessages => "give a prompt, or a message with text",
            Self::NoToolToCall => "give `toolConfig.tools`, or leave `toolChoice` out",
            Self::NotBase64 { .. } => {
                "write the bytes in base64, without a `data:` prefix or line breaks"
            }
            Self::StartsWithAssistant => "begin with a message whose role is `user`",
            Self::TooManyAttachments { .. } => {
                "spread them over several turns, with an answer between"
            }
            Self::TooManyPixels { .. } => "make the image smaller",
            Self::ToolName { .. } => {
                "a tool's name has 1 to 64 letters, digits, hyphens and underscores"
            }
            Self::ToolResultTwice { .. } => "keep one `toolResult` of the call",
            Self::ToolResultWithoutUse { .. } => {
                "answer a call of the assistant's message right before it"
            }
            Self::ToolSchema { .. } => r#"write {"type": "object", "properties": {…}}"#,
            Self::ToolTwice { .. } => "rename one of the tools",
            Self::ToolUseId { .. } => {
                "a `toolUseId` has 1 to 64 letters, digits and `_`, `.`, `:`, `-`; rename it in the \
                 call and in its result"
            }
            Self::ToolUseTwice { .. } => "give every call an ID of its own",
            Self::ToolUseWithoutResult { .. } => {
                "follow the call with a user message that has its `toolResult`"
            }
            Self::UnknownTool { .. } => "choose a tool of `toolConfig.tools`",
            Self::WrongRole { .. } => "move the block into a message of the other role",
        })
    }
}

impl fmt::Display for PrepareError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::AttachmentTooLarge {
                place,
                kind,
                size,
                limit,
            } => {
                let (kind, (size, limit)) = (kind.as_str(), limits::readable(*size, *limit));
                write!(
                    f,
                    "the {kind} in {place} has {size}, and the service takes at most {limit}"
                )
            }
            Self::CachePointMisplaced { place, problem } => {
                write!(f, "the cache point {place} {problem}")
            }
            Self::DocumentWithoutText { message } => {
                write!(f, "messages[{message}] has a document and no text")
            }
            Self::EmptyAttachment { place, kind } => {
                write!(f, "the {} in {place} has no bytes", kind.as_str())
            }
            Self::Json(_) => f.write_str("the conversation cannot be written as JSON"),
            Self::MalformedToolInput {
                place,
                tool,
                tool_use_id,
            } => write!(
                f,
                "{place} calls tool `{tool}` ({tool_use_id}) with arguments that are not a JSON \
                 object"
            ),
            Self::NoMessages => f.write_str("the conversation has no message with content"),
            Self::NoToolToCall => {
                f.write_str("`toolConfig.toolChoice` forces a tool call and there is no tool")
            }
            Self::NotBase64 { place, kind } => {
                write!(
                    f,
                    "the bytes of the {} in {place} are not base64",
                    kind.as_str()
                )
            }
            Self::StartsWithAssistant => {
                f.write_str("the conversation does not start with a user message")
            }
            Self::TooManyAttachments {
                message,
                kind,
                count,
                limit,
            } => write!(
                f,
                "the turn of messages[{message}] has {count} {}s, and the service takes at most \
                 {limit}",
                kind.as_str()
            ),
            Self::TooManyPixels {
                place,
                width,
                height,
            } => write!(
                f,
                "the image in {place} has {width} × {height} pixels, and the service takes at most \
                 {0} × {0}",
                limits::IMAGE_PIXELS
            ),
            Self::ToolName { path, name } => write!(
                f,
                "{path} names tool `{name}`, which is not a name that the service takes"
            ),
            Self::ToolSchema { name } => {
                write!(f, "the schema of tool `{name}` is not a JSON object")
            }
            Self::ToolTwice { name } => write!(f, "two tools are called `{name}`"),
            Self::UnknownTool { name } => write!(
                f,
                "`toolConfig.toolChoice` chooses tool `{name}`, which is not among the tools"
            ),
            Self::WrongRole {
                place,
                block,
                role,
                belongs_to,
            } => write!(
                f,
                "{place} is `{block}` in a message of role `{}`, and only `{}` can have it",
                role.as_str(),
                belongs_to.as_str()
            ),
            Self::ToolResultTwice { .. }
            | Self::ToolResultWithoutUse { .. }
            | Self::ToolUseId { .. }
            | Self::ToolUseTwice { .. }
            | Self::ToolUseWithoutResult { .. } => self.fmt_call(f),
        }
    }
}

impl PrepareError {
    /// What is wrong with a call or its answer.
    fn fmt_call(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
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
            Self::ToolUseId { place, tool_use_id } => write!(
                f,
                "{place} makes tool call `{tool_use_id}`, which is not an ID that the service takes"
            ),
            Self::ToolUseTwice {
                message,
                tool_use_id,
            } => write!(
                f,
                "messages[{message}] makes tool call `{tool_use_id}` twice"
            ),
            Self::ToolUseWithoutResult {
                message,
                tool_use_id,
            } => write!(
                f,
                "messages[{message}] makes tool call `{tool_use_id}`, which the next turn does not \
                 answer"
            ),
            _ => Ok(()),
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
