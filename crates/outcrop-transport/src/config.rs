//! What a client is made of.

use std::fmt;
use std::time::Duration;

use aws_credential_types::Token;
use aws_credential_types::provider::SharedCredentialsProvider;
use aws_smithy_runtime_api::client::http::SharedHttpClient;

use crate::RetryPolicy;

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
    /// How often a call is tried, and how long the pauses are.
    pub retry: RetryPolicy,
}

/// Who calls.
#[derive(Clone)]
pub enum Identity {
    /// A Bedrock API key, sent as a bearer token.
    Bearer(Token),
    /// AWS credentials, which sign every request.
    SigV4(SharedCredentialsProvider),
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
            .field("retry", &self.retry)
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
