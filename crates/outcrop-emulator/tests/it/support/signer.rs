//! A signer for Signature Version 4, with every part open to being got wrong.

use std::net::SocketAddr;
use std::time::{SystemTime, UNIX_EPOCH};

use hmac::{Hmac, KeyInit, Mac};
use outcrop_emulator::{ACCESS_KEY_ID, SECRET_ACCESS_KEY};
use sha2::{Digest, Sha256};

use super::{Reply, exchange};

#[derive(Clone)]
pub(crate) struct Signer {
    pub(crate) access_key_id: String,
    pub(crate) secret: String,
    pub(crate) session_token: Option<String>,
    pub(crate) region: String,
    pub(crate) service: String,
    /// Seconds that the signer's clock is ahead of the emulator's.
    pub(crate) ahead: i64,
    /// Whether the session token is among the signed headers.
    pub(crate) signs_token: bool,
}

impl Signer {
    pub(crate) fn new(service: &str) -> Self {
        Self {
            access_key_id: ACCESS_KEY_ID.to_owned(),
            secret: SECRET_ACCESS_KEY.to_owned(),
            session_token: None,
            region: "us-east-1".to_owned(),
            service: service.to_owned(),
            ahead: 0,
            signs_token: true,
        }
    }

    /// Signs and sends.
    pub(crate) async fn post(&self, address: SocketAddr, path: &str, body: &[u8]) -> Reply {
        let headers = self.headers(address, path, body);
        let headers: Vec<(&str, &str)> = headers
            .iter()
            .map(|(name, value)| (name.as_str(), value.as_str()))
            .collect();
        exchange(address, "POST", path, &headers, body).await
    }

    /// The headers that a signed request has beside those of its connection.
    pub(crate) fn headers(
        &self,
        address: SocketAddr,
        path: &str,
        body: &[u8],
    ) -> Vec<(String, String)> {
        let timestamp = self.timestamp();
        let mut headers = vec![("x-amz-date".to_owned(), timestamp.clone())];
        let mut signed = vec![
            ("host", address.to_string()),
            ("x-amz-date", timestamp.clone()),
        ];
        if let Some(token) = &self.session_token {
            headers.push(("x-amz-security-token".to_owned(), token.clone()));
            if self.signs_token {
                signed.push(("x-amz-security-token", token.clone()));
            }
        }
        let names: Vec<&str> = signed.iter().map(|(name, _)| *name).collect();
        let names = names.join(";");
        let lines: String = signed
            .iter()
            .map(|(name, value)| format!("{name}:{value}\n"))
            .collect();
        let canonical = format!(
            "POST\n{}\n\n{lines}\n{names}\n{}",
            path.replace('%', "%25"),
            hex::encode(Sha256::digest(body))
        );
        let scope = format!(
            "{}/{}/{}/aws4_request",
            &timestamp[..8],
            self.region,
            self.service
        );
        let text = format!(
            "AWS4-HMAC-SHA256\n{timestamp}\n{scope}\n{}",
            hex::encode(Sha256::digest(canonical))
        );
        let mut key = format!("AWS4{}", self.secret).into_bytes();
        for part in scope.split('/') {
            key = hmac(&key, part);
        }
        headers.push((
            "authorization".to_owned(),
            format!(
                "AWS4-HMAC-SHA256 Credential={}/{scope}, SignedHeaders={names}, Signature={}",
                self.access_key_id,
                hex::encode(hmac(&key, &text))
            ),
        ));
        headers
    }

    fn timestamp(&self) -> String {
        let now = SystemTime::now()
            .duration_since(UNIX_EPOCH)
            .unwrap()
            .as_secs();
        let seconds = now.checked_add_signed(self.ahead).unwrap();
        let days = seconds / 86_400;
        let (mut year, mut left) = (1970, days);
        let leap = |year: u64| {
            year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400))
        };
        while left >= 365 + u64::from(leap(year)) {
            left -= 365 + u64::from(leap(year));
            year += 1;
        }
        let lengths = [
            31,
            28 + u64::from(leap(year)),
            31,
            30,
            31,
            30,
            31,
            31,
            30,
            31,
            30,
            31,
        ];
        let mut month = 0;
        while left >= lengths[month] {
            left -= lengths[month];
            month += 1;
        }
        format!(
            "{year:04}{:02}{:02}T{:02}{:02}{:02}Z",
            month + 1,
            left + 1,
            seconds / 3_600 % 24,
            seconds / 60 % 60,
            seconds % 60
        )
    }
}

fn hmac(key: &[u8], text: &str) -> Vec<u8> {
    let mut mac = Hmac::<Sha256>::new_from_slice(key).unwrap();
    mac.update(text.as_bytes());
    mac.finalize().into_bytes().to_vec()
}
