//! The order of the messages, and that each says something.

use super::Verdict;
use crate::converse::Call;
use crate::identifier::Target;
use crate::refusal::Refusal;
use crate::request::text;

/// The first message is the user's (reported error text). A prompt brings its own messages.
pub(super) fn starts_with_user(call: &Call<'_>) -> Verdict {
    let first = call.request.messages().find(|it| it.role != "system");
    match (first, call.target) {
        (Some(message), _) if message.role == "user" => Ok(()),
        (None, Target::Prompt) => Ok(()),
        _ => Err(Refusal::validation(
            "A conversation must start with a user message. Try again with a conversation that \
             starts with a user message.",
        )),
    }
}

/// User and model take turns (reported error text).
pub(super) fn alternates(call: &Call<'_>) -> Verdict {
    let roles = call.request.messages().map(|message| message.role);
    let turns: Vec<&str> = roles.filter(|role| *role != "system").collect();
    if turns.windows(2).all(|pair| pair[0] != pair[1]) {
        return Ok(());
    }
    Err(Refusal::validation(
        "A conversation must alternate between user and assistant roles. Make sure the \
         conversation alternates between user and assistant roles and try again.",
    ))
}

/// No message is empty (reported error text).
pub(super) fn has_content(call: &Call<'_>) -> Verdict {
    match call.request.messages().find(|it| it.content.is_empty()) {
        None => Ok(()),
        Some(message) => Err(Refusal::validation(format!(
            "The content field in the Message object at messages.{} is empty. Add a ContentBlock \
             object to the content field and try again.",
            message.index
        ))),
    }
}

/// No text is blank (reported error text), in the system prompt either.
pub(super) fn has_no_blank_text(call: &Call<'_>) -> Verdict {
    let is_blank = |kind: &str, value| kind == "text" && text(Some(value)).trim().is_empty();
    for message in call.request.messages() {
        if let Some(block) = message.blocks().find(|it| is_blank(it.kind, it.value)) {
            let path = format!("messages.{}.content.{}", message.index, block.index);
            return Err(blank("ContentBlock", &path));
        }
    }
    match call.request.system().find(|it| is_blank(it.kind, it.value)) {
        None => Ok(()),
        Some(block) => Err(blank(
            "SystemContentBlock",
            &format!("system.{}", block.index),
        )),
    }
}

fn blank(object: &str, path: &str) -> Refusal {
    Refusal::validation(format!(
        "The text field in the {object} object at {path} is blank. Add text to the text field, \
         and try again."
    ))
}

/// The service model knows a third role, `system`, with changes of tools inside its messages, but
/// no model is documented to take it through Converse. Models with a row refuse it; an opaque ARN
/// may hide one that does not. The wording is the emulator's.
pub(super) fn has_no_system_role(call: &Call<'_>) -> Verdict {
    if call.target.model().is_none() {
        return Ok(());
    }
    let changes = ["toolAddition", "toolRemoval"];
    for message in call.request.messages() {
        if message.role == "system" || changes.iter().any(|kind| message.has(kind)) {
            return Err(Refusal::validation(format!(
                "This model doesn't support the system role. Remove the message at messages.{} \
                 and try again.",
                message.index
            )));
        }
    }
    Ok(())
}
