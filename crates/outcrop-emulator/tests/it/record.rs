//! What the emulator remembers.

use outcrop_emulator::Operation;
use serde_json::json;

use crate::support::{NOVA, call, converse, emulator, exchange, hello};

#[tokio::test]
async fn requests_are_kept_in_order_with_what_became_of_them() {
    let emulator = emulator().await;
    let body = hello(json!({}));
    converse(&emulator, NOVA, &body).await;
    call(&emulator, NOVA, "converse-stream", &body).await;
    converse(&emulator, NOVA, &json!({ "messages": [] })).await;
    exchange(emulator.address(), "GET", "/", &[], b"").await;
    let received = emulator.requests();
    let summary: Vec<_> = received
        .iter()
        .map(|it| {
            (
                it.operation,
                it.status,
                it.error_type.as_deref(),
                it.signature_verified,
            )
        })
        .collect();
    assert_eq!(
        summary,
        [
            (Operation::Converse, 200, None, true),
            (Operation::ConverseStream, 200, None, true),
            (Operation::Converse, 400, Some("ValidationException"), true),
            (
                Operation::Unknown,
                404,
                Some("UnknownOperationException"),
                false
            ),
        ]
    );
    assert_eq!(received[0].body, body.to_string().into_bytes());
    assert_eq!(received[0].model_id.as_deref(), Some(NOVA));
    assert_eq!(
        received[0].request_id,
        "00000000-0000-4000-8000-000000000001"
    );
}

#[tokio::test]
async fn nothing_secret_shows_in_debug_output() {
    let emulator = emulator().await;
    converse(&emulator, NOVA, &hello(json!({}))).await;
    let text = format!("{emulator:?} {:?}", emulator.requests());
    for secret in [
        outcrop_emulator::SECRET_ACCESS_KEY,
        outcrop_emulator::BEARER_TOKEN,
    ] {
        assert!(!text.contains(secret));
    }
}

#[tokio::test]
async fn only_loopback_is_bound_and_a_drop_frees_the_port() {
    let emulator = emulator().await;
    let address = emulator.address();
    assert!(address.ip().is_loopback());
    assert_eq!(emulator.endpoint(), format!("http://{address}"));
    drop(emulator);
    // The listener closes in a task of its own, which gets its turn while this one waits.
    while tokio::net::TcpStream::connect(address).await.is_ok() {
        tokio::task::yield_now().await;
    }
}
