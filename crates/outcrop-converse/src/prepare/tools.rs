//! Tools: the tool configuration as it is sent, and where the choice among the tools is said.

use std::borrow::Cow;

use super::turns::{Turn, calls};
use super::{Adjustments, Settings};
use crate::assemble::empty_object;
use crate::{Adjustment, Conversation, Members, Tool, ToolChoice, ToolConfig, ToolSpec};

/// The tools as they are sent.
pub(super) struct Tools<'a> {
    /// `toolConfig`.
    pub(super) config: Option<Cow<'a, ToolConfig>>,
    /// The choice that goes into `additionalModelRequestFields.tool_choice`, which alone can ask
    /// for one call at a time. It then leaves `toolConfig`, since the service refuses both.
    pub(super) choice: Option<ToolChoice>,
}

pub(super) fn tools<'a>(
    conversation: &'a Conversation,
    turns: &[Turn<'_>],
    settings: &Settings<'_>,
    adjustments: &mut Adjustments,
) -> Tools<'a> {
    let config = match &conversation.tools {
        Some(given) => Some(Cow::Borrowed(given)),
        None => tools_of_history(turns, adjustments).map(Cow::Owned),
    };
    let Some(mut config) = config else {
        return Tools {
            config: None,
            choice: None,
        };
    };
    let decision = settings.decision;
    if decision.makes_tool_choice_auto {
        config.to_mut().tool_choice = Some(ToolChoice::Auto(Members::default()));
    }
    let choice = match &config.tool_choice {
        _ if !decision.one_tool_call_at_a_time => None,
        // A choice that is not known here cannot be moved without inventing its other form.
        Some(ToolChoice::Other(..)) => {
            adjustments.push(Adjustment::OneCallNotAsked);
            None
        }
        Some(choice) => Some(choice.clone()),
        None => Some(ToolChoice::Auto(Members::default())),
    };
    if choice.is_some() && config.tool_choice.is_some() {
        config.to_mut().tool_choice = None;
    }
    Tools {
        config: Some(config),
        choice,
    }
}

/// "The toolConfig field must be defined when using toolUse and toolResult content blocks"
/// (service text): a configuration that names the tools of the history.
fn tools_of_history(turns: &[Turn<'_>], adjustments: &mut Adjustments) -> Option<ToolConfig> {
    let mut names: Vec<String> = Vec::new();
    for name in turns.iter().flat_map(calls).map(|call| &call.name) {
        if !names.contains(name) {
            names.push(name.clone());
        }
    }
    // A result always has its call, so no calls means no tool blocks at all.
    if names.is_empty() {
        return None;
    }
    let spec = |name: &String| {
        let schema = serde_json::value::to_raw_value(&serde_json::json!({"type": "object"}));
        Tool::Spec(ToolSpec::new(
            name,
            "A tool of the conversation so far.",
            schema.unwrap_or_else(|_| empty_object()),
        ))
    };
    let tools = names.iter().map(spec).collect();
    adjustments.push(Adjustment::ToolConfigAdded { tools: names });
    Some(ToolConfig {
        tools,
        tool_choice: None,
        rest: Members::default(),
    })
}
