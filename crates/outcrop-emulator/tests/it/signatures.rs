//! Signature Version 4 on Bedrock.

use outcrop_emulator::{EXPIRED_ACCESS_KEY_ID, EXPIRED_SESSION_TOKEN, Method};
use serde_json::json;

use crate::support::{Signer, emulator, encode, exchange, hello};

const PATH: &str = "/model/us.anthropic.claude-sonnet-4-5-20250929-v1%3A0/converse";
const MISMATCH: &str = "The request signature we calculated does not match the signature you \
     provided. Check your AWS Secret Access Key and signing method. Consult the service \
     documentation for details.";
const INVALID: &str = "The security token included in the request is invalid.";

#[tokio::test]
async fn a_right_signature_is_verified_and_recorded() {
    let emulator = emulator().await;
    let body = hello(json!({})).to_string();
    let reply = Signer::new("bedrock")
        .post(emulator.address(), PATH, body.as_bytes())
        .await;
    assert_eq!(reply.status, 200, "{}", reply.message());
    let [received] = &emulator.requests()[..] else {
        panic!("one request");
    };
    assert!(received.signature_verified);
    assert_eq!(received.region.as_deref(), Some("us-east-1"));
    let identity = received.identity.as_ref().unwrap();
    assert_eq!(identity.method, Method::SigV4);
    assert_eq!(
        identity.access_key_id.as_deref(),
        Some("AKIAIOSFODNN7EXAMPLE")
    );
}

#[tokio::test]
async fn an_arn_in_the_path_is_signed_with_its_escapes_encoded_again() {
    let emulator = emulator().await;
    let arn = "arn:aws:bedrock:us-east-1:123456789012:inference-profile/us.anthropic.claude-opus-5";
    let path = format!("/model/{}/converse", encode(arn));
    let body = hello(json!({})).to_string();
    let reply = Signer::new("bedrock")
        .post(emulator.address(), &path, body.as_bytes())
        .await;
    assert_eq!(reply.status, 200, "{}", reply.message());
    assert_eq!(emulator.requests()[0].model_id.as_deref(), Some(arn));
}

#[tokio::test]
async fn each_wrong_part_has_its_own_refusal() {
    let emulator = emulator().await;
    let right = Signer::new("bedrock");
    let wrong: Vec<(&str, Signer, &str, &str)> = vec![
        (
            "another secret",
            Signer {
                secret: "other".to_owned(),
                ..right.clone()
            },
            "InvalidSignatureException",
            MISMATCH,
        ),
        (
            "an unknown key",
            Signer {
                access_key_id: "AKIAUNKNOWN".to_owned(),
                ..right.clone()
            },
            "UnrecognizedClientException",
            INVALID,
        ),
        (
            "a stale session token beside a lasting key",
            Signer {
                session_token: Some("stale".to_owned()),
                ..right.clone()
            },
            "UnrecognizedClientException",
            INVALID,
        ),
        (
            "another service",
            Signer {
                service: "bedrock-runtime".to_owned(),
                ..right.clone()
            },
            "InvalidSignatureException",
            "Credential should be scoped to correct service: 'bedrock'. ",
        ),
        (
            "an expired key",
            Signer {
                access_key_id: EXPIRED_ACCESS_KEY_ID.to_owned(),
                session_token: Some(EXPIRED_SESSION_TOKEN.to_owned()),
                ..right.clone()
            },
            "ExpiredTokenException",
            "The security token included in the request is expired",
        ),
    ];
    for (case, signer, error_type, text) in wrong {
        let body = hello(json!({})).to_string();
        let reply = signer.post(emulator.address(), PATH, body.as_bytes()).await;
        reply.assert_refused(403, error_type, text, case);
    }
    assert!(emulator.requests().iter().all(|it| !it.signature_verified));
}

#[tokio::test]
async fn a_clock_may_be_five_minutes_off() {
    let emulator = emulator().await;
    for (ahead, text) in [
        (-600, "Signature expired: "),
        (600, "Signature not yet current: "),
        (-240, ""),
        (240, ""),
    ] {
        let signer = Signer {
            ahead,
            ..Signer::new("bedrock")
        };
        let body = hello(json!({})).to_string();
        let reply = signer.post(emulator.address(), PATH, body.as_bytes()).await;
        assert_eq!(reply.status == 200, text.is_empty(), "{ahead}");
        assert!(
            reply.message().starts_with(text),
            "{ahead}: {}",
            reply.message()
        );
    }
}

#[tokio::test]
async fn what_was_signed_must_be_what_arrives() {
    let emulator = emulator().await;
    let address = emulator.address();
    let body = hello(json!({})).to_string();
    let headers = Signer::new("bedrock").headers(address, PATH, body.as_bytes());
    let headers: Vec<(&str, &str)> = headers
        .iter()
        .map(|(n, v)| (n.as_str(), v.as_str()))
        .collect();
    let other_body = hello(json!({ "system": [{ "text": "more" }] })).to_string();
    for (path, body) in [
        (PATH, other_body.as_str()),
        (
            "/model/us.anthropic.claude-sonnet-4-5-20250929-v1:0/converse",
            body.as_str(),
        ),
        ("/model/us.anthropic.claude-opus-5/converse", body.as_str()),
        (&format!("{PATH}?a=b"), body.as_str()),
    ] {
        let reply = exchange(address, "POST", path, &headers, body.as_bytes()).await;
        reply.assert_refused(403, "InvalidSignatureException", MISMATCH, path);
    }
}

#[tokio::test]
async fn an_incomplete_header_is_told_apart_from_none() {
    let emulator = emulator().await;
    let date = ("x-amz-date", "20260101T000000Z");
    let scope = "Credential=A/20260101/us-east-1/bedrock/aws4_request";
    let complete = format!("AWS4-HMAC-SHA256 {scope}, SignedHeaders=host, Signature=00");
    for (headers, status, error_type, text) in [
        (
            vec![],
            403,
            "MissingAuthenticationTokenException",
            "Missing Authentication Token",
        ),
        (
            vec![("authorization", "AWS4-HMAC-SHA256 Signature=00"), date],
            400,
            "IncompleteSignatureException",
            "Authorization header requires 'Credential' parameter. Authorization header requires \
             'SignedHeaders' parameter.",
        ),
        (
            vec![("authorization", "Basic YWJj")],
            400,
            "IncompleteSignatureException",
            "Unsupported Authorization scheme. AWS4-HMAC-SHA256 is expected.",
        ),
        (
            vec![("authorization", complete.as_str())],
            400,
            "IncompleteSignatureException",
            "Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header.",
        ),
    ] {
        let reply = exchange(emulator.address(), "POST", PATH, &headers, b"{}").await;
        reply.assert_refused(status, error_type, text, text);
    }
}
