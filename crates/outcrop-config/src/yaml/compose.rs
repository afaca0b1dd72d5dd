//! From indexed nodes to values.

use serde_yaml::value::{Tag, TaggedValue};
use serde_yaml::{Mapping, Value};

use super::index::{Content, Index, NodeId};
use super::scalar;
use crate::diagnostic::Code;
use crate::findings::{Finding, Findings};

/// The value of the whole document, with every merge key applied; null when there is none.
pub(super) fn compose(index: &Index<'_>, findings: &mut Findings) -> Value {
    index
        .root()
        .map_or(Value::Null, |root| value(index, root, findings))
}

/// The value of one node. The depth was bounded when the index was made, aliases included.
fn value(index: &Index<'_>, node: NodeId, findings: &mut Findings) -> Value {
    match index.content(node) {
        None | Some(Content::Alias(_)) => Value::Null,
        Some(Content::Scalar { text, plain, tag }) => scalar(text, *plain, tag.as_deref()),
        Some(Content::Sequence { items, tag }) => {
            let items = items.iter().map(|&item| value(index, item, findings));
            tagged(Value::Sequence(items.collect()), tag.as_deref())
        }
        Some(Content::Mapping { pairs, tag, .. }) => {
            let mut mapping = Mapping::with_capacity(pairs.len());
            for pair in pairs {
                let composed = value(index, pair.value, findings);
                // A second value for a key was reported when it was read; the first one stays.
                mapping
                    .entry(key_value(index, pair.key))
                    .or_insert(composed);
            }
            tagged(merged(index, node, mapping, findings), tag.as_deref())
        }
    }
}

/// A key is its text, as in JSON: `1:` and `"1":` are the same key. One that is a list or a map is a
/// key that [`Index::odd_key`] knows.
fn key_value(index: &Index<'_>, key: NodeId) -> Value {
    match index.text(key) {
        Some(text) => Value::String(text.to_string()),
        None => key.as_odd_key(),
    }
}

/// The mapping with its own merge key applied; those inside it already are, so that a chain of
/// merges is followed to its end.
fn merged(index: &Index<'_>, node: NodeId, mapping: Mapping, findings: &mut Findings) -> Value {
    let merges = mapping.contains_key("<<");
    let mut value = Value::Mapping(mapping);
    if merges && value.apply_merge().is_err() {
        let place = index.pair(node, "<<").map_or(node, |pair| pair.value);
        findings.push(Finding {
            code: Code::ConfigWrongType,
            path: index.path(place),
            span: index.span(place),
            message: "`<<` takes a map, or a list of maps, to merge into this one".to_owned(),
            help: None,
        });
    }
    value
}

const CORE: &str = "tag:yaml.org,2002:";

fn scalar(text: &str, plain: bool, tag: Option<&str>) -> Value {
    let as_text = || Value::String(text.to_owned());
    let Some(tag) = tag else {
        return if plain {
            scalar::resolve(text)
        } else {
            as_text()
        };
    };
    let resolved = scalar::resolve(text);
    match (tag.strip_prefix(CORE), &resolved) {
        (Some("str"), _) => as_text(),
        (Some("int"), Value::Number(number)) if !number.is_f64() => resolved,
        (Some("float"), Value::Number(_))
        | (Some("bool"), Value::Bool(_))
        | (Some("null"), Value::Null) => resolved,
        _ if tag == "!" => as_text(),
        _ => tagged(as_text(), Some(tag)),
    }
}

/// A value whose tag nobody here knows keeps it, and is of no type that any key takes.
fn tagged(value: Value, tag: Option<&str>) -> Value {
    let known = |tag: &str| matches!(tag.strip_prefix(CORE), Some("seq" | "map"));
    match tag {
        Some(tag) if !tag.is_empty() && !known(tag) => Value::Tagged(Box::new(TaggedValue {
            tag: Tag::new(tag),
            value,
        })),
        _ => value,
    }
}
