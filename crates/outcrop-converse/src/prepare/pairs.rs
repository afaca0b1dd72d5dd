//! Pairs: every tool call has its answer, and every answer its call.

use super::PrepareError;
use super::turns::Turn;
use crate::{ContentBlock, Role, ToolUse};

/// Every tool call is answered once, in the turn after it, and every answer has its call in the
/// turn before it.
pub(super) fn check(turns: &[Turn<'_>]) -> Result<(), PrepareError> {
    let spoken: Vec<&Turn<'_>> = turns
        .iter()
        .filter(|turn| turn.role != Role::System)
        .collect();
    for (position, turn) in spoken.iter().copied().enumerate() {
        let before = position.checked_sub(1).map(|before| spoken[before]);
        check_results(turn, before)?;
        check_calls(turn, spoken.get(position + 1).copied())?;
    }
    Ok(())
}

fn check_results(turn: &Turn<'_>, before: Option<&Turn<'_>>) -> Result<(), PrepareError> {
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
    Ok(())
}

fn check_calls(turn: &Turn<'_>, after: Option<&Turn<'_>>) -> Result<(), PrepareError> {
    let answered =
        |call: &ToolUse| after.is_some_and(|it| results(it).any(|id| id == call.tool_use_id));
    let (message, mut seen) = (turn.message, Vec::new());
    for call in calls(turn) {
        let tool_use_id = call.tool_use_id.clone();
        if seen.contains(&&call.tool_use_id) {
            return Err(PrepareError::ToolUseTwice {
                message,
                tool_use_id,
            });
        }
        if !answered(call) {
            return Err(PrepareError::ToolUseWithoutResult {
                message,
                tool_use_id,
            });
        }
        seen.push(&call.tool_use_id);
    }
    Ok(())
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
pub(super) fn results<'a>(turn: &'a Turn<'_>) -> impl Iterator<Item = &'a str> {
    let is_caller = turn.role == Role::User;
    let blocks = turn.content.iter().filter(move |_| is_caller);
    blocks.filter_map(|block| match &**block {
        ContentBlock::ToolResult(result) => Some(result.tool_use_id.as_str()),
        _ => None,
    })
}
