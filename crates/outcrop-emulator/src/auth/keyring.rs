//! The credentials that the emulator knows: one documented pair, one that has expired, and those
//! that it issued itself.

use std::collections::HashMap;
use std::fmt;
use std::sync::{Mutex, PoisonError};

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest, Sha256};

use crate::received::AssumedRole;

/// The access key ID of AWS's documented example pair, which is always accepted.
pub const ACCESS_KEY_ID: &str = "AKIAIOSFODNN7EXAMPLE";
/// The secret of [`ACCESS_KEY_ID`] and of [`EXPIRED_ACCESS_KEY_ID`].
pub const SECRET_ACCESS_KEY: &str = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY";
/// The bearer token that stands for a valid Bedrock API key.
pub const BEARER_TOKEN: &str = "outcrop-local";
/// A temporary key that expired long ago, for seeing what a caller does about it.
pub const EXPIRED_ACCESS_KEY_ID: &str = "ASIAIOSFODNN7EXAMPLE";
/// The session token of [`EXPIRED_ACCESS_KEY_ID`].
pub const EXPIRED_SESSION_TOKEN: &str = "outcrop-expired";

/// The account of the documented pair.
pub(crate) const ACCOUNT_ID: &str = "123456789012";

/// What the emulator knows about an access key.
#[derive(Clone)]
pub(crate) struct Key {
    pub(crate) secret: String,
    pub(crate) session_token: Option<String>,
    /// Seconds since 1970; `None` for a key that does not expire.
    pub(crate) expires: Option<u64>,
    pub(crate) role: Option<AssumedRole>,
}

/// Credentials fresh from `AssumeRole`.
pub(crate) struct Issued {
    pub(crate) access_key_id: String,
    pub(crate) secret: String,
    pub(crate) session_token: String,
    pub(crate) expires: u64,
}

/// All access keys.
#[derive(Default)]
pub(crate) struct Keyring {
    issued: Mutex<HashMap<String, Key>>,
}

/// Written by hand to keep secrets out of it.
impl fmt::Debug for Keyring {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Keyring").finish_non_exhaustive()
    }
}

impl Keyring {
    pub(crate) fn find(&self, access_key_id: &str) -> Option<Key> {
        match access_key_id {
            ACCESS_KEY_ID => Some(Key {
                secret: SECRET_ACCESS_KEY.to_owned(),
                session_token: None,
                expires: None,
                role: None,
            }),
            EXPIRED_ACCESS_KEY_ID => Some(Key {
                secret: SECRET_ACCESS_KEY.to_owned(),
                session_token: Some(EXPIRED_SESSION_TOKEN.to_owned()),
                expires: Some(0),
                role: None,
            }),
            _ => self
                .issued
                .lock()
                .unwrap_or_else(PoisonError::into_inner)
                .get(access_key_id)
                .cloned(),
        }
    }

    /// Issues credentials that [`Keyring::find`] knows from now on. They are derived from how many
    /// were issued before, so that two equal runs see equal credentials.
    pub(crate) fn issue(&self, role: AssumedRole, expires: u64) -> Issued {
        let mut keys = self.issued.lock().unwrap_or_else(PoisonError::into_inner);
        let number = keys.len();
        let issued = Issued {
            access_key_id: format!("ASIA{}", base32(&derive("key", number))),
            secret: STANDARD.encode(&derive("secret", number)[..30]),
            session_token: STANDARD.encode([derive("a", number), derive("b", number)].concat()),
            expires,
        };
        keys.insert(
            issued.access_key_id.clone(),
            Key {
                secret: issued.secret.clone(),
                session_token: Some(issued.session_token.clone()),
                expires: Some(expires),
                role: Some(role),
            },
        );
        issued
    }
}

fn derive(purpose: &str, number: usize) -> Vec<u8> {
    Sha256::digest(format!("outcrop-emulator {purpose} {number}")).to_vec()
}

/// Sixteen characters of the alphabet that access key IDs are written in.
fn base32(bytes: &[u8]) -> String {
    const ALPHABET: &[u8; 32] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    bytes
        .iter()
        .take(16)
        .map(|byte| char::from(ALPHABET[usize::from(byte % 32)]))
        .collect()
}
