//! Texts that end an answer.

use std::fmt;

use serde::de::{Deserializer as _, Error, Expected, Unexpected, Visitor};

use super::Spelling;
use crate::problem::{Advice, Problem};
use crate::problems::{Problems, read_items};
use crate::source::Source;

/// A list of texts, none of them empty. Source: `stopSequences` of Converse, at most 2500.
#[derive(Clone, Copy)]
pub(crate) struct StopSequences;

/// Source: `InferenceConfiguration` of the Bedrock Runtime service model.
const MOST: usize = 2500;

impl Spelling for StopSequences {
    type Meaning = Vec<String>;

    fn read(&self, source: Source<'_>) -> Result<Vec<String>, Problems> {
        let Some(items) = source.0.as_sequence() else {
            let help = source
                .untagged()
                .is_string()
                .then(|| Advice::say("put it into a list: [\"...\"]"));
            return Err(source.refused(self).with_help(help).into());
        };
        let texts = read_items(items, |item| {
            let is_bare = item.0.is_number() || item.0.is_bool();
            let help = is_bare.then(|| Advice::say("put it in quotes"));
            let read = item.deserialize_any(StopSequence);
            read.map_err(|problem| problem.with_help(help))
        });
        if items.len() > MOST {
            let too_long = Problem::invalid_value(Unexpected::Seq, self);
            return Err(Problems::from(too_long).and(texts.err()));
        }
        texts
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

impl Expected for StopSequences {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "a list of at most {MOST} texts")
    }
}

/// One item of the list.
struct StopSequence;

impl Visitor<'_> for StopSequence {
    type Value = String;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a text that is not empty")
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<String, E> {
        if text.is_empty() {
            return Err(E::invalid_value(Unexpected::Str(text), &self));
        }
        Ok(text.to_owned())
    }
}
