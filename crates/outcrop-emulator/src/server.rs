//! The listening server: from a connection to an HTTP reply.

use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::extract::{ConnectInfo, Request, State};
use axum::http::request::Parts;
use axum::http::{HeaderName, HeaderValue, StatusCode, header};
use axum::response::Response;
use bytes::{Bytes, BytesMut};
use futures_util::{StreamExt, future, stream};
use serde_json::json;
use tokio::net::TcpListener;
use tokio::sync::watch;

use crate::auth::{self, Caller, Keyring, Presented};
use crate::cache::Scopes;
use crate::connection::{Breaker, Loopback};
use crate::converse::Stage;
use crate::delivery::{Delivery, Ending, Reply, Transfer};
use crate::emulator::EmulatorConfig;
use crate::received::{Log, Operation, Received};
use crate::refusal::Refusal;
use crate::route::{Route, Service};
use crate::script::{Pace, Playing};
use crate::{clock, converse, sts};

/// The largest body, as InvokeModel documents it.
const MAX_BODY: usize = 25_000_000;
/// How much of a larger body is read and thrown away, so that its sender gets to see the refusal
/// instead of a broken connection.
const MAX_DISCARDED: usize = 100_000_000;

const REQUEST_ID: HeaderName = HeaderName::from_static("x-amzn-requestid");
const ERROR_TYPE: HeaderName = HeaderName::from_static("x-amzn-errortype");
/// In milliseconds, as AWS's SDKs read it.
const RETRY_AFTER: HeaderName = HeaderName::from_static("x-amz-retry-after");

/// What all connections share.
#[derive(Debug)]
pub(crate) struct Shared {
    pub(crate) log: Log,
    config: EmulatorConfig,
    keyring: Keyring,
    pub(crate) stage: Stage,
    served: AtomicU64,
    /// Ends when the emulator does.
    running: watch::Receiver<()>,
}

impl Shared {
    /// `running` says by its end that the emulator stops.
    pub(crate) fn new(config: EmulatorConfig, running: watch::Receiver<()>) -> Self {
        Self {
            log: Log::default(),
            stage: Stage {
                playing: Playing::new(config.script.clone()),
                caches: Scopes::default(),
                pace: Pace {
                    delta_delay: Some(config.delta_delay),
                    ..Pace::default()
                },
            },
            config,
            keyring: Keyring::default(),
            served: AtomicU64::new(0),
            running,
        }
    }

    /// Waits until the emulator stops.
    async fn stopped(&self) {
        let _ = self.running.clone().changed().await;
    }

    /// An identifier in the service's form that counts up.
    fn next_request_id(&self) -> String {
        let number = self.served.fetch_add(1, Ordering::Relaxed) + 1;
        format!("00000000-0000-4000-8000-{number:012x}")
    }
}

/// What a request comes to.
enum Outcome {
    Delivered { delivery: Delivery, streaming: bool },
    Xml(String),
    Refused(Refusal),
}

impl Outcome {
    /// The HTTP status (0 when there will be none), and the error type of a refusal.
    fn status(&self) -> (u16, Option<&str>) {
        match self {
            Self::Refused(refusal) => (refusal.status, Some(&refusal.error_type)),
            Self::Xml(_) => (200, None),
            Self::Delivered { delivery, .. } => match &delivery.reply {
                Reply::Body(_) => (200, None),
                Reply::Html { status, .. } => (*status, None),
                Reply::Refusal(refusal) => (refusal.status, Some(&refusal.error_type)),
                Reply::Nothing(_) => (0, None),
            },
        }
    }
}

/// Serves until the emulator stops.
pub(crate) async fn run(listener: TcpListener, shared: Arc<Shared>) -> io::Result<()> {
    let router = Router::new()
        .fallback(handle)
        .with_state(Arc::clone(&shared))
        .into_make_service_with_connect_info::<Breaker>();
    axum::serve(Loopback(listener), router)
        .with_graceful_shutdown(async move { shared.stopped().await })
        .await
}

async fn handle(
    State(shared): State<Arc<Shared>>,
    ConnectInfo(breaker): ConnectInfo<Breaker>,
    request: Request,
) -> Response {
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
        error_type: error_type.map(str::to_owned),
        request_id: request_id.clone(),
    });
    respond(outcome, shared, breaker, route.service(), &request_id).await
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
            let streaming = *streaming;
            let operation = if streaming {
                Operation::ConverseStream
            } else {
                Operation::Converse
            };
            let checked = converse::check(&shared.config, caller, model_id, body, streaming);
            let delivery = checked.and_then(|call| shared.stage.answer(&call, streaming));
            let outcome = match delivery {
                Ok(delivery) => Outcome::Delivered {
                    delivery,
                    streaming,
                },
                Err(refusal) => Outcome::Refused(refusal),
            };
            (operation, outcome)
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

async fn respond(
    outcome: Outcome,
    shared: Arc<Shared>,
    breaker: Breaker,
    service: Service,
    request_id: &str,
) -> Response {
    let mut response = match outcome {
        Outcome::Refused(refusal) => refuse(&refusal, service, request_id),
        Outcome::Xml(xml) => reply(200, "text/xml", Body::from(xml)),
        Outcome::Delivered {
            delivery,
            streaming,
        } => {
            pause(delivery.head_delay).await;
            match delivery.reply {
                Reply::Refusal(refusal) => refuse(&refusal, service, request_id),
                Reply::Html { status, body } => {
                    return reply(status, "text/html", Body::from(body));
                }
                Reply::Nothing(ending) => {
                    if ending == Ending::Stall {
                        shared.stopped().await;
                    }
                    breaker.reset();
                    Response::new(Body::empty())
                }
                Reply::Body(transfer) => {
                    if let Some(ticket) = delivery.cached {
                        shared.stage.caches.begin(ticket);
                    }
                    let content_type = if streaming {
                        "application/vnd.amazon.eventstream"
                    } else {
                        "application/json"
                    };
                    reply(200, content_type, body_of(transfer, shared, breaker))
                }
            }
        }
    };
    if let Ok(request_id) = HeaderValue::from_str(request_id) {
        response.headers_mut().insert(REQUEST_ID, request_id);
    }
    response
}

fn refuse(refusal: &Refusal, service: Service, request_id: &str) -> Response {
    let (content_type, body) = match service {
        Service::Sts => ("text/xml", sts::reply::refusal(refusal, request_id)),
        Service::Bedrock => {
            let name = if refusal.capital {
                "Message"
            } else {
                "message"
            };
            let body = json!({ name: refusal.message }).to_string();
            ("application/json", body)
        }
    };
    let mut response = reply(refusal.status, content_type, Body::from(body));
    let headers = response.headers_mut();
    if let Ok(error_type) = HeaderValue::from_str(&refusal.error_type) {
        headers.insert(ERROR_TYPE, error_type);
    }
    if let Some(after) = refusal.retry_after {
        let milliseconds = u64::try_from(after.as_millis()).unwrap_or(u64::MAX);
        headers.insert(RETRY_AFTER, HeaderValue::from(milliseconds));
    }
    response
}

fn reply(status: u16, content_type: &'static str, body: Body) -> Response {
    let mut response = Response::new(body);
    *response.status_mut() =
        StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let content_type = HeaderValue::from_static(content_type);
    response
        .headers_mut()
        .insert(header::CONTENT_TYPE, content_type);
    response
}

/// A body that is sent piece by piece and ends as it should.
fn body_of(transfer: Transfer, shared: Arc<Shared>, breaker: Breaker) -> Body {
    if let Some(bytes) = transfer.as_one() {
        return Body::from(bytes.clone());
    }
    let Transfer { pieces, ending } = transfer;
    let pieces = stream::iter(pieces).then(|piece| async move {
        pause(piece.delay).await;
        Ok(piece.bytes)
    });
    // An error breaks the connection off; a body that is complete ends without.
    let end = stream::once(async move {
        match ending {
            Ending::Complete => return None,
            Ending::Stall => shared.stopped().await,
            // The server writes what it has when it is made to wait.
            Ending::Reset => tokio::task::yield_now().await,
        }
        breaker.reset();
        Some(Err(io::Error::from(io::ErrorKind::ConnectionReset)))
    });
    Body::from_stream(pieces.chain(end.filter_map(future::ready)))
}

/// Waits, and not even for a tick of the timer when there is nothing to wait for.
async fn pause(delay: Duration) {
    if !delay.is_zero() {
        tokio::time::sleep(delay).await;
    }
}
