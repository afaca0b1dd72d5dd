//! Servers that say nothing more. The timeouts are short and what is asserted is the kind; no test
//! says how long anything took.

use std::time::Duration;

use outcrop_transport::ErrorKind::Stalled;
use outcrop_transport::{Client, ClientConfig};

use crate::support::{
    NOVA, Script, Server, beginning, body, config, drain, event, exception, metadata, open,
    refusal, stop,
};

fn impatient(server: &Server) -> Client {
    Client::new(ClientConfig {
        connect_timeout: Duration::from_millis(100),
        idle_timeout: Duration::from_millis(100),
        ..config(server.endpoint())
    })
}

#[tokio::test]
async fn a_stream_that_falls_silent_has_stalled() {
    let server = Server::start(Script::stream(&beginning()).silence()).await;
    let client = impatient(&server);

    let mut stream = client.stream(NOVA, body("Hello.")).await.unwrap();
    let (events, error) = drain(&mut stream).await;
    let error = error.unwrap();

    assert_eq!(events.len(), 4);
    assert_eq!(error.kind(), Stalled);
    assert_eq!(error.message(), "nothing of the answer came for 100ms");
    assert_eq!(error.request_id(), Some("r-1"));
    assert!(stream.next().await.unwrap().is_none());
    assert_eq!(server.requests().len(), 1);
}

#[tokio::test]
async fn a_stalled_answer_is_kept_as_far_as_it_came() {
    let server = Server::start(Script::stream(&beginning()).silence()).await;
    let stream = impatient(&server).stream(NOVA, body("Hello.")).await;
    let error = stream.unwrap().finish().await.unwrap_err();
    assert_eq!(error.kind(), Stalled);
    assert_eq!(error.partial_message().unwrap().text(), "One two three");
}

#[tokio::test]
async fn an_answer_that_is_complete_does_not_wait_for_its_connection_to_end() {
    for frames in [
        [beginning(), stop()].concat(),
        [beginning(), stop(), metadata()].concat(),
    ] {
        let server = Server::start(Script::stream(&frames).silence()).await;
        let stream = impatient(&server).stream(NOVA, body("Hello.")).await;
        let response = stream.unwrap().finish().await.unwrap();
        assert_eq!(response.output.message.text(), "One two three");
    }
}

#[tokio::test]
async fn a_patient_caller_gets_a_complete_answer_soon_too() {
    let frames = [beginning(), stop(), metadata()].concat();
    let server = Server::start(Script::stream(&frames).silence()).await;
    let answer = open(&server).await.finish();
    // The idle timeout is twice this.
    let answer = tokio::time::timeout(Duration::from_secs(30), answer).await;
    assert!(answer.unwrap().unwrap().usage.is_some());
}

#[tokio::test]
async fn a_server_that_never_answers_has_stalled() {
    let server = Server::start(Script::nothing().silence()).await;
    let error = refusal(&impatient(&server)).await;
    assert_eq!(error.kind(), Stalled);
    assert_eq!(error.message(), "no answer began within 200ms");
    server.left().await;
    assert_eq!(server.requests().len(), 1);
}

#[tokio::test]
async fn a_whole_answer_that_falls_silent_has_stalled() {
    let script = Script::chunked("application/json", br#"{"output":"#).silence();
    let server = Server::start(script).await;
    let answer = impatient(&server).call(NOVA, body("Hello.")).await;
    let error = answer.unwrap_err();
    assert_eq!(error.kind(), Stalled);
    assert_eq!(error.request_id(), Some("r-1"));
}

#[tokio::test]
async fn frames_without_meaning_hold_up_nothing() {
    let pulse = event("keepAlive", "{}");
    let start = event("messageStart", r#"{"role":"assistant"}"#);
    for (frames, is_answer) in [
        (start, false),
        ([beginning(), stop()].concat(), true),
        ([beginning(), stop(), metadata()].concat(), true),
    ] {
        let server = Server::start(Script::stream(&frames).repeating(&pulse)).await;
        let outcome = match impatient(&server).stream(NOVA, body("Hello.")).await {
            Ok(stream) => stream.finish().await,
            Err(error) => Err(error),
        };
        match outcome {
            Ok(response) => {
                assert!(is_answer);
                assert_eq!(response.output.message.text(), "One two three");
            }
            // Frames came all the while.
            Err(error) => {
                assert!(!is_answer && error.kind() == Stalled, "{error:?}");
                assert_eq!(error.message(), "nothing of the answer came for 100ms");
            }
        }
    }
}

#[tokio::test]
async fn nothing_behind_the_stop_costs_the_answer() {
    let mut damaged = metadata();
    damaged[20] ^= 1;
    let unreadable = event("metadata", r#"{"usage":{"inputTokens":"x"}}"#);
    let another = [beginning(), stop(), metadata()].concat();
    for (more, has_usage) in [
        (damaged, false),
        (unreadable, false),
        (exception("internalServerException", "{}"), false),
        (another, true),
    ] {
        let frames = [beginning(), stop(), more].concat();
        for script in [Script::stream(&frames).end(), Script::stream(&frames)] {
            let server = Server::start(script).await;
            let response = open(&server).await.finish().await.unwrap();
            assert_eq!(response.output.message.text(), "One two three");
            assert_eq!(response.usage.is_some(), has_usage);
        }
    }
}

#[tokio::test]
async fn a_whole_answer_is_not_lost_for_its_usage() {
    let json = r#"{"output":{"message":{"role":"assistant","content":[{"text":"Paid."}]}},"stopReason":"end_turn","usage":{"inputTokens":"many"}}"#;
    let headers = [("content-type", "application/json")];
    let server = Server::start(Script::response(200, &headers, json)).await;
    let response = impatient(&server).call(NOVA, body("Hello.")).await.unwrap();
    assert_eq!(response.output.message.text(), "Paid.");
    assert!(response.usage.is_none());
}
