//! The members of `additionalModelRequestFields`, which the model itself reads.

use outcrop_policy::{Thinking, ThinkingDisplay, TopKField};
use serde::Serialize;
use serde_json::value::to_raw_value;

use super::{Adjustments, Settings};
use crate::{Adjustment, Members, ToolChoice};

/// Claude's `thinking` field.
#[derive(Serialize)]
struct ThinkingField {
    r#type: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    budget_tokens: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    display: Option<&'static str>,
}

/// Claude's `output_config` field.
#[derive(Serialize)]
struct OutputConfigField {
    effort: &'static str,
}

/// Claude's own `tool_choice` field.
#[derive(Serialize)]
struct ToolChoiceField<'a> {
    r#type: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    name: Option<&'a str>,
    disable_parallel_tool_use: bool,
}

/// Nova's place for `top_k`.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct NovaInferenceConfig {
    top_k: u32,
}

/// The fields in a fixed order, those of the caller last.
pub(super) fn fields(
    settings: &Settings<'_>,
    choice: Option<ToolChoice>,
    adjustments: &mut Adjustments,
) -> Members {
    let decision = settings.decision;
    let mut fields = Members::default();
    if let Some(thinking) = decision.thinking {
        write_thinking(&mut fields, thinking);
    }
    if !decision.betas.is_empty() {
        write(&mut fields, "anthropic_beta", decision.betas);
    }
    match decision.sampling.top_k {
        Some((TopKField::NovaInferenceConfig, top_k)) => {
            write(
                &mut fields,
                "inferenceConfig",
                NovaInferenceConfig { top_k },
            );
        }
        Some((TopKField::TopLevel, top_k)) => write(&mut fields, "top_k", top_k),
        None => {}
    }
    if let Some(choice) = choice {
        write_tool_choice(&mut fields, &choice);
    }
    for (field, value) in settings.additional_fields.iter() {
        if fields.insert(field, value.to_owned()) {
            adjustments.push(Adjustment::OverridesDecision {
                field: field.to_owned(),
            });
        }
    }
    fields
}

fn write_thinking(fields: &mut Members, thinking: Thinking) {
    let (r#type, budget_tokens, effort, display) = match thinking {
        Thinking::Enabled { budget, display } => ("enabled", Some(budget.get()), None, display),
        Thinking::Adaptive { effort, display } => ("adaptive", None, effort, display),
        Thinking::BetweenTools => ("between_tools", None, None, None),
        Thinking::Disabled => ("disabled", None, None, None),
    };
    let display = display.map(ThinkingDisplay::as_str);
    write(
        fields,
        "thinking",
        ThinkingField {
            r#type,
            budget_tokens,
            display,
        },
    );
    if let Some(effort) = effort {
        write(
            fields,
            "output_config",
            OutputConfigField {
                effort: effort.as_str(),
            },
        );
    }
}

fn write_tool_choice(fields: &mut Members, choice: &ToolChoice) {
    let (r#type, name) = match choice {
        ToolChoice::Any(_) => ("any", None),
        ToolChoice::Tool(tool) => ("tool", Some(tool.name.as_str())),
        _ => ("auto", None),
    };
    let field = ToolChoiceField {
        r#type,
        name,
        disable_parallel_tool_use: true,
    };
    write(fields, "tool_choice", field);
}

fn write(fields: &mut Members, name: &str, value: impl Serialize) {
    // The values here are plain words and numbers, which always have a JSON form.
    if let Ok(value) = to_raw_value(&value) {
        fields.insert(name, value);
    }
}
