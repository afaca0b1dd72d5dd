//! Turns: messages brought into the order that the service takes.

use std::borrow::Cow;

use serde_json::value::RawValue;

use super::{Adjustments, PrepareError};
use crate::assemble::empty_object;
use crate::attachment::Kind;
use crate::{Adjustment, ContentBlock, Conversation, Place, Role, SystemBlock, ToolUse};

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
    adjustments: &mut Adjustments,
) -> Result<Vec<Turn<'a>>, PrepareError> {
    let mut turns: Vec<Turn<'a>> = Vec::with_capacity(conversation.messages.len());
    for (message, given) in conversation.messages.iter().enumerate() {
        let content = blocks(message, &given.content, adjustments)?;
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
    check_start(&turns)?;
    check_tool_pairs(&turns)?;
    check_documents(&turns)?;
    Ok(turns)
}

fn is_blank(text: &str) -> bool {
    text.trim().is_empty()
}

/// The blocks of one message that can be sent.
fn blocks<'a>(
    message: usize,
    given: &'a [ContentBlock],
    adjustments: &mut Adjustments,
) -> Result<Vec<Cow<'a, ContentBlock>>, PrepareError> {
    let mut blocks = Vec::with_capacity(given.len());
    let mut has_blank = given.is_empty();
    for block in given {
        match block {
            ContentBlock::Text(text) if is_blank(text) => has_blank = true,
            ContentBlock::ToolUse(tool_use) => {
                blocks.push(with_arguments(message, block, tool_use, adjustments)?)
            }
            block => blocks.push(Cow::Borrowed(block)),
        }
    }
    if has_blank {
        adjustments.push(Adjustment::BlankTextDropped {
            place: Place::Message(message),
        });
    }
    Ok(blocks)
}

/// A tool call with arguments: none at all are `{}`, and what is not an object is refused.
fn with_arguments<'a>(
    message: usize,
    block: &'a ContentBlock,
    tool_use: &ToolUse,
    adjustments: &mut Adjustments,
) -> Result<Cow<'a, ContentBlock>, PrepareError> {
    if tool_use.input.get().starts_with('{') {
        return Ok(Cow::Borrowed(block));
    }
    if !is_nothing(&tool_use.input) {
        return Err(PrepareError::MalformedToolInput {
            message,
            tool: tool_use.name.clone(),
            tool_use_id: tool_use.tool_use_id.clone(),
        });
    }
    adjustments.push(Adjustment::ToolInputCompleted { message });
    let input = empty_object();
    Ok(Cow::Owned(ContentBlock::ToolUse(ToolUse {
        input,
        ..tool_use.clone()
    })))
}

/// `null`, or a string without anything in it.
fn is_nothing(input: &RawValue) -> bool {
    match serde_json::from_str::<Option<String>>(input.get()) {
        Ok(text) => text.is_none_or(|text| is_blank(&text)),
        Err(_) => false,
    }
}

/// "A conversation must start with a user message" (service text); instructions may stand before.
fn check_start(turns: &[Turn<'_>]) -> Result<(), PrepareError> {
    match turns.iter().find(|turn| turn.role != Role::System) {
        None => Err(PrepareError::NoMessages),
        Some(turn) if turn.role == Role::Assistant => Err(PrepareError::StartsWithAssistant),
        Some(_) => Ok(()),
    }
}

/// Every tool call is answered once, in the turn after it, and every answer has its call in the
/// turn before it.
fn check_tool_pairs(turns: &[Turn<'_>]) -> Result<(), PrepareError> {
    let spoken: Vec<&Turn<'_>> = turns
        .iter()
        .filter(|turn| turn.role != Role::System)
        .collect();
    for (position, turn) in spoken.iter().copied().enumerate() {
        let before = position.checked_sub(1).map(|before| spoken[before]);
        let called = |id| before.is_some_and(|it| calls(it).any(|call| call.tool_use_id == id));
        let (message, mut seen) = (turn.message, Vec::new());
        for id in results(turn) {
            let tool_use_id = id.to_owned();
            if !called(id) {
                return Err(PrepareError::ToolResultWithoutUse {
                    message,
                    tool_use_id,
                });
            }
            if seen.contains(&id) {
                return Err(PrepareError::ToolResultTwice {
                    message,
                    tool_use_id,
                });
            }
            seen.push(id);
        }
        let after = spoken.get(position + 1).copied();
        let answered =
            |call: &ToolUse| after.is_some_and(|it| results(it).any(|id| id == call.tool_use_id));
        if let Some(call) = calls(turn).find(|call| !answered(call)) {
            return Err(PrepareError::ToolUseWithoutResult {
                message,
                tool_use_id: call.tool_use_id.clone(),
            });
        }
    }
    Ok(())
}

/// "A document block needs a text block beside it" (Converse API reference).
fn check_documents(turns: &[Turn<'_>]) -> Result<(), PrepareError> {
    let has = |turn: &Turn<'_>, wanted: fn(&ContentBlock) -> bool| {
        turn.content.iter().any(|block| wanted(block))
    };
    let alone = turns.iter().find(|turn| {
        has(turn, |block| Kind::of(block) == Some(Kind::Document))
            && !has(turn, |block| matches!(block, ContentBlock::Text(_)))
    });
    alone.map_or(Ok(()), |turn| {
        Err(PrepareError::DocumentWithoutText {
            message: turn.message,
        })
    })
}

/// The tool calls of a turn that the caller answers. A call of type `server_tool_use` is the
/// service's own, and its result stands in the same turn.
pub(super) fn calls<'a>(turn: &'a Turn<'_>) -> impl Iterator<Item = &'a ToolUse> {
    turn.content.iter().filter_map(|block| match &**block {
        ContentBlock::ToolUse(call) if !is_server_call(call) => Some(call),
        _ => None,
    })
}

fn is_server_call(call: &ToolUse) -> bool {
    let kind = call.rest.get("type");
    kind.is_some_and(|kind| kind.get() == "\"server_tool_use\"")
}

/// The calls that a turn of the caller answers.
fn results<'a>(turn: &'a Turn<'_>) -> impl Iterator<Item = &'a str> {
    let is_caller = turn.role == Role::User;
    let blocks = turn.content.iter().filter(move |_| is_caller);
    blocks.filter_map(|block| match &**block {
        ContentBlock::ToolResult(result) => Some(result.tool_use_id.as_str()),
        _ => None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Here, since no caller can see whether a block was copied.
    #[test]
    fn what_is_sent_as_it_was_given_is_not_copied() {
        let json = r#"[
            {"role":"user","content":[{"text":"Go."},{"image":{"format":"png"}}]},
            {"role":"assistant","content":[{"toolUse":{"toolUseId":"a","name":"f","input":{}}}]},
            {"role":"user","content":[{"toolResult":{"toolUseId":"a","content":[]}}]},
            {"role":"user","content":[{"text":" "},{"text":"And?"}]}
        ]"#;
        let conversation = serde_json::from_str(json).expect("a conversation");
        let turns = turns(&conversation, &mut Vec::new()).expect("turns");
        assert_eq!(turns.len(), 3);
        let mut blocks = turns.iter().flat_map(|turn| &turn.content);
        assert!(blocks.all(|block| matches!(block, Cow::Borrowed(_))));
    }
}
