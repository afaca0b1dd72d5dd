//! Input that no client should send.

use serde_json::json;

use crate::support::{NOVA, converse, emulator, exchange, hello, raw};
use outcrop_emulator::BEARER_TOKEN;

#[tokio::test]
async fn bytes_that_are_no_http_are_turned_away_and_the_server_lives_on() {
    let emulator = emulator().await;
    for bytes in [
        &b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n"[..],
        b"GET\r\n\r\n",
        b"POST / HTTP/1.1\r\nhost: a\r\ncontent-length: many\r\n\r\n",
        b"POST / HTTP/1.1\r\nhost: a\r\ntransfer-encoding: chunked\r\n\r\nzz\r\n",
    ] {
        let reply = raw(emulator.address(), bytes).await;
        assert!(reply.is_empty() || reply.starts_with(b"HTTP/1.1 4"));
    }
    assert_eq!(
        converse(&emulator, NOVA, &hello(json!({}))).await.status,
        200
    );
}

#[tokio::test]
async fn a_body_over_the_limit_is_read_to_its_end_and_refused() {
    let emulator = emulator().await;
    let body = vec![b' '; 25_000_001];
    let header = format!("Bearer {BEARER_TOKEN}");
    let headers = [("authorization", header.as_str())];
    let path = format!("/model/{NOVA}/converse");
    let reply = exchange(emulator.address(), "POST", &path, &headers, &body).await;
    assert_eq!(reply.status, 413);
    assert!(emulator.requests()[0].body.is_empty());
}

#[tokio::test]
async fn json_without_end_or_of_great_depth_cannot_be_read() {
    let emulator = emulator().await;
    let header = format!("Bearer {BEARER_TOKEN}");
    let headers = [("authorization", header.as_str())];
    let path = format!("/model/{NOVA}/converse");
    for body in ["{", "not json", "\u{0}", &"[".repeat(100_000)] {
        let reply = exchange(emulator.address(), "POST", &path, &headers, body.as_bytes()).await;
        assert_eq!(reply.header("x-amzn-errortype"), "SerializationException");
    }
}

#[tokio::test]
async fn unknown_operations_are_refused_in_the_services_manner() {
    let emulator = emulator().await;
    for (method, path) in [
        ("POST", "/model/a/invoke"),
        ("GET", "/model/a/converse"),
        ("POST", "/model//converse/extra"),
        ("DELETE", "/"),
    ] {
        let reply = exchange(emulator.address(), method, path, &[], b"").await;
        reply.assert_refused(
            404,
            "UnknownOperationException",
            "The operation is not one that this emulator offers.",
            path,
        );
    }
}
