//! What several tests begin or end with.

use aws_credential_types::Credentials;
use aws_credential_types::provider::{ProvideCredentials, SharedCredentialsProvider};
use outcrop_credentials::{
    AuthPlan, DEFAULT_CONNECT_TIMEOUT, Env, Error, HttpClient, ResolvedAuth, ResolvedIdentity,
    Settings, resolve,
};
use outcrop_emulator::{ACCESS_KEY_ID, Emulator, EmulatorConfig, SECRET_ACCESS_KEY};

const ROLE: &str = "arn:aws:iam::123456789012:role/BedrockAccessRole";

/// Builds the client and resolves.
pub(crate) async fn carry_out(plan: &AuthPlan) -> Result<ResolvedAuth, Error> {
    let http = HttpClient::for_plan(plan, DEFAULT_CONNECT_TIMEOUT)?;
    resolve(plan, &http).await
}

pub(crate) async fn fail(plan: &AuthPlan) -> Error {
    carry_out(plan).await.expect_err("the plan cannot work")
}

pub(crate) async fn emulator() -> Emulator {
    Emulator::start(EmulatorConfig::default()).await.unwrap()
}

/// An environment with the emulator's documented key pair.
pub(crate) fn emulator_keys() -> Env {
    Env::empty()
        .with_variable("AWS_ACCESS_KEY_ID", ACCESS_KEY_ID)
        .with_variable("AWS_SECRET_ACCESS_KEY", SECRET_ACCESS_KEY)
}

pub(crate) fn role() -> Settings {
    Settings {
        role_arn: Some(ROLE.into()),
        ..Settings::default()
    }
}

/// The credentials that a client of Bedrock would sign with.
pub(crate) async fn credentials(auth: &ResolvedAuth) -> Credentials {
    provider(auth).provide_credentials().await.unwrap()
}

fn provider(auth: &ResolvedAuth) -> &SharedCredentialsProvider {
    match &auth.identity {
        ResolvedIdentity::SigV4(provider) => provider,
        ResolvedIdentity::Bearer(_) => panic!("{auth:?}"),
    }
}

/// What stands behind an error, in its own words.
pub(crate) fn source(error: &Error) -> String {
    std::error::Error::source(error)
        .map(ToString::to_string)
        .unwrap_or_default()
}
