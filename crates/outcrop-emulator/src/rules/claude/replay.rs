//! Thinking blocks that come back in a conversation.
//!
//! Whether a block of the real service is genuine, or belongs to this conversation, only the
//! service can tell; foreign signatures are therefore taken on trust.

use crate::answer::signature;
use crate::converse::Call;
use crate::models::Claude;
use crate::refusal::Refusal;
use crate::request::{Message, text};
use crate::rules::Verdict;
use crate::thinking::Thinking;

/// A thinking block has its signature (reported error text), also when its text is empty.
pub(super) fn reasoning_is_signed(call: &Call<'_>, _: &Claude) -> Verdict {
    for message in call.request.messages() {
        for block in message.of_kind("reasoningContent") {
            let Some(reasoning) = block.value.get("reasoningText") else {
                continue;
            };
            if text(reasoning.get("signature")).is_empty() {
                return Err(Refusal::from_model(format!(
                    "messages.{}.content.{}.thinking.signature: Field required",
                    message.index, block.index
                )));
            }
        }
    }
    Ok(())
}

/// A thinking block that the emulator signed comes back as it was, and in the latest turn of the
/// model also where it was: not one of several may be left out, nor what stood between them
/// (reported error texts; Bedrock user guide, "Extended thinking").
pub(super) fn reasoning_is_unchanged(call: &Call<'_>, _: &Claude) -> Verdict {
    let latest = call
        .request
        .messages()
        .rfind(|message| message.role == "assistant");
    for message in call.request.messages() {
        for block in message.of_kind("reasoningContent") {
            let reasoning = block.value.get("reasoningText");
            let member = |name| text(reasoning.and_then(|it| it.get(name)));
            let given = member("signature");
            let before = message
                .blocks()
                .take(block.index)
                .map(|block| block.kind)
                .filter(|kind| *kind != "cachePoint");
            let is_latest = latest.is_some_and(|latest| latest.index == message.index);
            if signature::is_for_another_text(given, member("text"))
                || signature::is_altered(text(block.value.get("redactedContent")))
                || (is_latest && signature::is_for_another_place(given, before))
            {
                return Err(Refusal::from_model(format!(
                    "messages.{}.content.{}: `thinking` or `redacted_thinking` blocks in the \
                     latest assistant message cannot be modified. These blocks must remain as they \
                     were in the original response.",
                    message.index, block.index
                )));
            }
        }
    }
    Ok(())
}

/// With a budget, the turn in which the model called tools starts with its thinking (Bedrock user
/// guide, "Extended thinking"; reported error text). The turn is everything since the user last
/// spoke: later steps of it need no thinking of their own. Adaptive thinking may have answered
/// without any, so the rule is not asked then (Bedrock user guide, "Adaptive thinking").
pub(super) fn tool_loops_start_with_reasoning(call: &Call<'_>, _: &Claude) -> Verdict {
    if !matches!(call.thinking, Thinking::Budget(_)) || !call.follows_tool_results() {
        return Ok(());
    }
    let messages: Vec<Message<'_>> = call.request.messages().collect();
    let spoke = messages
        .iter()
        .rposition(|message| message.role == "user" && !message.has("toolResult"));
    let Some(turn) = spoke.and_then(|position| messages.get(position + 1)) else {
        return Ok(());
    };
    let first = turn.blocks().next().map_or("", |block| block.kind);
    let found = match first {
        "reasoningContent" => return Ok(()),
        "toolUse" => "tool_use",
        other => other,
    };
    Err(Refusal::from_model(format!(
        "messages.{}.content.0.type: Expected `thinking` or `redacted_thinking`, but found \
         `{found}`. When `thinking` is enabled, a final `assistant` message must start with a \
         thinking block (preceeding the lastmost set of `tool_use` and `tool_result` blocks). We \
         recommend you include thinking blocks from previous turns. To avoid this requirement, \
         disable `thinking`.",
        turn.index
    )))
}
