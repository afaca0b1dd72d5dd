//! A YAML value as a deserializer whose errors are [`Problem`]s.

use serde::de::{
    DeserializeSeed, Deserializer, Error as _, MapAccess, SeqAccess, Unexpected, Visitor,
};
use serde_yaml::Value;

use crate::problem::{Problem, Step};

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
            Value::Sequence(items) => visitor.visit_seq(Items(items.iter().enumerate())),
            Value::Mapping(mapping) => visitor.visit_map(Pairs {
                pairs: mapping.iter(),
                current: None,
            }),
            Value::Tagged(_) => Err(Problem::invalid_type(Unexpected::Enum, &visitor)),
        }
    }

    serde::forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string
        bytes byte_buf option unit unit_struct newtype_struct seq tuple
        tuple_struct map struct enum identifier ignored_any
    }
}

/// The items of a list. A problem with one of them remembers which.
struct Items<'a>(std::iter::Enumerate<std::slice::Iter<'a, Value>>);

impl<'de> SeqAccess<'de> for Items<'de> {
    type Error = Problem;

    fn next_element_seed<T: DeserializeSeed<'de>>(
        &mut self,
        seed: T,
    ) -> Result<Option<T::Value>, Problem> {
        self.0
            .next()
            .map(|(position, item)| {
                let read = seed.deserialize(Source(item));
                read.map_err(|problem| problem.inside(Step::Item(position)))
            })
            .transpose()
    }
}

/// The pairs of a map. A problem with a value remembers its key.
struct Pairs<'a> {
    pairs: serde_yaml::mapping::Iter<'a>,
    current: Option<(&'a Value, &'a Value)>,
}

impl<'de> MapAccess<'de> for Pairs<'de> {
    type Error = Problem;

    fn next_key_seed<K: DeserializeSeed<'de>>(
        &mut self,
        seed: K,
    ) -> Result<Option<K::Value>, Problem> {
        self.current = self.pairs.next();
        self.current
            .map(|(key, _)| seed.deserialize(Source(key)))
            .transpose()
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, Problem> {
        let Some((key, value)) = self.current.take() else {
            return Err(Problem::custom("a value without a key"));
        };
        let key = key.as_str().unwrap_or_default();
        let read = seed.deserialize(Source(value));
        read.map_err(|problem| problem.inside(Step::Key(key.to_owned())))
    }
}
