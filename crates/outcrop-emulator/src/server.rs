//! The listening server: from a connection to an HTTP reply.

use std::convert::Infallible;
use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::request::Parts;
use axum::http::{HeaderName, HeaderValue, StatusCode, header};
use axum::response::Response;
use axum::serve::ListenerExt;
use bytes::{Bytes, BytesMut};
use futures_util::StreamExt;
use futures_util::stream;
use serde_json::json;
use tokio::net::TcpListener;
use tokio::sync::oneshot;

use crate::answer::{self, Answer};
use crate::auth::{self, Caller, Keyring, Presented};
use crate::emulator::EmulatorConfig;
use crate::received::{Log, Operation, Received};
use crate::refusal::Refusal;
use crate::route::{Route, Service};
use crate::{clock, converse, frames, sts};

/// The largest body, as InvokeModel documents it.
const MAX_BODY: usize = 25_000_000;
/// How much of a larger body is read and thrown away, so that its sender gets to see the refusal
/// instead of a broken connection.
const MAX_DISCARDED: usize = 100_000_000;

const REQUEST_ID: HeaderName = HeaderName::from_static("x-amzn-requestid");
const ERROR_TYPE: HeaderName = HeaderName::from_static("x-amzn-errortype");

/// What all connections share.
#[derive(Debug)]
pub(crate) struct Shared {
    pub(crate) log: Log,
    config: EmulatorConfig,
    keyring: Keyring,
    served: AtomicU64,
}

impl Shared {
    pub(crate) fn new(config: EmulatorConfig) -> Self {
        Self {
            log: Log::default(),
            config,
            keyring: Keyring::default(),
            served: AtomicU64::new(0),
        }
    }

    /// An identifier in the service's form that counts up.
    fn next_request_id(&self) -> String {
        let number = self.served.fetch_add(1, Ordering::Relaxed) + 1;
        format!("00000000-0000-4000-8000-{number:012x}")
    }
}

/// What a request comes to.
enum Outcome {
    Unary(Answer),
    Stream(Answer),
    Xml(String),
    Refused(Refusal),
}

impl Outcome {
    /// The HTTP status, and the error type of a refusal.
    fn status(&self) -> (u16, Option<&'static str>) {
        match self {
            Self::Refused(refusal) => (refusal.status, Some(refusal.error_type)),
            Self::Unary(_) | Self::Stream(_) | Self::Xml(_) => (200, None),
        }
    }
}

/// Serves until `stopped` ends, which it does when its sender is dropped.
pub(crate) async fn run(
    listener: TcpListener,
    shared: Arc<Shared>,
    stopped: oneshot::Receiver<()>,
) -> io::Result<()> {
    let router = Router::new().fallback(handle).with_state(shared);
    // Small frames must not wait for one another.
    let listener = listener.tap_io(|connection| {
        let _ = connection.set_nodelay(true);
    });
    axum::serve(listener, router)
        .with_graceful_shutdown(async {
            let _ = stopped.await;
        })
        .await
}

async fn handle(State(shared): State<Arc<Shared>>, request: Request) -> Response {
    let (parts, body) = request.into_parts();
    let request_id = shared.next_request_id();
    let route = Route::of(parts.method.as_str(), parts.uri.path());
    let body = read_body(body).await;
    let readable = body.as_ref().map_or(&[][..], |body| body.as_ref());
    let caller = examine(&shared, &parts, &route, readable);
    let (operation, outcome) = match &body {
        Ok(body) => decide(&shared, &route, &caller, body, &request_id),
        Err(refusal) => (Operation::Unknown, Outcome::Refused(refusal.clone())),
    };
    let (status, error_type) = outcome.status();
    let signature_verified = caller.verdict.is_ok();
    shared.log.push(Received {
        operation,
        model_id: match &route {
            Route::Converse { model_id, .. } => Some(model_id.clone()),
            Route::Sts | Route::Unknown => None,
        },
        identity: caller.identity,
        signature_verified,
        region: caller.region,
        body: body.unwrap_or_default(),
        status,
        error_type,
        request_id: request_id.clone(),
    });
    respond(outcome, &shared, route.service(), &request_id)
}

/// Reads a whole body, within bounds.
async fn read_body(body: Body) -> Result<Bytes, Refusal> {
    let mut stream = body.into_data_stream();
    let mut kept = BytesMut::new();
    let mut length = 0;
    while let Some(chunk) = stream.next().await {
        let chunk = chunk.map_err(|_| Refusal::unreadable("The body ended too early."))?;
        length += chunk.len();
        if length <= MAX_BODY {
            kept.extend_from_slice(&chunk);
        } else if length > MAX_DISCARDED {
            break;
        }
    }
    if length > MAX_BODY {
        return Err(Refusal::new(
            413,
            "RequestEntityTooLargeException",
            format!("The request body is larger than {MAX_BODY} bytes."),
        ));
    }
    Ok(kept.freeze())
}

fn examine(shared: &Shared, parts: &Parts, route: &Route, body: &[u8]) -> Caller {
    let presented = Presented {
        service: route.service(),
        method: parts.method.as_str(),
        path: parts.uri.path(),
        query: parts.uri.query().unwrap_or_default(),
        headers: &parts.headers,
        body,
    };
    auth::examine(&presented, &shared.keyring, clock::now())
}

fn decide(
    shared: &Shared,
    route: &Route,
    caller: &Caller,
    body: &[u8],
    request_id: &str,
) -> (Operation, Outcome) {
    match route {
        Route::Converse {
            model_id,
            streaming,
        } => {
            let answer = converse::answer(&shared.config, caller, model_id, body, *streaming);
            let (operation, outcome): (_, fn(Answer) -> Outcome) = if *streaming {
                (Operation::ConverseStream, Outcome::Stream)
            } else {
                (Operation::Converse, Outcome::Unary)
            };
            (operation, answer.map_or_else(Outcome::Refused, outcome))
        }
        Route::Sts => {
            let call = sts::Call::read(body);
            let answer = call.answer(caller, &shared.keyring, clock::now(), request_id);
            (
                call.operation(),
                answer.map_or_else(Outcome::Refused, Outcome::Xml),
            )
        }
        Route::Unknown => {
            let text = "The operation is not one that this emulator offers.";
            let refusal = Refusal::new(404, "UnknownOperationException", text);
            (Operation::Unknown, Outcome::Refused(refusal))
        }
    }
}

fn respond(outcome: Outcome, shared: &Shared, service: Service, request_id: &str) -> Response {
    let (status, error_type) = outcome.status();
    let (content_type, body) = match outcome {
        Outcome::Unary(answer) => json_body(&answer::body(&answer)),
        Outcome::Stream(answer) => (
            "application/vnd.amazon.eventstream",
            event_stream(&answer, shared.config.delta_delay),
        ),
        Outcome::Xml(xml) => ("text/xml", Body::from(xml)),
        Outcome::Refused(refusal) if service == Service::Sts => (
            "text/xml",
            Body::from(sts::reply::refusal(&refusal, request_id)),
        ),
        Outcome::Refused(refusal) => {
            let name = if refusal.capital {
                "Message"
            } else {
                "message"
            };
            json_body(&json!({ name: refusal.message }))
        }
    };
    let mut response = Response::new(body);
    *response.status_mut() =
        StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(content_type));
    if let Ok(request_id) = HeaderValue::from_str(request_id) {
        headers.insert(REQUEST_ID, request_id);
    }
    if let Some(error_type) = error_type {
        headers.insert(ERROR_TYPE, HeaderValue::from_static(error_type));
    }
    response
}

fn json_body(body: &serde_json::Value) -> (&'static str, Body) {
    ("application/json", Body::from(body.to_string()))
}

/// Sends one frame at a time, each as its own piece of the body.
fn event_stream(answer: &Answer, delay: Duration) -> Body {
    let frames: Vec<(bool, Bytes)> = frames::events(answer)
        .iter()
        .enumerate()
        .map(|(number, event)| {
            let paced = event.0 == "contentBlockDelta";
            (paced, frames::frame(event, number))
        })
        .collect();
    Body::from_stream(stream::iter(frames).then(move |(paced, frame)| async move {
        if paced && !delay.is_zero() {
            tokio::time::sleep(delay).await;
        }
        Ok::<_, Infallible>(frame)
    }))
}
