//! Tool results: what they hold, and where they stand.

use std::borrow::Cow;

use super::blocks::is_blank;
use super::turns::Turn;
use super::{Adjustments, PrepareError, attachments};
use crate::attachment::{Kind, Names};
use crate::{Adjustment, BlockPlace, ContentBlock, Place, Role, ToolResult, ToolResultBlock};

/// A tool result that the service takes: without blank text, and with JSON that is an object ("The
/// format of the value at … toolResult.content.0.json is invalid. Provide a json object", service
/// text); other JSON says the same as text. What is left may be nothing, which the service takes.
pub(super) fn sendable<'a>(
    place: BlockPlace,
    block: &'a ContentBlock,
    result: &'a ToolResult,
    names: &mut Names,
    adjustments: &mut Adjustments,
) -> Result<Cow<'a, ContentBlock>, PrepareError> {
    // What the service's own tools gave back goes back as it came.
    if result.rest.get("type").is_some() {
        return Ok(Cow::Borrowed(block));
    }
    let message = place.message;
    let (mut has_blank, mut has_plain_json) = (false, false);
    let mut content = Vec::with_capacity(result.content.len());
    for part in &result.content {
        content.push(match part {
            ToolResultBlock::Text(text) if is_blank(text) => {
                has_blank = true;
                continue;
            }
            ToolResultBlock::Json(json) if !json.0.get().starts_with('{') => {
                has_plain_json = true;
                Cow::Owned(ToolResultBlock::Text(json.0.get().to_owned()))
            }
            ToolResultBlock::Image(image) => {
                attachments::check_image(place, image)?;
                Cow::Borrowed(part)
            }
            ToolResultBlock::Document(document) => {
                match attachments::named(place, document, names, adjustments)? {
                    Some(renamed) => Cow::Owned(ToolResultBlock::Document(renamed)),
                    None => Cow::Borrowed(part),
                }
            }
            ToolResultBlock::Video(video) => {
                attachments::check_source(place, Kind::Video, &video.source)?;
                Cow::Borrowed(part)
            }
            part => Cow::Borrowed(part),
        });
    }
    if has_blank {
        let place = Place::Message(message);
        adjustments.push(Adjustment::BlankTextDropped { place });
    }
    if has_plain_json {
        adjustments.push(Adjustment::ToolResultJsonAsText { message });
    }
    let is_as_given = |part: &Cow<'_, _>| matches!(part, Cow::Borrowed(_));
    if !has_blank && content.iter().all(is_as_given) {
        return Ok(Cow::Borrowed(block));
    }
    Ok(Cow::Owned(ContentBlock::ToolResult(ToolResult {
        tool_use_id: result.tool_use_id.clone(),
        content: content.into_iter().map(Cow::into_owned).collect(),
        status: result.status,
        rest: result.rest.clone(),
    })))
}

/// Brings the results of a turn before everything else in it: Claude takes a call for unanswered
/// whose result comes after text (Claude documentation, tool use). A cache point stays behind the
/// block that it follows.
pub(super) fn put_first(turn: &mut Turn<'_>, adjustments: &mut Adjustments) {
    if turn.role != Role::User || !has_something_before_a_result(&turn.content) {
        return;
    }
    let (mut results, mut others) = (Vec::new(), Vec::new());
    let mut follows_result = false;
    for block in turn.content.drain(..) {
        match &*block {
            ContentBlock::CachePoint(_) => {}
            block => follows_result = is_result(block),
        }
        let part = if follows_result {
            &mut results
        } else {
            &mut others
        };
        part.push(block);
    }
    results.append(&mut others);
    turn.content = results;
    adjustments.push(Adjustment::ToolResultsMoved {
        message: turn.message,
    });
}

fn has_something_before_a_result(content: &[Cow<'_, ContentBlock>]) -> bool {
    let last = content.iter().rposition(|block| is_result(block));
    let before = content.get(..last.unwrap_or_default()).unwrap_or_default();
    let mut before = before.iter();
    before.any(|block| !is_result(block) && !matches!(**block, ContentBlock::CachePoint(_)))
}

fn is_result(block: &ContentBlock) -> bool {
    matches!(block, ContentBlock::ToolResult(_))
}
