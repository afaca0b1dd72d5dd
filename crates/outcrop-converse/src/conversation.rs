//! A conversation as a caller writes it: what the AWS CLI and boto3 take, less the model.

use std::fmt;

use serde::de::{Error as _, MapAccess, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize};
use serde_json::value::RawValue;

use crate::{Members, Message, SystemBlock, ToolChoice, ToolConfig};

/// Messages, and what is said to the model beside them.
///
/// As JSON it is an array of messages, or an object with `messages` and, where wanted, `system`,
/// `toolConfig`, `inferenceConfig` and other members of a Converse request.
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
    /// Other members of the request, sent as they are: `guardrailConfig`, `requestMetadata`, …
    pub rest: Members,
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
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub stop_sequences: Vec<String>,
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

    /// With these tools: a configuration, or specifications among which the model may choose.
    #[must_use]
    pub fn with_tools(mut self, tools: impl Into<ToolConfig>) -> Self {
        self.tools = Some(tools.into());
        self
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

impl From<&str> for Conversation {
    fn from(prompt: &str) -> Self {
        Self::new([Message::user(prompt)])
    }
}

impl<'de> Deserialize<'de> for Conversation {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(ArrayOrObject)
    }
}

struct ArrayOrObject;

impl<'de> Visitor<'de> for ArrayOrObject {
    type Value = Conversation;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an array of messages, or an object with `messages`")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Conversation, A::Error> {
        let mut messages = Vec::new();
        while let Some(message) = seq.next_element()? {
            messages.push(message);
        }
        Ok(Conversation {
            messages,
            ..Conversation::default()
        })
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Conversation, A::Error> {
        let mut conversation = Conversation::default();
        let mut seen = Vec::new();
        while let Some(name) = map.next_key::<String>()? {
            if seen.contains(&name) {
                return Err(A::Error::custom(format!("`{name}` is there twice")));
            }
            match name.as_str() {
                "messages" => conversation.messages = map.next_value()?,
                "system" => conversation.system = map.next_value()?,
                "toolConfig" => conversation.tools = map.next_value()?,
                "inferenceConfig" => {
                    conversation.inference = map.next_value()?;
                    conversation
                        .inference
                        .check_ranges()
                        .map_err(A::Error::custom)?;
                }
                name if PASSED_ON.contains(&name) => {
                    conversation
                        .rest
                        .insert(name, map.next_value::<Box<RawValue>>()?);
                }
                "modelId" => {
                    return Err(A::Error::custom(
                        "`modelId` does not belong to a conversation; the model is chosen by \
                         its name in the configuration",
                    ));
                }
                "additionalModelRequestFields" => {
                    return Err(A::Error::custom(
                        "`additionalModelRequestFields` does not belong to a conversation; write \
                         `provider_opts.additional_request_fields` in the configuration",
                    ));
                }
                name => {
                    let known = PASSED_ON.join("`, `");
                    return Err(A::Error::custom(format!(
                        "unknown member `{name}`, expected `messages`, `system`, `toolConfig`, \
                         `inferenceConfig`, `{known}`"
                    )));
                }
            }
            seen.push(name);
        }
        if seen.iter().any(|name| name == "messages") {
            Ok(conversation)
        } else {
            Err(A::Error::missing_field("messages"))
        }
    }
}
