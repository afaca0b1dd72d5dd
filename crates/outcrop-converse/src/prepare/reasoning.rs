//! Reasoning: what of it a model takes back.

use outcrop_policy::{Decision, ReasoningReplay, Thinking};

use super::pairs::results;
use super::turns::Turn;
use super::{Adjustments, blocks::is_blank};
use crate::{Adjustment, ContentBlock, Message, ReasoningContent, ReasoningRefusal, Role};

/// Why a model would refuse this reasoning, where it would.
pub(super) fn why_not(
    reasoning: &ReasoningContent,
    replay: ReasoningReplay,
) -> Option<ReasoningRefusal> {
    use ReasoningContent::{Other, Redacted, Text};
    let is_signed =
        |signature: &Option<String>| signature.as_ref().is_some_and(|it| !it.is_empty());
    match (replay, reasoning) {
        (ReasoningReplay::Refused, _) => Some(ReasoningRefusal::Any),
        (ReasoningReplay::Signed, Text(text)) if !is_signed(&text.signature) => {
            Some(ReasoningRefusal::Unsigned)
        }
        (ReasoningReplay::Unsigned, Redacted(_)) => Some(ReasoningRefusal::Redacted),
        (ReasoningReplay::Unsigned, Text(text)) if text.signature.is_some() => {
            Some(ReasoningRefusal::Signed)
        }
        (ReasoningReplay::Unsigned, Text(text)) if is_blank(&text.text) => {
            Some(ReasoningRefusal::Empty)
        }
        (_, Text(_) | Redacted(_) | Other(..)) => None,
    }
}

/// Reports a block that is left out, once a message and reason.
pub(super) fn report_dropped(message: usize, why: ReasoningRefusal, adjustments: &mut Adjustments) {
    let dropped = Adjustment::ReasoningDropped { message, why };
    if adjustments.last() != Some(&dropped) {
        adjustments.push(dropped);
    }
}

/// Without the blank text before it, reasoning of the latest answer stands elsewhere: "`thinking` or
/// `redacted_thinking` blocks in the latest assistant message cannot be modified" (service text;
/// reported of clients that leave out blank text between blocks of reasoning). The answer is the
/// first of `messages`, which is message `message`.
pub(super) fn predict_moved(
    message: usize,
    messages: &[Message],
    replay: ReasoningReplay,
    adjustments: &mut Adjustments,
) {
    let Some((answer, after)) = messages.split_first() else {
        return;
    };
    if replay != ReasoningReplay::Signed || after.iter().any(|it| it.role == Role::Assistant) {
        return;
    }
    let is_blank_text =
        |block: &&ContentBlock| matches!(block, ContentBlock::Text(text) if is_blank(text));
    let mut behind = answer.content.iter().skip_while(|it| !is_blank_text(it));
    let is_sent = |block: &ContentBlock| matches!(block, ContentBlock::Reasoning(it) if why_not(it, replay).is_none());
    if behind.any(is_sent) {
        adjustments.push(Adjustment::ReasoningMoved { message });
    }
}

/// While Claude thinks, the turn in which it called tools starts with its thinking: "a final
/// `assistant` message must start with a thinking block (preceeding the lastmost set of `tool_use`
/// and `tool_result` blocks)" (service text). The turn begins where the user last said something.
/// Under adaptive thinking it may have begun without, so that only what is left out here counts.
pub(super) fn predict_missing(
    turns: &[Turn<'_>],
    decision: &Decision,
    adjustments: &mut Adjustments,
) {
    if decision.reasoning_replay != ReasoningReplay::Signed {
        return;
    }
    let always = match decision.thinking {
        Some(Thinking::Enabled { .. }) => true,
        Some(Thinking::Adaptive { .. }) => false,
        _ => return,
    };
    let Some((first, end)) = running_tool_loop(turns) else {
        return;
    };
    let starts_with_reasoning = first
        .content
        .first()
        .is_some_and(|block| matches!(**block, ContentBlock::Reasoning(_)));
    let is_of_first = |message: usize| (first.message..end).contains(&message);
    let was_dropped = adjustments.iter().any(
        |it| matches!(it, Adjustment::ReasoningDropped { message, .. } if is_of_first(*message)),
    );
    if !starts_with_reasoning && (always || was_dropped) {
        adjustments.push(Adjustment::ReasoningMissing {
            message: first.message,
        });
    }
}

/// The first turn of the model since the user last said something, where the conversation ends with
/// tool results, and the message that the turn ends before.
fn running_tool_loop<'t, 'a>(turns: &'t [Turn<'a>]) -> Option<(&'t Turn<'a>, usize)> {
    let spoken = || turns.iter().filter(|turn| turn.role != Role::System);
    let answers = |turn: &Turn<'_>| results(turn).next().is_some();
    spoken().next_back().filter(|last| answers(last))?;
    let said = |turn: &&Turn<'_>| turn.role == Role::User && !answers(turn);
    let start = spoken().rfind(said).map_or(0, |turn| turn.message);
    let mut steps = spoken().filter(|turn| turn.message >= start && turn.role == Role::Assistant);
    let first = steps.next()?;
    let next = spoken().find(|turn| turn.message > first.message)?;
    Some((first, next.message))
}
