//! The plan: which identity, region and endpoint, and why.

use crate::adjustment::Adjustment;
use crate::endpoint::{self, Address, Variant};
use crate::env::Env;
use crate::identity::{self, Base, Identity, Keys, Method, Role};
use crate::identity_source::IdentitySource;
use crate::network::Network;
use crate::problem::Problem;
use crate::profiles::Profiles;
use crate::region;
use crate::secret::Secret;
use crate::settings::Settings;
use crate::source::{Choice, Source};

/// Decides identity, region and endpoint from the settings and a snapshot of the environment.
///
/// The function is pure: it opens no socket, starts no program and reads no file. It is total
/// too: what cannot work is a [`Problem`] inside the plan, so that every plan can be explained,
/// and [`resolve`](crate::resolve) turns the problem into an error.
///
/// | what | taken from the first of |
/// |---|---|
/// | identity | `token_key`; `profile` or `role_arn`; `AWS_BEARER_TOKEN_BEDROCK`; the SDK's default chain |
/// | region | `region`; the model's ARN; `AWS_REGION`; `AWS_DEFAULT_REGION`; the profile; `us-east-1` |
/// | endpoint | `endpoint_url`; `AWS_ENDPOINT_URL_BEDROCK_RUNTIME`; `AWS_ENDPOINT_URL`; the profile; AWS's own |
///
/// "The profile" is the one of the settings, else of `AWS_PROFILE`, else `default`.
pub fn plan(settings: &Settings, env: &Env) -> AuthPlan {
    let settings = settings.trimmed();
    let (profiles, bad_files) = Profiles::load(&settings, env);
    let mut adjustments: Vec<Adjustment> = bad_files
        .into_iter()
        .map(Adjustment::FileUnreadable)
        .collect();

    let region = region::choose(&settings, env, &profiles, &mut adjustments);
    let variant = Variant::read(env, &profiles, &mut adjustments);
    let endpoint = endpoint::choose_bedrock(
        &settings,
        env,
        &profiles,
        &region,
        variant,
        &mut adjustments,
    );
    let chosen = identity::choose(&settings, env, &profiles, &mut adjustments);
    let role = match chosen.identity {
        Identity::SigV4(_) => identity::role(&settings),
        Identity::Bearer(_) => None,
    };
    let sts_endpoint = role
        .as_ref()
        .and_then(|_| endpoint::choose_sts(env, &profiles, &mut adjustments));

    let mut plan = AuthPlan {
        identity: chosen.identity,
        identity_source: chosen.source,
        tried: chosen.tried,
        role,
        region,
        endpoint,
        sts_endpoint,
        variant,
        network: Network::read(env, &profiles),
        adjustments,
    };
    plan.refuse_insecure_endpoint();
    plan
}

/// A decided identity, region and endpoint, each with its source, and the secrets it takes.
///
/// Its `Debug` shows no secret.
#[derive(Clone, Debug)]
pub struct AuthPlan {
    pub(crate) identity: Identity,
    identity_source: IdentitySource,
    pub(crate) tried: Vec<IdentitySource>,
    pub(crate) role: Option<Role>,
    pub(crate) region: Choice,
    pub(crate) endpoint: Choice,
    pub(crate) sts_endpoint: Option<Choice>,
    pub(crate) variant: Variant,
    pub(crate) network: Network,
    adjustments: Vec<Adjustment>,
}

impl AuthPlan {
    /// How requests are authenticated.
    pub fn method(&self) -> Method {
        match self.identity {
            Identity::Bearer(_) => Method::Bearer,
            Identity::SigV4(_) => Method::SigV4,
        }
    }

    /// Where the identity comes from; with a [`role`](Self::role), the base identity.
    pub fn identity_source(&self) -> &IdentitySource {
        &self.identity_source
    }

    /// The role to assume over the base identity.
    pub fn role(&self) -> Option<&Role> {
        self.role.as_ref()
    }

    /// The region, which may be invalid if [`refusal`](Self::refusal) says so.
    pub fn region(&self) -> &Choice {
        &self.region
    }

    /// Where Bedrock is called, which may be invalid if [`refusal`](Self::refusal) says so.
    pub fn endpoint(&self) -> &Choice {
        &self.endpoint
    }

    /// Where the role is assumed, unless at AWS's own STS of the region.
    pub fn sts_endpoint(&self) -> Option<&Choice> {
        self.sts_endpoint.as_ref()
    }

    /// What a person does to renew the credentials, such as to run `aws sso login --profile dev`,
    /// where the profile asks for it.
    pub fn renewal(&self) -> Option<String> {
        match &self.identity {
            Identity::SigV4(Base::Profile(profile)) => Some(profile.sign_in.as_ref()?.hint()),
            _ => None,
        }
    }

    /// Everything worth reporting, in the order it was found.
    pub fn adjustments(&self) -> &[Adjustment] {
        &self.adjustments
    }

    /// Why [`resolve`](crate::resolve) will refuse this plan, if it will.
    pub fn refusal(&self) -> Option<&Problem> {
        self.adjustments.iter().find_map(|adjustment| {
            let Adjustment::Refused(problem) = adjustment else {
                return None;
            };
            Some(problem)
        })
    }

    /// The same plan with its identity replaced by a static key pair, and with Bedrock and STS
    /// both at `endpoint`, a loopback address such as the emulator's.
    ///
    /// The role stays: it is assumed at `endpoint`. The region stays if it is valid, else it is
    /// the default. No secret, proxy or CA bundle of the environment is left in the plan, and its
    /// problems no longer refuse it. [`Adjustment::Offline`] says what was replaced.
    #[must_use]
    pub fn offline(
        &self,
        access_key_id: impl Into<String>,
        secret_access_key: impl Into<String>,
        endpoint: impl Into<String>,
    ) -> AuthPlan {
        let endpoint = Choice {
            value: endpoint.into(),
            source: Source::Offline,
        };
        let keys = Keys {
            access_key_id: access_key_id.into(),
            secret_access_key: Secret::new(secret_access_key),
            session_token: None,
            account_id: None,
        };
        let mut adjustments = self.adjustments_without_refusals();
        adjustments.push(Adjustment::Offline {
            planned: self.identity_source.clone(),
        });
        AuthPlan {
            identity: Identity::SigV4(Base::Keys(keys)),
            identity_source: IdentitySource::Emulator,
            tried: vec![IdentitySource::Emulator],
            role: self.role.clone(),
            region: match region::is_host_label(&self.region.value) {
                true => self.region.clone(),
                false => region::default(Source::Offline),
            },
            sts_endpoint: self.role.as_ref().map(|_| endpoint.clone()),
            endpoint,
            variant: Variant::default(),
            network: Network::default(),
            adjustments,
        }
    }

    fn adjustments_without_refusals(&self) -> Vec<Adjustment> {
        let adjustments = self.adjustments.iter().cloned();
        adjustments
            .map(|adjustment| match adjustment {
                Adjustment::Refused(problem) => Adjustment::RefusedOnline(problem),
                other => other,
            })
            .collect()
    }

    /// A bearer token is the whole proof of identity: whoever reads it on the way can use it.
    fn refuse_insecure_endpoint(&mut self) {
        let is_insecure = Address::parse(&self.endpoint.value)
            .is_ok_and(|address| !address.https && !address.loopback);
        if is_insecure && self.method() == Method::Bearer {
            self.adjustments
                .push(Adjustment::Refused(Problem::InsecureEndpoint {
                    endpoint: self.endpoint.clone(),
                    token: self.identity_source.clone(),
                }));
        }
    }

    /// Whether any request of this plan goes over TLS.
    pub(crate) fn needs_tls(&self) -> bool {
        let is_https =
            |endpoint: &Choice| Address::parse(&endpoint.value).is_ok_and(|address| address.https);
        let role = self.role.is_some() && self.sts_endpoint.as_ref().is_none_or(is_https);
        let base = match &self.identity {
            Identity::SigV4(Base::Profile(profile)) => profile.remote,
            Identity::SigV4(Base::WebIdentity { .. }) => true,
            Identity::SigV4(Base::Container { https }) => *https,
            Identity::SigV4(Base::Keys(_) | Base::InstanceMetadata { .. } | Base::Missing)
            | Identity::Bearer(_) => false,
        };
        is_https(&self.endpoint) || role || base
    }
}
