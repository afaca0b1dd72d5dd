//! A record of what the emulator was sent.

use std::collections::VecDeque;
use std::sync::{Mutex, PoisonError};

use bytes::Bytes;

/// How many bytes of request bodies are kept. Older requests are forgotten first.
const KEPT_BYTES: usize = 64 * 1024 * 1024;
/// How many requests are kept.
const KEPT_REQUESTS: usize = 4_096;

/// One request, as the emulator saw it and answered it.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Received {
    /// What was asked for.
    pub operation: Operation,
    /// The model identifier with its percent-encoding removed; `None` outside Bedrock.
    pub model_id: Option<String>,
    /// Who signed the request, as it claims; `None` when it carries no credentials.
    pub identity: Option<Identity>,
    /// Whether the signature (or the bearer token) was checked and found right.
    pub signature_verified: bool,
    /// The region that the signature is scoped to; a bearer token names none.
    pub region: Option<String>,
    /// The body as it stood on the wire; empty when it was over the limit.
    pub body: Bytes,
    /// The HTTP status of the answer; 0 when a script let the connection stall or break before any.
    pub status: u16,
    /// The service's error type when the request was refused, such as `ValidationException`.
    pub error_type: Option<String>,
    /// The `x-amzn-requestid` of the answer.
    pub request_id: String,
}

/// The operations that the emulator tells apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Operation {
    /// `POST /model/{id}/converse`.
    Converse,
    /// `POST /model/{id}/converse-stream`.
    ConverseStream,
    /// STS `AssumeRole`.
    AssumeRole,
    /// STS `GetCallerIdentity`.
    GetCallerIdentity,
    /// Anything else, which was refused.
    Unknown,
}

/// Who a request says it is from. Never a secret.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Identity {
    /// How the request proves it.
    pub method: Method,
    /// The access key ID of a signed request.
    pub access_key_id: Option<String>,
    /// The role behind credentials that this emulator issued.
    pub role: Option<AssumedRole>,
}

/// How a request proves who it is from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Method {
    /// AWS Signature Version 4.
    SigV4,
    /// `Authorization: Bearer`, a Bedrock API key.
    Bearer,
}

/// What `AssumeRole` was asked for when it issued a set of credentials.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AssumedRole {
    /// The role's ARN.
    pub role_arn: String,
    /// The name of the role's session.
    pub session_name: String,
    /// The external ID, when one was sent.
    pub external_id: Option<String>,
}

/// The requests so far, oldest first, within a bound.
#[derive(Debug, Default)]
pub(crate) struct Log(Mutex<VecDeque<Received>>);

impl Log {
    pub(crate) fn push(&self, received: Received) {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        kept.push_back(received);
        let mut bytes: usize = kept.iter().map(|entry| entry.body.len()).sum();
        while kept.len() > 1 && (bytes > KEPT_BYTES || kept.len() > KEPT_REQUESTS) {
            bytes -= kept.pop_front().map_or(0, |entry| entry.body.len());
        }
    }

    pub(crate) fn entries(&self) -> Vec<Received> {
        let kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        kept.iter().cloned().collect()
    }
}
