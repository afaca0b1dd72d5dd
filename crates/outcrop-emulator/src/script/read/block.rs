//! The blocks of an answer.

use std::collections::HashSet;
use std::fmt;

use serde::Deserialize;
use serde::de::value::MapAccessDeserializer;
use serde::de::{Deserializer, Error, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Value};

use super::given;
use super::json::Json;
use super::scalar::word;
use crate::script::entry::Said;
use crate::shapes;

/// The blocks of an answer, of which there may be none.
pub(super) struct Blocks(pub(super) Vec<Said>);

impl<'de> Deserialize<'de> for Blocks {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        // Asked for a list, the parser would take nothing at all for an empty one.
        deserializer.deserialize_any(ListOfBlocks)
    }
}

struct ListOfBlocks;

impl<'de> Visitor<'de> for ListOfBlocks {
    type Value = Blocks;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list of blocks such as `[{ text: Hello }]`")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Blocks, A::Error> {
        let mut blocks = Vec::new();
        while let Some(block) = seq.next_element()? {
            blocks.push(block);
        }
        check_ids(&blocks).map_err(A::Error::custom)?;
        Ok(Blocks(blocks))
    }
}

/// Two calls of one answer do not share a name.
fn check_ids(blocks: &[Said]) -> Result<(), String> {
    let mut seen = HashSet::new();
    let ids = blocks.iter().filter_map(|block| match block {
        Said::ToolUse { id, .. } => id.as_deref(),
        _ => None,
    });
    for id in ids {
        if !seen.insert(id) {
            return Err(format!(
                "two tool calls have the id `{id}`; give each its own"
            ));
        }
    }
    Ok(())
}

impl<'de> Deserialize<'de> for Said {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(OneBlock)
    }
}

struct OneBlock;

impl<'de> Visitor<'de> for OneBlock {
    type Value = Said;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a block such as `text: Hello`")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Said, A::Error> {
        const KINDS: &[&str] = &["thinking", "redacted", "text", "tool_use"];
        let Some(kind) = map.next_key::<String>()? else {
            return Err(A::Error::invalid_length(0, &self));
        };
        let said = match kind.as_str() {
            "thinking" => Said::Thinking(map.next_value()?),
            "redacted" => Said::Redacted(map.next_value::<NonEmpty>()?.0),
            "text" => Said::Text(map.next_value::<NonEmpty>()?.0),
            "tool_use" => map.next_value::<ToolUse>()?.into(),
            _ => return Err(A::Error::unknown_field(&kind, KINDS)),
        };
        match map.next_entry::<String, IgnoredAny>()? {
            None => Ok(said),
            Some((second, _)) => Err(A::Error::custom(format!(
                "a block is of one kind, and `{second}` stands beside `{kind}`; begin another \
                 block with `- {second}:`"
            ))),
        }
    }
}

/// A text that a model would not leave out.
struct NonEmpty(String);

impl<'de> Deserialize<'de> for NonEmpty {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        word(deserializer, "a text that is not empty", |text| {
            (!text.is_empty()).then(|| Self(text.to_owned()))
        })
    }
}

#[derive(Deserialize)]
#[serde(
    deny_unknown_fields,
    expecting = "a tool call such as `{ name: weather, input: { city: Oslo } }`"
)]
struct ToolUse {
    name: Name,
    #[serde(default)]
    input: Input,
    #[serde(default, deserialize_with = "given")]
    id: Option<Identifier>,
}

impl From<ToolUse> for Said {
    fn from(tool_use: ToolUse) -> Self {
        Self::ToolUse {
            name: tool_use.name.0,
            input: Value::Object(tool_use.input.0),
            id: tool_use.id.map(|id| id.0),
        }
    }
}

/// The name of a tool, as the service takes it back.
struct Name(String);

impl<'de> Deserialize<'de> for Name {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let expected = "a tool's name: 1 to 64 letters, digits, `_` or `-`";
        word(deserializer, expected, |text| {
            shapes::is_tool_name(text).then(|| Self(text.to_owned()))
        })
    }
}

/// The name of a call, as the service takes it back.
struct Identifier(String);

impl<'de> Deserialize<'de> for Identifier {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let expected = "an id: 1 to 64 letters, digits, `_`, `.`, `:` or `-`";
        word(deserializer, expected, |text| {
            shapes::is_tool_use_id(text).then(|| Self(text.to_owned()))
        })
    }
}

/// What a tool is called with.
#[derive(Default)]
struct Input(Map<String, Value>);

impl<'de> Deserialize<'de> for Input {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(Arguments)
    }
}

struct Arguments;

impl<'de> Visitor<'de> for Arguments {
    type Value = Input;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a map of arguments such as `{ city: Oslo }`")
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Input, A::Error> {
        match Json::deserialize(MapAccessDeserializer::new(map))?.0 {
            Value::Object(members) => Ok(Input(members)),
            _ => Err(A::Error::custom("expected a map of arguments")),
        }
    }
}
