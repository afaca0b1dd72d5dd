//! Tools: what a model may call, its calls, and the answers.

use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;

use crate::attachment::{Document, Image, Video};
use crate::members::{object, same_json, union};
use crate::{CachePoint, Members};

/// A tool call of the model.
#[derive(Clone, Debug)]
pub struct ToolUse {
    /// The name of this call, which its result repeats.
    pub tool_use_id: String,
    /// The tool.
    pub name: String,
    /// The arguments, as the model wrote them.
    pub input: Box<RawValue>,
    /// Members that are not modelled here.
    pub rest: Members,
}

object! {
    ToolUse {
        tool_use_id: required "toolUseId",
        name: required "name",
        input: required "input",
    }
}

impl ToolUse {
    /// The arguments as a type of the caller's.
    ///
    /// # Errors
    /// When they are not what the type takes.
    pub fn arguments<'a, T: Deserialize<'a>>(&'a self) -> Result<T, serde_json::Error> {
        serde_json::from_str(self.input.get())
    }
}

impl PartialEq for ToolUse {
    fn eq(&self, other: &Self) -> bool {
        self.tool_use_id == other.tool_use_id
            && self.name == other.name
            && same_json(&self.input, &other.input)
            && self.rest == other.rest
    }
}

/// The answer to a tool call.
#[derive(Clone, Debug, PartialEq)]
pub struct ToolResult {
    /// The call that is answered.
    pub tool_use_id: String,
    /// The answer, block by block.
    pub content: Vec<ToolResultBlock>,
    /// Whether the call worked; absent means that it did.
    pub status: Option<ToolResultStatus>,
    /// Members that are not modelled here.
    pub rest: Members,
}

object! {
    ToolResult {
        tool_use_id: required "toolUseId",
        content: required "content",
        status: optional "status",
    }
}

impl ToolResult {
    /// A result of these blocks: images, documents, videos, or [`ToolResultBlock::Text`] and the
    /// like.
    #[must_use]
    pub fn new<B: Into<ToolResultBlock>>(
        tool_use_id: impl Into<String>,
        content: impl IntoIterator<Item = B>,
    ) -> Self {
        Self {
            tool_use_id: tool_use_id.into(),
            content: content.into_iter().map(Into::into).collect(),
            status: None,
            rest: Members::default(),
        }
    }

    /// A result of one text block.
    #[must_use]
    pub fn text(tool_use_id: impl Into<String>, text: impl Into<String>) -> Self {
        Self::new(tool_use_id, [ToolResultBlock::Text(text.into())])
    }

    /// A result of one JSON value.
    #[must_use]
    pub fn json(tool_use_id: impl Into<String>, json: Box<RawValue>) -> Self {
        Self::new(tool_use_id, [ToolResultBlock::Json(Json(json))])
    }

    /// The text of what went wrong.
    #[must_use]
    pub fn error(tool_use_id: impl Into<String>, text: impl Into<String>) -> Self {
        Self {
            status: Some(ToolResultStatus::Error),
            ..Self::text(tool_use_id, text)
        }
    }
}

/// JSON as it was written, compared by its bytes.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Json(pub Box<RawValue>);

impl PartialEq for Json {
    fn eq(&self, other: &Self) -> bool {
        same_json(&self.0, &other.0)
    }
}

/// Whether a tool call worked.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum ToolResultStatus {
    /// It did.
    Success,
    /// It did not; the content says why.
    Error,
}

union! {
    /// One block of a tool result.
    ToolResultBlock, "a block of a tool result" {
        /// Text.
        "text" => Text(String),
        /// JSON: an object, as the service wants it.
        "json" => Json(Json),
        /// An image.
        "image" => Image(Image),
        /// A document.
        "document" => Document(Document),
        /// A video.
        "video" => Video(Video),
    }
}

impl From<Image> for ToolResultBlock {
    fn from(image: Image) -> Self {
        Self::Image(image)
    }
}

impl From<Document> for ToolResultBlock {
    fn from(document: Document) -> Self {
        Self::Document(document)
    }
}

impl From<Video> for ToolResultBlock {
    fn from(video: Video) -> Self {
        Self::Video(video)
    }
}

/// The tools of a call, and how the model may choose among them.
#[derive(Clone, Debug, PartialEq)]
pub struct ToolConfig {
    /// The tools, at least one.
    pub tools: Vec<Tool>,
    /// How the model may choose; absent means freely.
    pub tool_choice: Option<ToolChoice>,
    /// Members that are not modelled here.
    pub rest: Members,
}

object! {
    ToolConfig {
        tools: required "tools",
        tool_choice: optional "toolChoice",
    }
}

union! {
    /// One entry of a tool configuration.
    Tool, "a tool" {
        /// A tool of the caller's.
        "toolSpec" => Spec(ToolSpec),
        /// A place up to which the tools are cached.
        "cachePoint" => CachePoint(CachePoint),
    }
}

/// A tool of the caller's.
#[derive(Clone, Debug, PartialEq)]
pub struct ToolSpec {
    /// The name, of `[a-zA-Z0-9_-]{1,64}`.
    pub name: String,
    /// What it does, for the model to read.
    pub description: Option<String>,
    /// The JSON Schema of its arguments, in the author's order of keys.
    pub input_schema: InputSchema,
    /// Members that are not modelled here.
    pub rest: Members,
}

object! {
    ToolSpec {
        name: required "name",
        description: optional "description",
        input_schema: required "inputSchema",
    }
}

/// The schema of a tool's arguments.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct InputSchema {
    /// The JSON Schema.
    pub json: Box<RawValue>,
}

impl PartialEq for InputSchema {
    fn eq(&self, other: &Self) -> bool {
        same_json(&self.json, &other.json)
    }
}

impl ToolSpec {
    /// A tool with the JSON Schema of its arguments.
    #[must_use]
    pub fn new(
        name: impl Into<String>,
        description: impl Into<String>,
        input_schema: Box<RawValue>,
    ) -> Self {
        Self {
            name: name.into(),
            description: Some(description.into()),
            input_schema: InputSchema { json: input_schema },
            rest: Members::default(),
        }
    }

    /// The same, with the schema as text, which is kept as it is written.
    ///
    /// ```
    /// use outcrop_converse::ToolSpec;
    ///
    /// let schema = r#"{"type": "object", "properties": {"city": {"type": "string"}}}"#;
    /// let tool = ToolSpec::parse("weather", "The weather of a city.", schema)?;
    /// assert_eq!(tool.input_schema.json.get(), schema);
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    ///
    /// # Errors
    /// When the schema is not JSON.
    pub fn parse(
        name: impl Into<String>,
        description: impl Into<String>,
        input_schema: &str,
    ) -> Result<Self, serde_json::Error> {
        let schema = RawValue::from_string(input_schema.to_owned())?;
        Ok(Self::new(name, description, schema))
    }
}

impl From<ToolSpec> for Tool {
    fn from(spec: ToolSpec) -> Self {
        Self::Spec(spec)
    }
}

impl From<CachePoint> for Tool {
    fn from(point: CachePoint) -> Self {
        Self::CachePoint(point)
    }
}

impl<I> From<I> for ToolConfig
where
    I: IntoIterator,
    I::Item: Into<Tool>,
{
    /// Tools among which the model may choose freely.
    fn from(tools: I) -> Self {
        Self {
            tools: tools.into_iter().map(Into::into).collect(),
            tool_choice: None,
            rest: Members::default(),
        }
    }
}

union! {
    /// How the model may choose among the tools.
    ToolChoice, "a tool choice" {
        /// Freely.
        "auto" => Auto(Members),
        /// It must call one.
        "any" => Any(Members),
        /// It must call this one.
        "tool" => Tool(SpecificTool),
    }
}

impl ToolChoice {
    /// Whether the model must call a tool.
    #[must_use]
    pub fn forces_a_call(&self) -> bool {
        matches!(self, Self::Any(_) | Self::Tool(_))
    }
}

/// The tool that a model must call.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SpecificTool {
    /// Its name.
    pub name: String,
}
