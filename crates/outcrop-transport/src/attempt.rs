//! One attempt: a request and what became of it.

use std::time::Duration;

use aws_credential_types::provider::error::CredentialsError;
use aws_sdk_bedrockruntime as sdk;
use aws_smithy_runtime_api::client::orchestrator::HttpResponse;
use aws_smithy_runtime_api::client::result::SdkError;
use bytes::Bytes;
use outcrop_converse::Response;

use crate::carrier::{Answer, Carrier};
use crate::received::Received;
use crate::redact::Secrets;
use crate::{Error, ErrorKind, EventStream, classify};

/// How much of a refusal is read. The service writes a few hundred bytes; a proxy's page may be
/// longer, and says nothing more.
const LONGEST_REFUSAL: usize = 64 * 1024;

/// How long a refusal is waited for in all after its status has come.
const AFTER_STATUS: Duration = Duration::from_secs(5);

/// What attempts are made with.
#[derive(Clone)]
pub(crate) struct Attempts {
    pub(crate) sdk: sdk::Client,
    pub(crate) connect_timeout: Duration,
    pub(crate) idle_timeout: Duration,
}

impl Attempts {
    /// Calls ConverseStream, and waits until the answer begins.
    pub(crate) async fn stream(&self, model_id: &str, body: Bytes) -> Result<EventStream, Error> {
        let carrier = Carrier::new(body);
        let begun = self.begin(&carrier, model_id).await;
        begun.map_err(|error| error.without(&carrier.secrets()))
    }

    async fn begin(&self, carrier: &Carrier, model_id: &str) -> Result<EventStream, Error> {
        let call = self.sdk.converse_stream().model_id(model_id).customize();
        let sending = call.interceptor(carrier.clone()).send();
        let timeout = self.connect_timeout.saturating_add(self.idle_timeout);
        let sent = tokio::time::timeout(timeout, sending).await.map_err(|_| {
            let message = format!("no answer began within {timeout:?}");
            Error::new(ErrorKind::Stalled, message)
        })?;
        let answer = self.answer(carrier, sent.map(drop)).await;
        // Until its content begins, a stream may be asked for again.
        let answer = answer.map_err(|error| Error {
            unrepeatable: false,
            ..error
        })?;
        expect_content_type(&answer, "application/vnd.amazon.eventstream")?;
        EventStream::new(answer, carrier.secrets(), self.idle_timeout)
            .begun()
            .await
    }

    /// Calls Converse.
    pub(crate) async fn call(&self, model_id: &str, body: Bytes) -> Result<Response, Error> {
        let carrier = Carrier::new(body);
        let called = self.whole(&carrier, model_id).await;
        called.map_err(|error| error.without(&carrier.secrets()))
    }

    async fn whole(&self, carrier: &Carrier, model_id: &str) -> Result<Response, Error> {
        let call = self.sdk.converse().model_id(model_id).customize();
        let sent = call.interceptor(carrier.clone()).send().await;
        let answer = self.answer(carrier, sent.map(drop)).await?;
        expect_content_type(&answer, "application/json")?;
        let request_id = answer.request_id.clone();
        self.read(answer).await.map_err(|error| {
            let error = error.with_request_id(request_id);
            // The model has answered, whatever came of it.
            Error {
                unrepeatable: true,
                ..error
            }
        })
    }

    async fn read(&self, answer: Answer) -> Result<Response, Error> {
        let mut body = Received::new(answer.body);
        let mut bytes = Vec::new();
        while let Some(more) = body.next(self.idle_timeout).await? {
            body.is_alive();
            bytes.extend_from_slice(&more);
        }
        serde_json::from_slice(&bytes).map_err(|error| {
            let message = "the answer is not a Converse response";
            Error::new(ErrorKind::InvalidResponse, message).with_source(error)
        })
    }

    /// The answer that the carrier took where the call went well, or else the error.
    async fn answer<E>(
        &self,
        carrier: &Carrier,
        sent: Result<(), SdkError<E, HttpResponse>>,
    ) -> Result<Answer, Error>
    where
        E: std::error::Error + Send + Sync + 'static,
    {
        // The SDK was left an empty body, so that what it makes of an answer says nothing.
        match (carrier.take_answer(), sent) {
            (Some(answer), _) if (200..300).contains(&answer.status) => Ok(answer),
            (Some(answer), _) => Err(self.refusal(answer, &carrier.secrets()).await),
            (None, Err(error)) => Err(failure(error, carrier.has_sent())),
            (None, Ok(())) => Err(Error::new(
                ErrorKind::InvalidResponse,
                "the answer has no body",
            )),
        }
    }

    async fn refusal(&self, answer: Answer, secrets: &Secrets) -> Error {
        let mut received = Received::new(answer.body);
        let mut body = Vec::new();
        let timeout = self.idle_timeout.min(AFTER_STATUS);
        // Where the rest of it does not come, the status and the beginning have to do.
        while body.len() < LONGEST_REFUSAL
            && let Ok(Some(more)) = received.next(timeout).await
        {
            body.extend_from_slice(&more);
        }
        // Before anything is cut: half a secret could not be found any more.
        let body = secrets.hide(&String::from_utf8_lossy(&body));
        Error {
            retry_after: answer.retry_after,
            ..classify::from_response(answer.status, answer.error_type.as_deref(), &body)
        }
        .with_request_id(answer.request_id)
    }
}

/// The error of a call that no answer came to.
fn failure<E>(error: SdkError<E, HttpResponse>, has_sent: bool) -> Error
where
    E: std::error::Error + Send + Sync + 'static,
{
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
    let failure = Error {
        unrepeatable: may_have_arrived(&error),
        ..Error::new(kind, message)
    };
    match error.into_source() {
        Ok(source) => failure.with_source(source),
        Err(error) => failure.with_source(error),
    }
}

/// Whether the request may have reached the service: the HTTP client names the connection that it
/// gave the request to, once there was one.
fn may_have_arrived<E>(error: &SdkError<E, HttpResponse>) -> bool {
    let SdkError::DispatchFailure(failure) = error else {
        return true;
    };
    let error = failure.as_connector_error();
    error.is_some_and(|error| error.connection_metadata().is_some())
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
