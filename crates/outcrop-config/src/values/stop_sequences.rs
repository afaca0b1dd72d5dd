//! Texts that end an answer.

use std::fmt;

use serde::de::{Deserialize, Deserializer, Error, IgnoredAny, SeqAccess, Unexpected, Visitor};

use super::Spelling;
use crate::problem::{Advice, Problem};
use crate::source::Source;

/// A list of texts, none of them empty. Source: `stopSequences` of Converse, at most 2500.
#[derive(Clone, Copy)]
pub(crate) struct StopSequences;

/// Source: `InferenceConfiguration` of the Bedrock Runtime service model.
const MOST: usize = 2500;

impl Spelling for StopSequences {
    type Meaning = Vec<String>;

    fn read(&self, source: Source<'_>) -> Result<Vec<String>, Problem> {
        let help = source
            .untagged()
            .is_string()
            .then(|| Advice::say("put it into a list: [\"...\"]"));
        let read = source.deserialize_any(*self);
        read.map_err(|problem| problem.with_help(help))
    }

    #[cfg(feature = "schema")]
    fn schema(&self) -> schemars::Schema {
        schemars::json_schema!({
            "type": "array",
            "maxItems": MOST,
            "items": {
                "type": "string",
                "minLength": 1,
                "errorMessage": "expected a text that is not empty",
            },
        })
    }
}

impl<'de> Visitor<'de> for StopSequences {
    type Value = Vec<String>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "a list of at most {MOST} texts")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Vec<String>, A::Error> {
        let mut sequences = Vec::new();
        while sequences.len() < MOST {
            match items.next_element()? {
                Some(StopSequence(text)) => sequences.push(text),
                None => return Ok(sequences),
            }
        }
        match items.next_element::<IgnoredAny>()? {
            Some(_) => Err(A::Error::invalid_value(Unexpected::Seq, &self)),
            None => Ok(sequences),
        }
    }
}

/// One item of the list.
struct StopSequence(String);

impl<'de> Deserialize<'de> for StopSequence {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Item;

        impl Visitor<'_> for Item {
            type Value = StopSequence;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a text that is not empty")
            }

            fn visit_str<E: Error>(self, text: &str) -> Result<StopSequence, E> {
                if text.is_empty() {
                    return Err(E::invalid_value(Unexpected::Str(text), &self));
                }
                Ok(StopSequence(text.to_owned()))
            }
        }

        deserializer.deserialize_any(Item)
    }
}
