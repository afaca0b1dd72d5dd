//! Checking a Signature Version 4 `Authorization` header, one function a question.
//!
//! Sources: AWS, "Signature Version 4 signing process" and "Troubleshooting Signature Version 4";
//! the texts are those that the services' front ends give.

use sha2::{Digest, Sha256};

use super::canonical::Signed;
use super::keyring::{Key, Keyring};
use super::{Caller, Failure, Presented};
use crate::clock;
use crate::received::{Identity, Method};

/// How far the date of a request may be from now, in seconds.
const SKEW: u64 = 5 * 60;

const MISMATCH: &str = "The request signature we calculated does not match the signature you \
     provided. Check your AWS Secret Access Key and signing method. Consult the service \
     documentation for details.";

/// The header `AWS4-HMAC-SHA256 Credential=…, SignedHeaders=…, Signature=…`, taken apart.
pub(super) struct Authorization {
    access_key_id: String,
    date: String,
    region: String,
    service: String,
    signed_headers: Vec<String>,
    signature: String,
}

impl Authorization {
    pub(super) fn parse(header: &str) -> Result<Self, Failure> {
        let Some(rest) = header.strip_prefix("AWS4-HMAC-SHA256") else {
            return Err(Failure::Incomplete(
                "Unsupported Authorization scheme. AWS4-HMAC-SHA256 is expected.".to_owned(),
            ));
        };
        let part = |name: &str| {
            rest.split(',')
                .filter_map(|pair| pair.trim().split_once('='))
                .find(|(key, _)| *key == name)
                .map(|(_, value)| value.to_owned())
        };
        let (credential, signed_headers, signature) =
            (part("Credential"), part("SignedHeaders"), part("Signature"));
        let (Some(credential), Some(signed_headers), Some(signature)) =
            (&credential, &signed_headers, &signature)
        else {
            return Err(missing_parts([
                ("Credential", credential.is_none()),
                ("Signature", signature.is_none()),
                ("SignedHeaders", signed_headers.is_none()),
            ]));
        };
        let scope: Vec<&str> = credential.split('/').collect();
        let [access_key_id, date, region, service, "aws4_request"] = scope[..] else {
            return Err(Failure::Incomplete(
                "Credential must have exactly 5 slash-delimited elements, e.g. \
                 keyid/date/region/service/term"
                    .to_owned(),
            ));
        };
        Ok(Self {
            access_key_id: access_key_id.to_owned(),
            date: date.to_owned(),
            region: region.to_owned(),
            service: service.to_owned(),
            signed_headers: signed_headers.split(';').map(str::to_owned).collect(),
            signature: signature.clone(),
        })
    }
}

fn missing_parts(parts: [(&str, bool); 3]) -> Failure {
    let sentences: Vec<String> = parts
        .into_iter()
        .filter(|(_, missing)| *missing)
        .map(|(name, _)| format!("Authorization header requires '{name}' parameter."))
        .collect();
    Failure::Incomplete(sentences.join(" "))
}

/// Checks a signature in the order in which the services do: form, key, age, scope, signature.
pub(super) fn check(
    authorization: &Authorization,
    presented: &Presented<'_>,
    keyring: &Keyring,
    now: u64,
) -> Caller {
    let key = keyring.find(&authorization.access_key_id);
    let verdict = timestamp(presented).and_then(|timestamp| {
        let key = key.as_ref().ok_or(Failure::UnknownKey)?;
        session_token(key, presented)?;
        expiry(key, now)?;
        date(authorization, &timestamp, now)?;
        scope(authorization, presented)?;
        signed_headers(authorization, presented)?;
        signature(authorization, presented, key, &timestamp)
    });
    Caller {
        identity: Some(Identity {
            method: Method::SigV4,
            access_key_id: Some(authorization.access_key_id.clone()),
            role: key.and_then(|key| key.role),
        }),
        region: Some(authorization.region.clone()),
        verdict,
    }
}

fn header<'a>(presented: &Presented<'a>, name: &str) -> Option<&'a str> {
    presented.headers.get(name)?.to_str().ok()
}

/// `X-Amz-Date` is there and reads as a date.
fn timestamp(presented: &Presented<'_>) -> Result<String, Failure> {
    let Some(timestamp) = header(presented, "x-amz-date") else {
        return Err(Failure::Incomplete(
            "Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header."
                .to_owned(),
        ));
    };
    if clock::parse_basic(timestamp).is_none() {
        return Err(Failure::Incomplete(format!(
            "Date must be in ISO-8601 'basic format'. Got '{timestamp}'. \
             See http://en.wikipedia.org/wiki/ISO_8601"
        )));
    }
    Ok(timestamp.to_owned())
}

/// The session token is the one that was issued with the key; a lasting key has none, and static
/// keys beside a stale `AWS_SESSION_TOKEN` are refused like an unknown key.
fn session_token(key: &Key, presented: &Presented<'_>) -> Result<(), Failure> {
    if header(presented, "x-amz-security-token") == key.session_token.as_deref() {
        Ok(())
    } else {
        Err(Failure::UnknownKey)
    }
}

fn expiry(key: &Key, now: u64) -> Result<(), Failure> {
    match key.expires {
        Some(expires) if now >= expires => Err(Failure::Expired),
        _ => Ok(()),
    }
}

/// The date is that of the scope and within five minutes of now.
fn date(authorization: &Authorization, timestamp: &str, now: u64) -> Result<(), Failure> {
    if timestamp[..8] != authorization.date {
        return Err(Failure::Mismatch(format!(
            "Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from \
             HTTP: '{}' != '{}', from '{timestamp}'.",
            authorization.date,
            &timestamp[..8],
        )));
    }
    let signed = clock::parse_basic(timestamp).unwrap_or(0);
    if signed + SKEW < now {
        return Err(Failure::Mismatch(format!(
            "Signature expired: {timestamp} is now earlier than {} ({} - 5 min.)",
            clock::basic(now - SKEW),
            clock::basic(now),
        )));
    }
    if signed > now + SKEW {
        return Err(Failure::Mismatch(format!(
            "Signature not yet current: {timestamp} is still later than {} ({} + 5 min.)",
            clock::basic(now + SKEW),
            clock::basic(now),
        )));
    }
    Ok(())
}

/// The scope names the service that was called. Loopback has no region, so any region will do.
fn scope(authorization: &Authorization, presented: &Presented<'_>) -> Result<(), Failure> {
    let service = presented.service.signing_name();
    if authorization.service != service {
        return Err(Failure::Mismatch(format!(
            "Credential should be scoped to correct service: '{service}'. "
        )));
    }
    if authorization.region.is_empty() {
        return Err(Failure::Mismatch(
            "Credential should be scoped to a valid region. ".to_owned(),
        ));
    }
    Ok(())
}

/// The host and the session token must be covered by the signature.
fn signed_headers(authorization: &Authorization, presented: &Presented<'_>) -> Result<(), Failure> {
    let signed = |name: &str| authorization.signed_headers.iter().any(|have| have == name);
    if !signed("host") {
        return Err(Failure::Mismatch(
            "'Host' must be a 'SignedHeader' in the AWS Authorization.".to_owned(),
        ));
    }
    if presented.headers.contains_key("x-amz-security-token") && !signed("x-amz-security-token") {
        return Err(Failure::Mismatch(
            "'X-Amz-Security-Token' must be a 'SignedHeader' in the AWS Authorization.".to_owned(),
        ));
    }
    Ok(())
}

fn signature(
    authorization: &Authorization,
    presented: &Presented<'_>,
    key: &Key,
    timestamp: &str,
) -> Result<(), Failure> {
    let hash = hex::encode(Sha256::digest(presented.body));
    let payload_hash = match header(presented, "x-amz-content-sha256") {
        None => hash.as_str(),
        Some("UNSIGNED-PAYLOAD") => "UNSIGNED-PAYLOAD",
        Some(sent) if sent == hash => sent,
        Some(_) => return Err(Failure::Mismatch(MISMATCH.to_owned())),
    };
    let names: Vec<&str> = authorization
        .signed_headers
        .iter()
        .map(String::as_str)
        .collect();
    let signed = Signed {
        method: presented.method,
        path: presented.path,
        query: presented.query,
        headers: presented.headers,
        signed_headers: &names,
        payload_hash,
    };
    let scope = format!(
        "{}/{}/{}/aws4_request",
        authorization.date, authorization.region, authorization.service
    );
    if signed.signature(&key.secret, timestamp, &scope) == authorization.signature {
        Ok(())
    } else {
        Err(Failure::Mismatch(MISMATCH.to_owned()))
    }
}
