//! What a person can do about an error.

use std::fmt::Write;

use outcrop_transport::Hint;

use crate::refusals::refusals;
use crate::support::{NOVA, Script, Server, body, client, nobody, refusal};

#[tokio::test]
async fn the_usual_errors_say_what_to_do() {
    let mut page = String::new();
    for (status, code, _, message) in refusals() {
        let server = Server::start(Script::refusal(status, code, message)).await;
        write(&mut page, &client(server.endpoint())).await;
    }
    let later = [("retry-after", "3600")];
    let server = Server::start(Script::response(503, &later, "")).await;
    write(&mut page, &client(server.endpoint())).await;
    let html = [("content-type", "text/html")];
    let server = Server::start(Script::response(200, &html, "")).await;
    write(&mut page, &client(server.endpoint())).await;
    write(&mut page, &client(nobody().await)).await;
    insta::assert_snapshot!(page);
}

async fn write(page: &mut String, client: &outcrop_transport::Client) {
    let error = refusal(client).await;
    writeln!(page, "{}: {}", error.kind().as_str(), error.message()).unwrap();
    for hint in error.hints() {
        writeln!(page, "  {hint}").unwrap();
    }
}

#[tokio::test]
async fn a_whole_answer_that_was_lost_is_not_asked_for_lightly() {
    let server = Server::start(Script::nothing()).await;
    let client = client(server.endpoint());
    let unary = client.call(NOVA, body("Hello.")).await.unwrap_err();
    assert_eq!(unary.hints(), [Hint::CheckNetwork, Hint::UseStream]);
    let streaming = refusal(&client).await;
    assert_eq!(streaming.hints(), [Hint::CheckNetwork]);
}

#[tokio::test]
async fn of_another_server_nothing_is_said_that_is_known_of_the_service() {
    let bodies = [
        "",
        "<html>No.</html>",
        r#"{"message":"No."}"#,
        r#"{"detail":"No."}"#,
    ];
    for status in [400, 401, 403, 404, 405, 407, 413, 418, 429, 500, 502, 503] {
        for text in bodies {
            let server = Server::start(Script::response(status, &[], text)).await;
            let hints = refusal(&client(server.endpoint())).await.hints();
            let expected = match status {
                407 => Hint::AuthenticateToProxy,
                _ => Hint::CheckEndpoint,
            };
            assert_eq!(hints, [expected], "{status} {text}");
        }
    }
    // The gateway of the service may leave the code out, but not its words.
    let text = r#"{"Message":"Authentication failed: Please make sure your API Key is valid."}"#;
    let server = Server::start(Script::response(403, &[], text)).await;
    let hints = refusal(&client(server.endpoint())).await.hints();
    assert_eq!(hints, [Hint::CheckIdentity]);
}
