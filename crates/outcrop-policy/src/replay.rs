//! Replay: what a model takes back of what it, or another one, said before.

use crate::{Kind, Model, Thinking};

/// Which reasoning blocks of a conversation a model takes back.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub enum ReasoningReplay {
    /// Signed and redacted reasoning, as Claude writes it. A block without a signature is refused.
    Signed,
    /// Plain text without a signature. Signatures and redacted reasoning are refused.
    Unsigned,
    /// None at all.
    Refused,
    /// Nobody knows, so that it is sent as it stands.
    Unknown,
}

/// Why a final message of the assistant, which the model is to continue, is expected to be refused.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub enum PrefillRefusal {
    /// The model continues no message of its own (Claude migration guides).
    ByModel,
    /// No Claude does while it thinks (Claude documentation, extended thinking).
    WhileThinking,
}

/// What the model takes back of a conversation's reasoning.
pub(crate) fn reasoning(model: &Model) -> ReasoningReplay {
    match model.kind() {
        Kind::Claude(_) | Kind::InferredClaude { .. } => ReasoningReplay::Signed,
        Kind::Other(family) => family.replay,
        // What hides behind an ARN need not be a Claude.
        Kind::AssumedClaude if model.telling_id().is_opaque() => ReasoningReplay::Unknown,
        Kind::AssumedClaude => ReasoningReplay::Signed,
        Kind::Unknown => ReasoningReplay::Unknown,
    }
}

/// Whether the model will not continue a message of the assistant.
pub(crate) fn prefill(model: &Model, thinking: Option<Thinking>) -> Option<PrefillRefusal> {
    if model.row().is_some_and(|row| !row.prefill) {
        return Some(PrefillRefusal::ByModel);
    }
    let thinks = model.is_claude() && thinking.is_some_and(Thinking::is_active);
    thinks.then_some(PrefillRefusal::WhileThinking)
}
