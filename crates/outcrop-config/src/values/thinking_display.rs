//! Whether the text of the thinking comes back.

use std::fmt;

use outcrop_policy::ThinkingDisplay;
use serde::de::{Deserializer as _, Error, Unexpected, Visitor};

use super::{Choice, Spelling};
use crate::problems::Problems;
use crate::source::Source;

/// The spelling of a [`ThinkingDisplay`].
#[derive(Clone, Copy)]
pub(crate) struct ThinkingDisplayWord;

impl Spelling for ThinkingDisplayWord {
    type Meaning = ThinkingDisplay;

    fn read(&self, source: Source<'_>) -> Result<ThinkingDisplay, Problems> {
        source.deserialize_any(*self).map_err(Problems::from)
    }

    fn choices(&self) -> Vec<Choice> {
        let choice = |display: ThinkingDisplay, meaning| Choice {
            word: display.as_str(),
            meaning,
        };
        vec![
            choice(
                ThinkingDisplay::Summarized,
                "A summary of the thinking is returned.",
            ),
            choice(ThinkingDisplay::Omitted, "Only a signature is returned."),
        ]
    }

    #[cfg(feature = "schema")]
    fn schema(&self) -> schemars::Schema {
        super::enumeration(&self.choices())
    }
}

impl Visitor<'_> for ThinkingDisplayWord {
    type Value = ThinkingDisplay;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("summarized or omitted")
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<ThinkingDisplay, E> {
        [ThinkingDisplay::Summarized, ThinkingDisplay::Omitted]
            .into_iter()
            .find(|display| display.as_str() == text)
            .ok_or_else(|| E::invalid_value(Unexpected::Str(text), &self))
    }
}
