//! Messages and their content blocks, in the shapes of the Converse API.

use serde::{Deserialize, Deserializer, Serialize};

use crate::attachment::{Document, Image, Video};
use crate::members::{list, union};
use crate::{CachePoint, CitationsContent, ReasoningContent, ToolResult, ToolUse};

/// One message of a conversation.
///
/// ```
/// use outcrop_converse::Message;
///
/// let message = Message::user("Why is the sky blue?");
/// let json = serde_json::to_string(&message)?;
/// assert_eq!(json, r#"{"role":"user","content":[{"text":"Why is the sky blue?"}]}"#);
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(
    deny_unknown_fields,
    expecting = "a message: an object with `role` and `content`"
)]
pub struct Message {
    /// Who speaks.
    pub role: Role,
    /// What is said, block by block.
    #[serde(deserialize_with = "content_blocks")]
    pub content: Vec<ContentBlock>,
}

/// Reads a list of blocks. The commonest mistake is a text in its place.
fn content_blocks<'de, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<Vec<ContentBlock>, D::Error> {
    list(
        deserializer,
        r#"a list of content blocks such as [{"text": "…"}]"#,
    )
}

impl Message {
    /// A message of the user with one text block.
    #[must_use]
    pub fn user(text: impl Into<String>) -> Self {
        Self {
            role: Role::User,
            content: vec![ContentBlock::Text(text.into())],
        }
    }

    /// A message of the assistant with one text block.
    #[must_use]
    pub fn assistant(text: impl Into<String>) -> Self {
        Self {
            role: Role::Assistant,
            content: vec![ContentBlock::Text(text.into())],
        }
    }

    /// The user's message that answers tool calls, one result each.
    #[must_use]
    pub fn tool_results(results: impl IntoIterator<Item = ToolResult>) -> Self {
        let content = results.into_iter().map(ContentBlock::ToolResult).collect();
        Self {
            role: Role::User,
            content,
        }
    }

    /// With one more block. Attachments and tool results stand before the text that is about them.
    ///
    /// ```
    /// use outcrop_converse::{ContentBlock, Message, attachment::Image};
    ///
    /// let image = Image::png(b"\x89PNG\r\n\x1a\n");
    /// let message = Message::user("What is this?").with(image);
    /// assert!(matches!(message.content[0], ContentBlock::Image(_)));
    /// ```
    #[must_use]
    pub fn with(mut self, block: impl Into<ContentBlock>) -> Self {
        let is_text = |block: &ContentBlock| matches!(block, ContentBlock::Text(_));
        let end = self.content.iter().rposition(|block| !is_text(block));
        let place = end.map_or(0, |end| end + 1);
        self.content.insert(place, block.into());
        self
    }

    /// The text, joined; what is cited is part of it.
    #[must_use]
    pub fn text(&self) -> String {
        let mut joined = String::new();
        for block in &self.content {
            match block {
                ContentBlock::Text(text) => joined.push_str(text),
                ContentBlock::Citations(citations) => joined.extend(citations.texts()),
                _ => {}
            }
        }
        joined
    }

    /// The tool calls, in order.
    pub fn tool_uses(&self) -> impl Iterator<Item = &ToolUse> {
        self.content.iter().filter_map(|block| match block {
            ContentBlock::ToolUse(tool_use) => Some(tool_use),
            _ => None,
        })
    }
}

impl From<ToolResult> for ContentBlock {
    fn from(result: ToolResult) -> Self {
        Self::ToolResult(result)
    }
}

impl From<Image> for ContentBlock {
    fn from(image: Image) -> Self {
        Self::Image(image)
    }
}

impl From<Document> for ContentBlock {
    fn from(document: Document) -> Self {
        Self::Document(document)
    }
}

impl From<Video> for ContentBlock {
    fn from(video: Video) -> Self {
        Self::Video(video)
    }
}

/// Who speaks in a message.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Role {
    /// The person, or the program that answers tool calls.
    User,
    /// The model.
    Assistant,
    /// Instructions in the middle of a conversation, which few models take.
    System,
}

impl Role {
    /// The word on the wire.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::User => "user",
            Self::Assistant => "assistant",
            Self::System => "system",
        }
    }
}

union! {
    /// One content block of a message.
    ContentBlock, "a content block" {
        /// Text.
        "text" => Text(String),
        /// An image of the user's.
        "image" => Image(Image),
        /// A document of the user's, with text beside it.
        "document" => Document(Document),
        /// A video of the user's.
        "video" => Video(Video),
        /// What the model thought, to be replayed exactly.
        "reasoningContent" => Reasoning(ReasoningContent),
        /// A tool call of the model.
        "toolUse" => ToolUse(ToolUse),
        /// The answer to a tool call.
        "toolResult" => ToolResult(ToolResult),
        /// Text of the model with what it is taken from.
        "citationsContent" => Citations(CitationsContent),
        /// A place up to which the prompt is cached.
        "cachePoint" => CachePoint(CachePoint),
    }
}

union! {
    /// One block of the system prompt.
    SystemBlock, "a system block" {
        /// Text.
        "text" => Text(String),
        /// A place up to which the prompt is cached.
        "cachePoint" => CachePoint(CachePoint),
    }
}
