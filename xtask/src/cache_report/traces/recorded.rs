//! Conversations that were written down.

use outcrop_converse::{ContentBlock, Conversation, Role};

use super::Call;
use super::talk::{AT_ONCE, SOON};

/// The calls of a recorded conversation: one for each message of the user.
pub(super) fn recording(json: &str) -> Result<Vec<Call>, serde_json::Error> {
    let whole: Conversation = serde_json::from_str(json)?;
    let mut now = 0;
    let mut calls = Vec::new();
    for (index, message) in whole.messages.iter().enumerate() {
        if message.role != Role::User {
            continue;
        }
        let has_results = |block: &ContentBlock| matches!(block, ContentBlock::ToolResult(_));
        if !calls.is_empty() {
            now += match message.content.iter().any(has_results) {
                true => AT_ONCE,
                false => SOON,
            };
        }
        let mut conversation = whole.clone();
        conversation.messages.truncate(index + 1);
        calls.push(Call {
            at: now,
            conversation,
            thinking: None,
        });
    }
    Ok(calls)
}
