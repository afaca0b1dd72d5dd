//! How values are spelt: for each kind what [`load`](crate::load) accepts, what it answers to
//! anything else, and what the JSON Schema says about it, on one screen.

mod additional_request_fields;
mod cache_ttl;
mod number;
mod pattern;
mod region_names;
mod seconds;
mod stop_sequences;
mod switch;
mod text;
mod thinking_budget;
mod thinking_display;
mod time;

pub use cache_ttl::CacheTtl;
pub use thinking_budget::parse_thinking_budget;

pub(crate) use additional_request_fields::AdditionalRequestFields;
pub(crate) use cache_ttl::CacheTtlWord;
pub(crate) use number::{Fraction, Integer};
pub(crate) use pattern::Pattern;
pub(crate) use seconds::Seconds;
pub(crate) use stop_sequences::StopSequences;
pub(crate) use switch::Switch;
pub(crate) use thinking_budget::ThinkingBudgetSpelling;
pub(crate) use thinking_display::ThinkingDisplayWord;

pub(crate) mod texts {
    //! The texts that a service or the system constrains, one row each.
    pub(crate) use super::text::{
        ENDPOINT_URL, EXTERNAL_ID, MODEL, PROFILE, REGION, ROLE_ARN, ROLE_SESSION_NAME, TOKEN_KEY,
    };
}

use serde::de::Expected;

use crate::problems::Problems;
use crate::source::Source;

/// How the value of a key is spelt. As what serde expects, it completes "takes ...".
pub(crate) trait Spelling: Expected + Sized {
    /// What a well-spelt value means.
    type Meaning;

    /// The meaning of a value, or everything that is wrong with it. A null never gets here: it leaves
    /// its key unset.
    fn read(&self, source: Source<'_>) -> Result<Self::Meaning, Problems>;

    /// The words that may be written, each with what it means, where there are only so many.
    fn choices(&self) -> Vec<Choice> {
        Vec::new()
    }

    /// Whether it is `true` or `false`.
    fn is_switch(&self) -> bool {
        false
    }

    /// How many characters a text has at least and at most.
    fn length(&self) -> Option<(usize, usize)> {
        None
    }

    /// What the JSON Schema says about the value, null left out.
    #[cfg(feature = "schema")]
    fn schema(&self) -> schemars::Schema;
}

/// What the value of a key may be, in words.
#[derive(Clone, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub struct Accepted {
    /// The type and the range, to complete "takes ...": `a number from 0 to 1`.
    pub text: String,
    /// How many characters a text has at least and at most.
    pub length: Option<(usize, usize)>,
    /// Every word that may be written, where there are only so many.
    pub choices: Vec<Choice>,
    /// Whether it is `true` or `false`.
    pub is_switch: bool,
}

/// A word that may be written, and what it means.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub struct Choice {
    /// The word itself.
    pub word: &'static str,
    /// What it means, in a sentence.
    pub meaning: &'static str,
}

impl Accepted {
    /// The text, and how many characters there may be if it does not say so.
    #[must_use]
    pub fn in_full(&self) -> String {
        let range = self
            .length
            .map(|(least, most)| format!("{least} to {most}"));
        match range.filter(|range| !self.text.contains(range)) {
            Some(range) => format!("{} ({range} characters)", self.text),
            None => self.text.clone(),
        }
    }

    pub(crate) fn by<S: Spelling>(spelling: &S) -> Self {
        Self {
            text: (spelling as &dyn Expected).to_string(),
            length: spelling.length(),
            choices: spelling.choices(),
            is_switch: spelling.is_switch(),
        }
    }
}

/// The choices as the JSON Schema has them: an enumeration, with the meanings for editors to show.
#[cfg(feature = "schema")]
fn enumeration(choices: &[Choice]) -> schemars::Schema {
    let words: Vec<_> = choices.iter().map(|choice| choice.word).collect();
    let meanings: Vec<_> = choices.iter().map(|choice| choice.meaning).collect();
    schemars::json_schema!({ "enum": words, "markdownEnumDescriptions": meanings })
}
