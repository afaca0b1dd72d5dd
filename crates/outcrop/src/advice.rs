//! Advice: what a person can do about a failed call, in the words of the configuration and of the
//! model that was called. Which advice it is, `outcrop-transport` says.

use outcrop_credentials::AuthPlan;
use outcrop_transport::{ErrorKind, Hint};

use crate::{Error, Model};

/// What is known of a call before it is made.
#[derive(Debug)]
pub(crate) struct Advisor {
    model: Model,
    region: String,
    /// How the credentials are renewed, where a person does it.
    renewal: Option<String>,
}

impl Advisor {
    pub(crate) fn new(model: Model, plan: &AuthPlan) -> Self {
        Self {
            model,
            region: plan.region().value.clone(),
            renewal: plan.renewal(),
        }
    }

    /// The error of a call with what can be done about it.
    pub(crate) fn explain(&self, error: outcrop_transport::Error) -> Error {
        let mut hints = Vec::new();
        if matches!(
            error.kind(),
            ErrorKind::AccessDenied | ErrorKind::ModelNotFound
        ) {
            hints.extend(self.wrong_turns());
        }
        hints.extend(error.hints().into_iter().map(|hint| self.words(hint)));
        Error::Call {
            error: Box::new(error),
            hints,
        }
    }

    /// What speaks against this model in this region: the service may say the same in other words.
    fn wrong_turns(&self) -> Vec<String> {
        let route = outcrop_policy::check_route(self.model.policy(), &self.region);
        route.iter().map(ToString::to_string).collect()
    }

    fn words(&self, hint: Hint) -> String {
        match hint {
            Hint::CheckEndpoint => "a proxy or another server may have answered: check \
                `provider_opts.endpoint_url` and the proxy variables; `outcrop explain` shows the \
                endpoint"
                .to_owned(),
            Hint::CheckIdentity => self.check_identity(),
            Hint::CheckModel => self.check_model(),
            Hint::CheckNetwork => {
                "check `provider_opts.endpoint_url`, the proxy variables and the \
                network; `outcrop explain` shows the endpoint"
                    .to_owned()
            }
            Hint::ChooseEffort => "choose an effort that the message lists, such as \
                `thinking_budget: high`"
                .to_owned(),
            Hint::DoNotForceTools => "let the model choose its tools (`toolChoice` auto), or \
                write `thinking_budget: none`"
                .to_owned(),
            Hint::FitBudget => "lower `thinking_budget` or raise `max_tokens`: a budget is at \
                least 1024 and less than `max_tokens`"
                .to_owned(),
            Hint::LeaveOutBeta => "write `interleaved_thinking: false` in `provider_opts`, or \
                remove the flags from `additional_request_fields`"
                .to_owned(),
            Hint::LeaveOutField => "remove the field that the message names from \
                `provider_opts.additional_request_fields`"
                .to_owned(),
            Hint::LeaveOutSampling => self.with_base_model(
                "remove `temperature`, `top_p` and `provider_opts.top_k`: this model, or its \
                 thinking, refuses them",
            ),
            Hint::LeaveThinkingOn => {
                "this model always thinks: remove `thinking_budget: none`, or write \
                 `thinking_budget: low`"
                    .to_owned()
            }
            Hint::LowerMaxTokens => "lower `max_tokens` to what the message says".to_owned(),
            Hint::RenewCredentials => self.renewal.clone().unwrap_or_else(|| hint.to_string()),
            Hint::SetMaxTokens => match self.model.config().max_tokens {
                None => "set `max_tokens`: without it every call reserves the model's maximum \
                    of the quota"
                    .to_owned(),
                Some(tokens) => format!(
                    "every call reserves its `max_tokens` of the quota: lower {tokens} if answers \
                     are shorter"
                ),
            },
            Hint::UseAdaptiveThinking => self.with_base_model(
                "this model refuses token budgets: write `thinking_budget: adaptive/high`",
            ),
            Hint::UseBudgetThinking => self.with_base_model(
                "this model knows no adaptive thinking: write a number of tokens, such as \
                 `thinking_budget: 8192`",
            ),
            Hint::UseInferenceProfile => self.use_profile(),
            Hint::UseOneSampling => {
                self.with_base_model("remove `temperature` or `top_p`: this model takes one")
            }
            Hint::WaitLonger => format!(
                "raise `provider_opts.idle_timeout`, now {} s, for a model that thinks for minutes: \
                 a call that stalls is tried once more and may pay for its thinking twice",
                self.model.idle_timeout().as_secs_f64()
            ),
            Hint::WidenRouting => self.widen_routing(),
            hint => hint.to_string(),
        }
    }

    /// What would have been known of a model behind an ARN.
    fn with_base_model(&self, words: &str) -> String {
        let names_base_model = self.model.config().provider_opts.base_model.is_some();
        if self.model.policy().id().is_opaque() && !names_base_model {
            format!("{words}; or name the model of the ARN in `provider_opts.base_model`")
        } else {
            words.to_owned()
        }
    }

    fn check_identity(&self) -> String {
        let words = "see with `outcrop explain` which identity is used; a stale \
            AWS_SESSION_TOKEN beside other keys, or an API key of another region, looks like this";
        match &self.renewal {
            Some(renewal) => format!("{renewal}, or {words}"),
            None => words.to_owned(),
        }
    }

    fn check_model(&self) -> String {
        let id = self.model.policy().id();
        let near = outcrop_policy::nearest_known(id).filter(|near| near != id.as_str());
        match near {
            Some(near) => format!("did you mean `model: {near}`?"),
            None => format!(
                "check `model`: `aws bedrock list-inference-profiles --region {}` lists what can \
                 be called from there",
                self.region
            ),
        }
    }

    fn widen_routing(&self) -> String {
        let own = self.model.policy().id().as_str();
        let global = outcrop_policy::profiles_from(self.model.policy(), &self.region)
            .find(|id| id.starts_with("global.") && id != own);
        let words = "the service is short of capacity, which is no quota of yours: try later";
        match global {
            Some(id) => format!("{words}, or write `model: {id}`, which is served in more regions"),
            None => words.to_owned(),
        }
    }

    fn use_profile(&self) -> String {
        let profiles = outcrop_policy::profiles_from(self.model.policy(), &self.region);
        let profiles: Vec<_> = profiles.map(|id| format!("`model: {id}`")).collect();
        if profiles.is_empty() {
            format!(
                "put a geography before the ID in `model`, such as `global.` or `us.`; `aws \
                 bedrock list-inference-profiles --region {}` lists those that exist",
                self.region
            )
        } else {
            format!("write {}", profiles.join(" or "))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    use outcrop_config::ModelConfig;
    use outcrop_credentials::Env;

    #[test]
    fn credentials_are_renewed_as_the_profile_says() {
        let env = Env::empty()
            .with_config_file(
                "~/.aws/config",
                "[profile work]\nsso_start_url = https://nobody.invalid/start\n\
                 sso_region = us-east-1\nsso_account_id = 123456789012\nsso_role_name = Bedrock\n",
            )
            .with_variable("AWS_PROFILE", "work");
        for (env, expected) in [
            (env, "run `aws sso login --profile work`"),
            (Env::empty(), "sign in again, or renew the session token"),
        ] {
            let model = Model::new(ModelConfig::new("us.amazon.nova-pro-v1:0"));
            let plan = model.plan(&env);
            let advisor = Advisor::new(model, &plan);
            assert_eq!(advisor.words(Hint::RenewCredentials), expected);
        }
    }
}
