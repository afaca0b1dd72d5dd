//! A YAML value as a deserializer whose errors are [`Problem`]s.
//!
//! It shows a visitor nothing but scalars: a deserializer stops at its first error, and of a list or
//! a map all problems are wanted (see [`problems`](crate::problems)).

use std::convert::Infallible;
use std::fmt;

use serde::de::{Deserializer, Error as _, Expected, Unexpected, Visitor};
use serde_yaml::Value;

use crate::problem::Problem;

/// One value, deserialized alone. Nothing is converted on the way: a quoted number is a text, and
/// a float without a fraction is a float.
#[derive(Clone, Copy)]
pub(crate) struct Source<'a>(pub(crate) &'a Value);

impl<'a> Source<'a> {
    /// The value for advice about common slips, of which a tag is none.
    pub(crate) fn untagged(self) -> &'a Value {
        match self.0 {
            Value::Tagged(_) => &Value::Null,
            value => value,
        }
    }

    /// Why it is refused where no value of its kind is taken.
    pub(crate) fn refused(self, expected: &dyn Expected) -> Problem {
        match self.deserialize_any(Nothing(expected)) {
            Ok(never) => match never {},
            Err(problem) => problem,
        }
    }
}

/// Takes no value at all.
struct Nothing<'a>(&'a dyn Expected);

impl Visitor<'_> for Nothing<'_> {
    type Value = Infallible;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl<'de> Deserializer<'de> for Source<'de> {
    type Error = Problem;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Problem> {
        match self.0 {
            Value::Null => visitor.visit_unit(),
            Value::Bool(value) => visitor.visit_bool(*value),
            Value::Number(number) => {
                if let Some(integer) = number.as_i64() {
                    visitor.visit_i64(integer)
                } else if let Some(integer) = number.as_u64() {
                    visitor.visit_u64(integer)
                } else {
                    visitor.visit_f64(number.as_f64().unwrap_or(f64::NAN))
                }
            }
            Value::String(text) => visitor.visit_borrowed_str(text),
            Value::Sequence(_) => Err(Problem::invalid_type(Unexpected::Seq, &visitor)),
            Value::Mapping(_) => Err(Problem::invalid_type(Unexpected::Map, &visitor)),
            Value::Tagged(_) => Err(Problem::invalid_type(Unexpected::Enum, &visitor)),
        }
    }

    serde::forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string
        bytes byte_buf option unit unit_struct newtype_struct seq tuple
        tuple_struct map struct enum identifier ignored_any
    }
}
