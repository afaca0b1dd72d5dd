//! The carrier: puts our bytes into the SDK's request and takes the answer's body out.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, SystemTime};

use aws_smithy_runtime_api::box_error::BoxError;
use aws_smithy_runtime_api::client::interceptors::context::{
    BeforeDeserializationInterceptorContextMut, BeforeTransmitInterceptorContextMut,
    BeforeTransmitInterceptorContextRef,
};
use aws_smithy_runtime_api::client::interceptors::{Intercept, dyn_dispatch_hint};
use aws_smithy_runtime_api::client::runtime_components::RuntimeComponents;
use aws_smithy_types::body::SdkBody;
use aws_smithy_types::byte_stream::ByteStream;
use aws_smithy_types::config_bag::ConfigBag;
use bytes::Bytes;

use crate::redact::Secrets;
use crate::retry::asked_pause;

/// An SDK interceptor for one call. Its clones share what became of it.
#[derive(Clone, Debug)]
pub(crate) struct Carrier {
    body: Bytes,
    progress: Arc<Mutex<Progress>>,
}

/// What became of a call.
#[derive(Debug, Default)]
struct Progress {
    has_sent: bool,
    secrets: Secrets,
    answer: Option<Answer>,
}

/// The answer to a call, before anybody has read it.
#[derive(Debug)]
pub(crate) struct Answer {
    /// The HTTP status.
    pub(crate) status: u16,
    /// The `x-amzn-errortype` header.
    pub(crate) error_type: Option<String>,
    /// The pause that a refusal asks for.
    pub(crate) retry_after: Option<Duration>,
    /// The `content-type` header.
    pub(crate) content_type: Option<String>,
    /// The service's name for this call.
    pub(crate) request_id: Option<String>,
    /// The body, as it arrives.
    pub(crate) body: ByteStream,
}

impl Carrier {
    pub(crate) fn new(body: Bytes) -> Self {
        Self {
            body,
            progress: Arc::default(),
        }
    }

    /// The answer, once one has begun.
    pub(crate) fn take_answer(&self) -> Option<Answer> {
        self.progress().answer.take()
    }

    /// Whether the request was complete and signed, and was given to the HTTP client.
    pub(crate) fn has_sent(&self) -> bool {
        self.progress().has_sent
    }

    /// The secrets that the request was signed with.
    pub(crate) fn secrets(&self) -> Secrets {
        self.progress().secrets.clone()
    }

    fn progress(&self) -> MutexGuard<'_, Progress> {
        self.progress.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[dyn_dispatch_hint]
impl Intercept for Carrier {
    fn name(&self) -> &'static str {
        "Carrier"
    }

    fn modify_before_signing(
        &self,
        context: &mut BeforeTransmitInterceptorContextMut<'_>,
        _components: &RuntimeComponents,
        _config: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        let request = context.request_mut();
        *request.body_mut() = SdkBody::from(self.body.clone());
        let headers = request.headers_mut();
        headers.insert("content-length", self.body.len().to_string());
        headers.insert("content-type", "application/json");
        Ok(())
    }

    fn read_before_transmit(
        &self,
        context: &BeforeTransmitInterceptorContextRef<'_>,
        _components: &RuntimeComponents,
        _config: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        let mut progress = self.progress();
        progress.has_sent = true;
        progress.secrets = Secrets::of(context.request());
        Ok(())
    }

    fn modify_before_deserialization(
        &self,
        context: &mut BeforeDeserializationInterceptorContextMut<'_>,
        _components: &RuntimeComponents,
        _config: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        let response = context.response_mut();
        let header = |name: &str| response.headers().get(name);
        let answer = Answer {
            status: response.status().as_u16(),
            error_type: header("x-amzn-errortype").map(str::to_owned),
            retry_after: asked_pause(
                header("x-amz-retry-after"),
                header("retry-after"),
                SystemTime::now(),
            ),
            content_type: header("content-type").map(str::to_owned),
            request_id: header("x-amzn-requestid").map(str::to_owned),
            body: ByteStream::new(std::mem::replace(response.body_mut(), SdkBody::empty())),
        };
        self.progress().answer = Some(answer);
        Ok(())
    }
}
