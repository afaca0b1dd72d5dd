//! The body: the exact bytes of a request.

use std::borrow::Cow;

use serde::ser::SerializeMap;
use serde::{Serialize, Serializer};

use super::turns::Turn;
use super::{PrepareError, Settings, points};
use crate::{
    Adjustment, CachePlan, Conversation, InferenceConfig, Members, SystemBlock, ToolConfig,
};

/// A request body and what preparing it changed.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Prepared {
    /// The bytes to send.
    pub body: Body,
    /// What differs from the conversation that was given.
    pub adjustments: Vec<Adjustment>,
    /// Where its cache points are, and why.
    pub cache: CachePlan,
}

/// The exact bytes of a Converse or ConverseStream request, which are the same for both.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Body(Vec<u8>);

impl Body {
    /// The bytes, which are JSON in UTF-8.
    #[must_use]
    pub fn as_bytes(&self) -> &[u8] {
        &self.0
    }

    /// The bytes, without a copy.
    #[must_use]
    pub fn into_bytes(self) -> Vec<u8> {
        self.0
    }
}

/// What a body is written from.
pub(super) struct Parts<'a> {
    pub(super) turns: Vec<Turn<'a>>,
    pub(super) system: Vec<&'a SystemBlock>,
    pub(super) tools: Option<Cow<'a, ToolConfig>>,
    pub(super) fields: Members,
    pub(super) cache: CachePlan,
}

/// Writes the members in one fixed order.
pub(super) fn write(
    conversation: &Conversation,
    settings: &Settings<'_>,
    parts: &Parts<'_>,
) -> Result<Body, PrepareError> {
    let wire = Wire {
        parts,
        inference: inference(conversation, settings),
        rest: conversation.rest(),
    };
    serde_json::to_vec(&wire)
        .map(Body)
        .map_err(PrepareError::Json)
}

/// `inferenceConfig`: what was decided, and where the model stops.
fn inference(conversation: &Conversation, settings: &Settings<'_>) -> InferenceConfig {
    let decision = settings.decision;
    let own = &conversation.inference.stop_sequences;
    InferenceConfig {
        max_tokens: decision.max_tokens,
        temperature: decision.sampling.temperature,
        top_p: decision.sampling.top_p,
        stop_sequences: if own.is_empty() {
            settings.stop_sequences.to_vec()
        } else {
            own.clone()
        },
    }
}

struct Wire<'a> {
    parts: &'a Parts<'a>,
    inference: InferenceConfig,
    rest: &'a Members,
}

impl Serialize for Wire<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Parts {
            turns,
            system,
            tools,
            fields,
            cache,
        } = self.parts;
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("messages", &points::Messages(turns, cache))?;
        if points::has_content(system) {
            map.serialize_entry("system", &points::system(system, cache))?;
        }
        if !self.inference.is_empty() {
            map.serialize_entry("inferenceConfig", &self.inference)?;
        }
        if let Some(tools) = tools {
            map.serialize_entry("toolConfig", &points::Tools(tools, cache))?;
        }
        if !fields.is_empty() {
            map.serialize_entry("additionalModelRequestFields", fields)?;
        }
        self.rest.write_into(&mut map)?;
        map.end()
    }
}
