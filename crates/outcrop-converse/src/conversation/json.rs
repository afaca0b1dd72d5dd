//! A conversation as JSON: written as an object, read strictly.

use std::fmt;

use serde::de::{Error as _, MapAccess, SeqAccess, Visitor};
use serde::ser::SerializeMap;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::value::RawValue;

use super::PASSED_ON;
use crate::members::{list, there_twice};
use crate::{Conversation, Message, SystemBlock};

impl Serialize for Conversation {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("messages", &self.messages)?;
        if !self.system.is_empty() {
            map.serialize_entry("system", &self.system)?;
        }
        if let Some(tools) = &self.tools {
            map.serialize_entry("toolConfig", tools)?;
        }
        if !self.inference.is_empty() {
            map.serialize_entry("inferenceConfig", &self.inference)?;
        }
        self.rest.write_into(&mut map)?;
        map.end()
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
        let mut messages: Option<Vec<Message>> = None;
        let mut seen = Vec::new();
        while let Some(name) = map.next_key::<String>()? {
            if seen.contains(&name) {
                return Err(there_twice(&name));
            }
            // `null` counts as absent.
            match name.as_str() {
                "messages" => messages = map.next_value()?,
                "system" => {
                    let system = map.next_value::<Option<System>>()?;
                    conversation.system = system.map(|System(blocks)| blocks).unwrap_or_default();
                }
                "toolConfig" => conversation.tools = map.next_value()?,
                "inferenceConfig" => {
                    conversation.inference = map.next_value::<Option<_>>()?.unwrap_or_default();
                    let checked = conversation.inference.check_ranges();
                    checked.map_err(A::Error::custom)?;
                }
                name if PASSED_ON.contains(&name) => {
                    let value = map.next_value::<Box<RawValue>>()?;
                    if value.get() != "null" {
                        conversation.rest.insert(name, value);
                    }
                }
                name => return Err(A::Error::custom(not_a_member(name))),
            }
            seen.push(name);
        }
        conversation.messages = messages.ok_or_else(|| A::Error::missing_field("messages"))?;
        Ok(conversation)
    }
}

/// Why an object with such a member is no conversation.
fn not_a_member(name: &str) -> String {
    match name {
        "modelId" => {
            "`modelId` does not belong to a conversation; the model is chosen by its name \
                      in the configuration"
                .to_owned()
        }
        "additionalModelRequestFields" => {
            "`additionalModelRequestFields` does not belong to a conversation; write \
             `provider_opts.additional_request_fields` in the configuration"
                .to_owned()
        }
        "output" | "stopReason" => {
            format!("`{name}` belongs to the answer of a call, not to a conversation")
        }
        name => {
            let known = PASSED_ON.join("`, `");
            format!(
                "unknown member `{name}`, expected `messages`, `system`, `toolConfig`, \
                 `inferenceConfig`, `{known}`"
            )
        }
    }
}

/// The system prompt. The commonest mistake is a text in its place.
struct System(Vec<SystemBlock>);

impl<'de> Deserialize<'de> for System {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let what = r#"a list of system blocks such as [{"text": "…"}]"#;
        list(deserializer, what).map(Self)
    }
}
