//! Which service and operation a request line is for.

/// The services that share the port.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Service {
    Bedrock,
    Sts,
}

impl Service {
    /// The service's name in the scope of a signature (botocore service model).
    pub(crate) fn signing_name(self) -> &'static str {
        match self {
            Self::Bedrock => "bedrock",
            Self::Sts => "sts",
        }
    }
}

/// What a request line asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Route {
    /// `POST /model/{id}/converse` or `/converse-stream`.
    Converse {
        /// The identifier with its percent-encoding removed.
        model_id: String,
        streaming: bool,
    },
    /// `POST /`: the Query protocol, whose action stands in the body.
    Sts,
    /// Nothing that the emulator offers.
    Unknown,
}

impl Route {
    /// Reads a request line. `path` is still percent-encoded: a slash inside an ARN travels as
    /// `%2F` and is no separator.
    pub(crate) fn of(method: &str, path: &str) -> Self {
        if method != "POST" {
            return Self::Unknown;
        }
        let segments: Vec<&str> = path.split('/').skip(1).collect();
        match segments[..] {
            [""] => Self::Sts,
            ["model", id, action @ ("converse" | "converse-stream")] => match decode(id) {
                Some(model_id) => Self::Converse {
                    model_id,
                    streaming: action == "converse-stream",
                },
                None => Self::Unknown,
            },
            _ => Self::Unknown,
        }
    }

    pub(crate) fn service(&self) -> Service {
        match self {
            Self::Sts => Service::Sts,
            Self::Converse { .. } | Self::Unknown => Service::Bedrock,
        }
    }
}

/// Removes percent-encoding, or `None` when the result would not be UTF-8 or an escape is cut off.
pub(crate) fn decode(text: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let [byte, tail @ ..] = rest {
        if *byte == b'%' {
            let [high, low, after @ ..] = tail else {
                return None;
            };
            bytes.push(hex_digit(*high)? * 16 + hex_digit(*low)?);
            rest = after;
        } else {
            bytes.push(*byte);
            rest = tail;
        }
    }
    String::from_utf8(bytes).ok()
}

fn hex_digit(byte: u8) -> Option<u8> {
    char::from(byte)
        .to_digit(16)
        .and_then(|digit| u8::try_from(digit).ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_encoded_slash_belongs_to_the_identifier() {
        let path =
            "/model/arn%3Aaws%3Abedrock%3Aus-east-1%3A1%3Ainference-profile%2Fus.a.b/converse";
        let Route::Converse {
            model_id,
            streaming,
        } = Route::of("POST", path)
        else {
            panic!("a Converse route");
        };
        assert_eq!(
            model_id,
            "arn:aws:bedrock:us-east-1:1:inference-profile/us.a.b"
        );
        assert!(!streaming);
    }

    #[test]
    fn other_paths_and_methods_are_unknown() {
        for (method, path) in [
            ("GET", "/model/a/converse"),
            ("POST", "/model/a/b/converse"),
            ("POST", "/model/a/invoke"),
            ("POST", "/model/%zz/converse"),
            ("POST", "/model/%ff/converse"),
            ("POST", "/model/a%2/converse"),
            ("GET", "/"),
        ] {
            assert_eq!(Route::of(method, path), Route::Unknown, "{method} {path}");
        }
        assert_eq!(Route::of("POST", "/"), Route::Sts);
    }
}
