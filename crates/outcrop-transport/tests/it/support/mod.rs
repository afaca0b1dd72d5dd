//! Clients, bodies and streams, made in one line.

mod frames;
mod server;

use std::num::NonZeroU32;
use std::time::Duration;

use aws_credential_types::provider::SharedCredentialsProvider;
use aws_credential_types::{Credentials, Token};
use aws_smithy_http_client::pool;
use aws_smithy_http_client::tls::rustls_provider::CryptoMode;
use aws_smithy_http_client::tls::{Provider, TlsContext, TrustStore};
use aws_smithy_runtime_api::client::http::SharedHttpClient;
use outcrop_converse::{Body, CacheSettings, Conversation, Event, Members, Response, Settings};
use outcrop_emulator::{ACCESS_KEY_ID, Emulator, EmulatorConfig, SECRET_ACCESS_KEY};
use outcrop_policy::{Model, ModelId, Request};
use outcrop_transport::{
    Client, ClientConfig, Error, ErrorKind, EventStream, Identity, RetryPolicy,
};

pub(crate) use frames::{answer, beginning, delta, error_frame, event, exception, metadata, stop};
pub(crate) use server::{Script, Server, nobody};

pub(crate) const NOVA: &str = "us.amazon.nova-lite-v1:0";

pub(crate) async fn emulator() -> Emulator {
    Emulator::start(EmulatorConfig::default()).await.unwrap()
}

/// Access keys as an identity.
pub(crate) fn keys(id: &str, secret: &str, session_token: Option<&str>) -> Identity {
    let session_token = session_token.map(str::to_owned);
    let credentials = Credentials::new(id, secret, session_token, None, "test");
    Identity::SigV4(SharedCredentialsProvider::new(credentials))
}

pub(crate) fn bearer(token: &str) -> Identity {
    Identity::Bearer(Token::new(token, None))
}

/// How to reach `endpoint` as AWS's documented example pair.
pub(crate) fn config(endpoint: impl Into<String>) -> ClientConfig {
    ClientConfig {
        identity: keys(ACCESS_KEY_ID, SECRET_ACCESS_KEY, None),
        region: "us-east-1".to_owned(),
        endpoint: endpoint.into(),
        http: http(),
        connect_timeout: Duration::from_secs(10),
        idle_timeout: Duration::from_secs(60),
        retry: once(),
    }
}

/// No retries.
pub(crate) fn once() -> RetryPolicy {
    attempts(1)
}

/// So many attempts, with hardly a pause between them.
pub(crate) fn attempts(max_attempts: u32) -> RetryPolicy {
    RetryPolicy {
        max_attempts: NonZeroU32::new(max_attempts).unwrap(),
        base: Duration::from_millis(1),
        connection_base: Duration::from_millis(1),
        ..RetryPolicy::default()
    }
}

/// An HTTP client that trusts nobody, for plain HTTP on loopback.
pub(crate) fn http() -> SharedHttpClient {
    let tls = TlsContext::builder().with_trust_store(TrustStore::empty());
    let pool = pool::Builder::default()
        .tls_provider(Provider::Rustls(CryptoMode::Ring))
        .tls_context(tls.build().unwrap())
        .build_https()
        .unwrap();
    SharedHttpClient::new(pool::Client::new(&pool).unwrap())
}

pub(crate) fn client(endpoint: impl Into<String>) -> Client {
    Client::new(config(endpoint))
}

/// A request body that says `text`.
pub(crate) fn body(text: &str) -> Body {
    body_of(&Conversation::from(text))
}

pub(crate) fn body_of(conversation: &Conversation) -> Body {
    let model = Model::resolve(ModelId::new(NOVA), None);
    let settings = Settings {
        decision: &outcrop_policy::decide(&model, &Request::default()),
        stop_sequences: &[],
        additional_fields: &Members::default(),
        cache: CacheSettings::new(&model),
    };
    outcrop_converse::prepare(conversation, &settings)
        .unwrap()
        .body
}

/// The stream that a server's script begins.
pub(crate) async fn open(server: &Server) -> EventStream {
    begin(server).await.unwrap()
}

/// The same, where none may begin.
pub(crate) async fn begin(server: &Server) -> Result<EventStream, Error> {
    let client = client(server.endpoint());
    client.stream(NOVA, body("Hello.")).await
}

/// What comes of a whole stream.
pub(crate) async fn finish(server: &Server) -> Result<Response, Error> {
    begin(server).await?.finish().await
}

/// Reads a stream to its end: the events that came, as JSON, and the error that ended it.
pub(crate) async fn drain(stream: &mut EventStream) -> (Vec<String>, Option<Error>) {
    let mut events = Vec::new();
    loop {
        match stream.next().await {
            Ok(Some(event)) => events.push(json(&event)),
            Ok(None) => return (events, None),
            Err(error) => return (events, Some(error)),
        }
    }
}

pub(crate) fn json(event: &Event) -> String {
    serde_json::to_string(event).unwrap()
}

/// The error of a streaming call that begins no stream.
pub(crate) async fn refusal(client: &Client) -> Error {
    client.stream(NOVA, body("Hello.")).await.unwrap_err()
}

/// What of an error a program looks at.
pub(crate) fn facts(error: &Error) -> (ErrorKind, Option<&str>, &str) {
    (error.kind(), error.code(), error.message())
}
