//! Hints: what a person can do about an error.

use crate::ErrorKind;

pub(crate) fn hints(kind: ErrorKind, message: &str) -> Vec<&'static str> {
    let hint = match kind {
        ErrorKind::AccessDenied if message.contains("data retention mode") => {
            "this model needs the account's data retention mode `aws_review` \
             (PutAccountDataRetention)"
        }
        ErrorKind::AccessDenied if message.contains("not authorized to perform") => {
            "allow bedrock:InvokeModel and bedrock:InvokeModelWithResponseStream on the inference \
             profile and on the foundation model in every region it routes to"
        }
        ErrorKind::AccessDenied if message.contains("use case details") => {
            "submit the use case form of this model's provider in the Bedrock console"
        }
        ErrorKind::AccessDenied => {
            "request access to the model in the Bedrock console of this region, and check the \
             identity with `outcrop explain`"
        }
        ErrorKind::Connection => {
            "check `endpoint_url`, the proxy variables and the network; `outcrop explain` shows \
             the endpoint"
        }
        ErrorKind::ContextOverflow => {
            "shorten the conversation, or choose a model with a larger window"
        }
        ErrorKind::CredentialsExpired => "sign in again, or renew the session token",
        ErrorKind::CredentialsInvalid
            if message.contains("Signature expired")
                || message.contains("Signature not yet current") =>
        {
            "set the clock of this machine: signatures hold for a few minutes"
        }
        ErrorKind::CredentialsInvalid => {
            "check which identity is used with `outcrop explain`; a stale AWS_SESSION_TOKEN beside \
             other keys, or an API key of another region, looks like this"
        }
        ErrorKind::DailyQuota => "the quota renews with the day; ask AWS for a higher one",
        ErrorKind::InvalidRequest if message.contains("thinking.type.enabled") => {
            "write `thinking_budget: adaptive/high`; for an ARN, name the model in \
             `provider_opts.base_model`"
        }
        ErrorKind::InvalidRequest if message.contains("maximum tokens") => "lower `max_tokens`",
        ErrorKind::InvalidRequest if message.contains("max_tokens") => {
            "lower `thinking_budget` or change `max_tokens`"
        }
        ErrorKind::InvalidResponse => {
            "a proxy or another server may have answered; check `endpoint_url` and the proxy \
             variables"
        }
        ErrorKind::ModelNotFound => {
            "check the model ID and the region; a profile of another geography looks like this"
        }
        ErrorKind::NeedsInferenceProfile => {
            "put a geography before the model ID, such as `global.` or `us.`"
        }
        ErrorKind::NoCredentials => {
            "see with `outcrop explain` which identity is meant, and whether it can still sign in"
        }
        ErrorKind::Stalled => {
            "raise `provider_opts.idle_timeout` for models that think for minutes"
        }
        ErrorKind::Throttled => {
            "set `max_tokens`: without it every call reserves the model's maximum"
        }
        _ => return Vec::new(),
    };
    vec![hint]
}
