//! The thinking field: rules for every way of asking and every class of model.

use crate::adjustment::{Asked, OutputLimit};
use crate::row::{Row, ThinkingClass, Unasked};
use crate::{
    Adjustment, Effort, Kind, Level, Model, Request, Thinking, ThinkingBudget, TokenBudget,
};

/// Decides the `thinking` field, and the effort that goes with it.
pub(crate) fn decide_thinking(
    model: &Model,
    request: &Request,
    adjustments: &mut Vec<Adjustment>,
) -> Option<Thinking> {
    match request.thinking_budget? {
        ThinkingBudget::Off => turn_off(model, adjustments),
        ThinkingBudget::Tokens(count) if count.get() < 0 => {
            adjustments.push(Adjustment::BudgetNegative { asked: count.get() });
            None
        }
        ThinkingBudget::Tokens(count) => {
            let asked = Asked::Tokens(count.get().unsigned_abs());
            decide_budget(model, request, asked, adjustments)
        }
        ThinkingBudget::Level(level) => {
            decide_budget(model, request, Asked::Level(level), adjustments)
        }
        ThinkingBudget::Adaptive(effort) => decide_adaptive(model, request, effort, adjustments),
    }
}

/// `none` and `0`.
fn turn_off(model: &Model, adjustments: &mut Vec<Adjustment>) -> Option<Thinking> {
    let row = model.row()?;
    match row.unasked {
        Unasked::Rests => None,
        Unasked::ThinksUnlessDisabled => Some(Thinking::Disabled),
        Unasked::ThinksBetweenToolsAtLeast => {
            adjustments.push(Adjustment::LeastAvailable { model: row.name });
            Some(Thinking::BetweenTools)
        }
        Unasked::ThinksAlways => {
            adjustments.push(Adjustment::CannotBeDisabled { model: row.name });
            None
        }
    }
}

/// A count of tokens, or a level that stands for one.
fn decide_budget(
    model: &Model,
    request: &Request,
    asked: Asked,
    adjustments: &mut Vec<Adjustment>,
) -> Option<Thinking> {
    let row = match model.kind() {
        Kind::Claude(row) | Kind::InferredClaude { sibling: row, .. } => row,
        Kind::AssumedClaude => return within_range(request, None, asked, adjustments),
        Kind::Other(_) | Kind::Unknown => return not_supported(model, adjustments),
    };
    match row.class {
        ThinkingClass::None => not_supported(model, adjustments),
        ThinkingClass::Budget => within_range(request, row.max_output, asked, adjustments),
        ThinkingClass::Deprecated => {
            let thinking = within_range(request, row.max_output, asked, adjustments)?;
            let instead = offered(row, asked.effort()).unwrap_or(asked.effort());
            adjustments.push(Adjustment::BudgetDeprecated { instead });
            Some(thinking)
        }
        ThinkingClass::AdaptiveOnly => Some(coerce(row, request, asked, adjustments)),
    }
}

/// `adaptive` and `adaptive/EFFORT`.
fn decide_adaptive(
    model: &Model,
    request: &Request,
    asked: Option<Effort>,
    adjustments: &mut Vec<Adjustment>,
) -> Option<Thinking> {
    let or_high = asked.unwrap_or(Effort::High);
    let effort = match model.kind() {
        Kind::Other(_) | Kind::Unknown => return not_supported(model, adjustments),
        Kind::AssumedClaude => Some(or_high),
        Kind::Claude(row) | Kind::InferredClaude { sibling: row, .. } => match row.class {
            ThinkingClass::None => return not_supported(model, adjustments),
            ThinkingClass::Budget => {
                let instead = Level::from(or_high).tokens();
                let limit = request.max_tokens.or(row.max_output);
                let fits = limit.is_none_or(|limit| instead < u64::from(limit));
                adjustments.push(Adjustment::AdaptiveRefused {
                    effort: or_high,
                    fits,
                });
                Some(or_high)
            }
            ThinkingClass::Deprecated | ThinkingClass::AdaptiveOnly if row.efforts.is_some() => {
                lowered(row, or_high, adjustments)
            }
            ThinkingClass::Deprecated | ThinkingClass::AdaptiveOnly => {
                adjustments.extend(asked.map(|asked| Adjustment::EffortUnknown {
                    asked,
                    model: row.name,
                }));
                None
            }
        },
    };
    Some(Thinking::Adaptive {
        effort,
        display: request.thinking_display,
    })
}

fn not_supported(model: &Model, adjustments: &mut Vec<Adjustment>) -> Option<Thinking> {
    let model = match model.kind() {
        Kind::Claude(row) | Kind::InferredClaude { sibling: row, .. } => row.name,
        Kind::Other(family) => family.name,
        Kind::AssumedClaude | Kind::Unknown => model.telling_id().as_str(),
    };
    adjustments.push(Adjustment::ThinkingNotSupported {
        model: model.to_owned(),
    });
    None
}

/// The range that every model with token budgets shares: from the minimum to below the output
/// limit of the call.
fn within_range(
    request: &Request,
    max_output: Option<u32>,
    asked: Asked,
    adjustments: &mut Vec<Adjustment>,
) -> Option<Thinking> {
    let budget = asked.tokens();
    if budget < TokenBudget::MINIMUM {
        adjustments.push(Adjustment::BudgetBelowMinimum { asked: budget });
        return None;
    }
    let limit = match (request.max_tokens, max_output) {
        (Some(limit), Some(max_output)) if budget >= u64::from(max_output) => {
            Some((limit, OutputLimit::MaxTokensAndModel))
        }
        (Some(limit), _) => Some((limit, OutputLimit::MaxTokens)),
        (None, Some(limit)) => Some((limit, OutputLimit::Model)),
        (None, None) => None,
    };
    if let Some((limit, of)) = limit
        && budget >= u64::from(limit)
    {
        adjustments.push(Adjustment::BudgetNotBelowMaxTokens { budget, limit, of });
        return None;
    }
    if budget > TokenBudget::DOCUMENTED_MAXIMUM {
        adjustments.push(Adjustment::BudgetAboveDocumentedRange { budget });
    }
    Some(Thinking::Enabled {
        budget: TokenBudget::judged(budget),
        display: request.thinking_display,
    })
}

/// A count or a level on a model that takes adaptive thinking only.
fn coerce(
    row: &'static Row,
    request: &Request,
    asked: Asked,
    adjustments: &mut Vec<Adjustment>,
) -> Thinking {
    let effort = offered(row, asked.effort());
    adjustments.push(Adjustment::CoercedToAdaptive {
        asked,
        effort,
        model: row.name,
    });
    if asked == Asked::Level(Level::Minimal) && effort.is_some() {
        adjustments.push(Adjustment::MinimalCountsAsLow);
    }
    let effort = lowered(row, asked.effort(), adjustments);
    Thinking::Adaptive {
        effort,
        display: request.thinking_display,
    }
}

/// The highest effort the model offers that is not above `asked`; `None` where its efforts are
/// not known.
fn offered(row: &Row, asked: Effort) -> Option<Effort> {
    let efforts = row.efforts?;
    efforts.iter().copied().rfind(|effort| *effort <= asked)
}

/// The same, reporting a difference.
fn lowered(row: &'static Row, asked: Effort, adjustments: &mut Vec<Adjustment>) -> Option<Effort> {
    let sent = offered(row, asked)?;
    if sent != asked {
        adjustments.push(Adjustment::EffortLowered {
            asked,
            sent,
            model: row.name,
        });
    }
    Some(sent)
}
