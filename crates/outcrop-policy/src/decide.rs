//! The decision: one pure, total function from what was asked to what is sent.

use crate::adjustment::{Assumed, SamplingNames};
use crate::callable::model_meant;
use crate::replay;
use crate::row::{SamplingRule, Unasked};
use crate::thinking::decide_thinking;
use crate::{Adjustment, BaseModel, Decision, Kind, Model, Request, Sampling, Thinking};

/// The beta flag that lets Claude 4, 4.1 and 4.5 think between tool calls under a token budget
/// (Bedrock user guide, extended thinking).
const INTERLEAVED_THINKING: &str = "interleaved-thinking-2025-05-14";

/// Decides what is sent to `model` for `request`.
///
/// It cannot fail: what a model would refuse is left out or brought into the form it takes, and
/// whatever is changed, dropped or predicted is an [`Adjustment`]. Nothing is invented: what was
/// not asked for is not sent.
///
/// ```
/// use outcrop_policy::{decide, Model, ModelId, Request, Thinking, ThinkingBudget};
///
/// let model = Model::resolve(ModelId::new("global.anthropic.claude-sonnet-4-5-20250929-v1:0"), None);
/// let request = Request {
///     thinking_budget: Some(ThinkingBudget::tokens(8192)),
///     max_tokens: Some(16_384),
///     ..Request::default()
/// };
/// let decision = decide(&model, &request);
/// assert!(matches!(decision.thinking, Some(Thinking::Enabled { budget, .. }) if budget.get() == 8192));
/// assert_eq!(decision.betas, ["interleaved-thinking-2025-05-14"]);
/// assert!(decision.adjustments.is_empty());
/// ```
#[must_use]
pub fn decide(model: &Model, request: &Request) -> Decision {
    let mut adjustments = Vec::new();
    report_model(model, request, &mut adjustments);
    let thinking = decide_thinking(model, request, &mut adjustments);
    report_display(model, request, thinking, &mut adjustments);
    let betas = decide_betas(model, request, thinking, &mut adjustments);
    let sampling = decide_sampling(model, request, thinking, &mut adjustments);
    let makes_tool_choice_auto = decide_tool_choice(model, request, thinking, &mut adjustments);
    let one_tool_call_at_a_time = decide_parallel_calls(model, request, &mut adjustments);
    Decision {
        thinking,
        max_tokens: request.max_tokens,
        sampling,
        betas,
        one_tool_call_at_a_time,
        makes_tool_choice_auto,
        reasoning_replay: replay::reasoning(model),
        refuses_prefill: replay::prefill(model, thinking),
        adjustments,
    }
}

/// Reports what is not known of the model, and an output limit that is exceeded.
fn report_model(model: &Model, request: &Request, adjustments: &mut Vec<Adjustment>) {
    let by_base_model = matches!(model.base_model(), BaseModel::Used(_));
    match model.kind() {
        Kind::Claude(_) | Kind::Other(_) => {}
        Kind::InferredClaude { sibling, .. } => adjustments.push(Adjustment::ModelInferred {
            base: model.telling_id().base().to_owned(),
            sibling: sibling.name,
            by_base_model,
        }),
        Kind::AssumedClaude | Kind::Unknown => adjustments.push(Adjustment::ModelUnknown {
            id: model.telling_id().as_str().to_owned(),
            assumed: match model.kind() {
                Kind::Unknown => Assumed::NotClaude,
                _ if model.telling_id().is_opaque() => Assumed::ClaudeBehindArn,
                _ => Assumed::Claude,
            },
            meant: model_meant(model),
            by_base_model,
        }),
    }
    if *model.base_model() == BaseModel::Unused {
        adjustments.push(Adjustment::BaseModelIgnored);
    }
    if let (Some(asked), Some(limit)) = (request.max_tokens, model.max_output())
        && asked > limit
    {
        adjustments.push(Adjustment::MaxTokensAboveModelLimit { asked, limit });
    }
}

fn report_display(
    model: &Model,
    request: &Request,
    thinking: Option<Thinking>,
    adjustments: &mut Vec<Adjustment>,
) {
    let active = thinking.is_some_and(Thinking::is_active);
    if request.thinking_display.is_some() {
        if !active {
            adjustments.push(Adjustment::DisplayIgnored);
        }
    } else if active && model.row().is_some_and(|row| row.hides_thinking) {
        adjustments.push(Adjustment::DisplayOmitted);
    }
}

fn decide_betas(
    model: &Model,
    request: &Request,
    thinking: Option<Thinking>,
    adjustments: &mut Vec<Adjustment>,
) -> &'static [&'static str] {
    let has_budget = matches!(thinking, Some(Thinking::Enabled { .. }));
    let asked = request.interleaved_thinking;
    // Of a Claude that is only assumed nobody knows; the flag is sent when it is asked for.
    let is_assumed = model.kind() == Kind::AssumedClaude;
    let takes_beta = is_assumed || model.takes_interleaving_beta();
    match (has_budget && takes_beta, asked) {
        (true, None | Some(false)) if is_assumed => &[],
        (true, Some(false)) => {
            adjustments.push(Adjustment::InterleavedDisabled);
            &[]
        }
        (true, _) => &[INTERLEAVED_THINKING],
        (false, Some(asked)) => {
            let adaptive = matches!(thinking, Some(Thinking::Adaptive { .. }));
            adjustments.push(Adjustment::InterleavedNoEffect { asked, adaptive });
            &[]
        }
        (false, None) => &[],
    }
}

fn decide_sampling(
    model: &Model,
    request: &Request,
    thinking: Option<Thinking>,
    adjustments: &mut Vec<Adjustment>,
) -> Sampling {
    let asked = Sampling {
        temperature: request.temperature,
        top_p: request.top_p,
        top_k: request.top_k.map(|k| (model.top_k_field(), k)),
    };
    let dropped = SamplingNames {
        temperature: asked.temperature.is_some(),
        top_p: asked.top_p.is_some(),
        top_k: asked.top_k.is_some(),
    };
    if asked == Sampling::default() {
        return asked;
    }
    if thinking.is_some_and(Thinking::is_active) {
        adjustments.push(Adjustment::SamplingDroppedForThinking { dropped });
        return Sampling::default();
    }
    match model.sampling() {
        SamplingRule::Refused => {
            adjustments.push(Adjustment::SamplingRefusedByModel { dropped });
            Sampling::default()
        }
        SamplingRule::NotBoth if dropped.temperature && dropped.top_p => {
            adjustments.push(Adjustment::SamplingPairRefused);
            Sampling {
                top_p: None,
                ..asked
            }
        }
        SamplingRule::NotBoth | SamplingRule::Any => asked,
    }
}

/// A forced tool choice is refused while Claude thinks, also when it thinks unasked.
fn decide_tool_choice(
    model: &Model,
    request: &Request,
    thinking: Option<Thinking>,
    adjustments: &mut Vec<Adjustment>,
) -> bool {
    let thinks = match thinking {
        Some(Thinking::Disabled) => false,
        Some(_) => true,
        None => model.row().is_some_and(|row| row.unasked != Unasked::Rests),
    };
    let made_auto = request.forces_tool_use && thinks;
    if made_auto {
        adjustments.push(Adjustment::ToolChoiceMadeAuto);
    }
    made_auto
}

/// Only Claude can be asked for one call at a time.
fn decide_parallel_calls(
    model: &Model,
    request: &Request,
    adjustments: &mut Vec<Adjustment>,
) -> bool {
    let asked = request.parallel_tool_calls == Some(false);
    if asked && !model.is_claude() {
        adjustments.push(Adjustment::ParallelToolCallsIgnored);
    }
    asked && model.is_claude()
}
