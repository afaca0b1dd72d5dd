//! Hints: what a person can do about an error.

use std::fmt;
use std::time::Duration;

use crate::{Error, ErrorKind};

/// What a person can do about an error, as data: a program with words of its own, such as keys of
/// a configuration file, says it in those. `Display` says it in the words of the service.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub enum Hint {
    /// Let the identity invoke the model.
    AllowInvocation,
    /// Ask for more tokens a day.
    AskForQuota,
    /// Ask for more of what the account has used up.
    AskForServiceQuota,
    /// Say to the proxy who is calling.
    AuthenticateToProxy,
    /// See that the address and the proxy are the service's.
    CheckEndpoint,
    /// See which identity it is.
    CheckIdentity,
    /// See that the model exists in this region under this ID.
    CheckModel,
    /// See that the service can be reached.
    CheckNetwork,
    /// Choose an effort that the model has.
    ChooseEffort,
    /// Take cache points out, or write them as the model takes them.
    CorrectCachePoints,
    /// Have the model choose its tools itself, or do not have it think.
    DoNotForceTools,
    /// End with a message of the user.
    EndWithUser,
    /// Put more than the thinking budget into the limit of the answer.
    FitBudget,
    /// Send no field that the model does not know.
    LeaveOutField,
    /// Send no reasoning back.
    LeaveOutReasoning,
    /// Send no temperature, `top_p` or `top_k`.
    LeaveOutSampling,
    /// Send no beta flag that the model does not know.
    LeaveOutBeta,
    /// Do not turn thinking off.
    LeaveThinkingOn,
    /// Ask for less output.
    LowerMaxTokens,
    /// Renew the credentials.
    RenewCredentials,
    /// Send reasoning back as it came.
    ReplayReasoning,
    /// Get access to the model.
    RequestAccess,
    /// Set the clock.
    SetClock,
    /// Change the account's data retention mode.
    SetDataRetention,
    /// Say how long the answer may be.
    SetMaxTokens,
    /// Make the conversation shorter.
    ShortenConversation,
    /// Hand in the form about the use case.
    SubmitUseCase,
    /// Think by effort and not by budget.
    UseAdaptiveThinking,
    /// Think by budget and not by effort.
    UseBudgetThinking,
    /// Call the model through an inference profile.
    UseInferenceProfile,
    /// Send one of temperature and `top_p`.
    UseOneSampling,
    /// Stream, where a broken connection is noticed and costs less.
    UseStream,
    /// Wait for longer.
    WaitLonger,
    /// Call the model where there is more of it.
    WidenRouting,
    /// Wait for as long as the service asks.
    WaitAsAsked(Duration),
}

/// Parts of the texts of `ValidationException`, with what to do. The first that is found counts.
/// Collected from the documents of the models and from what users of LiteLLM, Strands Agents,
/// Claude Code and LangChain reported.
const TEXTS: [(&str, Hint); 31] = [
    ("thinking.type.enabled", Hint::UseAdaptiveThinking),
    ("thinking.type.disabled", Hint::LeaveThinkingOn),
    ("Input tag 'adaptive'", Hint::UseBudgetThinking),
    ("output_config.effort: Input should be", Hint::ChooseEffort),
    (
        "output_config.effort: Extra inputs",
        Hint::UseBudgetThinking,
    ),
    ("support the effort parameter", Hint::UseBudgetThinking),
    ("cannot both be specified", Hint::UseOneSampling),
    ("`temperature` is deprecated", Hint::LeaveOutSampling),
    ("`top_p` is deprecated", Hint::LeaveOutSampling),
    ("`top_k` is deprecated", Hint::LeaveOutSampling),
    ("`temperature` may only be set to 1", Hint::LeaveOutSampling),
    ("`top_p` must be", Hint::LeaveOutSampling),
    ("`top_k` must be unset", Hint::LeaveOutSampling),
    ("when tool_choice forces tool use", Hint::DoNotForceTools),
    ("assistant message prefill", Hint::EndWithUser),
    ("must end with a user message", Hint::EndWithUser),
    ("must start with a thinking block", Hint::ReplayReasoning),
    (
        "Expected `thinking` or `redacted_thinking`",
        Hint::ReplayReasoning,
    ),
    (
        "latest assistant message cannot be modified",
        Hint::ReplayReasoning,
    ),
    ("Invalid `signature`", Hint::ReplayReasoning),
    ("cannot contain reasoning content", Hint::LeaveOutReasoning),
    ("invalid beta flag", Hint::LeaveOutBeta),
    ("ttl='1h'", Hint::CorrectCachePoints),
    ("cache_control", Hint::CorrectCachePoints),
    ("cachePoint", Hint::CorrectCachePoints),
    ("prompt caching", Hint::CorrectCachePoints),
    (
        "must be greater than `thinking.budget_tokens`",
        Hint::FitBudget,
    ),
    ("greater than thinking.budget_tokens", Hint::FitBudget),
    ("thinking.enabled.budget_tokens", Hint::FitBudget),
    ("maximum tokens you requested", Hint::LowerMaxTokens),
    ("Extra inputs are not permitted", Hint::LeaveOutField),
];

pub(crate) fn hints(error: &Error) -> Vec<Hint> {
    let mut hints: Vec<_> = by_kind(error).into_iter().collect();
    if error.unrepeatable && error.retryable() {
        hints.push(Hint::UseStream);
    }
    let asked = error.retry_after.filter(|pause| !pause.is_zero());
    hints.extend(asked.map(Hint::WaitAsAsked));
    hints
}

fn by_kind(error: &Error) -> Option<Hint> {
    let has = |text: &str| error.message.contains(text);
    if error.foreign == Some(407) {
        return Some(Hint::AuthenticateToProxy);
    }
    let is_foreign = error.foreign.is_some();
    Some(match error.kind {
        ErrorKind::AccessDenied if has("data retention mode") => Hint::SetDataRetention,
        ErrorKind::AccessDenied if has("not authorized to perform") => Hint::AllowInvocation,
        ErrorKind::AccessDenied if has("use case details") => Hint::SubmitUseCase,
        ErrorKind::AccessDenied if has("prompt caching") => Hint::CorrectCachePoints,
        // Nothing that is known of the service helps with another server.
        ErrorKind::AccessDenied
        | ErrorKind::DailyQuota
        | ErrorKind::ModelNotFound
        | ErrorKind::Overloaded
        | ErrorKind::Throttled
        | ErrorKind::Timeout
            if is_foreign =>
        {
            Hint::CheckEndpoint
        }
        ErrorKind::AccessDenied => Hint::RequestAccess,
        ErrorKind::Connection => Hint::CheckNetwork,
        ErrorKind::ContextOverflow => Hint::ShortenConversation,
        ErrorKind::CredentialsExpired => Hint::RenewCredentials,
        ErrorKind::CredentialsInvalid
            if has("Signature expired") || has("Signature not yet current") =>
        {
            Hint::SetClock
        }
        ErrorKind::CredentialsInvalid | ErrorKind::NoCredentials => Hint::CheckIdentity,
        ErrorKind::DailyQuota if error.code() == Some("ServiceQuotaExceededException") => {
            Hint::AskForServiceQuota
        }
        ErrorKind::DailyQuota => Hint::AskForQuota,
        ErrorKind::InvalidRequest => {
            let known = TEXTS.iter().find(|(text, _)| has(text));
            let known = known.map(|(_, hint)| *hint);
            return known.or_else(|| is_foreign.then_some(Hint::CheckEndpoint));
        }
        ErrorKind::InvalidResponse => Hint::CheckEndpoint,
        ErrorKind::ModelNotFound => Hint::CheckModel,
        ErrorKind::NeedsInferenceProfile => Hint::UseInferenceProfile,
        ErrorKind::Stalled => Hint::WaitLonger,
        ErrorKind::Throttled => Hint::SetMaxTokens,
        ErrorKind::Overloaded if error.code() == Some("ServiceUnavailableException") => {
            Hint::WidenRouting
        }
        ErrorKind::Overloaded | ErrorKind::StreamInterrupted | ErrorKind::Timeout => return None,
    })
}

impl fmt::Display for Hint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::AllowInvocation => {
                "allow bedrock:InvokeModel and bedrock:InvokeModelWithResponseStream on the \
                 inference profile and on the foundation model in every region it routes to"
            }
            Self::AskForQuota => {
                "the quota renews with the day; ask AWS for a higher one (Service Quotas, \
                 tokens per day)"
            }
            Self::AskForServiceQuota => {
                "a quota of the account is used up, and the message says which: ask AWS for a \
                 higher one (Service Quotas), or use less of it"
            }
            Self::AuthenticateToProxy => {
                "a proxy answered and asks who is calling: put its user name and password into \
                 the proxy variable, as in `http://user:password@proxy:3128`"
            }
            Self::CheckEndpoint => {
                "a proxy or another server may have answered: check the endpoint and the proxy \
                 variables"
            }
            Self::CheckIdentity => {
                "check which identity is used; a stale AWS_SESSION_TOKEN beside other keys, or an \
                 API key of another region, looks like this"
            }
            Self::CheckModel => {
                "check the model ID and the region; a profile of another geography looks like this"
            }
            Self::CheckNetwork => "check the endpoint, the proxy variables and the network",
            Self::ChooseEffort => "choose an effort that the message lists",
            Self::CorrectCachePoints => {
                "not every model caches prompts, and not every one of those for an hour; points \
                 of `1h` come before those of `5m`"
            }
            Self::DoNotForceTools => {
                "let the model choose its tools (`toolChoice` auto), or turn thinking off"
            }
            Self::EndWithUser => {
                "this model continues no answer: end the conversation with a user message"
            }
            Self::FitBudget => {
                "the thinking budget counts as output: it has to be at least 1024 and less than \
                 maxTokens"
            }
            Self::LeaveOutField => "leave out the field that the message names",
            Self::LeaveOutReasoning => "this model takes no reasoning back: leave it out",
            Self::LeaveOutSampling => {
                "leave out temperature, topP and top_k: this model, or its thinking, refuses them"
            }
            Self::LeaveOutBeta => "leave out the beta flags that this model does not know",
            Self::LeaveThinkingOn => "this model always thinks: ask for a low effort instead",
            Self::LowerMaxTokens => "lower maxTokens to what the message says",
            Self::RenewCredentials => "sign in again, or renew the session token",
            Self::ReplayReasoning => {
                "send the reasoning of the last answer back as it came, all blocks in their \
                 order, or start the conversation anew without it"
            }
            Self::RequestAccess => {
                "request access to the model in the Bedrock console of this region; models of \
                 AWS Marketplace need a subscription, which an identity with \
                 aws-marketplace:Subscribe makes with its first call"
            }
            Self::SetClock => "set the clock of this machine: signatures hold for a few minutes",
            Self::SetDataRetention => {
                "this model needs the account's data retention mode `aws_review` \
                 (PutAccountDataRetention)"
            }
            Self::SetMaxTokens => {
                "set maxTokens: without it every call reserves the model's maximum of the quota"
            }
            Self::ShortenConversation => {
                "shorten the conversation, or choose a model with a larger window"
            }
            Self::SubmitUseCase => {
                "submit the use case form of this model's provider in the Bedrock console"
            }
            Self::UseAdaptiveThinking => {
                "this model refuses token budgets: use adaptive thinking with an effort"
            }
            Self::UseBudgetThinking => {
                "this model knows no adaptive thinking: use a budget of tokens"
            }
            Self::UseInferenceProfile => {
                "call the model through an inference profile: put a geography before its ID, such \
                 as `global.` or `us.`"
            }
            Self::UseOneSampling => "leave out temperature or topP",
            Self::UseStream => {
                "the model may have done its work, and asking again pays again; a stream notices \
                 a broken connection sooner"
            }
            Self::WaitLonger => {
                "raise the idle timeout for models that think for minutes: a call that stalls is \
                 tried once more and may pay for its thinking twice"
            }
            Self::WidenRouting => {
                "the service is short of capacity, which is no quota of yours: try later, or \
                 through an inference profile of a wider geography, such as `global.`"
            }
            Self::WaitAsAsked(pause) => {
                return write!(f, "the service asks to wait for {} s", pause.as_secs_f64());
            }
        })
    }
}
