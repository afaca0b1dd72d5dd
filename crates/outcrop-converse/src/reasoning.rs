//! Reasoning blocks, which must go back to the model exactly as they came.

use crate::Members;
use crate::members::{object, union};

union! {
    /// What a model thought before it answered.
    ReasoningContent, "reasoning content" {
        /// Readable reasoning, with the signature that lets it be replayed.
        "reasoningText" => Text(ReasoningText),
        /// Encrypted reasoning, in base64.
        "redactedContent" => Redacted(String),
    }
}

/// Readable reasoning.
#[derive(Clone, Debug, PartialEq)]
pub struct ReasoningText {
    /// The text; empty when the model was told to leave it out.
    pub text: String,
    /// The signature, which Claude wants back unchanged.
    pub signature: Option<String>,
    /// Members that are not modelled here.
    pub rest: Members,
}

object! {
    ReasoningText {
        text: required "text",
        signature: optional "signature",
    }
}
