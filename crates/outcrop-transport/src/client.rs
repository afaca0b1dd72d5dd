//! The client: one model endpoint, called with bodies that are ready to be sent.

use std::fmt;
use std::sync::Arc;

use aws_sdk_bedrockruntime as sdk;
use aws_smithy_types::retry::RetryConfig;
use aws_smithy_types::timeout::TimeoutConfig;
use bytes::Bytes;
use outcrop_converse::{Body, Response};
use sdk::config::{AppName, BehaviorVersion, Region, StalledStreamProtectionConfig};

use crate::attempt::Attempts;
use crate::{ClientConfig, Error, EventStream, Identity, Retry, RetryPolicy};

/// Who is told of retries.
type Observer = Arc<dyn Fn(&Retry<'_>) + Send + Sync>;

/// A client for one region and identity. Clones share connections.
#[derive(Clone)]
pub struct Client {
    attempts: Attempts,
    retry: RetryPolicy,
    on_retry: Option<Observer>,
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
        Self {
            attempts: Attempts {
                sdk: sdk::Client::from_conf(builder.build()),
                connect_timeout: config.connect_timeout,
                idle_timeout: config.idle_timeout,
            },
            retry: config.retry,
            on_retry: None,
        }
    }

    /// The same client, which tells `observer` of every attempt that will be followed by another.
    #[must_use]
    pub fn on_retry(self, observer: impl Fn(&Retry<'_>) + Send + Sync + 'static) -> Self {
        Self {
            on_retry: Some(Arc::new(observer)),
            ..self
        }
    }

    /// Calls ConverseStream and waits until the answer begins: until its first content comes, or
    /// its end. Whatever fails before may be tried again, as [`RetryPolicy`] says, and of an attempt
    /// that failed no event is given out. After that nothing is: it would give text a second time.
    ///
    /// A model that thinks silently for longer than the idle timeout is asked once again, whatever
    /// [`RetryPolicy::max_attempts`] says, and pays for thinking twice: the timeout has to be longer
    /// than a model thinks. Only events that are known count as life: the service documents no frame
    /// that says "I am still here", and one that does would hide that nothing comes of it.
    ///
    /// # Errors
    /// When no answer begins, also because the service is silent for longer than the timeouts.
    pub async fn stream(&self, model_id: &str, body: Body) -> Result<EventStream, Error> {
        let body = Bytes::from(body.into_bytes());
        let attempt = || self.attempts.stream(model_id, body.clone());
        let (stream, attempts) = self.retrying(attempt, Error::retryable).await?;
        Ok(stream.with_attempts(attempts))
    }

    /// Calls Converse and returns the answer whole. It waits for as long as the model takes: before
    /// an answer begins, a model that thinks cannot be told from a service that is gone.
    ///
    /// Refusals and connections that could not be made may be tried again, as [`RetryPolicy`] says.
    /// A connection that broke after the request was sent is not: the model may be at work on the
    /// request, and a second one would pay for its answer again. [`stream`](Self::stream) hears of a
    /// broken connection sooner.
    ///
    /// # Errors
    /// When the call fails, or its answer cannot be read.
    pub async fn call(&self, model_id: &str, body: Body) -> Result<Response, Error> {
        let body = Bytes::from(body.into_bytes());
        let attempt = || self.attempts.call(model_id, body.clone());
        let (response, _) = self.retrying(attempt, |error| !error.unrepeatable).await?;
        Ok(response)
    }

    /// Makes attempts until one works or another is not worth making, and counts them.
    async fn retrying<T, A>(
        &self,
        mut attempt: impl FnMut() -> A,
        may_be_repeated: fn(&Error) -> bool,
    ) -> Result<(T, u32), Error>
    where
        A: Future<Output = Result<T, Error>>,
    {
        let mut attempts = 1;
        loop {
            let error = match attempt().await {
                Ok(done) => return Ok((done, attempts)),
                Err(error) => error.with_attempts(attempts),
            };
            let pause = self.retry.pause(attempts, &error, fastrand::f64());
            let Some(pause) = pause.filter(|_| may_be_repeated(&error)) else {
                return Err(error);
            };
            attempts += 1;
            if let Some(observer) = &self.on_retry {
                observer(&Retry {
                    next_attempt: attempts,
                    max_attempts: self.retry.attempts_after(error.kind()),
                    pause,
                    error: &error,
                });
            }
            tokio::time::sleep(pause).await;
        }
    }
}

/// Without the SDK's client, which holds the identity.
impl fmt::Debug for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Client")
            .field("connect_timeout", &self.attempts.connect_timeout)
            .field("idle_timeout", &self.attempts.idle_timeout)
            .field("retry", &self.retry)
            .finish_non_exhaustive()
    }
}
