//! No secret in anything that is printed.
//!
//! Every secret in these tests holds the word `SECRET`.

use std::error::Error as _;
use std::fmt::Write;

use outcrop_transport::{Client, ClientConfig, Error, Identity};

use crate::support::{
    NOVA, Script, Server, bearer, beginning, body, config, event, exception, keys, nobody,
};

fn identities() -> [Identity; 2] {
    let signed = keys("AKIAVISIBLE", "SECRET-key", Some("SECRET-session-token"));
    [bearer("SECRET-token"), signed]
}

/// An error in every form in which it can be printed, its causes included.
fn printed(error: &Error) -> String {
    let mut text = format!("{error} {error:?} {error:#?} {:?}", error.hints());
    let mut next = error.source();
    while let Some(cause) = next {
        write!(text, " {cause} {cause:?}").unwrap();
        next = cause.source();
    }
    text
}

#[track_caller]
fn check(text: &str) {
    assert!(!text.contains("SECRET"), "{text}");
}

#[tokio::test]
async fn no_client_shows_its_identity() {
    for identity in identities() {
        check(&format!("{identity:?} {identity:#?}"));
        let config = ClientConfig {
            identity,
            ..config("http://127.0.0.1:1")
        };
        check(&format!("{config:?} {config:#?}"));
        let client = Client::new(config);
        check(&format!("{client:?} {client:#?}"));
    }
}

/// A provider that prints what it holds, as any that derives `Debug` does.
#[derive(Debug)]
#[expect(dead_code, reason = "it is there to be printed")]
struct Talkative(&'static str);

impl aws_credential_types::provider::ProvideCredentials for Talkative {
    fn provide_credentials<'a>(
        &'a self,
    ) -> aws_credential_types::provider::future::ProvideCredentials<'a>
    where
        Self: 'a,
    {
        unimplemented!("it is never asked")
    }
}

#[test]
fn not_even_a_provider_that_prints_its_secret_is_heard() {
    let provider =
        aws_credential_types::provider::SharedCredentialsProvider::new(Talkative("SECRET"));
    let config = ClientConfig {
        identity: Identity::SigV4(provider),
        ..config("http://127.0.0.1:1")
    };
    check(&format!("{config:?}"));
    check(&format!("{:?}", Client::new(config)));
}

#[tokio::test]
async fn no_error_shows_an_identity() {
    let broken = [beginning(), exception("throttlingException", "{}")].concat();
    let mut endpoints = vec![nobody().await, "not an address".to_owned()];
    let mut servers = Vec::new();
    for script in [
        Script::nothing(),
        Script::refusal(403, "InvalidSignatureException", "It does not match."),
        Script::response(502, &[], "<html></html>"),
        Script::response(200, &[("content-type", "text/html")], "<html></html>"),
        Script::stream(&broken).end(),
        Script::stream(&beginning()),
        Script::chunked("application/json", b"{"),
    ] {
        let server = Server::start(script).await;
        endpoints.push(server.endpoint().to_owned());
        servers.push(server);
    }
    for endpoint in endpoints {
        for identity in identities() {
            let client = Client::new(ClientConfig {
                identity,
                ..config(&endpoint)
            });
            let streaming = match client.stream(NOVA, body("Hello.")).await {
                Ok(stream) => {
                    check(&format!("{stream:?}"));
                    stream.finish().await.unwrap_err()
                }
                Err(error) => error,
            };
            let unary = client.call(NOVA, body("Hello.")).await.unwrap_err();
            for error in [streaming, unary] {
                check(&printed(&error));
            }
        }
    }
    // The identity was there to be seen.
    assert!(servers.iter().any(|server| {
        let mut requests = server.requests().into_iter();
        requests.any(|request| request.head.contains("SECRET-token"))
    }));
}

/// Servers that send back what they were sent, in every place that an error is made of.
#[tokio::test]
async fn what_a_server_repeats_of_the_identity_is_not_shown() {
    let canonical = "It does not match.\n\nThe Canonical String for this request should have been\n\
        'POST\n/model/x\n\nx-amz-security-token:SECRET-session-token\n\nhost'\nBearer SECRET-token";
    let page = format!("<pre>{:190}SECRET-session-token SECRET-token</pre>", "");
    let page = page.replace("  ", "- ");
    let frames = |bytes: Vec<u8>| Script::stream(&bytes).end();
    let payload = serde_json::json!({ "message": canonical }).to_string();
    let mut hidden = 0;
    for script in [
        Script::refusal(403, "InvalidSignatureException", canonical),
        Script::refusal(403, "SECRET-token", "SECRET-session-token"),
        Script::response(502, &[("content-type", "text/html")], &page),
        Script::response(
            200,
            &[("content-type", "SECRET-session-token SECRET-token")],
            "",
        ),
        frames(exception("validationException", &payload)),
        frames([beginning(), exception("validationException", &payload)].concat()),
        frames(event(
            "contentBlockStop",
            r#"{"SECRET-token":1,"SECRET-token":1}"#,
        )),
        Script::chunked(
            "application/json",
            br#"{"output":"SECRET-session-token SECRET-token"}"#,
        ),
    ] {
        let server = Server::start(script).await;
        for identity in identities() {
            let client = Client::new(ClientConfig {
                identity,
                ..config(server.endpoint())
            });
            let streaming = match client.stream(NOVA, body("Hello.")).await {
                Ok(stream) => stream.finish().await.unwrap_err(),
                Err(error) => error,
            };
            let unary = client.call(NOVA, body("Hello.")).await.unwrap_err();
            for error in [streaming, unary] {
                let text = printed(&error);
                let own = if is_bearer(&server) {
                    "SECRET-token"
                } else {
                    "SECRET-session-token"
                };
                assert!(!text.contains(own), "{text}");
                assert!(!error.message().contains('\n'));
                hidden += usize::from(text.contains("[hidden]"));
            }
        }
    }
    assert!(hidden >= 16, "{hidden}");
}

/// Whether the last request of a server had a bearer token.
fn is_bearer(server: &Server) -> bool {
    let request = server.requests().pop().unwrap();
    request
        .header("authorization")
        .unwrap()
        .starts_with("Bearer")
}
