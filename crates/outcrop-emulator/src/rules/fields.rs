//! The members of a request that are neither messages nor tools.

use serde_json::Value;

use super::Verdict;
use crate::converse::Call;
use crate::identifier::Target;
use crate::refusal::Refusal;
use crate::request::list;

/// A prompt of Prompt management brings these itself (Converse API reference, `modelId`). The
/// wording is the emulator's.
pub(super) fn prompts_bring_their_own(call: &Call<'_>) -> Verdict {
    if !matches!(call.target, Target::Prompt) {
        return Ok(());
    }
    let fields = [
        "additionalModelRequestFields",
        "inferenceConfig",
        "system",
        "toolConfig",
    ];
    match fields
        .iter()
        .find(|name| call.request.get(&[name]).is_some())
    {
        None => Ok(()),
        Some(name) => Err(Refusal::validation(format!(
            "The {name} field cannot be set when the model is a prompt from Prompt management. \
             Remove {name} and try again."
        ))),
    }
}

/// Variables are for such prompts only (Converse API reference, `promptVariables`). The wording is
/// the emulator's.
pub(super) fn variables_belong_to_prompts(call: &Call<'_>) -> Verdict {
    if matches!(call.target, Target::Prompt) || call.request.get(&["promptVariables"]).is_none() {
        return Ok(());
    }
    Err(Refusal::validation(
        "The promptVariables field can only be set when the model is a prompt from Prompt \
         management. Remove promptVariables and try again.",
    ))
}

/// The fields for the model are an object. Worded like the reported text for tool inputs.
pub(super) fn are_an_object(call: &Call<'_>) -> Verdict {
    match call.request.get(&["additionalModelRequestFields"]) {
        None | Some(Value::Object(_)) => Ok(()),
        Some(_) => Err(not_an_object("additionalModelRequestFields")),
    }
}

/// Each path is a JSON Pointer (Converse API reference, `additionalModelResponseFieldPaths`). The
/// wording is the emulator's.
pub(super) fn response_paths_are_pointers(call: &Call<'_>) -> Verdict {
    let paths = list(call.request.get(&["additionalModelResponseFieldPaths"]));
    let broken = paths
        .iter()
        .filter_map(Value::as_str)
        .position(|path| !is_pointer(path));
    match broken {
        None => Ok(()),
        Some(index) => Err(Refusal::validation(format!(
            "The value at additionalModelResponseFieldPaths.{index} is not a valid JSON Pointer. \
             Provide a JSON Pointer such as /stop_sequence and try again."
        ))),
    }
}

/// RFC 6901: a slash before every part, and a tilde only as `~0` or `~1`.
fn is_pointer(path: &str) -> bool {
    let escaped = path
        .split('~')
        .skip(1)
        .all(|rest| rest.starts_with(['0', '1']));
    path.starts_with('/') && escaped
}

/// The refusal of a value that must be a JSON object (reported error text).
pub(super) fn not_an_object(path: &str) -> Refusal {
    Refusal::validation(format!(
        "The format of the value at {path} is invalid. Provide a json object for the field and \
         try again."
    ))
}
