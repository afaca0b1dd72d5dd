//! What a request makes of a model's thinking. Both the rules and the answer read it from here.

use serde_json::Value;

use crate::models::{Family, Knob, Model};
use crate::request::{Request, text};

/// Whether and how the model thinks before it answers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Thinking {
    /// Not at all.
    Off,
    /// Up to a number of tokens.
    Budget(u64),
    /// As much as it sees fit.
    Adaptive,
    /// Between tool calls only.
    BetweenTools,
    /// The request does not say, and the model thinks of its own accord.
    Unasked,
    /// As a model of another vendor was asked to, in that vendor's words.
    Asked(String),
}

impl Thinking {
    /// Reads a request for a model; without a row (an opaque ARN), what the request says holds.
    pub(crate) fn of(request: &Request, model: Option<&Model>) -> Self {
        match model.map(|model| &model.family) {
            Some(Family::Other(other)) => match asked(request, other.knob) {
                Some(text) if matches!(text.as_str(), "none" | "disabled") => Self::Off,
                Some(text) => Self::Asked(text),
                None if other.reasons_unasked => Self::Unasked,
                None => Self::Off,
            },
            Some(Family::Claude(claude)) => {
                Self::claude(request.field("thinking"), claude.thinks_unasked)
            }
            None => Self::claude(request.field("thinking"), false),
        }
    }

    fn claude(thinking: Option<&Value>, unasked: bool) -> Self {
        let Some(thinking) = thinking else {
            return if unasked { Self::Unasked } else { Self::Off };
        };
        match text(thinking.get("type")) {
            "enabled" => {
                let budget = thinking.get("budget_tokens").and_then(Value::as_u64);
                Self::Budget(budget.unwrap_or(0))
            }
            "adaptive" => Self::Adaptive,
            "between_tools" => Self::BetweenTools,
            _ => Self::Off,
        }
    }

    /// Whether the model thinks at all.
    pub(crate) fn is_on(&self) -> bool {
        *self != Self::Off
    }
}

/// What a request says to a vendor's own knob.
fn asked(request: &Request, knob: Knob) -> Option<String> {
    let value = match knob {
        Knob::None => None,
        Knob::Flat(name, _) => request.field(name)?.as_str(),
        Knob::Nested(_) => request.field("reasoning")?.get("effort")?.as_str(),
        Knob::ReasoningConfig => {
            let config = request.field("reasoningConfig")?;
            if text(config.get("type")) == "disabled" {
                Some("disabled")
            } else {
                Some(
                    config
                        .get("maxReasoningEffort")
                        .map_or("enabled", |effort| effort.as_str().unwrap_or("enabled")),
                )
            }
        }
    };
    value.map(str::to_owned)
}
