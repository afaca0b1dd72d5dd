//! The client: one model endpoint, called with bodies that are ready to be sent.

use std::fmt;
use std::time::Duration;

use aws_credential_types::Token;
use aws_credential_types::provider::SharedCredentialsProvider;
use aws_credential_types::provider::error::CredentialsError;
use aws_sdk_bedrockruntime as sdk;
use aws_smithy_runtime_api::client::http::SharedHttpClient;
use aws_smithy_runtime_api::client::orchestrator::HttpResponse;
use aws_smithy_runtime_api::client::result::SdkError;
use aws_smithy_types::retry::RetryConfig;
use aws_smithy_types::timeout::TimeoutConfig;
use outcrop_converse::{Body, Response};
use sdk::config::{AppName, BehaviorVersion, Region, StalledStreamProtectionConfig};

use crate::carrier::{Answer, Carrier};
use crate::{Error, ErrorKind, EventStream, classify, stream};

/// What a client needs to know.
#[derive(Clone)]
pub struct ClientConfig {
    /// Who calls.
    pub identity: Identity,
    /// The region that requests are signed for.
    pub region: String,
    /// The endpoint, such as `https://bedrock-runtime.us-east-1.amazonaws.com`.
    pub endpoint: String,
    /// The HTTP client.
    pub http: SharedHttpClient,
    /// How long a connection may take.
    pub connect_timeout: Duration,
    /// How long a stream may be silent.
    pub idle_timeout: Duration,
}

/// Who calls.
#[derive(Clone)]
pub enum Identity {
    /// A Bedrock API key, sent as a bearer token.
    Bearer(Token),
    /// AWS credentials, which sign every request.
    SigV4(SharedCredentialsProvider),
}

/// A client for one region and identity. Clones share connections.
#[derive(Clone)]
pub struct Client {
    sdk: sdk::Client,
    connect_timeout: Duration,
    idle_timeout: Duration,
}

impl Client {
    /// A client. Nothing is sent before the first call.
    #[must_use]
    pub fn new(config: ClientConfig) -> Self {
        let timeouts = TimeoutConfig::builder()
            .connect_timeout(config.connect_timeout)
            .build();
        let mut builder = sdk::Config::builder()
            .behavior_version(BehaviorVersion::v2026_01_12())
            .region(Region::new(config.region))
            .endpoint_url(config.endpoint)
            .http_client(config.http)
            .timeout_config(timeouts)
            // A second layer of retries would multiply with ours, and pay for answers twice.
            .retry_config(RetryConfig::disabled())
            // It takes a model that thinks for a stalled connection.
            .stalled_stream_protection(StalledStreamProtectionConfig::disabled());
        builder.set_app_name(AppName::new("outcrop").ok());
        // Built by hand and never from the environment, where a stray bearer token beats all.
        builder = match config.identity {
            Identity::Bearer(token) => builder
                .bearer_token(token)
                .auth_scheme_preference(["httpBearerAuth".into()]),
            Identity::SigV4(provider) => builder
                .credentials_provider(provider)
                .auth_scheme_preference(["sigv4".into()]),
        };
        let sdk = sdk::Client::from_conf(builder.build());
        Self {
            sdk,
            connect_timeout: config.connect_timeout,
            idle_timeout: config.idle_timeout,
        }
    }

    /// Calls ConverseStream and returns its events as they arrive.
    ///
    /// # Errors
    /// When no stream begins, also because the service is silent for longer than the timeouts.
    pub async fn stream(&self, model_id: &str, body: Body) -> Result<EventStream, Error> {
        let carrier = Carrier::new(body.into_bytes());
        let call = self.sdk.converse_stream().model_id(model_id).customize();
        let sending = call.interceptor(carrier.clone()).send();
        let timeout = self.connect_timeout.saturating_add(self.idle_timeout);
        let sent = tokio::time::timeout(timeout, sending).await.map_err(|_| {
            let message = format!("no answer began within {timeout:?}");
            Error::new(ErrorKind::Stalled, message)
        })?;
        let answer = answer(&carrier, sent.map(drop))?;
        expect_content_type(&answer, "application/vnd.amazon.eventstream")?;
        Ok(EventStream::new(
            answer.body,
            answer.request_id,
            self.idle_timeout,
        ))
    }

    /// Calls Converse and returns the answer whole. It waits for as long as the model takes: before
    /// an answer begins, a model that thinks cannot be told from a service that is gone.
    ///
    /// # Errors
    /// When the call fails, or its answer cannot be read.
    pub async fn call(&self, model_id: &str, body: Body) -> Result<Response, Error> {
        let carrier = Carrier::new(body.into_bytes());
        let call = self.sdk.converse().model_id(model_id).customize();
        let sent = call.interceptor(carrier.clone()).send().await;
        let answer = answer(&carrier, sent.map(drop))?;
        expect_content_type(&answer, "application/json")?;
        let request_id = answer.request_id.clone();
        self.read(answer)
            .await
            .map_err(|error| error.with_request_id(request_id))
    }

    async fn read(&self, mut answer: Answer) -> Result<Response, Error> {
        let mut bytes = Vec::new();
        while let Some(more) = stream::next_bytes(&mut answer.body, self.idle_timeout).await? {
            bytes.extend_from_slice(&more);
        }
        serde_json::from_slice(&bytes).map_err(|error| {
            let message = "the answer is not a Converse response";
            Error::new(ErrorKind::InvalidResponse, message).with_source(error)
        })
    }
}

/// The answer that the carrier took, or the error of the call.
fn answer<E>(
    carrier: &Carrier,
    sent: Result<(), SdkError<E, HttpResponse>>,
) -> Result<Answer, Error>
where
    E: std::error::Error + Send + Sync + 'static,
{
    // The SDK was left an empty body, so that what it makes of a success says nothing.
    match (carrier.take_answer(), sent) {
        (Some(answer), _) => Ok(answer),
        (None, Err(error)) => Err(failure(error, carrier.has_sent())),
        (None, Ok(())) => Err(Error::new(
            ErrorKind::InvalidResponse,
            "the answer has no body",
        )),
    }
}

fn failure<E>(error: SdkError<E, HttpResponse>, has_sent: bool) -> Error
where
    E: std::error::Error + Send + Sync + 'static,
{
    if let Some(response) = error.raw_response() {
        let header = |name: &str| response.headers().get(name);
        let body = response.body().bytes().unwrap_or_default();
        return classify::from_response(
            response.status().as_u16(),
            header("x-amzn-errortype"),
            body,
        )
        .with_request_id(header("x-amzn-requestid").map(str::to_owned));
    }
    let (kind, message) = match &error {
        error if has_credentials_error(error) => {
            (ErrorKind::NoCredentials, "no credentials could be had")
        }
        // The SDK calls this a dispatch failure too.
        _ if !has_sent => (ErrorKind::InvalidRequest, "the request could not be built"),
        SdkError::DispatchFailure(failure) if failure.is_user() => {
            (ErrorKind::InvalidRequest, "the request could not be sent")
        }
        SdkError::DispatchFailure(failure) if failure.is_timeout() => (
            ErrorKind::Connection,
            "no connection within the connect timeout",
        ),
        _ => (ErrorKind::Connection, "the connection failed"),
    };
    let failure = Error::new(kind, message);
    match error.into_source() {
        Ok(source) => failure.with_source(source),
        Err(error) => failure.with_source(error),
    }
}

/// Whether an identity was looked for and not found, anywhere in the chain of sources.
fn has_credentials_error(error: &(dyn std::error::Error + 'static)) -> bool {
    let mut next = Some(error);
    while let Some(error) = next {
        // The SDK's type of the second one is private.
        let timed_out = || error.to_string().starts_with("identity resolver timed out");
        if error.is::<CredentialsError>() || timed_out() {
            return true;
        }
        next = error.source();
    }
    false
}

fn expect_content_type(answer: &Answer, expected: &str) -> Result<(), Error> {
    let found = answer.content_type.as_deref().unwrap_or("nothing");
    let kind = found.split(';').next().unwrap_or(found).trim();
    if kind.eq_ignore_ascii_case(expected) {
        return Ok(());
    }
    let message = format!("the server answered with {found} where {expected} belongs");
    Err(Error::new(ErrorKind::InvalidResponse, message).with_request_id(answer.request_id.clone()))
}

/// Written by hand to keep secrets out of it: providers and HTTP clients print what they like.
impl fmt::Debug for ClientConfig {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ClientConfig")
            .field("identity", &self.identity)
            .field("region", &self.region)
            .field("endpoint", &self.endpoint)
            .field("connect_timeout", &self.connect_timeout)
            .field("idle_timeout", &self.idle_timeout)
            .finish_non_exhaustive()
    }
}

/// Only the method.
impl fmt::Debug for Identity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Bearer(_) => "Bearer",
            Self::SigV4(_) => "SigV4",
        })
    }
}

/// Without the SDK's client, which holds the identity.
impl fmt::Debug for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Client")
            .field("connect_timeout", &self.connect_timeout)
            .field("idle_timeout", &self.idle_timeout)
            .finish_non_exhaustive()
    }
}
