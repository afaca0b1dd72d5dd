//! A Converse request whose shape has been checked, and ways to read it.

use std::borrow::Cow;

use serde_json::{Map, Value};

/// The JSON body of a Converse request. Members whose value is `null` read as absent, as the
/// service reads them.
#[derive(Debug)]
pub(crate) struct Request<'a> {
    body: Cow<'a, Value>,
}

/// One message.
#[derive(Clone, Copy)]
pub(crate) struct Message<'a> {
    pub(crate) index: usize,
    pub(crate) role: &'a str,
    pub(crate) content: &'a [Value],
}

/// One content block: the name of its member, and what stands under it.
#[derive(Clone, Copy)]
pub(crate) struct Block<'a> {
    pub(crate) index: usize,
    pub(crate) kind: &'a str,
    pub(crate) value: &'a Value,
}

impl From<Value> for Request<'static> {
    fn from(body: Value) -> Self {
        Self {
            body: Cow::Owned(body),
        }
    }
}

impl<'a> From<&'a Value> for Request<'a> {
    fn from(body: &'a Value) -> Self {
        Self {
            body: Cow::Borrowed(body),
        }
    }
}

impl Request<'_> {
    /// What stands at a path of members, unless it is absent.
    pub(crate) fn get(&self, path: &[&str]) -> Option<&Value> {
        path.iter()
            .try_fold(&*self.body, |value, name| value.get(name))
            .filter(|value| !value.is_null())
    }

    pub(crate) fn messages(&self) -> impl DoubleEndedIterator<Item = Message<'_>> + Clone {
        list(self.get(&["messages"]))
            .iter()
            .enumerate()
            .map(|(index, message)| Message {
                index,
                role: text(message.get("role")),
                content: list(message.get("content")),
            })
    }

    pub(crate) fn system(&self) -> impl Iterator<Item = Block<'_>> + Clone {
        blocks(list(self.get(&["system"])))
    }

    pub(crate) fn tools(&self) -> impl Iterator<Item = Block<'_>> + Clone {
        blocks(list(self.get(&["toolConfig", "tools"])))
    }

    /// The names that the tools of the request can be called by.
    pub(crate) fn tool_names(&self) -> impl Iterator<Item = &str> {
        self.tools()
            .filter(|tool| tool.kind != "cachePoint")
            .map(|tool| text(tool.value.get("name")))
    }

    /// The member of `toolConfig.toolChoice`: `auto`, `any` or `tool`.
    pub(crate) fn tool_choice(&self) -> Option<&str> {
        let choice = self.get(&["toolConfig", "toolChoice"])?.as_object()?;
        choice
            .iter()
            .find(|(_, value)| !value.is_null())
            .map(|(kind, _)| kind.as_str())
    }

    /// `additionalModelRequestFields`, when it is an object.
    pub(crate) fn fields(&self) -> Option<&Map<String, Value>> {
        self.get(&["additionalModelRequestFields"])?.as_object()
    }

    /// A member of `additionalModelRequestFields`.
    pub(crate) fn field(&self, name: &str) -> Option<&Value> {
        self.fields()?.get(name).filter(|value| !value.is_null())
    }

    /// A member of `inferenceConfig`, or the additional field that means the same to a model.
    pub(crate) fn inference(&self, name: &str, field: &str) -> Option<&Value> {
        self.get(&["inferenceConfig", name])
            .or_else(|| self.field(field))
    }

    /// How many tokens the answer may have, if the request says.
    pub(crate) fn max_tokens(&self) -> Option<u64> {
        self.inference("maxTokens", "max_tokens")?.as_u64()
    }

    pub(crate) fn has_beta(&self, flag: &str) -> bool {
        list(self.field("anthropic_beta"))
            .iter()
            .any(|beta| beta.as_str() == Some(flag))
    }

    /// How hard the model is asked to work, by either way of writing it.
    pub(crate) fn effort(&self) -> Option<&str> {
        self.field("output_config")
            .and_then(|config| config.get("effort"))
            .or_else(|| self.get(&["outputConfig", "effort"]))
            .and_then(Value::as_str)
    }

    /// The whole body.
    pub(crate) fn body(&self) -> &Value {
        &self.body
    }
}

impl<'a> Message<'a> {
    pub(crate) fn blocks(self) -> impl DoubleEndedIterator<Item = Block<'a>> + Clone {
        blocks(self.content)
    }

    /// The blocks of one kind.
    pub(crate) fn of_kind<'k>(
        self,
        kind: &'k str,
    ) -> impl Iterator<Item = Block<'a>> + use<'a, 'k> {
        self.blocks().filter(move |block| block.kind == kind)
    }

    pub(crate) fn has(self, kind: &str) -> bool {
        self.blocks().any(|block| block.kind == kind)
    }
}

impl<'a> Block<'a> {
    /// A text member of the block, empty when it is absent.
    pub(crate) fn text(self, name: &str) -> &'a str {
        text(self.value.get(name))
    }
}

/// The blocks of a list. Each has one member, which the shape check has made sure of.
pub(crate) fn blocks(values: &[Value]) -> impl DoubleEndedIterator<Item = Block<'_>> + Clone {
    values.iter().enumerate().filter_map(|(index, value)| {
        let (kind, value) = value
            .as_object()?
            .iter()
            .find(|(_, value)| !value.is_null())?;
        Some(Block { index, kind, value })
    })
}

pub(crate) fn list(value: Option<&Value>) -> &[Value] {
    value.and_then(Value::as_array).map_or(&[], Vec::as_slice)
}

pub(crate) fn text(value: Option<&Value>) -> &str {
    value.and_then(Value::as_str).unwrap_or_default()
}
