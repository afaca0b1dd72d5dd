//! Telling errors apart: by the service's code, its text, and at last the status.

use outcrop_converse::{DecodeError, StreamException};
use serde_json::Value;

use crate::{Error, ErrorKind};

/// Texts of `ValidationException` that mean the prompt is too long (collected by Strands Agents).
const OVERFLOW: [&str; 5] = [
    "Input is too long for requested model",
    "input length and `max_tokens` exceed context limit",
    "too many total text bytes",
    "prompt is too long",
    "This model's maximum context length is",
];

/// The error of a response with an error status.
pub(crate) fn from_response(status: u16, error_type: Option<&str>, body: &str) -> Error {
    let json: Option<Value> = serde_json::from_str(body).ok();
    let text = |name: &str| json.as_ref()?.get(name)?.as_str();
    let codes = [error_type, text("__type"), text("code")];
    let mut codes = codes.into_iter().flatten().map(bare_code);
    let code = codes.find(|code| !code.is_empty());
    let messages = [text("message"), text("Message")];
    let mut messages = messages.into_iter().flatten();
    let message = messages.find(|message| !message.trim().is_empty());
    let kind = match (code, message, status) {
        // Asking again may help, whoever answered.
        (None, None, 408 | 424 | 429 | 500..) => by_status(Some(status), ""),
        // What the service sends has a code or a message. Another server's refusal says nothing
        // about the account, the request or the model.
        (None, None, _) if !body.is_empty() => ErrorKind::InvalidResponse,
        _ => kind(code, Some(status), message.unwrap_or_default()),
    };
    let foreign = code.is_none().then_some(status);
    let message = message.map_or_else(|| told_by_status(status, body), str::to_owned);
    Error {
        code: code.map(str::to_owned),
        foreign,
        ..Error::new(kind, message)
    }
}

/// The error of a stream that could not be decoded to its end.
pub(crate) fn from_stream(error: DecodeError) -> Error {
    match error {
        DecodeError::Exception(exception) => from_exception(exception),
        DecodeError::Truncated => Error::new(
            ErrorKind::StreamInterrupted,
            "the stream ended before the answer was complete",
        ),
        DecodeError::Frame(error) => {
            Error::new(ErrorKind::StreamInterrupted, "the event stream is damaged")
                .with_source(error)
        }
        DecodeError::Payload { event, error } => {
            let message = format!("the payload of `{event}` cannot be read");
            Error::new(ErrorKind::InvalidResponse, message).with_source(error)
        }
        error => Error::new(ErrorKind::InvalidResponse, error.to_string()),
    }
}

/// An exception inside a stream has no status: its type says it all.
fn from_exception(exception: StreamException) -> Error {
    let code = upper_camel(bare_code(&exception.code));
    let kind = kind(Some(&code), exception.original_status, &exception.message);
    Error {
        code: Some(code),
        ..Error::new(kind, exception.message)
    }
}

/// `ThrottlingException` out of `com.amazon#ThrottlingException:http://…`.
fn bare_code(code: &str) -> &str {
    let code = code.split(':').next().unwrap_or(code);
    code.rsplit('#').next().unwrap_or(code).trim()
}

/// Streams spell `throttlingException` what heads spell `ThrottlingException`.
fn upper_camel(code: &str) -> String {
    let mut letters = code.chars();
    letters
        .next()
        .map(|first| first.to_ascii_uppercase())
        .into_iter()
        .chain(letters)
        .collect()
}

fn kind(code: Option<&str>, status: Option<u16>, message: &str) -> ErrorKind {
    let has = |text: &str| message.contains(text);
    match code.unwrap_or_default() {
        "ExpiredTokenException" | "ExpiredToken" => ErrorKind::CredentialsExpired,
        "UnrecognizedClientException"
        | "InvalidSignatureException"
        | "SignatureDoesNotMatch"
        | "InvalidClientTokenId"
        | "IncompleteSignature"
        | "IncompleteSignatureException"
        | "MissingAuthenticationToken"
        | "MissingAuthenticationTokenException" => ErrorKind::CredentialsInvalid,
        "ValidationException" if has("on-demand throughput") => ErrorKind::NeedsInferenceProfile,
        "ValidationException" if has("model identifier is invalid") => ErrorKind::ModelNotFound,
        "ValidationException" if OVERFLOW.iter().any(|text| has(text)) => {
            ErrorKind::ContextOverflow
        }
        "ValidationException" => ErrorKind::InvalidRequest,
        "ServiceQuotaExceededException" => ErrorKind::DailyQuota,
        "AccessDeniedException" => by_status(Some(403), message),
        "FTUFormNotFilled" => ErrorKind::AccessDenied,
        "ResourceNotFoundException" if has("use case details") => ErrorKind::AccessDenied,
        "ResourceNotFoundException" => ErrorKind::ModelNotFound,
        // Another service of AWS answered.
        "UnknownOperationException" => ErrorKind::InvalidResponse,
        "ThrottlingException" | "TooManyRequestsException" if has("per day") => {
            ErrorKind::DailyQuota
        }
        "ThrottlingException" | "TooManyRequestsException" => ErrorKind::Throttled,
        "ModelTimeoutException" => ErrorKind::Timeout,
        "ModelStreamErrorException" => ErrorKind::StreamInterrupted,
        "ModelNotReadyException"
        | "ModelErrorException"
        | "InternalServerException"
        | "InternalFailure"
        | "ServiceUnavailableException" => ErrorKind::Overloaded,
        _ => by_status(status, message),
    }
}

/// A code that is not known is judged by its status (Bedrock user guide, API error codes). Inside
/// a stream there is none.
fn by_status(status: Option<u16>, message: &str) -> ErrorKind {
    match status {
        Some(401 | 403) if message.contains("token included in the request is expired") => {
            ErrorKind::CredentialsExpired
        }
        Some(401 | 403) if message.contains("API Key") || message.contains("security token") => {
            ErrorKind::CredentialsInvalid
        }
        Some(401 | 403) => ErrorKind::AccessDenied,
        Some(404) => ErrorKind::ModelNotFound,
        Some(408) => ErrorKind::Timeout,
        Some(429) if message.contains("per day") => ErrorKind::DailyQuota,
        Some(429) => ErrorKind::Throttled,
        Some(424 | 500..) => ErrorKind::Overloaded,
        Some(400..) => ErrorKind::InvalidRequest,
        Some(_) => ErrorKind::InvalidResponse,
        None => ErrorKind::StreamInterrupted,
    }
}

/// What to say of an answer without a message: its status, and its beginning if it is text.
fn told_by_status(status: u16, body: &str) -> String {
    let words: Vec<&str> = body.split_whitespace().collect();
    let beginning: String = words.join(" ").chars().take(200).collect();
    if beginning.is_empty() {
        format!("the server answered {status} without a message")
    } else {
        format!("the server answered {status}: {beginning}")
    }
}
