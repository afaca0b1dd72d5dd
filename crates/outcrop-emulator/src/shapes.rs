//! What a Converse request may be made of: a table of shapes, and a walk along it.
//!
//! Source of every name, limit, enumeration and pattern: botocore service model
//! `bedrock-runtime/2023-09-30` as shipped with botocore 1.44.5. Free-form documents (tool inputs
//! and schemas, `additionalModelRequestFields`) end the walk; the rules look into them.

mod blocks;
mod converse;
mod model_id;
mod path;
mod patterns;
mod walk;

use serde_json::Value;

use crate::refusal::Refusal;

/// What a value must be.
#[derive(Debug)]
enum Shape {
    /// An object with these members and no others.
    Structure(&'static [Member]),
    /// An object with exactly one of these members. The name is the one that refusals use.
    Union(&'static str, &'static [Member]),
    List {
        item: &'static Shape,
        min: usize,
        max: usize,
    },
    Map {
        key: &'static Text,
        value: &'static Shape,
        min: usize,
        max: usize,
    },
    Text(Text),
    Integer {
        min: i64,
    },
    Number {
        min: f64,
        max: f64,
    },
    Boolean,
    /// Base64 of at least this many bytes.
    Blob {
        min: usize,
    },
    /// Any JSON.
    Document,
}

/// What a text must be. Lengths are in characters.
#[derive(Debug)]
struct Text {
    min: usize,
    max: usize,
    /// The only values; empty when there is no such list.
    values: &'static [&'static str],
    pattern: Option<Pattern>,
}

/// A regular expression, and the same as a function. The patterns are simple enough to spare a
/// dependency.
#[derive(Debug)]
struct Pattern {
    text: &'static str,
    matches: fn(&str) -> bool,
}

/// A member of an object.
#[derive(Debug, Clone, Copy)]
struct Member {
    name: &'static str,
    required: bool,
    shape: &'static Shape,
}

const fn required(name: &'static str, shape: &'static Shape) -> Member {
    Member {
        name,
        required: true,
        shape,
    }
}

const fn optional(name: &'static str, shape: &'static Shape) -> Member {
    Member {
        name,
        required: false,
        shape,
    }
}

const fn list(item: &'static Shape) -> Shape {
    Shape::List {
        item,
        min: 0,
        max: usize::MAX,
    }
}

const fn text(min: usize, max: usize) -> Text {
    Text {
        min,
        max,
        values: &[],
        pattern: None,
    }
}

const fn one_of(values: &'static [&'static str]) -> Shape {
    Shape::Text(Text {
        values,
        ..text(0, usize::MAX)
    })
}

const fn matching(min: usize, max: usize, pattern: Pattern) -> Text {
    Text {
        min,
        max,
        values: &[],
        pattern: Some(pattern),
    }
}

/// Any text, the empty one included.
static ANY_TEXT: Shape = Shape::Text(text(0, usize::MAX));
/// `NonEmptyString`.
static NON_EMPTY: Shape = Shape::Text(text(1, usize::MAX));
static BOOLEAN: Shape = Shape::Boolean;
static DOCUMENT: Shape = Shape::Document;

/// Checks the identifier in the path and the body against the model of the operation.
pub(crate) fn check(model_id: &str, body: &Value, streaming: bool) -> Result<(), Refusal> {
    let shape = if streaming {
        &converse::STREAM_REQUEST
    } else {
        &converse::REQUEST
    };
    let mut findings = walk::Findings::default();
    findings.model_id(model_id);
    findings.walk(shape, body);
    findings.verdict()
}

/// Whether a tool can have that name.
pub(crate) fn is_tool_name(text: &str) -> bool {
    (1..=64).contains(&text.len()) && (patterns::TOOL_NAME.matches)(text)
}

/// Whether a tool call can have that identifier.
pub(crate) fn is_tool_use_id(text: &str) -> bool {
    (1..=64).contains(&text.len()) && (patterns::TOOL_USE_ID.matches)(text)
}
