//! Citations: text of the model with the places that it is taken from.

use crate::Members;
use crate::members::{object, union};

/// Text of the model with its citations.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct CitationsContent {
    /// The text.
    pub content: Option<Vec<CitedText>>,
    /// What it is taken from: each with `title`, `source`, `sourceContent` and `location`, as far
    /// as the model says them.
    pub citations: Option<Vec<Members>>,
    /// Members that are not modelled here.
    pub rest: Members,
}

object! {
    CitationsContent {
        content: optional "content",
        citations: optional "citations",
    }
}

impl CitationsContent {
    /// The pieces of text, in order.
    pub fn texts(&self) -> impl Iterator<Item = &str> {
        self.content
            .iter()
            .flatten()
            .filter_map(|piece| match piece {
                CitedText::Text(text) => Some(text.as_str()),
                CitedText::Other(..) => None,
            })
    }
}

union! {
    /// A piece of cited text.
    CitedText, "a piece of cited text" {
        /// Text.
        "text" => Text(String),
    }
}
