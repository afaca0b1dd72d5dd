//! Blocks: what of one message can be sent, and in which form.

use std::borrow::Cow;

use outcrop_policy::ReasoningReplay;
use serde_json::value::RawValue;

use super::{Adjustments, PrepareError, attachments, reasoning, results};
use crate::assemble::empty_object;
use crate::attachment::{Kind, Names};
use crate::{
    Adjustment, BlockPlace, ContentBlock, Message, Place, Role, ToolResultStatus, ToolUse,
};

/// The blocks of a message that can be sent: the first of `messages`, which is message `message`.
pub(super) fn sendable<'a>(
    message: usize,
    messages: &'a [Message],
    replay: ReasoningReplay,
    names: &mut Names,
    adjustments: &mut Adjustments,
) -> Result<Vec<Cow<'a, ContentBlock>>, PrepareError> {
    let Some((given, after)) = messages.split_first() else {
        return Ok(Vec::new());
    };
    let mut blocks = Vec::with_capacity(given.content.len());
    let mut has_blank = given.content.is_empty();
    for (index, block) in given.content.iter().enumerate() {
        let place = BlockPlace {
            message,
            block: index,
        };
        check_role(place, given.role, block)?;
        blocks.push(match block {
            ContentBlock::Text(text) if is_blank(text) => {
                has_blank = true;
                continue;
            }
            ContentBlock::Reasoning(reasoning) => {
                if let Some(why) = reasoning::why_not(reasoning, replay) {
                    reasoning::report_dropped(message, why, adjustments);
                    continue;
                }
                Cow::Borrowed(block)
            }
            ContentBlock::ToolUse(call) => with_arguments(place, block, call, after, adjustments)?,
            ContentBlock::ToolResult(result) => {
                results::sendable(place, block, result, names, adjustments)?
            }
            ContentBlock::Image(image) => {
                attachments::check_image(place, image)?;
                Cow::Borrowed(block)
            }
            ContentBlock::Document(document) => {
                match attachments::named(place, document, names, adjustments)? {
                    Some(renamed) => Cow::Owned(ContentBlock::Document(renamed)),
                    None => Cow::Borrowed(block),
                }
            }
            ContentBlock::Video(video) => {
                attachments::check_source(place, Kind::Video, &video.source)?;
                Cow::Borrowed(block)
            }
            block => Cow::Borrowed(block),
        });
    }
    if has_blank {
        let place = Place::Message(message);
        adjustments.push(Adjustment::BlankTextDropped { place });
        reasoning::predict_moved(message, messages, replay, adjustments);
    }
    Ok(blocks)
}

pub(super) fn is_blank(text: &str) -> bool {
    text.trim().is_empty()
}

/// Attachments and results are the user's, calls and reasoning the model's (Converse API reference,
/// `Message`; service text "User messages cannot contain reasoning content"). The results of the
/// service's own tools stand beside their calls.
fn check_role(place: BlockPlace, role: Role, block: &ContentBlock) -> Result<(), PrepareError> {
    let (name, belongs_to) = match block {
        ContentBlock::Image(_) => ("image", Role::User),
        ContentBlock::Document(_) => ("document", Role::User),
        ContentBlock::Video(_) => ("video", Role::User),
        ContentBlock::ToolResult(result) if result.rest.get("type").is_none() => {
            ("toolResult", Role::User)
        }
        ContentBlock::ToolUse(_) => ("toolUse", Role::Assistant),
        ContentBlock::Reasoning(_) => ("reasoningContent", Role::Assistant),
        _ => return Ok(()),
    };
    if role == belongs_to {
        return Ok(());
    }
    Err(PrepareError::WrongRole {
        place,
        block: name,
        role,
        belongs_to,
    })
}

/// A tool call with arguments: none at all are `{}`, and so are those that are not an object, as
/// after an answer that was cut off, where the caller says that the call failed. The service takes
/// nothing but an object, and a history with such a call could never be sent again.
fn with_arguments<'a>(
    place: BlockPlace,
    block: &'a ContentBlock,
    call: &ToolUse,
    after: &[Message],
    adjustments: &mut Adjustments,
) -> Result<Cow<'a, ContentBlock>, PrepareError> {
    check_tool_use_id(place, &call.tool_use_id)?;
    if !is_tool_name(&call.name) {
        return Err(PrepareError::ToolName {
            path: place.to_string(),
            name: call.name.clone(),
        });
    }
    if call.input.get().starts_with('{') {
        return Ok(Cow::Borrowed(block));
    }
    let message = place.message;
    if is_nothing(&call.input) {
        adjustments.push(Adjustment::ToolInputCompleted { message });
    } else if is_failed(&call.tool_use_id, after) {
        let tool = call.name.clone();
        adjustments.push(Adjustment::ToolInputReplaced { message, tool });
    } else {
        return Err(PrepareError::MalformedToolInput {
            place,
            tool: call.name.clone(),
            tool_use_id: call.tool_use_id.clone(),
        });
    }
    let input = empty_object();
    Ok(Cow::Owned(ContentBlock::ToolUse(ToolUse {
        input,
        ..call.clone()
    })))
}

/// Whether the turn that answers a call says that it failed.
fn is_failed(tool_use_id: &str, after: &[Message]) -> bool {
    let answers = after
        .iter()
        .skip_while(|message| message.role != Role::User)
        .take_while(|message| message.role != Role::Assistant);
    let mut blocks = answers.flat_map(|message| &message.content);
    blocks.any(|block| match block {
        ContentBlock::ToolResult(result) => {
            result.tool_use_id == tool_use_id && result.status == Some(ToolResultStatus::Error)
        }
        _ => false,
    })
}

/// `null`, or a string without anything in it.
fn is_nothing(input: &RawValue) -> bool {
    match serde_json::from_str::<Option<String>>(input.get()) {
        Ok(text) => text.is_none_or(|text| is_blank(&text)),
        Err(_) => false,
    }
}

/// 1 to 64 of `[a-zA-Z0-9_.:-]` (botocore service model, `ToolUseId`).
fn check_tool_use_id(place: BlockPlace, id: &str) -> Result<(), PrepareError> {
    if is_word(id, b"_.:-") {
        return Ok(());
    }
    Err(PrepareError::ToolUseId {
        place,
        tool_use_id: id.to_owned(),
    })
}

/// 1 to 64 of `[a-zA-Z0-9_-]` (botocore service model, `ToolName`).
pub(super) fn is_tool_name(name: &str) -> bool {
    is_word(name, b"_-")
}

fn is_word(word: &str, marks: &[u8]) -> bool {
    let is_allowed = |byte: u8| byte.is_ascii_alphanumeric() || marks.contains(&byte);
    (1..=64).contains(&word.len()) && word.bytes().all(is_allowed)
}
