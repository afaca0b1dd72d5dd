//! Both clients, with the same HTTP client and the same key.

use std::time::Duration;

use aws_credential_types::Credentials;
use aws_credential_types::provider::SharedCredentialsProvider;
use aws_sdk_bedrockruntime as sdk;
use aws_smithy_http_client::pool;
use aws_smithy_http_client::tls::rustls_provider::CryptoMode;
use aws_smithy_http_client::tls::{Provider, TlsContext, TrustStore};
use aws_smithy_runtime_api::client::http::SharedHttpClient;
use outcrop_transport::{Client, ClientConfig, Identity, RetryPolicy};
use sdk::config::{BehaviorVersion, Region, StalledStreamProtectionConfig};

fn credentials() -> SharedCredentialsProvider {
    SharedCredentialsProvider::new(Credentials::new(
        "AKIAEXAMPLE",
        "secret",
        None,
        None,
        "bench",
    ))
}

pub(crate) fn http() -> SharedHttpClient {
    let tls = TlsContext::builder().with_trust_store(TrustStore::empty());
    let pool = pool::Builder::default()
        .tls_provider(Provider::Rustls(CryptoMode::Ring))
        .tls_context(tls.build().unwrap())
        .build_https()
        .unwrap();
    SharedHttpClient::new(pool::Client::new(&pool).unwrap())
}

pub(crate) fn ours(endpoint: &str) -> Client {
    Client::new(ClientConfig {
        identity: Identity::SigV4(credentials()),
        region: "us-east-1".to_owned(),
        endpoint: endpoint.to_owned(),
        http: http(),
        connect_timeout: Duration::from_secs(10),
        idle_timeout: Duration::from_secs(300),
        retry: RetryPolicy::default(),
    })
}

pub(crate) fn theirs(endpoint: &str) -> sdk::Client {
    let config = sdk::Config::builder()
        .behavior_version(BehaviorVersion::v2026_01_12())
        .region(Region::new("us-east-1"))
        .endpoint_url(endpoint)
        .http_client(http())
        .stalled_stream_protection(StalledStreamProtectionConfig::disabled())
        .credentials_provider(credentials());
    sdk::Client::from_conf(config.build())
}
