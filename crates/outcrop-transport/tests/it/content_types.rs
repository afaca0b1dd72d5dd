//! Answers of status 200 that are not the service's.

use outcrop_transport::{Error, ErrorKind};

use crate::support::{NOVA, Script, Server, answer, body, client, facts, refusal};

const STREAM: &str = "application/vnd.amazon.eventstream";

async fn call(script: Script) -> Result<(), Error> {
    let server = Server::start(script).await;
    let client = client(server.endpoint());
    client.call(NOVA, body("Hello.")).await.map(drop)
}

#[track_caller]
fn check(error: &Error, message: &str) {
    assert_eq!(facts(error), (ErrorKind::InvalidResponse, None, message));
    assert_eq!(error.request_id(), Some("r-1"));
}

#[tokio::test]
async fn a_stream_of_another_type_is_refused_by_its_name() {
    let others = [
        ("text/html; charset=utf-8", "<html>Sign in</html>"),
        ("text/event-stream", "data: {}\n\n"),
        ("application/json", r#"{"output":{}}"#),
    ];
    for (content_type, text) in others {
        let headers = [("content-type", content_type)];
        let server = Server::start(Script::response(200, &headers, text)).await;
        let error = refusal(&client(server.endpoint())).await;
        let message = format!("the server answered with {content_type} where {STREAM} belongs");
        check(&error, &message);
        assert_eq!(server.requests().len(), 1);
    }
}

#[tokio::test]
async fn a_stream_without_a_type_is_refused() {
    let server = Server::start(Script::response(200, &[], "")).await;
    let error = refusal(&client(server.endpoint())).await;
    let message = format!("the server answered with nothing where {STREAM} belongs");
    check(&error, &message);
}

#[tokio::test]
async fn a_type_may_have_parameters_and_capitals() {
    let content_type = "Application/VND.Amazon.EventStream; charset=utf-8";
    let server = Server::start(Script::chunked(content_type, &answer()).end()).await;
    let client = client(server.endpoint());
    let stream = client.stream(NOVA, body("Hello.")).await.unwrap();
    stream.finish().await.unwrap();
}

#[tokio::test]
async fn a_whole_answer_of_another_type_is_refused() {
    let html = Script::response(200, &[("content-type", "text/html")], "<html></html>");
    let error = call(html).await.unwrap_err();
    let message = "the server answered with text/html where application/json belongs";
    check(&error, message);

    let error = call(Script::stream(&answer()).end()).await.unwrap_err();
    let message = format!("the server answered with {STREAM} where application/json belongs");
    check(&error, &message);
}

#[tokio::test]
async fn json_that_is_no_response_is_refused() {
    let others = [
        "",
        "{}",
        "[]",
        r#"{"Output":{"__type":"com.amazon.coral.service#UnknownOperationException"}}"#,
        r#"{"choices":[{"message":{"content":"Hello."}}]}"#,
        r#"{"output":{"message":{"role":"assistant","content":[]}},"stopRea"#,
    ];
    for text in others {
        let headers = [("content-type", "application/json")];
        let error = call(Script::response(200, &headers, text))
            .await
            .unwrap_err();
        check(&error, "the answer is not a Converse response");
    }
}
