//! Turns: messages brought into the order that the service takes.

use std::borrow::Cow;

use outcrop_policy::Decision;

use super::blocks::{self, is_blank};
use super::{Adjustments, PrepareError, attachments, pairs, prefill, reasoning, results};
use crate::attachment::Names;
use crate::{Adjustment, ContentBlock, Conversation, Place, Role, SystemBlock};

/// Consecutive messages of one role.
#[derive(Debug)]
pub(super) struct Turn<'a> {
    /// Who speaks.
    pub(super) role: Role,
    /// The blocks; nothing is copied that is sent as it was given.
    pub(super) content: Vec<Cow<'a, ContentBlock>>,
    /// The first message of the turn among those that were given.
    pub(super) message: usize,
}

/// The system prompt without blank text.
pub(super) fn system<'a>(
    conversation: &'a Conversation,
    adjustments: &mut Adjustments,
) -> Vec<&'a SystemBlock> {
    let is_blank =
        |block: &&SystemBlock| matches!(block, SystemBlock::Text(text) if is_blank(text));
    let (blank, kept): (Vec<_>, Vec<_>) = conversation.system.iter().partition(is_blank);
    if !blank.is_empty() {
        adjustments.push(Adjustment::BlankTextDropped {
            place: Place::System,
        });
    }
    kept
}

/// The turns of a conversation.
pub(super) fn turns<'a>(
    conversation: &'a Conversation,
    decision: &Decision,
    adjustments: &mut Adjustments,
) -> Result<Vec<Turn<'a>>, PrepareError> {
    let mut turns: Vec<Turn<'a>> = Vec::with_capacity(conversation.messages.len());
    let mut names = Names::default();
    for (message, given) in conversation.messages.iter().enumerate() {
        let rest = &conversation.messages[message..];
        let replay = decision.reasoning_replay;
        let content = blocks::sendable(message, rest, replay, &mut names, adjustments)?;
        if content.is_empty() {
            continue;
        }
        match turns.last_mut() {
            Some(last) if last.role == given.role => {
                adjustments.push(Adjustment::MessagesMerged { message });
                last.content.extend(content);
            }
            _ => turns.push(Turn {
                role: given.role,
                content,
                message,
            }),
        }
    }
    for turn in &mut turns {
        results::put_first(turn, adjustments);
    }
    check_start(&turns)?;
    pairs::check(&turns)?;
    attachments::check_turns(&turns)?;
    reasoning::predict_missing(&turns, decision, adjustments);
    prefill::predict(&turns, decision, adjustments);
    Ok(turns)
}

/// "A conversation must start with a user message" (service text); instructions may stand before.
fn check_start(turns: &[Turn<'_>]) -> Result<(), PrepareError> {
    match turns.iter().find(|turn| turn.role != Role::System) {
        None => Err(PrepareError::NoMessages),
        Some(turn) if turn.role == Role::Assistant => Err(PrepareError::StartsWithAssistant),
        Some(_) => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use outcrop_policy::{Model, ModelId, Request};

    use super::*;

    /// Here, since no caller can see whether a block was copied.
    #[test]
    fn what_is_sent_as_it_was_given_is_not_copied() {
        let json = r#"[
            {"role":"user","content":[
                {"text":"Go."},
                {"image":{"format":"png","source":{"bytes":"iVBORw0KGgo="}}},
                {"document":{"format":"txt","name":"a","source":{"bytes":"YQ=="}}}
            ]},
            {"role":"assistant","content":[
                {"reasoningContent":{"reasoningText":{"text":"Hm.","signature":"Eq"}}},
                {"toolUse":{"toolUseId":"a","name":"f","input":{}}}
            ]},
            {"role":"user","content":[{"toolResult":{"toolUseId":"a","content":[{"json":{}},{"text":"a"}]}}]},
            {"role":"user","content":[{"text":" "},{"text":"And?"}]}
        ]"#;
        let conversation = serde_json::from_str(json).expect("a conversation");
        let model = Model::resolve(ModelId::new("us.anthropic.claude-opus-4-8"), None);
        let decision = outcrop_policy::decide(&model, &Request::default());
        let turns = turns(&conversation, &decision, &mut Vec::new()).expect("turns");
        assert_eq!(turns.len(), 3);
        let mut blocks = turns.iter().flat_map(|turn| &turn.content);
        assert!(blocks.all(|block| matches!(block, Cow::Borrowed(_))));
    }
}
