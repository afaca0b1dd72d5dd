//! Connections: none to be had, and what becomes of one.

use std::time::Duration;

use aws_smithy_runtime_api::client::http::{
    HttpConnector, HttpConnectorFuture, SharedHttpConnector, http_client_fn,
};
use aws_smithy_runtime_api::client::orchestrator::HttpRequest;
use aws_smithy_runtime_api::client::result::ConnectorError;
use outcrop_transport::ErrorKind::Connection;
use outcrop_transport::{Client, ClientConfig};

use crate::support::{
    NOVA, Script, Server, answer, beginning, body, client, config, nobody, open, refusal,
};

#[tokio::test]
async fn a_refused_connection_is_a_failed_one() {
    let client = client(nobody().await);
    let streaming = refusal(&client).await;
    let unary = client.call(NOVA, body("Hello.")).await.unwrap_err();
    for error in [streaming, unary] {
        assert_eq!(error.kind(), Connection);
        assert_eq!(error.message(), "the connection failed");
        assert!(error.retryable());
    }
}

#[tokio::test]
async fn a_server_that_closes_instead_of_answering_is_a_failed_connection() {
    let server = Server::start(Script::nothing()).await;
    let error = refusal(&client(server.endpoint())).await;
    assert_eq!(error.kind(), Connection, "{error:?}");
    assert_eq!(server.requests().len(), 1);
}

#[tokio::test]
async fn a_server_that_speaks_no_http_is_a_failed_connection() {
    let server = Server::start(Script::nothing().chunk(b"SSH-2.0-OpenSSH\r\n")).await;
    let error = refusal(&client(server.endpoint())).await;
    assert_eq!(error.kind(), Connection, "{error:?}");
}

/// A connector that never gets through.
#[derive(Debug)]
struct TooSlow;

impl HttpConnector for TooSlow {
    fn call(&self, _request: HttpRequest) -> HttpConnectorFuture {
        HttpConnectorFuture::ready(Err(ConnectorError::timeout("too slow".into())))
    }
}

#[tokio::test]
async fn a_connection_that_takes_too_long_is_a_failed_one() {
    let http = http_client_fn(|settings, _| {
        assert_eq!(settings.connect_timeout(), Some(Duration::from_secs(7)));
        // It would count from the request to the first byte, which a model may take long to send.
        assert_eq!(settings.read_timeout(), None);
        SharedHttpConnector::new(TooSlow)
    });
    let error = refusal(&Client::new(ClientConfig {
        http,
        connect_timeout: Duration::from_secs(7),
        ..config("http://127.0.0.1:1")
    }))
    .await;
    assert_eq!(error.kind(), Connection);
    assert_eq!(error.message(), "no connection within the connect timeout");
}

#[tokio::test]
async fn dropping_a_stream_closes_its_connection() {
    let server = Server::start(Script::stream(&beginning()).silence()).await;
    let mut stream = open(&server).await;
    assert!(stream.next().await.unwrap().is_some());
    drop(stream);
    server.left().await;
}

#[tokio::test]
async fn a_stream_that_was_read_to_its_end_leaves_its_connection_for_the_next() {
    let server = Server::start(Script::stream(&answer()).end()).await;
    let client = client(server.endpoint());
    for _ in 0..3 {
        let clone = client.clone();
        let stream = clone.stream(NOVA, body("Hello.")).await.unwrap();
        stream.finish().await.unwrap();
    }
    assert_eq!(server.requests().len(), 3);
    assert_eq!(server.connections(), 1);
}
