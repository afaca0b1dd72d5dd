//! Tools: their definitions, their calls, and the results that answer them.

use std::collections::HashSet;

use serde_json::Value;

use super::Verdict;
use super::fields::not_an_object;
use crate::converse::Call;
use crate::refusal::Refusal;
use crate::request::{Block, Message, list, text};

/// A conversation with tool blocks comes with a `toolConfig` (reported error text).
pub(super) fn config_is_present(call: &Call<'_>) -> Verdict {
    let has_tools = |it: Message<'_>| it.has("toolUse") || it.has("toolResult");
    if call.request.get(&["toolConfig"]).is_some() || !call.request.messages().any(has_tools) {
        return Ok(());
    }
    Err(Refusal::validation(
        "The toolConfig field must be defined when using toolUse and toolResult content blocks.",
    ))
}

/// The model calls tools and the user brings results. Calls that the service runs itself carry a
/// `type`, and their results stand in the model's own turn. The wording is the emulator's.
pub(super) fn blocks_have_their_roles(call: &Call<'_>) -> Verdict {
    for message in call.request.messages() {
        let kind = match message.role {
            "user" => "toolUse",
            "assistant" => "toolResult",
            _ => continue,
        };
        if let Some(block) = message.of_kind(kind).find(|it| !is_server_side(*it)) {
            return Err(Refusal::validation(format!(
                "The {kind} block at messages.{}.content.{} cannot be in a message with the {} \
                 role.",
                message.index, block.index, message.role
            )));
        }
    }
    Ok(())
}

fn is_server_side(block: Block<'_>) -> bool {
    !block.text("type").is_empty()
}

/// Every call has one result in the next turn, and every result has its call in the turn before
/// (reported error texts).
pub(super) fn results_answer_uses(call: &Call<'_>) -> Verdict {
    let turns: Vec<Message<'_>> = call
        .request
        .messages()
        .filter(|message| message.role != "system")
        .collect();
    for (position, turn) in turns.iter().enumerate() {
        let uses = client_side(*turn, "toolUse");
        unique(&uses, "toolUse", turn.index)?;
        let next = turns.get(position + 1);
        let results = next.map_or_else(Vec::new, |next| client_side(*next, "toolResult"));
        let place = next.map_or(turn.index + 1, |next| next.index);
        if turn.role == "assistant" {
            pairs(&uses, &results, place)?;
        }
    }
    match turns.first() {
        Some(first) => pairs(&[], &client_side(*first, "toolResult"), first.index),
        None => Ok(()),
    }
}

fn pairs(uses: &[&str], results: &[&str], place: usize) -> Verdict {
    if results.len() > uses.len() {
        return Err(Refusal::validation(format!(
            "The number of toolResult blocks at messages.{place}.content exceeds the number of \
             toolUse blocks of previous turn."
        )));
    }
    unique(results, "toolResult", place)?;
    let missing: Vec<&str> = uses
        .iter()
        .filter(|id| !results.contains(id))
        .copied()
        .collect();
    if missing.is_empty() {
        return Ok(());
    }
    Err(Refusal::validation(format!(
        "Expected toolResult blocks at messages.{place}.content for the following Ids: {}",
        missing.join(", ")
    )))
}

fn unique(ids: &[&str], kind: &str, place: usize) -> Verdict {
    let mut seen = HashSet::new();
    match ids.iter().find(|id| !seen.insert(**id)) {
        None => Ok(()),
        Some(id) => Err(Refusal::validation(format!(
            "The {kind} blocks at messages.{place}.content contain duplicate Ids: {id}"
        ))),
    }
}

/// The identifiers of the calls or results that the caller is responsible for.
fn client_side<'a>(message: Message<'a>, kind: &str) -> Vec<&'a str> {
    message
        .of_kind(kind)
        .filter(|block| !is_server_side(*block))
        .map(|block| block.text("toolUseId"))
        .collect()
}

/// What a tool is called with is an object, and so is what it gives back as JSON (reported error
/// text).
pub(super) fn inputs_are_objects(call: &Call<'_>) -> Verdict {
    for message in call.request.messages() {
        for block in message.blocks() {
            let path = format!("messages.{}.content.{}", message.index, block.index);
            match block.kind {
                "toolUse" if !is_object(block.value.get("input")) => {
                    return Err(not_an_object(&format!("{path}.toolUse.input")));
                }
                "toolResult" => {
                    let contents = list(block.value.get("content"));
                    let wrong = contents
                        .iter()
                        .position(|content| content.get("json").is_some_and(|it| !it.is_object()));
                    if let Some(index) = wrong {
                        return Err(not_an_object(&format!(
                            "{path}.toolResult.content.{index}.json"
                        )));
                    }
                }
                _ => {}
            }
        }
    }
    Ok(())
}

fn is_object(value: Option<&Value>) -> bool {
    value.is_some_and(Value::is_object)
}

/// A tool's schema is an object that describes an object (reported error texts).
pub(super) fn schemas_are_objects(call: &Call<'_>) -> Verdict {
    for tool in call.request.tools().filter(|it| it.kind == "toolSpec") {
        let path = format!("toolConfig.tools.{}.toolSpec.inputSchema.json", tool.index);
        let schema = tool.value.get("inputSchema").and_then(|it| it.get("json"));
        if !is_object(schema) {
            return Err(not_an_object(&path));
        }
        if schema.is_some_and(|schema| text(schema.get("type")) != "object") {
            return Err(Refusal::validation(format!(
                "The value at {path}.type must be one of the following: object."
            )));
        }
    }
    Ok(())
}

/// Two tools cannot share a name (reported error text).
pub(super) fn names_are_unique(call: &Call<'_>) -> Verdict {
    let mut seen = HashSet::new();
    if call.request.tool_names().all(|name| seen.insert(name)) {
        return Ok(());
    }
    Err(Refusal::from_model("tools: Tool names must be unique."))
}

/// The tool that must be called is among those that can be (reported error text).
pub(super) fn chosen_tool_exists(call: &Call<'_>) -> Verdict {
    let Some(choice) = call.request.get(&["toolConfig", "toolChoice", "tool"]) else {
        return Ok(());
    };
    let wanted = text(choice.get("name"));
    if call.request.tool_names().any(|name| name == wanted) {
        return Ok(());
    }
    Err(Refusal::from_model(format!(
        "Tool '{wanted}' not found in provided tools"
    )))
}

/// The choice stands in `toolConfig` or among the fields for the model, not in both (found by the
/// authors of an open-source client). The wording is the emulator's.
pub(super) fn choice_stands_once(call: &Call<'_>) -> Verdict {
    let also = call
        .request
        .field("tool_choice")
        .is_some_and(|choice| !text(choice.get("type")).is_empty());
    if call.request.tool_choice().is_none() || !also {
        return Ok(());
    }
    Err(Refusal::validation(
        "The additional field tool_choice conflicts with an existing field.",
    ))
}
