//! Carrying out a plan.

use std::time::Duration;

use aws_credential_types::Token;
use aws_credential_types::provider::SharedCredentialsProvider;

use crate::error::Error;
use crate::failure;
use crate::http::HttpClient;
use crate::identity::{Base, Identity};
use crate::plan::AuthPlan;
use crate::providers;
use crate::verified::Verified;

/// How long a search may take when only EC2 instance metadata is left to ask, all in all.
const LAST_RESORT_TIMEOUT: Duration = Duration::from_millis(1500);

/// What a client of Bedrock needs to know. Its `Debug` shows no secret.
#[derive(Clone, Debug)]
pub struct ResolvedAuth {
    /// How to authenticate.
    pub identity: ResolvedIdentity,
    /// The region, which is part of a SigV4 signature.
    pub region: String,
    /// Where Bedrock is called.
    pub endpoint: String,
}

/// An identity that exists.
#[derive(Clone, Debug)]
pub enum ResolvedIdentity {
    /// A Bedrock API key.
    Bearer(Token),
    /// A source of AWS credentials, asked successfully once.
    ///
    /// Each use of it asks again, so put it behind the SDK's identity cache, which renews
    /// credentials before they expire.
    SigV4(SharedCredentialsProvider),
}

/// Gets the identity of `plan` and makes sure that it exists.
///
/// This is the only function of the crate that may open a socket, start a program
/// (`credential_process`) or read the caches of `aws sso login` and `aws login`.
///
/// # Errors
///
/// [`Error::Refused`] at once when the plan has a [refusal](AuthPlan::refusal); otherwise what
/// became of the search for credentials. Where only EC2 instance metadata is left to ask, the
/// error comes within two seconds.
pub async fn resolve(plan: &AuthPlan, http: &HttpClient) -> Result<ResolvedAuth, Error> {
    if let Some(problem) = plan.refusal() {
        return Err(Error::Refused(problem.clone()));
    }
    let identity = match &plan.identity {
        Identity::Bearer(token) => ResolvedIdentity::Bearer(Token::new(token.expose(), None)),
        Identity::SigV4(base) => ResolvedIdentity::SigV4(credentials(plan, base, http).await?),
    };
    Ok(ResolvedAuth {
        identity,
        region: plan.region.value.clone(),
        endpoint: plan.endpoint.value.clone(),
    })
}

async fn credentials(
    plan: &AuthPlan,
    base: &Base,
    http: &HttpClient,
) -> Result<SharedCredentialsProvider, Error> {
    let provider = base_credentials(plan, base, http).await?;
    let Some(role) = &plan.role else {
        return Ok(provider);
    };
    let assumed = providers::assumed_role(plan, role, provider, http).await;
    Verified::fetch(assumed)
        .await
        .map_err(|error| failure::of_role(plan, role, &error))
}

async fn base_credentials(
    plan: &AuthPlan,
    base: &Base,
    http: &HttpClient,
) -> Result<SharedCredentialsProvider, Error> {
    let fetch = Verified::fetch(providers::base(plan, base, http)?);
    let fetched = match base {
        Base::InstanceMetadata { .. } => tokio::time::timeout(LAST_RESORT_TIMEOUT, fetch)
            .await
            .map_err(|_| failure::of_timeout(plan))?,
        _ => fetch.await,
    };
    fetched.map_err(|error| failure::of_base(plan, &error))
}
