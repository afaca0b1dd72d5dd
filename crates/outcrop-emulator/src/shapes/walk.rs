//! Holding a value against a shape, and wording what does not fit.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Map, Value};

use super::path::{Path, Step};
use super::{Member, Shape, Text, model_id};
use crate::refusal::Refusal;

/// What does not fit.
#[derive(Debug, Default)]
pub(super) struct Findings {
    /// A value of the wrong JSON type, which the service cannot read at all.
    unreadable: Option<String>,
    /// A member that does not exist, or a union without its one member.
    malformed: Option<String>,
    /// Values outside their limits.
    constraints: Vec<String>,
}

impl Findings {
    pub(super) fn model_id(&mut self, id: &str) {
        if id.chars().count() > model_id::MAX {
            let text = "Member must have length less than or equal to 2048";
            self.constraints.push(constraint("modelId", text));
        } else if !model_id::matches(id) {
            let text = "Member must satisfy regular expression pattern of a model ID or ARN";
            self.constraints.push(constraint("modelId", text));
        }
    }

    pub(super) fn walk(&mut self, shape: &Shape, body: &Value) {
        self.value(shape, body, &Path::ROOT);
    }

    /// The refusal that the findings amount to: what cannot be read first, then what does not
    /// exist, then all limits in one text, as the service counts them up.
    pub(super) fn verdict(self) -> Result<(), Refusal> {
        if let Some(text) = self.unreadable {
            return Err(Refusal::unreadable(text));
        }
        if let Some(text) = self.malformed {
            return Err(Refusal::validation(text));
        }
        match self.constraints.len() {
            0 => Ok(()),
            count => Err(Refusal::validation(format!(
                "{count} validation error{} detected: {}",
                if count == 1 { "" } else { "s" },
                self.constraints.join("; "),
            ))),
        }
    }

    fn value(&mut self, shape: &Shape, value: &Value, path: &Path<'_>) {
        match (shape, value) {
            (Shape::Document, _) => {}
            (Shape::Structure(members), Value::Object(object)) => {
                self.structure(members, object, path);
            }
            (Shape::Union(name, members), Value::Object(object)) => {
                self.structure(members, object, path);
                self.union(name, members, object, path);
            }
            (Shape::List { item, min, max }, Value::Array(items)) => {
                self.length(items.len(), *min, *max, path);
                for (index, value) in items.iter().enumerate() {
                    self.value(item, value, &path.then(Step::Index(index)));
                }
            }
            (
                Shape::Map {
                    key,
                    value: shape,
                    min,
                    max,
                },
                Value::Object(entries),
            ) => {
                self.length(entries.len(), *min, *max, path);
                for (name, value) in entries {
                    let path = path.then(Step::Member(name));
                    self.text(key, name, &path);
                    self.value(shape, value, &path);
                }
            }
            (Shape::Text(text), Value::String(value)) => self.text(text, value, path),
            (Shape::Integer { min }, Value::Number(number)) if !number.is_f64() => {
                // What no i64 can hold is above every minimum.
                self.at_least(
                    number.as_i64().is_none_or(|value| value >= *min),
                    *min,
                    path,
                );
            }
            (Shape::Number { min, max }, Value::Number(number)) => {
                let value = number.as_f64().unwrap_or(f64::NAN);
                self.at_least(value >= *min, *min, path);
                if value > *max {
                    self.constrain(
                        path,
                        format!("Member must have value less than or equal to {max}"),
                    );
                }
            }
            (Shape::Boolean, Value::Bool(_)) => {}
            (Shape::Blob { min }, Value::String(text)) => self.blob(*min, text, path),
            _ => self.wrong_type(shape, path),
        }
    }

    fn structure(&mut self, members: &[Member], object: &Map<String, Value>, path: &Path<'_>) {
        for (name, value) in object {
            match members.iter().find(|member| member.name == name) {
                None => self.unknown(name, path),
                Some(_) if value.is_null() => {}
                Some(member) => self.value(member.shape, value, &path.then(Step::Member(name))),
            }
        }
        for member in members.iter().filter(|member| member.required) {
            if object.get(member.name).is_none_or(Value::is_null) {
                let path = path.then(Step::Member(member.name));
                self.constrain(&path, "Member must not be null".to_owned());
            }
        }
    }

    /// The text for unknown members is the one reported for a cache point among Nova's tools.
    fn unknown(&mut self, name: &str, path: &Path<'_>) {
        self.malformed.get_or_insert_with(|| {
            format!(
                "Malformed input request: {}: extraneous key [{name}] is not permitted, please \
                 reformat your input and try again.",
                path.pointer()
            )
        });
    }

    fn union(
        &mut self,
        name: &str,
        members: &[Member],
        object: &Map<String, Value>,
        path: &Path<'_>,
    ) {
        let set = object.values().filter(|value| !value.is_null()).count();
        if set == 1 {
            return;
        }
        let quantity = if set == 0 { "one" } else { "only one" };
        let keys: Vec<&str> = members.iter().map(|member| member.name).collect();
        self.malformed.get_or_insert_with(|| {
            format!(
                "The {name} object at {} must set {quantity} of the following keys: {}.",
                path.dotted(),
                keys.join(", ")
            )
        });
    }

    fn text(&mut self, text: &Text, value: &str, path: &Path<'_>) {
        self.length(value.chars().count(), text.min, text.max, path);
        if !text.values.is_empty() && !text.values.contains(&value) {
            let values = text.values.join(", ");
            self.constrain(
                path,
                format!("Member must satisfy enum value set: [{values}]"),
            );
        }
        if let Some(pattern) = &text.pattern
            && !(pattern.matches)(value)
        {
            let pattern = pattern.text;
            self.constrain(
                path,
                format!("Member must satisfy regular expression pattern: {pattern}"),
            );
        }
    }

    fn blob(&mut self, min: usize, text: &str, path: &Path<'_>) {
        match STANDARD.decode(text) {
            Ok(bytes) => self.length(bytes.len(), min, usize::MAX, path),
            Err(_) => self.wrong_type(&Shape::Blob { min }, path),
        }
    }

    fn length(&mut self, length: usize, min: usize, max: usize, path: &Path<'_>) {
        if length < min {
            self.constrain(
                path,
                format!("Member must have length greater than or equal to {min}"),
            );
        } else if length > max {
            self.constrain(
                path,
                format!("Member must have length less than or equal to {max}"),
            );
        }
    }

    fn at_least(&mut self, holds: bool, min: impl std::fmt::Display, path: &Path<'_>) {
        if !holds {
            self.constrain(
                path,
                format!("Member must have value greater than or equal to {min}"),
            );
        }
    }

    fn constrain(&mut self, path: &Path<'_>, text: String) {
        self.constraints.push(constraint(&path.members(), &text));
    }

    /// The service says only "Unexpected field type"; where, and what it should be, is added here.
    fn wrong_type(&mut self, shape: &Shape, path: &Path<'_>) {
        let expected = match shape {
            Shape::Structure(_) | Shape::Union(..) | Shape::Map { .. } => "an object",
            Shape::List { .. } => "a list",
            Shape::Text(_) => "a string",
            Shape::Integer { .. } => "an integer",
            Shape::Number { .. } => "a number",
            Shape::Boolean => "a boolean",
            Shape::Blob { .. } => "a base64 string",
            Shape::Document => "JSON",
        };
        self.unreadable.get_or_insert_with(|| {
            format!(
                "Unexpected field type at {}: expected {expected}",
                path.pointer()
            )
        });
    }
}

/// One broken limit. The value is left out: it may be long, or not meant for a log.
fn constraint(member: &str, text: &str) -> String {
    format!("Value at '{member}' failed to satisfy constraint: {text}")
}
