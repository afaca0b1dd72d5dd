//! Exceptions inside a stream: the kinds of the same failures with a status, and no event after.

use outcrop_transport::ErrorKind::*;

use crate::refusals::refusals;
use crate::support::{
    Script, Server, begin, beginning, delta, drain, error_frame, event, exception, facts, finish,
    open, stop,
};

/// The exceptions of ConverseStream as the stream spells them, their kind and text; the last three
/// are outside the model of the service.
const EXCEPTIONS: &str = "
internalServerException Overloaded: Internal error.
modelStreamErrorException StreamInterrupted: The model broke off.
modelTimeoutException Timeout: Too slow.
serviceUnavailableException Overloaded: At capacity.
throttlingException Throttled: Too many tokens, please wait before trying again.
throttlingException DailyQuota: Too many tokens per day, please wait before trying again.
validationException InvalidRequest: No.
validationException ContextOverflow: The model returned the following errors: prompt is too long
accessDeniedException AccessDenied: No.
expiredTokenException CredentialsExpired: The security token included in the request is expired
somethingNewException StreamInterrupted: No.
";

#[tokio::test]
async fn every_exception_has_its_kind_before_and_after_content() {
    for line in EXCEPTIONS.lines().filter(|line| !line.is_empty()) {
        let (row, message) = line.split_once(": ").unwrap();
        let (name, kind) = row.split_once(' ').unwrap();
        let frame = exception(name, &format!(r#"{{"message":"{message}","p":"ab"}}"#));
        let start = event("messageStart", r#"{"role":"assistant"}"#);
        // What comes before the first content is given to nobody.
        for (before, count) in [(Vec::new(), 0), (start, 0), (beginning(), 4)] {
            let frames = [before, frame.clone()].concat();
            let server = Server::start(Script::stream(&frames).end()).await;
            let (events, error) = match begin(&server).await {
                Ok(mut stream) => drain(&mut stream).await,
                Err(error) => (Vec::new(), Some(error)),
            };
            assert_eq!(events.len(), count, "{name}");
            let error = error.unwrap();
            assert_eq!(error.kind().as_str(), kind, "{line}");
            assert_eq!(error.message(), message);
            // Heads spell it with a capital, and so do callers.
            assert_eq!(&error.code().unwrap()[1..], &name[1..]);
            assert!(error.code().unwrap().starts_with(char::is_uppercase));
            assert_eq!(error.request_id(), Some("r-1"));
            assert_eq!(server.requests().len(), 1);
        }
    }
}

/// What the service says in the head of a response, said inside a stream.
#[tokio::test]
async fn a_failure_has_the_same_kind_in_the_head_and_inside_the_stream() {
    let mut checked = 0;
    for (_, code, kind, message) in refusals() {
        // There is no status inside a stream to judge these by.
        if ["SomethingNewException", "RequestEntityTooLargeException"].contains(&code) {
            continue;
        }
        let (first, rest) = code.split_at(1);
        let name = first.to_ascii_lowercase() + rest;
        let payload = serde_json::json!({ "message": message }).to_string();
        let frame = exception(&name, &payload);
        let server = Server::start(Script::stream(&frame).end()).await;
        let error = begin(&server).await.unwrap_err();
        assert_eq!(error.kind().as_str(), kind, "{code}: {message}");
        assert_eq!(error.message(), message);
        checked += 1;
    }
    assert!(checked > 40);
}

#[tokio::test]
async fn what_the_model_said_is_the_message_where_the_service_says_nothing() {
    for payload in [
        r#"{"message":"It broke.","originalStatusCode":400,"originalMessage":"No."}"#,
        r#"{"originalStatusCode":529,"originalMessage":"It broke."}"#,
    ] {
        let frame = exception("modelStreamErrorException", payload);
        let server = Server::start(Script::stream(&frame).end()).await;
        let error = begin(&server).await.unwrap_err();
        let code = Some("ModelStreamErrorException");
        assert_eq!(facts(&error), (StreamInterrupted, code, "It broke."));
    }
}

#[tokio::test]
async fn an_error_frame_gives_its_code_and_message() {
    for (code, kind) in [
        ("InternalFailure", Overloaded),
        ("ThrottlingException", Throttled),
        ("SomethingNew", StreamInterrupted),
    ] {
        let frames = [beginning(), error_frame(code, "It broke.")].concat();
        let server = Server::start(Script::stream(&frames).end()).await;
        let error = drain(&mut open(&server).await).await.1.unwrap();
        assert_eq!(facts(&error), (kind, Some(code), "It broke."));
    }
}

#[tokio::test]
async fn an_exception_without_words_is_its_code() {
    let frames = exception("throttlingException", "");
    let server = Server::start(Script::stream(&frames).end()).await;
    let error = begin(&server).await.unwrap_err();
    assert_eq!(error.kind(), Throttled);
    assert_eq!(error.to_string(), "ThrottlingException");
}

#[tokio::test]
async fn nothing_comes_after_an_exception() {
    let frames = [
        beginning(),
        exception("throttlingException", "{}"),
        delta("More"),
        stop(),
    ];
    let server = Server::start(Script::stream(&frames.concat()).end()).await;
    let mut stream = open(&server).await;
    assert!(drain(&mut stream).await.1.is_some());
    assert!(stream.next().await.unwrap().is_none());
    let error = stream.finish().await.unwrap_err();
    assert_eq!(error.kind(), StreamInterrupted);
    assert!(error.partial_message().is_none());
}

#[tokio::test]
async fn what_had_come_goes_with_the_error() {
    let frames = [beginning(), exception("modelTimeoutException", "{}")].concat();
    let server = Server::start(Script::stream(&frames).end()).await;
    let error = finish(&server).await.unwrap_err();
    assert_eq!(error.kind(), Timeout);
    assert_eq!(error.request_id(), Some("r-1"));
    assert_eq!(error.partial_message().unwrap().text(), "One two three");
}

#[tokio::test]
async fn nothing_goes_with_the_error_when_nothing_had_come() {
    let start = event("messageStart", r#"{"role":"assistant"}"#);
    let frames = [start, exception("modelTimeoutException", "{}")].concat();
    let server = Server::start(Script::stream(&frames).end()).await;
    let error = finish(&server).await.unwrap_err();
    assert!(error.partial_message().is_none());
}
