//! The one HTTP client: for STS, for the providers of credentials, and for Bedrock.

use std::fmt;
use std::time::Duration;

use aws_smithy_http_client::pool;
use aws_smithy_http_client::proxy::ProxyConfig;
use aws_smithy_http_client::tls::rustls_provider::CryptoMode;
use aws_smithy_http_client::tls::{Provider, TlsContext, TrustStore};
use aws_smithy_runtime_api::client::http::SharedHttpClient;

use crate::error::{Cause, Error};
use crate::network::Proxy;
use crate::plan::AuthPlan;
use crate::trust;

/// How long a connection may take where the caller has no opinion: 10 seconds.
pub const DEFAULT_CONNECT_TIMEOUT: Duration = Duration::from_secs(10);

/// How often an idle connection is probed. Networks between here and AWS forget connections that
/// are silent for a few minutes, as one is while a model thinks.
const TCP_KEEPALIVE: Duration = Duration::from_secs(30);

/// A pool of HTTP connections, shared by its clones.
///
/// It opens no connection until it is used.
#[derive(Clone)]
pub struct HttpClient {
    shared: SharedHttpClient,
    connect_timeout: Duration,
}

impl HttpClient {
    /// Builds the client that `plan` needs.
    ///
    /// - It trusts the certificate authorities of `AWS_CA_BUNDLE` or of the profile's
    ///   `ca_bundle`, else the system's, and none at all when no request of the plan goes over
    ///   TLS: reading them takes longer than all the rest.
    /// - HTTPS goes through the proxy of `HTTPS_PROXY` or `ALL_PROXY`, but for the hosts of
    ///   `NO_PROXY` and this machine. Plain HTTP never does: it is for this machine and the
    ///   metadata services, and a proxy could read every byte of it.
    ///
    /// # Errors
    ///
    /// [`Error::CaBundle`] when the bundle cannot be read or holds something else than
    /// certificates, [`Error::Proxy`] when the proxy's address is not one.
    pub fn for_plan(plan: &AuthPlan, connect_timeout: Duration) -> Result<Self, Error> {
        let trust_store = match (plan.needs_tls(), &plan.network.ca_bundle) {
            (false, _) => TrustStore::empty(),
            (true, None) => TrustStore::default(),
            (true, Some(bundle)) => TrustStore::empty().with_pem_certificate(trust::read(bundle)?),
        };
        let proxy = match &plan.network.proxy {
            Some(proxy) if plan.needs_tls() => proxy_config(proxy)?,
            _ => ProxyConfig::disabled(),
        };
        Ok(Self {
            shared: build(trust_store, proxy).map_err(|cause| Error::HttpClient { cause })?,
            connect_timeout,
        })
    }

    /// The client as the SDK takes it.
    pub fn shared(&self) -> SharedHttpClient {
        self.shared.clone()
    }

    /// How long a connection may take. The SDK wants this beside the client, in the timeouts of
    /// each service.
    pub fn connect_timeout(&self) -> Duration {
        self.connect_timeout
    }
}

impl fmt::Debug for HttpClient {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("HttpClient")
            .field("connect_timeout", &self.connect_timeout)
            .finish_non_exhaustive()
    }
}

fn build(trust_store: TrustStore, proxy: ProxyConfig) -> Result<SharedHttpClient, Cause> {
    let tls = TlsContext::builder()
        .with_trust_store(trust_store)
        .build()
        .map_err(|error| Cause::of(&error))?;
    let pool = pool::Builder::default()
        .tcp_keepalive(TCP_KEEPALIVE)
        .proxy_config(proxy)
        .tls_provider(Provider::Rustls(CryptoMode::Ring))
        .tls_context(tls)
        .build_https()
        .map_err(|error| Cause::of(&error))?;
    let client = pool::Client::new(&pool).map_err(|error| Cause::of(&error))?;
    Ok(SharedHttpClient::new(client))
}

fn proxy_config(proxy: &Proxy) -> Result<ProxyConfig, Error> {
    let url = proxy.url.expose();
    // curl and its followers take an address without a scheme.
    let url = match url.contains("://") {
        true => url.to_owned(),
        false => format!("http://{url}"),
    };
    let config = ProxyConfig::https(url).map_err(|_| Error::Proxy {
        variable: proxy.variable,
    })?;
    Ok(config.no_proxy(&proxy.bypass))
}
