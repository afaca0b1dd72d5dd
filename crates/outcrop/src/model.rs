//! A model: one entry of a configuration, ready to be asked.

use std::num::NonZeroU32;
use std::path::Path;
use std::time::Duration;

use outcrop_config::ModelConfig;
use outcrop_converse::{
    Body, CachePlan, CacheSettings, Conversation, Members, Remembered, Settings,
};
use outcrop_credentials::{AuthPlan, DEFAULT_CONNECT_TIMEOUT, Env, HttpClient};
use outcrop_policy::{Date, ModelId, Price};
use outcrop_transport::{ClientConfig, Identity, RetryPolicy};

use crate::advice::Advisor;
use crate::explanation::{self, Explanation};
use crate::{Adjustment, Client, Error, file, wiring};

/// How long a stream may be silent where the configuration does not say: five minutes, since a
/// model that hides its thinking may be silent for some.
pub const DEFAULT_IDLE_TIMEOUT: Duration = Duration::from_secs(300);

/// One entry of a configuration.
#[derive(Clone, Debug)]
pub struct Model {
    name: String,
    entry: Option<String>,
    config: ModelConfig,
    policy: outcrop_policy::Model,
    additional_fields: Members,
}

/// A request body and everything that is not as it was written.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Prepared {
    /// The exact bytes to send.
    pub body: Body,
    /// Where its cache points are, and why.
    pub cache: CachePlan,
    /// What was changed, dropped or predicted.
    pub adjustments: Vec<Adjustment>,
    /// The ID of the model that it was decided for.
    pub(crate) model: String,
}

impl Prepared {
    /// The same, with what was reported before there was a conversation.
    pub(crate) fn after(mut self, mut adjustments: Vec<Adjustment>) -> Self {
        adjustments.append(&mut self.adjustments);
        Self {
            adjustments,
            ..self
        }
    }
}

impl Model {
    /// A model that is in no file.
    #[must_use]
    pub fn new(config: ModelConfig) -> Self {
        let id = ModelId::new(&config.model);
        let base_model = config.provider_opts.base_model.as_deref();
        Self {
            name: config.model.clone(),
            entry: None,
            policy: outcrop_policy::Model::resolve(id, base_model),
            additional_fields: wiring::additional_fields(&config),
            config,
        }
    }

    /// The model `name` of a configuration; the name goes into the paths of its adjustments.
    #[must_use]
    pub fn named(name: &str, config: ModelConfig) -> Self {
        let entry = Some(outcrop_config::entry_path(name));
        Self {
            name: name.to_owned(),
            entry,
            ..Self::new(config)
        }
    }

    /// The model `name` of a configuration file.
    ///
    /// # Errors
    /// When the file cannot be used, or has no such Bedrock model.
    pub fn from_file(path: &Path, name: &str) -> Result<Self, Error> {
        let loaded = file::read(path)?;
        match loaded.model(name) {
            Some(config) => Ok(Self::named(name, config.clone())),
            None => Err(Error::UnknownModel {
                name: name.to_owned(),
                known: loaded.models.into_iter().map(|model| model.name).collect(),
            }),
        }
    }

    /// Its name in the configuration, or its ID.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// What is written about it.
    #[must_use]
    pub fn config(&self) -> &ModelConfig {
        &self.config
    }

    /// What the policy knows about it.
    #[must_use]
    pub fn policy(&self) -> &outcrop_policy::Model {
        &self.policy
    }

    /// What it costs, where that is known. Prices are those of the service, without discounts.
    #[must_use]
    pub fn price(&self) -> Option<Price> {
        self.policy.price()
    }

    /// The path of its entry, such as `models.sonnet`.
    #[must_use]
    pub fn entry(&self) -> Option<&str> {
        self.entry.as_deref()
    }

    /// How long a connection may take.
    #[must_use]
    pub fn connect_timeout(&self) -> Duration {
        self.config
            .provider_opts
            .connect_timeout
            .unwrap_or(DEFAULT_CONNECT_TIMEOUT)
    }

    /// How long a stream may be silent.
    #[must_use]
    pub fn idle_timeout(&self) -> Duration {
        self.config
            .provider_opts
            .idle_timeout
            .unwrap_or(DEFAULT_IDLE_TIMEOUT)
    }

    /// How many times a call is tried in all.
    #[must_use]
    pub fn max_attempts(&self) -> NonZeroU32 {
        let written = self.config.provider_opts.max_attempts;
        let written = written.map(|attempts| NonZeroU32::new(attempts).unwrap_or(NonZeroU32::MIN));
        written.unwrap_or(RetryPolicy::default().max_attempts)
    }

    /// Decides and writes what is sent for a conversation. No I/O.
    ///
    /// # Errors
    /// When the conversation cannot be sent at all.
    pub fn prepare(&self, conversation: &Conversation) -> Result<Prepared, Error> {
        self.prepare_with(conversation, None)
    }

    /// The same for a conversation of which earlier calls are remembered, so that its cache points
    /// go where they paid. A [`Session`](crate::Session) does it of itself.
    ///
    /// # Errors
    /// When the conversation cannot be sent at all.
    pub fn prepare_remembering(
        &self,
        conversation: &Conversation,
        remembered: Remembered<'_>,
    ) -> Result<Prepared, Error> {
        self.prepare_with(conversation, Some(remembered))
    }

    fn prepare_with(
        &self,
        conversation: &Conversation,
        memory: Option<Remembered<'_>>,
    ) -> Result<Prepared, Error> {
        let request = wiring::request(&self.config, conversation);
        let decision = outcrop_policy::decide(&self.policy, &request);
        let opts = &self.config.provider_opts;
        let settings = Settings {
            decision: &decision,
            stop_sequences: opts.stop_sequences.as_deref().unwrap_or_default(),
            additional_fields: &self.additional_fields,
            cache: CacheSettings {
                memory,
                ..wiring::cache(&self.config, &self.policy)
            },
        };
        let prepared = outcrop_converse::prepare(conversation, &settings)?;
        let mut adjustments: Vec<_> = decision
            .adjustments
            .into_iter()
            .map(Adjustment::Policy)
            .collect();
        adjustments.extend(
            prepared
                .adjustments
                .into_iter()
                .map(Adjustment::Conversation),
        );
        let ignored = self.config.ignored.iter().map(|ignored| ignored.path);
        adjustments.extend(ignored.map(|path| Adjustment::OptionIgnored { path }));
        Ok(Prepared {
            body: prepared.body,
            cache: prepared.cache,
            adjustments,
            model: self.policy.id().as_str().to_owned(),
        })
    }

    /// The same for a call by a plan: what the plan changed and passed over comes first, as
    /// [`plan_adjustments`](Self::plan_adjustments) has it. [`Client::prepare`] does it of itself.
    ///
    /// # Errors
    /// When the conversation cannot be sent at all.
    pub fn prepare_planned(
        &self,
        conversation: &Conversation,
        plan: &AuthPlan,
    ) -> Result<Prepared, Error> {
        let prepared = self.prepare(conversation)?;
        Ok(prepared.after(self.plan_adjustments(plan)))
    }

    /// Plans identity, region and endpoint. No I/O: `env` is a snapshot.
    #[must_use]
    pub fn plan(&self, env: &Env) -> AuthPlan {
        outcrop_credentials::plan(&wiring::settings(&self.config, &self.policy), env)
    }

    /// What a plan changed or passed over, and what speaks against calling the model there.
    #[must_use]
    pub fn plan_adjustments(&self, plan: &AuthPlan) -> Vec<Adjustment> {
        let route = outcrop_policy::check_route(&self.policy, &plan.region().value);
        let route = route.into_iter().map(Adjustment::Policy);
        route
            .chain(
                plan.adjustments()
                    .iter()
                    .cloned()
                    .map(Adjustment::Credentials),
            )
            .collect()
    }

    /// Says that the model has come to its end by `today`, or soon will. No explanation has that of
    /// itself, since it depends on nothing but what it is made of.
    #[must_use]
    pub fn ending(&self, today: Date) -> Option<Adjustment> {
        outcrop_policy::lifecycle(&self.policy, today).map(Adjustment::Policy)
    }

    /// Says what would be sent, by whom and where, and why. No I/O, no credentials.
    ///
    /// # Errors
    /// When the conversation cannot be sent at all.
    pub fn explain(
        &self,
        conversation: &Conversation,
        plan: &AuthPlan,
    ) -> Result<Explanation, Error> {
        explanation::explain(self, conversation, plan)
    }

    /// Gets the credentials of a plan and makes a client.
    ///
    /// # Errors
    /// When the plan cannot be carried out.
    pub async fn connect(&self, plan: &AuthPlan) -> Result<Client, Error> {
        let connect_timeout = self.connect_timeout();
        let http = HttpClient::for_plan(plan, connect_timeout)?;
        let resolved = outcrop_credentials::resolve(plan, &http).await?;
        let transport = outcrop_transport::Client::new(ClientConfig {
            identity: match resolved.identity {
                outcrop_credentials::ResolvedIdentity::Bearer(token) => Identity::Bearer(token),
                outcrop_credentials::ResolvedIdentity::SigV4(provider) => Identity::SigV4(provider),
            },
            region: resolved.region,
            endpoint: resolved.endpoint,
            http: http.shared(),
            connect_timeout,
            idle_timeout: self.idle_timeout(),
            retry: RetryPolicy {
                max_attempts: self.max_attempts(),
                ..RetryPolicy::default()
            },
        });
        Ok(Client::new(
            self.clone(),
            transport,
            self.plan_adjustments(plan),
            Advisor::new(self.clone(), plan),
        ))
    }
}
