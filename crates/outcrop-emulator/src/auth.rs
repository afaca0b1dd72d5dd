//! Who a request is from, and whether that is true.

mod canonical;
mod keyring;
mod sigv4;

use axum::http::HeaderMap;
use axum::http::header::AUTHORIZATION;

pub use keyring::{
    ACCESS_KEY_ID, BEARER_TOKEN, EXPIRED_ACCESS_KEY_ID, EXPIRED_SESSION_TOKEN, SECRET_ACCESS_KEY,
};
pub(crate) use keyring::{ACCOUNT_ID, Issued, Keyring};

use crate::received::{Identity, Method};
use crate::refusal::Refusal;
use crate::route::Service;

/// The parts of a request that authentication reads.
pub(crate) struct Presented<'a> {
    pub(crate) service: Service,
    pub(crate) method: &'a str,
    /// Path and query as they stood in the request line.
    pub(crate) path: &'a str,
    pub(crate) query: &'a str,
    pub(crate) headers: &'a HeaderMap,
    pub(crate) body: &'a [u8],
}

/// Who a request is from: what it claims, and the outcome of checking the claim.
pub(crate) struct Caller {
    pub(crate) identity: Option<Identity>,
    pub(crate) region: Option<String>,
    pub(crate) verdict: Result<(), Failure>,
}

/// Why a claim does not hold. Each service has its own name for each of these.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Failure {
    /// No credentials at all.
    Missing,
    /// A signature that lacks a part, or an unknown scheme.
    Incomplete(String),
    /// An access key nobody issued, or a session token that does not belong to it.
    UnknownKey,
    /// Credentials whose time is over.
    Expired,
    /// The signature is not the one that the secret gives.
    Mismatch(String),
    /// A bearer token that is not a valid API key.
    BadApiKey,
}

/// Reads the credentials of a request and checks them. `now` is in seconds since 1970.
pub(crate) fn examine(presented: &Presented<'_>, keyring: &Keyring, now: u64) -> Caller {
    let Some(header) = presented.headers.get(AUTHORIZATION) else {
        return Caller::unknown(Failure::Missing);
    };
    let header = String::from_utf8_lossy(header.as_bytes());
    if let Some(token) = header.strip_prefix("Bearer ")
        && presented.service == Service::Bedrock
    {
        return bearer(token);
    }
    match sigv4::Authorization::parse(&header) {
        Err(failure) => Caller::unknown(failure),
        Ok(authorization) => sigv4::check(&authorization, presented, keyring, now),
    }
}

fn bearer(token: &str) -> Caller {
    Caller {
        identity: Some(Identity {
            method: Method::Bearer,
            access_key_id: None,
            role: None,
        }),
        region: None,
        verdict: if token == BEARER_TOKEN {
            Ok(())
        } else {
            Err(Failure::BadApiKey)
        },
    }
}

impl Caller {
    fn unknown(failure: Failure) -> Self {
        Self {
            identity: None,
            region: None,
            verdict: Err(failure),
        }
    }
}

impl Failure {
    /// The failure as `service` words it (AWS, "Common errors" of each API reference; reported
    /// error texts for Bedrock).
    pub(crate) fn refusal(&self, service: Service) -> Refusal {
        const INVALID: &str = "The security token included in the request is invalid.";
        const EXPIRED: &str = "The security token included in the request is expired";
        let query = service == Service::Sts;
        let named = |status, bedrock, sts, message: &str| {
            Refusal::new(status, if query { sts } else { bedrock }, message)
        };
        match self {
            Self::Missing if query => Refusal::new(
                403,
                "MissingAuthenticationToken",
                "Request is missing Authentication Token",
            ),
            Self::Missing => Refusal::new(
                403,
                "MissingAuthenticationTokenException",
                "Missing Authentication Token",
            ),
            Self::Incomplete(text) => named(
                400,
                "IncompleteSignatureException",
                "IncompleteSignature",
                text,
            ),
            Self::UnknownKey => named(
                403,
                "UnrecognizedClientException",
                "InvalidClientTokenId",
                INVALID,
            ),
            Self::Expired => named(403, "ExpiredTokenException", "ExpiredToken", EXPIRED),
            Self::Mismatch(text) => named(
                403,
                "InvalidSignatureException",
                "SignatureDoesNotMatch",
                text,
            ),
            Self::BadApiKey => Refusal::new(
                403,
                "AccessDeniedException",
                "Authentication failed: Please make sure your API Key is valid.",
            )
            .with_capital(),
        }
    }
}
