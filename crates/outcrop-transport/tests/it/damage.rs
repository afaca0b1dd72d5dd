//! Streams that break off or are damaged: never a short success.

use outcrop_transport::ErrorKind::{InvalidResponse, StreamInterrupted};
use outcrop_transport::{Error, ErrorKind};

use crate::support::{
    NOVA, Script, Server, answer, beginning, body, client, delta, drain, event, finish, metadata,
    open, stop,
};

const ENDED: &str = "the stream ended before the answer was complete";
const BROKE: &str = "the connection broke before the answer was complete";
const DAMAGED: &str = "the event stream is damaged";

/// Asserts that a stream gives "One two three" and then this error, by `next` and by `finish`.
async fn check(script: Script, kind: ErrorKind, message: &str) {
    let server = Server::start(script).await;
    let mut stream = open(&server).await;
    let (events, error) = drain(&mut stream).await;
    assert_eq!(events.len(), 4, "{message}");
    assert!(stream.next().await.unwrap().is_none());
    let finished = finish(&server).await.unwrap_err();
    let partial = finished.partial_message().unwrap();
    assert_eq!(partial.text(), "One two three");
    for error in [&error.unwrap(), &finished] {
        assert_eq!(error.kind(), kind, "{error:?}");
        assert_eq!(error.message(), message);
        assert_eq!(error.code(), None);
        assert_eq!(error.request_id(), Some("r-1"));
    }
}

#[tokio::test]
async fn an_end_without_a_stop_is_an_error() {
    check(Script::stream(&beginning()).end(), StreamInterrupted, ENDED).await;
    let frames = [beginning(), metadata()].concat();
    let server = Server::start(Script::stream(&frames).end()).await;
    let error = finish(&server).await.unwrap_err();
    assert_eq!(error.message(), ENDED);
}

#[tokio::test]
async fn a_stream_without_any_event_is_an_error() {
    let server = Server::start(Script::stream(b"").end()).await;
    let error = finish(&server).await.unwrap_err();
    assert_eq!(error.kind(), StreamInterrupted);
    assert!(error.partial_message().is_none());
}

#[tokio::test]
async fn an_end_inside_a_frame_is_an_error() {
    let frame = delta(" four");
    for length in [1, 11, 12, frame.len() - 1] {
        let frames = [beginning(), frame[..length].to_vec()].concat();
        check(Script::stream(&frames).end(), StreamInterrupted, ENDED).await;
    }
}

#[tokio::test]
async fn a_wrong_checksum_is_an_error() {
    let length = delta(" four").len();
    // In the lengths, in the payload, and in the checksum at the end.
    for place in [3, length - 10, length - 1] {
        let mut frame = delta(" four");
        frame[place] ^= 1;
        let frames = [beginning(), frame, stop()].concat();
        check(Script::stream(&frames).end(), StreamInterrupted, DAMAGED).await;
    }
}

#[tokio::test]
async fn bytes_that_are_no_frames_are_an_error() {
    let text = b"event: message\ndata: {}\n\n".to_vec();
    let frames = [beginning(), text].concat();
    check(Script::stream(&frames).end(), StreamInterrupted, DAMAGED).await;
}

#[tokio::test]
async fn a_payload_that_cannot_be_read_is_an_error() {
    let frames = [beginning(), event("messageStop", r#"{"stopReason":"#)].concat();
    let message = "the payload of `messageStop` cannot be read";
    check(Script::stream(&frames).end(), InvalidResponse, message).await;
}

#[tokio::test]
async fn a_connection_that_closes_in_the_middle_is_an_error() {
    check(Script::stream(&beginning()), StreamInterrupted, BROKE).await;
}

#[tokio::test]
async fn a_connection_that_is_reset_in_the_middle_is_an_error() {
    let script = Script::stream(&beginning()).reset_in_chunk(&delta(" four")[..20]);
    let server = Server::start(script).await;
    let error = finish(&server).await.unwrap_err();
    assert_eq!(error.kind(), StreamInterrupted);
    assert_eq!(error.message(), BROKE);
    // A reset may overtake what was sent before it, so that nothing is said about the message.
}

#[tokio::test]
async fn usage_may_be_missing_or_come_before_the_stop() {
    let early = [beginning(), metadata(), stop()].concat();
    let server = Server::start(Script::stream(&early).end()).await;
    let response = finish(&server).await.unwrap();
    assert_eq!(response.usage.unwrap().output_tokens, 5);

    let missing = [beginning(), stop()].concat();
    let server = Server::start(Script::stream(&missing).end()).await;
    let response = finish(&server).await.unwrap();
    assert_eq!(response.usage, None);
    assert_eq!(response.output.message.text(), "One two three");
}

#[tokio::test]
async fn what_breaks_after_the_stop_takes_nothing_from_the_answer() {
    let complete = [beginning(), stop()].concat();
    let cut = [complete.clone(), metadata()[..30].to_vec()].concat();
    for script in [
        Script::stream(&complete),
        Script::stream(&cut),
        Script::stream(&cut).end(),
    ] {
        let server = Server::start(script).await;
        let response = finish(&server).await.unwrap();
        assert_eq!(response.output.message.text(), "One two three");
    }
}

#[tokio::test]
async fn a_whole_answer_that_breaks_off_is_an_error() {
    let text = r#"{"output":{"message":{"role":"assistant","#;
    let server = Server::start(Script::chunked("application/json", text.as_bytes())).await;
    let client = client(server.endpoint());
    let error: Error = client.call(NOVA, body("Hello.")).await.unwrap_err();
    assert_eq!(error.kind(), StreamInterrupted);
    assert_eq!(error.message(), BROKE);
    assert_eq!(error.request_id(), Some("r-1"));
}

#[tokio::test]
async fn events_that_are_not_known_are_passed_over() {
    let unknown = event("somethingNew", r#"{"x":1}"#);
    let frames = [unknown.clone(), answer(), unknown].concat();
    let server = Server::start(Script::stream(&frames).end()).await;
    let (events, error) = drain(&mut open(&server).await).await;
    assert_eq!(events.len(), 7);
    assert!(error.is_none());
}
