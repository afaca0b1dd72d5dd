//! Fields that go to the model as they are.

use std::fmt;

use serde::de::{Deserializer as _, Error, Expected, Unexpected, Visitor};
use serde_json::{Map, Number, Value};
use serde_yaml::Mapping;

use super::Spelling;
use crate::problem::Problem;
use crate::problems::{Problems, read_items, read_pairs};
use crate::source::Source;

/// A map of anything that JSON can hold, in the order of the file.
#[derive(Clone, Copy)]
pub(crate) struct AdditionalRequestFields;

impl Spelling for AdditionalRequestFields {
    type Meaning = Map<String, Value>;

    fn read(&self, source: Source<'_>) -> Result<Map<String, Value>, Problems> {
        match source.0.as_mapping() {
            Some(pairs) => fields(pairs),
            None => Err(source.refused(self).into()),
        }
    }

    #[cfg(feature = "schema")]
    fn schema(&self) -> schemars::Schema {
        schemars::json_schema!({
            "type": "object",
            "additionalProperties": true,
        })
    }
}

impl Expected for AdditionalRequestFields {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a map of request fields")
    }
}

/// The fields of a map, at any depth.
fn fields(pairs: &Mapping) -> Result<Map<String, Value>, Problems> {
    let no_text = || {
        let message = "has a list or a map where the name of a field belongs";
        Problem::bad_format(message.to_owned())
    };
    read_pairs(pairs, no_text, json).map(Map::from_iter)
}

/// The same value in JSON.
fn json(source: Source<'_>) -> Result<Value, Problems> {
    match source.0 {
        serde_yaml::Value::Sequence(items) => read_items(items, json).map(Value::Array),
        serde_yaml::Value::Mapping(pairs) => fields(pairs).map(Value::Object),
        _ => source.deserialize_any(Scalar).map_err(Problems::from),
    }
}

/// A scalar: anything of YAML but NaN, infinities and tags.
struct Scalar;

impl Visitor<'_> for Scalar {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value that JSON has")
    }

    fn visit_unit<E: Error>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_bool<E: Error>(self, value: bool) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_i64<E: Error>(self, value: i64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_u64<E: Error>(self, value: u64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_f64<E: Error>(self, value: f64) -> Result<Value, E> {
        Number::from_f64(value)
            .map(Value::Number)
            .ok_or_else(|| E::invalid_value(Unexpected::Float(value), &self))
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Value, E> {
        Ok(text.into())
    }
}
