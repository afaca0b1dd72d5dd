//! Tools: the tool configuration as it is sent, and where the choice among the tools is said.

use std::borrow::Cow;
use std::collections::HashSet;

use serde::Deserialize;
use serde_json::value::RawValue;

use super::blocks::{is_blank, is_tool_name};
use super::pairs::calls;
use super::turns::Turn;
use super::{Adjustments, PrepareError, Settings};
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
) -> Result<Tools<'a>, PrepareError> {
    let config = match given(conversation, adjustments)? {
        Some(given) => Some(given),
        None => tools_of_history(turns, adjustments).map(Cow::Owned),
    };
    let Some(mut config) = config else {
        return Ok(Tools {
            config: None,
            choice: None,
        });
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
    Ok(Tools {
        config: Some(config),
        choice,
    })
}

/// The tools that were given, if there are any.
fn given<'a>(
    conversation: &'a Conversation,
    adjustments: &mut Adjustments,
) -> Result<Option<Cow<'a, ToolConfig>>, PrepareError> {
    let Some(config) = &conversation.tools else {
        return Ok(None);
    };
    if config.tools.is_empty() {
        let forces = config
            .tool_choice
            .as_ref()
            .is_some_and(ToolChoice::forces_a_call);
        if forces {
            return Err(PrepareError::NoToolToCall);
        }
        adjustments.push(Adjustment::ToolConfigDropped);
        return Ok(None);
    }
    check_specs(config, adjustments)?;
    check_choice(config)?;
    let has_blank = |spec: &ToolSpec| spec.description.as_deref().is_some_and(is_blank);
    let mut config = Cow::Borrowed(config);
    for index in 0..config.tools.len() {
        if let Tool::Spec(spec) = &config.tools[index]
            && has_blank(spec)
        {
            let tool = spec.name.clone();
            adjustments.push(Adjustment::ToolDescriptionDropped { tool });
            if let Tool::Spec(spec) = &mut config.to_mut().tools[index] {
                spec.description = None;
            }
        }
    }
    Ok(Some(config))
}

fn specs(config: &ToolConfig) -> impl Iterator<Item = (usize, &ToolSpec)> {
    let tools = config.tools.iter().enumerate();
    tools.filter_map(|(index, tool)| match tool {
        Tool::Spec(spec) => Some((index, spec)),
        _ => None,
    })
}

/// Names that the service takes, each once ("Tool names must be unique", service text), and schemas
/// that are objects ("The value at … inputSchema.json.type must be one of the following: object",
/// service text).
fn check_specs(config: &ToolConfig, adjustments: &mut Adjustments) -> Result<(), PrepareError> {
    let mut seen = HashSet::new();
    for (index, spec) in specs(config) {
        let name = spec.name.clone();
        if !is_tool_name(&spec.name) {
            let path = format!("toolConfig.tools[{index}]");
            return Err(PrepareError::ToolName { path, name });
        }
        if !seen.insert(&spec.name) {
            return Err(PrepareError::ToolTwice { name });
        }
        let schema = &spec.input_schema.json;
        if !schema.get().starts_with('{') {
            return Err(PrepareError::ToolSchema { name });
        }
        if !says_object(schema) {
            adjustments.push(Adjustment::ToolSchemaRefused { tool: name });
        }
    }
    Ok(())
}

/// Whether a schema has `"type": "object"`. Nothing else of it is looked at.
fn says_object(schema: &RawValue) -> bool {
    #[derive(Deserialize)]
    struct Head<'a> {
        #[serde(borrow, default)]
        r#type: Option<&'a RawValue>,
    }
    let head = serde_json::from_str::<Head<'_>>(schema.get());
    let kind = head.ok().and_then(|head| head.r#type);
    kind.is_some_and(|kind| kind.get() == r#""object""#)
}

/// "Tool '…' not found in provided tools" (service text). Tools that are not the caller's may have
/// any name.
fn check_choice(config: &ToolConfig) -> Result<(), PrepareError> {
    let Some(ToolChoice::Tool(chosen)) = &config.tool_choice else {
        return Ok(());
    };
    let may_be = |tool: &Tool| match tool {
        Tool::Spec(spec) => spec.name == chosen.name,
        Tool::CachePoint(_) => false,
        Tool::Other(..) => true,
    };
    if config.tools.iter().any(may_be) {
        return Ok(());
    }
    Err(PrepareError::UnknownTool {
        name: chosen.name.clone(),
    })
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
