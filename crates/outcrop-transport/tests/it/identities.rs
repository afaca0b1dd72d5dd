//! Who calls, and what happens when the service does not believe it.

use aws_credential_types::provider::error::CredentialsError;
use aws_credential_types::provider::{ProvideCredentials, SharedCredentialsProvider, future};
use outcrop_emulator::{
    ACCESS_KEY_ID, BEARER_TOKEN, EXPIRED_ACCESS_KEY_ID, EXPIRED_SESSION_TOKEN, Method,
    SECRET_ACCESS_KEY,
};
use outcrop_transport::{Client, ClientConfig, Error, ErrorKind, Identity};

use crate::support::{NOVA, bearer, body, config, emulator, keys, refusal};

#[tokio::test]
async fn a_bearer_token_is_accepted() {
    let emulator = emulator().await;
    let client = Client::new(ClientConfig {
        identity: bearer(BEARER_TOKEN),
        ..config(emulator.endpoint())
    });

    client.call(NOVA, body("Hello.")).await.unwrap();
    let stream = client.stream(NOVA, body("Hello.")).await.unwrap();
    stream.finish().await.unwrap();

    for request in emulator.requests() {
        assert!(request.signature_verified);
        assert_eq!(request.identity.unwrap().method, Method::Bearer);
    }
}

/// Calls the emulator once, which refuses it.
async fn refused(identity: Identity) -> Error {
    let emulator = emulator().await;
    let client = Client::new(ClientConfig {
        identity,
        ..config(emulator.endpoint())
    });
    let error = refusal(&client).await;
    let requests = emulator.requests();
    assert_eq!(requests.len(), 1);
    assert_eq!(error.request_id(), Some(requests[0].request_id.as_str()));
    error
}

#[tokio::test]
async fn credentials_that_the_service_does_not_know_are_invalid() {
    let wrong = [
        (
            keys(ACCESS_KEY_ID, "wrong", None),
            "InvalidSignatureException",
        ),
        (
            keys("AKIAUNKNOWN", SECRET_ACCESS_KEY, None),
            "UnrecognizedClientException",
        ),
        (
            keys(ACCESS_KEY_ID, SECRET_ACCESS_KEY, Some("stale")),
            "UnrecognizedClientException",
        ),
        (bearer("wrong"), "AccessDeniedException"),
    ];
    for (identity, code) in wrong {
        let error = refused(identity).await;
        assert_eq!(error.kind(), ErrorKind::CredentialsInvalid, "{error}");
        assert_eq!(error.code(), Some(code));
        assert!(!error.retryable());
    }
}

#[tokio::test]
async fn expired_credentials_are_told_from_wrong_ones() {
    let expired = keys(
        EXPIRED_ACCESS_KEY_ID,
        SECRET_ACCESS_KEY,
        Some(EXPIRED_SESSION_TOKEN),
    );
    let error = refused(expired).await;
    assert_eq!(error.kind(), ErrorKind::CredentialsExpired);
    assert_eq!(error.code(), Some("ExpiredTokenException"));
}

/// A provider that has nothing.
#[derive(Debug)]
struct Nothing;

impl ProvideCredentials for Nothing {
    fn provide_credentials<'a>(&'a self) -> future::ProvideCredentials<'a>
    where
        Self: 'a,
    {
        future::ProvideCredentials::ready(Err(CredentialsError::not_loaded("the well is dry")))
    }
}

#[tokio::test]
async fn without_credentials_nothing_is_sent() {
    let emulator = emulator().await;
    let client = Client::new(ClientConfig {
        identity: Identity::SigV4(SharedCredentialsProvider::new(Nothing)),
        ..config(emulator.endpoint())
    });

    let error = refusal(&client).await;

    assert_eq!(error.kind(), ErrorKind::NoCredentials);
    assert_eq!(emulator.requests(), []);
}

#[tokio::test]
async fn a_request_that_cannot_be_built_is_not_a_failed_connection() {
    let emulator = emulator().await;
    let client = Client::new(config(emulator.endpoint()));
    let unnamed = client.stream("", body("Hello.")).await.unwrap_err();
    let lost = refusal(&Client::new(config("not an address"))).await;

    for error in [unnamed, lost] {
        assert_eq!(error.kind(), ErrorKind::InvalidRequest, "{error:?}");
        assert_eq!(error.message(), "the request could not be built");
    }
    assert_eq!(emulator.requests(), []);
}
