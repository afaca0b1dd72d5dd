//! A conversation as a caller writes it: what the AWS CLI and boto3 take, less the model.

mod file;
mod json;

pub use file::InvalidConversation;

use std::fmt;

use serde::{Deserialize, Deserializer, Serialize};
use serde_json::value::RawValue;

use crate::{Members, Message, SystemBlock, ToolChoice, ToolConfig};

/// Messages, and what is said to the model beside them.
///
/// As JSON it is an array of messages, or an object with `messages` and, where wanted, `system`,
/// `toolConfig`, `inferenceConfig` and other members of a Converse request; it is written as such an
/// object.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct Conversation {
    /// The messages, oldest first.
    pub messages: Vec<Message>,
    /// The system prompt.
    pub system: Vec<SystemBlock>,
    /// The tools.
    pub tools: Option<ToolConfig>,
    /// Inference settings of this conversation, which go before those of a configuration.
    ///
    /// The policy has to be asked for `maxTokens`, `temperature` and `topP`; what is sent of them
    /// is what it decided.
    pub inference: InferenceConfig,
    rest: Members,
}

/// The members of a request that are sent as they are written.
const PASSED_ON: [&str; 7] = [
    "additionalModelResponseFieldPaths",
    "guardrailConfig",
    "outputConfig",
    "performanceConfig",
    "promptVariables",
    "requestMetadata",
    "serviceTier",
];

/// Inference settings, in the shape of the Converse API.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct InferenceConfig {
    /// The most tokens of the answer.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub max_tokens: Option<u32>,
    /// Sampling temperature, 0 to 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub temperature: Option<f64>,
    /// Nucleus sampling, 0 to 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub top_p: Option<f64>,
    /// Words at which the model stops; at most 2,500, none of them empty.
    #[serde(
        skip_serializing_if = "Vec::is_empty",
        deserialize_with = "list_or_null"
    )]
    pub stop_sequences: Vec<String>,
}

/// A list; `null` counts as absent.
fn list_or_null<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<String>, D::Error> {
    Option::deserialize(deserializer).map(Option::unwrap_or_default)
}

impl InferenceConfig {
    /// The ranges that the service holds a request to (Converse API reference).
    fn check_ranges(&self) -> Result<(), String> {
        let fraction = |name: &str, value: Option<f64>| match value {
            Some(value) if !(0.0..=1.0).contains(&value) => Err(format!(
                "`inferenceConfig.{name}` is {value}, expected 0 to 1"
            )),
            _ => Ok(()),
        };
        fraction("temperature", self.temperature)?;
        fraction("topP", self.top_p)?;
        match self.max_tokens {
            Some(0) => Err("`inferenceConfig.maxTokens` is 0, expected at least 1".to_owned()),
            _ => Ok(()),
        }
    }

    pub(crate) fn is_empty(&self) -> bool {
        self == &Self::default()
    }
}

impl Conversation {
    /// A conversation of these messages.
    #[must_use]
    pub fn new(messages: impl IntoIterator<Item = Message>) -> Self {
        Self {
            messages: messages.into_iter().collect(),
            ..Self::default()
        }
    }

    /// With one more block of system prompt.
    #[must_use]
    pub fn with_system(mut self, text: impl Into<String>) -> Self {
        self.system.push(SystemBlock::Text(text.into()));
        self
    }

    /// With these tools: a configuration, or any number of tools among which the model may choose.
    ///
    /// ```
    /// use outcrop_converse::{Conversation, ToolSpec};
    ///
    /// let tools: Vec<ToolSpec> = ["on", "off"]
    ///     .map(|name| ToolSpec::parse(name, "Switches the lamp.", r#"{"type": "object"}"#))
    ///     .into_iter()
    ///     .collect::<Result<_, _>>()?;
    /// let conversation = Conversation::from("Let there be light.").with_tools(tools);
    /// assert_eq!(conversation.tools.map(|config| config.tools.len()), Some(2));
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    #[must_use]
    pub fn with_tools(mut self, tools: impl Into<ToolConfig>) -> Self {
        self.tools = Some(tools.into());
        self
    }

    /// With these inference settings, in place of any before.
    ///
    /// ```
    /// use outcrop_converse::{Conversation, InferenceConfig};
    ///
    /// let conversation = Conversation::from("Count to three.").with_inference(InferenceConfig {
    ///     temperature: Some(0.2),
    ///     stop_sequences: vec!["4".to_owned()],
    ///     ..InferenceConfig::default()
    /// });
    /// # assert_eq!(conversation.inference.temperature, Some(0.2));
    /// ```
    #[must_use]
    pub fn with_inference(self, inference: InferenceConfig) -> Self {
        Self { inference, ..self }
    }

    /// With at most this many tokens of answer; at least 1.
    #[must_use]
    pub fn with_max_tokens(mut self, max_tokens: u32) -> Self {
        self.inference.max_tokens = Some(max_tokens);
        self
    }

    /// Other members of the request, sent as they are: `guardrailConfig`, `requestMetadata`, …
    #[must_use]
    pub fn rest(&self) -> &Members {
        &self.rest
    }

    /// With one of the other members, in place of any before it: `additionalModelResponseFieldPaths`,
    /// `guardrailConfig`, `outputConfig`, `performanceConfig`, `promptVariables`, `requestMetadata`
    /// or `serviceTier`.
    ///
    /// # Errors
    /// When the name is none of these. What else a request has is a field of its own, or comes from
    /// the configuration, and would be there twice.
    pub fn with_member(mut self, name: &str, value: Box<RawValue>) -> Result<Self, UnknownMember> {
        if !PASSED_ON.contains(&name) {
            return Err(UnknownMember(name.to_owned()));
        }
        self.rest.insert(name, value);
        Ok(self)
    }

    /// Whether a tool call is forced.
    #[must_use]
    pub fn forces_tool_use(&self) -> bool {
        let choice = self
            .tools
            .as_ref()
            .and_then(|tools| tools.tool_choice.as_ref());
        choice.is_some_and(ToolChoice::forces_a_call)
    }
}

impl From<Message> for Conversation {
    fn from(message: Message) -> Self {
        Self::new([message])
    }
}

impl From<String> for Conversation {
    fn from(prompt: String) -> Self {
        Self::new([Message::user(prompt)])
    }
}

impl From<&str> for Conversation {
    fn from(prompt: &str) -> Self {
        Self::new([Message::user(prompt)])
    }
}

/// A member that is not passed on with a conversation.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct UnknownMember(String);

impl fmt::Display for UnknownMember {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (name, known) = (&self.0, PASSED_ON.join("`, `"));
        write!(
            f,
            "`{name}` is not passed on with a conversation; `{known}` are"
        )
    }
}

impl std::error::Error for UnknownMember {}
