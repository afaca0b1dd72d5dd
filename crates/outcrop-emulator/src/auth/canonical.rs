//! The canonical request of Signature Version 4, and the signature over it.
//!
//! Source: AWS, "Signature Version 4 signing process". Written from that text alone, so that a
//! client's signer and this one can disagree.

use axum::http::HeaderMap;
use hmac::{Hmac, KeyInit, Mac};
use sha2::{Digest, Sha256};

/// The parts of a request that a signature covers.
pub(super) struct Signed<'a> {
    pub(super) method: &'a str,
    /// The path of the request line, still percent-encoded.
    pub(super) path: &'a str,
    /// The query of the request line, still percent-encoded, without the question mark.
    pub(super) query: &'a str,
    pub(super) headers: &'a HeaderMap,
    /// Lower-case names, in the order in which `SignedHeaders` lists them.
    pub(super) signed_headers: &'a [&'a str],
    /// Hex SHA-256 of the body, or what `x-amz-content-sha256` says instead.
    pub(super) payload_hash: &'a str,
}

impl Signed<'_> {
    /// The canonical request. Bytes, because a header's value need not be UTF-8.
    fn canonical_request(&self) -> Vec<u8> {
        let mut text = Vec::new();
        text.extend(format!("{}\n", self.method).bytes());
        text.extend(format!("{}\n", encode_path(self.path)).bytes());
        text.extend(format!("{}\n", sort_query(self.query)).bytes());
        for name in self.signed_headers {
            text.extend(name.bytes());
            text.push(b':');
            text.extend(header_value(self.headers, name));
            text.push(b'\n');
        }
        text.push(b'\n');
        text.extend(self.signed_headers.join(";").bytes());
        text.push(b'\n');
        text.extend(self.payload_hash.bytes());
        text
    }

    /// The signature as lower-case hex. `scope` is `DATE/REGION/SERVICE/aws4_request`.
    pub(super) fn signature(&self, secret: &str, timestamp: &str, scope: &str) -> String {
        let request = hex::encode(Sha256::digest(self.canonical_request()));
        let to_sign = format!("AWS4-HMAC-SHA256\n{timestamp}\n{scope}\n{request}");
        let key = scope
            .split('/')
            .fold(format!("AWS4{secret}").into_bytes(), |key, part| {
                hmac(&key, part.as_bytes())
            });
        hex::encode(hmac(&key, to_sign.as_bytes()))
    }
}

fn hmac(key: &[u8], text: &[u8]) -> Vec<u8> {
    let mut mac = Hmac::<Sha256>::new_from_slice(key).expect("HMAC takes a key of any length");
    mac.update(text);
    mac.finalize().into_bytes().to_vec()
}

/// Encodes a path that is already encoded once more, slashes aside. Every service but S3 signs the
/// path this way, so `%3A` on the wire is `%253A` in the canonical request.
fn encode_path(raw: &str) -> String {
    let mut encoded = String::with_capacity(raw.len());
    for byte in raw.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => {
                encoded.push(char::from(byte));
            }
            _ => encoded.push_str(&format!("%{byte:02X}")),
        }
    }
    if encoded.is_empty() {
        encoded.push('/');
    }
    encoded
}

fn sort_query(raw: &str) -> String {
    let mut pairs: Vec<(&str, &str)> = raw
        .split('&')
        .filter(|pair| !pair.is_empty())
        .map(|pair| pair.split_once('=').unwrap_or((pair, "")))
        .collect();
    pairs.sort_unstable();
    let pairs: Vec<String> = pairs
        .into_iter()
        .map(|(name, value)| format!("{name}={value}"))
        .collect();
    pairs.join("&")
}

/// The values of a header joined by commas, trimmed, with runs of spaces made one.
fn header_value(headers: &HeaderMap, name: &str) -> Vec<u8> {
    let values: Vec<Vec<u8>> = headers
        .get_all(name)
        .iter()
        .map(|value| {
            let words: Vec<&[u8]> = value
                .as_bytes()
                .split(|byte| *byte == b' ')
                .filter(|word| !word.is_empty())
                .collect();
            words.join(&b' ')
        })
        .collect();
    values.join(&b',')
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The key pair, date and scope of AWS's own signature test suite.
    const SECRET: &str = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";
    const TIMESTAMP: &str = "20150830T123600Z";
    const SCOPE: &str = "20150830/us-east-1/service/aws4_request";
    const EMPTY: &str = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

    fn headers() -> HeaderMap {
        let mut headers = HeaderMap::new();
        headers.insert("host", "example.amazonaws.com".parse().unwrap());
        headers.insert("x-amz-date", TIMESTAMP.parse().unwrap());
        headers
    }

    fn vanilla<'a>(headers: &'a HeaderMap, query: &'a str) -> Signed<'a> {
        Signed {
            method: "GET",
            path: "/",
            query,
            headers,
            signed_headers: &["host", "x-amz-date"],
            payload_hash: EMPTY,
        }
    }

    #[test]
    fn the_vanilla_request_of_the_test_suite_has_its_published_signature() {
        let headers = headers();
        assert_eq!(
            vanilla(&headers, "").signature(SECRET, TIMESTAMP, SCOPE),
            "5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31"
        );
    }

    #[test]
    fn query_parameters_are_sorted_as_in_the_test_suite() {
        let headers = headers();
        assert_eq!(
            vanilla(&headers, "Param2=value2&Param1=value1").signature(SECRET, TIMESTAMP, SCOPE),
            "b97d918cfa904a5beff61c982a1b6f458b799221646efd99d3219ec94cdf2500"
        );
    }

    #[test]
    fn an_encoded_path_is_encoded_once_more() {
        assert_eq!(
            encode_path("/model/a.b-v1%3A0/converse"),
            "/model/a.b-v1%253A0/converse"
        );
        assert_eq!(encode_path("/a:b"), "/a%3Ab");
        assert_eq!(encode_path(""), "/");
    }

    #[test]
    fn header_values_are_trimmed_and_joined() {
        let mut headers = HeaderMap::new();
        headers.append("my-header1", " value4   value1 ".parse().unwrap());
        headers.append("my-header1", "value3".parse().unwrap());
        assert_eq!(
            header_value(&headers, "my-header1"),
            b"value4 value1,value3"
        );
    }
}
