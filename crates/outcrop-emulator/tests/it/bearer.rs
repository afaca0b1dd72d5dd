//! Bedrock API keys.

use outcrop_emulator::{BEARER_TOKEN, Method};
use serde_json::json;

use crate::support::{NOVA, converse, emulator, exchange, hello};

#[tokio::test]
async fn the_documented_token_is_accepted_and_names_no_region() {
    let emulator = emulator().await;
    let reply = converse(&emulator, NOVA, &hello(json!({}))).await;
    assert_eq!(reply.status, 200);
    let received = emulator.requests().remove(0);
    assert!(received.signature_verified);
    assert_eq!(received.identity.unwrap().method, Method::Bearer);
    assert_eq!(received.region, None);
}

#[tokio::test]
async fn any_other_token_is_not_a_valid_api_key() {
    let emulator = emulator().await;
    for token in ["", "other", &format!("{BEARER_TOKEN} ")] {
        let header = format!("Bearer {token}x");
        let headers = [("authorization", header.as_str())];
        let reply = exchange(
            emulator.address(),
            "POST",
            "/model/a/converse",
            &headers,
            b"{}",
        )
        .await;
        assert_eq!(
            reply.text(),
            r#"{"Message":"Authentication failed: Please make sure your API Key is valid."}"#
        );
        assert_eq!(reply.status, 403);
    }
}
