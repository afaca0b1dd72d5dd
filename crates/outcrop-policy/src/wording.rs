//! The wording of adjustments: one sentence each, with the numbers and what to write instead.

use std::fmt;

use crate::adjustment::{Adjustment, Asked, Assumed, OutputLimit, SamplingNames};
use crate::{Date, Level, Stage, TokenBudget};

impl fmt::Display for Adjustment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::AdaptiveRefused { effort, fits } => {
                let level = Level::from(*effort);
                let (word, tokens) = (level.as_str(), level.tokens());
                write!(
                    f,
                    "this model takes token budgets and is expected to refuse adaptive thinking; \
                     write `thinking_budget: {word}` or `thinking_budget: {tokens}`"
                )?;
                f.write_str(if *fits {
                    ""
                } else {
                    " with a larger `max_tokens`"
                })
            }
            Self::BaseModelIgnored => f.write_str(
                "`base_model` is for ARNs that hide their model; this identifier names its own",
            ),
            Self::BudgetAboveDocumentedRange { budget } => write!(
                f,
                "a budget of {budget} tokens is beyond the documented range of {} to {}; it is \
                 sent as written",
                TokenBudget::MINIMUM,
                TokenBudget::DOCUMENTED_MAXIMUM
            ),
            Self::BudgetBelowMinimum { asked } => write!(
                f,
                "a budget of {asked} tokens is below the minimum of {0}; no thinking is asked for \
                 (write {0} or more, or `none` for no thinking)",
                TokenBudget::MINIMUM
            ),
            Self::BudgetDeprecated { instead } => write!(
                f,
                "token budgets are deprecated on this model; `thinking_budget: adaptive/{}` is \
                 its own form",
                instead.as_str()
            ),
            Self::BudgetNegative { asked } => write!(
                f,
                "a budget of {asked} tokens means nothing; no thinking is asked for (write `none` \
                 to turn thinking off)"
            ),
            Self::BudgetNotBelowMaxTokens { budget, limit, of } => {
                write_not_below(f, *budget, *limit, *of)
            }
            Self::CannotBeDisabled { model } => write!(
                f,
                "{model} always thinks; no thinking field is sent, and it will think all the same \
                 (remove `thinking_budget`, or choose another model)"
            ),
            Self::CoercedToAdaptive {
                asked,
                effort,
                model,
            } => {
                let adaptive = effort.map_or_else(
                    || "adaptive".to_owned(),
                    |effort| format!("adaptive/{}", effort.as_str()),
                );
                match asked {
                    Asked::Tokens(count) => write!(f, "{model} refuses token budgets: {count}")?,
                    Asked::Level(level) => {
                        write!(f, "{model} thinks adaptively: `{}`", level.as_str())?;
                    }
                }
                write!(
                    f,
                    " is sent as {adaptive}; write `thinking_budget: {adaptive}`"
                )
            }
            Self::DisplayOmitted => f.write_str(
                "the text of the thinking will not be returned; write `thinking_display: \
                 summarized` to see it",
            ),
            Self::DisplayIgnored => f.write_str(
                "`thinking_display` does nothing here, since no thinking is asked of the model",
            ),
            Self::EffortLowered { asked, sent, model } => write!(
                f,
                "{model} does not offer effort `{}`; `{1}` is sent (write `thinking_budget: \
                 adaptive/{1}`)",
                asked.as_str(),
                sent.as_str()
            ),
            Self::EffortUnknown { asked, model } => write!(
                f,
                "the efforts of {model} are not known; `{}` is not sent (write `thinking_budget: \
                 adaptive`)",
                asked.as_str()
            ),
            Self::InterleavedDisabled => f.write_str(
                "without interleaved thinking the budget may be ignored between tool calls; \
                 remove `interleaved_thinking: false` to send the beta flag",
            ),
            Self::InterleavedNoEffect { asked, adaptive } => {
                f.write_str(interleaving_without_effect(*asked, *adaptive))
            }
            Self::ParallelToolCallsIgnored => f.write_str(
                "`parallel_tool_calls: false` has no effect here: only Claude can be asked for one \
                 tool call at a time",
            ),
            Self::LeastAvailable { model } => write!(
                f,
                "{model} cannot stop thinking; `between_tools`, the least it has, is sent"
            ),
            Self::MaxTokensAboveModelLimit { asked, limit } => write!(
                f,
                "{asked} tokens are more than the {limit} this model can answer with; the call is \
                 expected to be refused (write {limit} or less)"
            ),
            Self::MinimalCountsAsLow => {
                f.write_str("`minimal` is sent as effort `low`, the least there is")
            }
            Self::ModelInferred { base, sibling, .. } => write!(
                f,
                "`{base}` is not known yet; it is treated like {sibling}, its nearest older \
                 sibling"
            ),
            Self::ModelNeedsInferenceProfile { base, profiles } => {
                write_needs_profile(f, base, profiles)
            }
            Self::ModelProfileUnknown { profile, known } => write!(
                f,
                "no inference profile `{profile}` is known; the call is expected to be refused \
                 (write `{}`)",
                known.join("` or `")
            ),
            Self::ModelMisdated { id, meant } => write!(
                f,
                "no model has the ID `{id}`, whose release date or revision is another; the call is \
                 expected to be refused (write `{meant}`)"
            ),
            Self::ModelRetired {
                model,
                stage,
                date,
                successor,
                ..
            } => {
                write_ending(f, model, *stage, *date, true)?;
                f.write_str("; calls may be refused")?;
                write_successor(f, successor.as_deref())
            }
            Self::ModelRetiring {
                model,
                stage,
                date,
                over,
                successor,
                ..
            } => {
                write_ending(f, model, *stage, *date, *over)?;
                write_successor(f, successor.as_deref())
            }
            Self::ModelUnknown {
                id,
                assumed,
                meant,
                by_base_model,
            } => write_unknown(f, id, *assumed, meant.as_deref(), *by_base_model),
            Self::RegionArnMismatch { arn, region } => write!(
                f,
                "the ARN is of region {arn}, the call goes to {region}; it is expected to be \
                 refused (write `region: {arn}`)"
            ),
            Self::RegionMisspelt { region, meant } => write!(
                f,
                "there is no region `{region}`; the call is expected to fail (write `region: \
                 {meant}`)"
            ),
            Self::RegionProfileMismatch { geography, region } => write!(
                f,
                "inference profiles with the prefix `{geography}.` cannot be called from {region}; \
                 the call is expected to be refused"
            ),
            Self::SamplingDroppedForThinking { dropped } => {
                write_names(f, *dropped)?;
                f.write_str(" not sent: Claude takes no sampling parameters while it thinks")
            }
            Self::SamplingPairRefused => f.write_str(
                "top_p is not sent: this model takes `temperature` or `top_p`, not both",
            ),
            Self::SamplingRefusedByModel { dropped } => {
                write_names(f, *dropped)?;
                f.write_str(" not sent: this model takes no sampling parameters")
            }
            Self::ThinkingNotSupported { model } => write!(
                f,
                "{model} has no thinking that `thinking_budget` could set; nothing is sent"
            ),
            Self::ToolChoiceMadeAuto => f.write_str(
                "the tool choice is sent as `auto`: Claude refuses a forced one while it thinks",
            ),
        }
    }
}

fn interleaving_without_effect(asked: bool, adaptive: bool) -> &'static str {
    match (asked, adaptive) {
        (true, _) => {
            "`interleaved_thinking: true` does nothing here: its beta flag belongs to token budgets \
             on Claude 4, 4.1 and 4.5 (adaptive thinking interleaves by itself)"
        }
        (false, true) => {
            "adaptive thinking interleaves by itself; `interleaved_thinking: false` has no effect"
        }
        (false, false) => {
            "`interleaved_thinking: false` does nothing here: the beta flag that it leaves out \
             belongs to token budgets on Claude 4, 4.1 and 4.5"
        }
    }
}

fn write_not_below(
    f: &mut fmt::Formatter<'_>,
    budget: u64,
    limit: u32,
    of: OutputLimit,
) -> fmt::Result {
    match of {
        OutputLimit::MaxTokens => write!(
            f,
            "a budget of {budget} tokens must be less than max_tokens, which is {limit}; no \
             thinking is asked for (raise `max_tokens` above {budget}, or lower the budget)"
        ),
        OutputLimit::MaxTokensAndModel => write!(
            f,
            "a budget of {budget} tokens must be less than max_tokens, which is {limit}; no \
             thinking is asked for (lower the budget: the model cannot answer with that much)"
        ),
        OutputLimit::Model => write!(
            f,
            "a budget of {budget} tokens must be less than the model's output limit of {limit}; \
             no thinking is asked for (lower the budget)"
        ),
    }
}

fn write_needs_profile(f: &mut fmt::Formatter<'_>, base: &str, profiles: &[String]) -> fmt::Result {
    write!(
        f,
        "`{base}` can be called through an inference profile only; the call is expected to be \
         refused"
    )?;
    if profiles.is_empty() {
        return Ok(());
    }
    write!(f, " (write `{}`)", profiles.join("` or `"))
}

fn write_ending(
    f: &mut fmt::Formatter<'_>,
    model: &str,
    stage: Stage,
    date: Date,
    over: bool,
) -> fmt::Result {
    match (stage, over) {
        (Stage::Deprecated, true) => write!(f, "{model} is deprecated on Bedrock since {date}"),
        (Stage::Deprecated, false) => {
            write!(f, "{model} will be deprecated on Bedrock on {date}")
        }
        (Stage::EndOfLife, true) => {
            write!(f, "{model} reached its end of life on Bedrock on {date}")
        }
        (Stage::EndOfLife, false) => {
            write!(f, "{model} reaches its end of life on Bedrock on {date}")
        }
        (Stage::RetiredByAnthropic, _) => {
            let (year, month) = (date.year(), date.month());
            let verb = if over { "was" } else { "is to be" };
            write!(
                f,
                "{model} {verb} retired by Anthropic in {year:04}-{month:02}"
            )
        }
    }
}

fn write_successor(f: &mut fmt::Formatter<'_>, successor: Option<&str>) -> fmt::Result {
    match successor {
        Some(id) => write!(f, " (the next model of its line is `{id}`)"),
        None => Ok(()),
    }
}

/// What was meant is the better advice where it is known.
fn write_unknown(
    f: &mut fmt::Formatter<'_>,
    id: &str,
    assumed: Assumed,
    meant: Option<&str>,
    by_base_model: bool,
) -> fmt::Result {
    write_assumed(f, id, assumed, by_base_model)?;
    if let Some(meant) = meant {
        return write!(f, " (did you mean `{meant}`?)");
    }
    match assumed {
        Assumed::ClaudeBehindArn => {
            f.write_str(" (set `provider_opts.base_model` to say what it is)")
        }
        Assumed::Claude => f.write_str(
            " (set `provider_opts.base_model` to one such as `anthropic.claude-opus-4-8`)",
        ),
        Assumed::NotClaude if id.starts_with("arn:") => f.write_str(
            " (an ARN looks like `arn:aws:bedrock:REGION:ACCOUNT:inference-profile/ID`)",
        ),
        Assumed::OneOf(_) | Assumed::NotClaude => Ok(()),
    }
}

fn write_assumed(
    f: &mut fmt::Formatter<'_>,
    id: &str,
    assumed: Assumed,
    by_base_model: bool,
) -> fmt::Result {
    let named = if by_base_model { "`base_model` " } else { "" };
    match assumed {
        Assumed::ClaudeBehindArn => write!(
            f,
            "{named}`{id}` does not tell which model answers; it is taken for a Claude that takes \
             what is written"
        ),
        Assumed::Claude => write!(
            f,
            "{named}`{id}` is not a known model; it is taken for a Claude that takes what is written"
        ),
        Assumed::OneOf(family) => write!(
            f,
            "{named}`{id}` is not a known model; it is taken for one of {family}"
        ),
        Assumed::NotClaude if id.starts_with("arn:") => write!(
            f,
            "{named}`{id}` is not the ARN of a model; it is taken for one without a thinking budget"
        ),
        Assumed::NotClaude => write!(
            f,
            "{named}`{id}` is not a known model; it is taken for one without a thinking budget"
        ),
    }
}

/// `temperature is`, or `temperature and top_p are`.
fn write_names(f: &mut fmt::Formatter<'_>, names: SamplingNames) -> fmt::Result {
    let count = names.names().count();
    for (position, name) in names.names().enumerate() {
        match position {
            0 => {}
            _ if position + 1 == count => f.write_str(" and ")?,
            _ => f.write_str(", ")?,
        }
        f.write_str(name)?;
    }
    f.write_str(if count == 1 { " is" } else { " are" })
}
