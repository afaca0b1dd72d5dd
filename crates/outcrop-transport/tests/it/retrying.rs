//! Retries: what is asked for again, how often, and what the caller sees of it.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use outcrop_transport::ErrorKind::*;
use outcrop_transport::{Client, ClientConfig, Error, RetryPolicy};

use crate::refusals::refusals;
use crate::support::{
    NOVA, Script, Server, answer, attempts, bearer, beginning, body, config, delta, drain, event,
    exception, metadata, nobody, refusal, stop,
};

/// A client that tries up to four times and does not wait for long.
fn patient(server: &Server) -> Client {
    Client::new(ClientConfig {
        retry: attempts(4),
        ..config(server.endpoint())
    })
}

fn whole() -> Script {
    Script::stream(&answer()).end()
}

fn start() -> Vec<u8> {
    event("messageStart", r#"{"role":"assistant"}"#)
}

/// What can go wrong before the first content and may go well the next time.
fn passing() -> Vec<Script> {
    let cut = delta("One")[..20].to_vec();
    let mut damaged = delta("One");
    *damaged.last_mut().unwrap() ^= 1;
    let mut scripts = vec![
        Script::refusal(408, "ModelTimeoutException", "Too slow."),
        Script::refusal(424, "ModelErrorException", "It failed."),
        Script::refusal(429, "ThrottlingException", "Too many requests."),
        Script::refusal(429, "ModelNotReadyException", "Not ready."),
        Script::refusal(500, "InternalServerException", "It broke."),
        Script::refusal(503, "ServiceUnavailableException", "At capacity."),
        Script::response(502, &[("content-type", "text/html")], "<html></html>"),
        Script::response(504, &[], ""),
        Script::nothing(),
        Script::stream(b"").end(),
        Script::stream(&start()).end(),
        Script::stream(&start()),
        Script::stream(&cut).end(),
        Script::stream(&[start(), cut].concat()),
        Script::stream(&[start(), damaged].concat()).end(),
        Script::stream(&start()).reset_in_chunk(b"abc"),
        Script::stream(&[start(), metadata()].concat()).end(),
    ];
    for name in [
        "internalServerException",
        "modelStreamErrorException",
        "modelTimeoutException",
        "serviceUnavailableException",
        "throttlingException",
    ] {
        let frame = exception(name, r#"{"message":"Not now."}"#);
        scripts.push(Script::stream(&frame).end());
        scripts.push(Script::stream(&[start(), frame].concat()).end());
    }
    scripts
}

#[tokio::test]
async fn what_fails_before_content_is_asked_for_again_and_given_out_once() {
    for (number, script) in passing().into_iter().enumerate() {
        let server = Server::start_with([script.clone(), script, whole()]).await;
        let client = patient(&server);
        let mut stream = client.stream(NOVA, body("Hello.")).await.unwrap();
        assert_eq!(stream.attempts(), 3, "{number}");
        let (events, error) = drain(&mut stream).await;
        assert!(error.is_none(), "{number}: {error:?}");
        let whole = Server::start(whole()).await;
        let mut expected = crate::support::open(&whole).await;
        assert_eq!(events, drain(&mut expected).await.0, "{number}");
        assert_eq!(server.requests().len(), 3, "{number}");
    }
}

#[tokio::test]
async fn every_attempt_sends_the_same_bytes() {
    let refusal = Script::refusal(503, "ServiceUnavailableException", "At capacity.");
    let server = Server::start_with([refusal.clone(), refusal, whole()]).await;
    let body = body("Hello.");
    let bytes = body.as_bytes().to_vec();
    patient(&server).stream(NOVA, body).await.unwrap();
    for request in server.requests() {
        assert_eq!(request.body, bytes);
    }
}

#[tokio::test]
async fn it_gives_up_after_the_last_attempt_and_says_how_many_there_were() {
    for script in passing() {
        let server = Server::start(script).await;
        let client = patient(&server);
        let error = client.stream(NOVA, body("Hello.")).await.unwrap_err();
        assert_eq!(error.attempts(), 4);
        assert_eq!(server.requests().len(), 4, "{error:?}");
    }
}

#[tokio::test]
async fn a_server_that_is_silent_is_asked_again() {
    for script in [
        Script::nothing().silence(),
        Script::stream(&start()).silence(),
    ] {
        let server = Server::start_with([script, whole()]).await;
        let client = Client::new(ClientConfig {
            connect_timeout: Duration::from_millis(100),
            idle_timeout: Duration::from_millis(100),
            retry: attempts(4),
            ..config(server.endpoint())
        });
        let stream = client.stream(NOVA, body("Hello.")).await.unwrap();
        assert_eq!(stream.attempts(), 2);
        server.left().await;
    }
}

#[tokio::test]
async fn nobody_is_called_again_too() {
    let client = Client::new(ClientConfig {
        retry: attempts(3),
        ..config(nobody().await)
    });
    let streaming = client.stream(NOVA, body("Hello.")).await.unwrap_err();
    let unary = client.call(NOVA, body("Hello.")).await.unwrap_err();
    for error in [streaming, unary] {
        assert_eq!((error.kind(), error.attempts()), (Connection, 3));
    }
}

#[tokio::test]
async fn what_will_not_pass_is_asked_for_once() {
    let mut lasting = 0;
    for (status, code, kind, message) in refusals() {
        let passes = [
            "Connection",
            "Overloaded",
            "Stalled",
            "StreamInterrupted",
            "Throttled",
            "Timeout",
        ]
        .contains(&kind);
        if passes {
            continue;
        }
        let server = Server::start(Script::refusal(status, code, message)).await;
        let client = patient(&server);
        let streaming = client.stream(NOVA, body("Hello.")).await.unwrap_err();
        assert_eq!(server.requests().len(), 1, "{code}: {message}");
        let unary = client.call(NOVA, body("Hello.")).await.unwrap_err();
        assert_eq!(server.requests().len(), 2, "{code}: {message}");
        assert_eq!((streaming.attempts(), unary.attempts()), (1, 1));
        lasting += 1;
    }
    assert!(lasting > 30);

    let html = Script::response(200, &[("content-type", "text/html")], "<html></html>");
    let daily = r#"{"message":"Too many tokens per day, please wait before trying again."}"#;
    for script in [
        html,
        Script::stream(&exception("throttlingException", daily)).end(),
        Script::stream(&exception("validationException", "{}")).end(),
        Script::stream(&event("messageStart", "[")).end(),
    ] {
        let server = Server::start(script).await;
        let client = patient(&server);
        let error = client.stream(NOVA, body("Hello.")).await.unwrap_err();
        assert_eq!(server.requests().len(), 1, "{error:?}");
    }
}

#[tokio::test]
async fn what_fails_after_content_is_not_asked_for_again() {
    let tool = r#"{"contentBlockIndex":0,"start":{"toolUse":{"toolUseId":"t","name":"n"}}}"#;
    let block = [start(), event("contentBlockStart", tool)].concat();
    for (content, count) in [(beginning(), 4), (block, 2)] {
        let throttled = exception("throttlingException", r#"{"message":"Not now."}"#);
        for script in [
            Script::stream(&content),
            Script::stream(&content).end(),
            Script::stream(&[content.clone(), throttled].concat()).end(),
        ] {
            let server = Server::start(script).await;
            let client = patient(&server);
            let mut stream = client.stream(NOVA, body("Hello.")).await.unwrap();
            let (events, error) = drain(&mut stream).await;
            assert_eq!(events.len(), count);
            assert!(error.unwrap().retryable());
            assert_eq!(server.requests().len(), 1);
        }
    }
}

#[tokio::test]
async fn an_answer_without_content_is_an_answer() {
    let server = Server::start(Script::stream(&[start(), stop(), metadata()].concat()).end()).await;
    let client = patient(&server);
    let mut stream = client.stream(NOVA, body("Hello.")).await.unwrap();
    assert_eq!(drain(&mut stream).await.0.len(), 3);
    assert_eq!(server.requests().len(), 1);
}

#[tokio::test]
async fn a_whole_answer_that_was_lost_is_not_paid_for_twice() {
    let half = r#"{"output":{"message":{"role":"assistant","#;
    for script in [
        Script::nothing(),
        Script::chunked("application/json", half.as_bytes()),
        Script::chunked("application/json", half.as_bytes()).reset_in_chunk(b"abc"),
        Script::chunked("application/json", half.as_bytes()).end(),
    ] {
        let server = Server::start(script).await;
        let client = patient(&server);
        let error = client.call(NOVA, body("Hello.")).await.unwrap_err();
        assert_eq!(error.attempts(), 1, "{error:?}");
        assert_eq!(server.requests().len(), 1, "{error:?}");
    }
}

#[tokio::test]
async fn a_whole_answer_that_was_refused_is_asked_for_again() {
    let json = [("content-type", "application/json")];
    let text = r#"{"output":{"message":{"role":"assistant","content":[{"text":"Hi."}]}},
        "stopReason":"end_turn"}"#;
    let server = Server::start_with([
        Script::refusal(503, "ServiceUnavailableException", "At capacity."),
        Script::refusal(429, "ThrottlingException", "Too many requests."),
        Script::response(200, &json, text),
    ])
    .await;
    let client = patient(&server);
    let response = client.call(NOVA, body("Hello.")).await.unwrap();
    assert_eq!(response.output.message.text(), "Hi.");
    assert_eq!(server.requests().len(), 3);
}

#[tokio::test]
async fn each_retry_is_told_before_its_pause() {
    let server = Server::start_with([
        Script::refusal(429, "ThrottlingException", "Too many requests."),
        Script::stream(&start()).end(),
        whole(),
    ])
    .await;
    let told = Arc::new(Mutex::new(Vec::new()));
    let heard = Arc::clone(&told);
    let client = patient(&server).on_retry(move |retry| {
        assert_eq!(retry.error.attempts() + 1, retry.next_attempt);
        assert!(retry.pause <= Duration::from_millis(2));
        let line = retry.to_string();
        let (_, line) = line.split_once(" ms ").unwrap();
        heard.lock().unwrap().push(line.to_owned());
    });
    client.stream(NOVA, body("Hello.")).await.unwrap();
    assert_eq!(
        *told.lock().unwrap(),
        [
            "(attempt 2 of 4): ThrottlingException: Too many requests.",
            "(attempt 3 of 4): the stream ended before the answer was \
             complete",
        ]
    );
}

#[tokio::test]
async fn the_pause_that_the_service_asks_for_is_kept() {
    for (header, value, pause) in [
        ("x-amz-retry-after", "30", Duration::from_millis(30)),
        ("retry-after", "1", Duration::from_secs(1)),
    ] {
        let body_text = r#"{"message":"Wait."}"#;
        let server = Server::start_with([
            Script::response(429, &[(header, value)], body_text),
            whole(),
        ])
        .await;
        let pauses = Arc::new(Mutex::new(Vec::new()));
        let heard = Arc::clone(&pauses);
        let client = patient(&server).on_retry(move |retry| {
            heard.lock().unwrap().push(retry.pause);
        });
        client.stream(NOVA, body("Hello.")).await.unwrap();
        assert_eq!(*pauses.lock().unwrap(), [pause]);
    }
}

#[tokio::test]
async fn a_pause_of_an_hour_is_not_waited_for() {
    let later = [("retry-after", "3600")];
    let server = Server::start(Script::response(503, &later, "")).await;
    let client = patient(&server);
    let error = client.stream(NOVA, body("Hello.")).await.unwrap_err();
    assert_eq!(server.requests().len(), 1);
    assert_eq!(error.retry_after(), Some(Duration::from_secs(3600)));
    assert!(error.hints().last().unwrap().to_string().contains("3600 s"));
}

#[tokio::test]
async fn a_call_that_is_dropped_while_it_waits_asks_nobody_again() {
    let server = Server::start(Script::refusal(429, "ThrottlingException", "No.")).await;
    let client = Client::new(ClientConfig {
        retry: RetryPolicy {
            base: Duration::from_secs(3600),
            longest_pause: Duration::from_secs(3600),
            ..attempts(4)
        },
        ..config(server.endpoint())
    });
    let (sender, mut told) = tokio::sync::mpsc::unbounded_channel();
    let client = client.on_retry(move |_| sender.send(()).unwrap());
    tokio::select! {
        ended = client.stream(NOVA, body("Hello.")) => panic!("{ended:?}"),
        _ = told.recv() => {}
    }
    assert_eq!(server.requests().len(), 1);
}

#[tokio::test]
async fn a_refusal_whose_text_does_not_end_is_judged_by_what_came() {
    let head = "HTTP/1.1 503 No\r\ncontent-length: 1000\r\n\
        x-amzn-errortype: ServiceUnavailableException\r\n\r\n{\"message\":";
    let server = Server::start(Script::raw(head).silence()).await;
    let client = Client::new(ClientConfig {
        idle_timeout: Duration::from_millis(100),
        ..config(server.endpoint())
    });
    let unary = client.call(NOVA, body("Hello.")).await.unwrap_err();
    let streaming = client.stream(NOVA, body("Hello.")).await.unwrap_err();
    for error in [unary, streaming] {
        assert_eq!(error.kind(), Overloaded);
        assert_eq!(error.code(), Some("ServiceUnavailableException"));
    }
}

#[tokio::test]
async fn a_refusal_without_end_is_not_read_to_its_end() {
    let head = "HTTP/1.1 502 No\r\ncontent-length: 99999999999\r\n\r\n";
    let server = Server::start(Script::raw(head).endless()).await;
    let client = patient(&server);
    let error: Error = client.call(NOVA, body("Hello.")).await.unwrap_err();
    assert_eq!(error.kind(), Overloaded);
    assert_eq!(server.requests().len(), 4);
}

#[tokio::test]
async fn no_retry_shows_an_identity() {
    let server = Server::start(Script::refusal(503, "X", "No.")).await;
    let client = Client::new(ClientConfig {
        identity: bearer("SECRET-token"),
        retry: attempts(2),
        ..config(server.endpoint())
    });
    let (sender, told) = std::sync::mpsc::channel();
    let client = client.on_retry(move |retry| sender.send(format!("{retry} {retry:?}")).unwrap());
    client.stream(NOVA, body("Hello.")).await.unwrap_err();
    let line = told.recv().unwrap();
    assert!(!line.contains("SECRET"), "{line}");
}

#[tokio::test]
async fn a_call_that_stalls_is_made_once_more() {
    let start = event("messageStart", r#"{"role":"assistant"}"#);
    for script in [
        Script::nothing().silence(),
        Script::stream(&start).silence(),
    ] {
        let server = Server::start(script).await;
        let client = Client::new(ClientConfig {
            connect_timeout: Duration::from_millis(50),
            idle_timeout: Duration::from_millis(50),
            retry: attempts(4),
            ..config(server.endpoint())
        });
        let told = Arc::new(Mutex::new(Vec::new()));
        let listener = Arc::clone(&told);
        let client = client.on_retry(move |retry| {
            let counted = (retry.next_attempt, retry.max_attempts);
            listener.lock().unwrap().push(counted);
        });
        let error = refusal(&client).await;
        assert_eq!((error.kind(), error.attempts()), (Stalled, 2));
        assert_eq!(server.requests().len(), 2);
        assert_eq!(*told.lock().unwrap(), [(2, 2)]);
    }
}
