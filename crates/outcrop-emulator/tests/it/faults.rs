//! What a script makes go wrong.

use outcrop_emulator::{BEARER_TOKEN, Emulator, EmulatorConfig};
use serde_json::{Value, json};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

use crate::support::{Reply, SONNET_4_5, call, converse, encode, events, frames, hello};

async fn playing(script: &str) -> Emulator {
    let config = EmulatorConfig {
        script: script.parse().unwrap(),
        ..EmulatorConfig::default()
    };
    Emulator::start(config).await.unwrap()
}

async fn stream(emulator: &Emulator) -> Reply {
    call(emulator, SONNET_4_5, "converse-stream", &hello(json!({}))).await
}

/// Asks on a connection of its own, which is given back with the request sent.
async fn asked(emulator: &Emulator, operation: &str) -> TcpStream {
    let mut connection = TcpStream::connect(emulator.address()).await.unwrap();
    let body = hello(json!({})).to_string();
    let request = format!(
        "POST /model/{}/{operation} HTTP/1.1\r\nhost: localhost\r\n\
         authorization: Bearer {BEARER_TOKEN}\r\ncontent-length: {}\r\n\r\n{body}",
        encode(SONNET_4_5),
        body.len()
    );
    connection.write_all(request.as_bytes()).await.unwrap();
    connection
}

/// Reads until the connection breaks, and says what came before.
async fn until_reset(mut connection: TcpStream) -> String {
    let mut bytes = Vec::new();
    let error = connection.read_to_end(&mut bytes).await.unwrap_err();
    assert_eq!(error.kind(), std::io::ErrorKind::ConnectionReset);
    String::from_utf8_lossy(&bytes).into_owned()
}

#[tokio::test]
async fn a_throttled_call_says_of_what_there_was_too_much() {
    let emulator = playing(
        "- throttle:\n- throttle: tokens\n- throttle: { kind: daily, retry_after: 1500ms }",
    )
    .await;
    for (text, after) in [
        (
            "Too many requests, please wait before trying again. You have sent too many \
             requests. Wait before trying again.",
            "",
        ),
        ("Too many tokens, please wait before trying again.", ""),
        (
            "Too many tokens per day, please wait before trying again.",
            "1500",
        ),
    ] {
        let reply = stream(&emulator).await;
        reply.assert_refused(429, "ThrottlingException", text, text);
        assert_eq!(reply.header("x-amz-retry-after"), after);
    }
    assert_eq!(stream(&emulator).await.status, 200);
    let received = emulator.requests();
    let error_types: Vec<_> = received.iter().map(|it| it.error_type.as_deref()).collect();
    let throttled = Some("ThrottlingException");
    assert_eq!(error_types, [throttled, throttled, throttled, None]);
}

#[tokio::test]
async fn an_error_has_its_status_type_and_text() {
    let emulator =
        playing("- error: { status: 424, type: ModelErrorException, message: It broke. }").await;
    let reply = converse(&emulator, SONNET_4_5, &hello(json!({}))).await;
    reply.assert_refused(424, "ModelErrorException", "It broke.", "error");
}

#[tokio::test]
async fn a_page_of_a_proxy_is_html() {
    let emulator = playing(
        "- html:
- html: { status: 200, body: <p>Sign in</p> }
- html: { status: 403 }
- html: { status: 444 }",
    )
    .await;
    let reply = stream(&emulator).await;
    assert_eq!(
        (reply.status, reply.header("content-type")),
        (502, "text/html")
    );
    assert!(reply.text().starts_with("<html>"));
    assert_eq!(reply.header("x-amzn-requestid"), "");
    let reply = stream(&emulator).await;
    assert_eq!(
        (reply.status, reply.text().as_str()),
        (200, "<p>Sign in</p>")
    );
    for (status, title) in [(403, "403 Forbidden"), (444, "444")] {
        let reply = stream(&emulator).await;
        assert_eq!(reply.status, status);
        let page = format!("<html><body><h1>{title}</h1></body></html>\n");
        assert_eq!(reply.text(), page);
    }
}

#[tokio::test]
async fn an_exception_takes_the_place_of_an_event() {
    let entry = "
- answer: [{ text: One two three four five six. }]
  exception: { type: modelStreamErrorException, message: It broke., after_events: 2 }
";
    let emulator = playing(&entry.repeat(2)).await;
    let (frames, rest) = frames(&stream(&emulator).await);
    let kinds: Vec<(&str, &str)> = frames
        .iter()
        .map(|(kind, name, _)| (kind.as_str(), name.as_str()))
        .collect();
    assert_eq!(
        kinds,
        [
            ("event", "messageStart"),
            ("event", "contentBlockDelta"),
            ("exception", "modelStreamErrorException"),
        ]
    );
    assert_eq!(frames[2].2["message"], "It broke.");
    assert!(rest.is_empty());
    let unary = converse(&emulator, SONNET_4_5, &hello(json!({}))).await;
    unary.assert_refused(424, "ModelStreamErrorException", "It broke.", "unary");
}

#[tokio::test]
async fn a_cut_body_ends_as_if_it_were_complete() {
    let emulator = playing("- cut: { after_events: 3 }\n- cut: { after_bytes: 300 }\n- {}").await;
    let first = stream(&emulator).await;
    let (whole, rest) = frames(&first);
    assert_eq!((whole.len(), rest.len()), (3, 0));
    let second = stream(&emulator).await;
    assert_eq!(second.body.len(), 300);
    let (whole, rest) = frames(&second);
    assert!(whole.len() < 3 && !rest.is_empty());
    let complete = stream(&emulator).await;
    assert!(complete.body.starts_with(&first.body) && complete.body.starts_with(&second.body));

    let emulator = playing("- cut: { after_bytes: 20 }").await;
    let unary = converse(&emulator, SONNET_4_5, &hello(json!({}))).await;
    assert_eq!(unary.body.len(), 20);
    assert!(serde_json::from_slice::<Value>(&unary.body).is_err());
}

#[tokio::test]
async fn a_reset_connection_breaks_after_what_was_sent() {
    let emulator =
        playing("- reset:\n- reset: { after_events: 2 }\n- reset: { after_bytes: 5 }\n- reset:")
            .await;
    assert_eq!(
        until_reset(asked(&emulator, "converse-stream").await).await,
        ""
    );
    let came = until_reset(asked(&emulator, "converse-stream").await).await;
    assert!(came.starts_with("HTTP/1.1 200 OK"), "{came}");
    assert!(came.contains("contentBlockDelta"), "{came}");
    let came = until_reset(asked(&emulator, "converse").await).await;
    assert!(came.ends_with("\r\n5\r\n{\"met\r\n"), "{came}");
    assert_eq!(until_reset(asked(&emulator, "converse").await).await, "");
    let statuses: Vec<u16> = emulator.requests().iter().map(|it| it.status).collect();
    assert_eq!(statuses, [0, 200, 200, 0]);
}

#[tokio::test]
async fn a_stalled_answer_waits_for_as_long_as_the_emulator_runs() {
    let emulator = playing("- stall:\n- stall: { after_events: 1 }\n- {}").await;
    let silent = asked(&emulator, "converse-stream").await;
    let mut begun = asked(&emulator, "converse-stream").await;
    // What has come says that the second call is under way, and others are answered meanwhile.
    let mut bytes = Vec::new();
    while !String::from_utf8_lossy(&bytes).contains("assistant") {
        assert!(begun.read_buf(&mut bytes).await.unwrap() > 0);
    }
    assert!(!events(&stream(&emulator).await).is_empty());
    drop(emulator);
    assert_eq!(until_reset(silent).await, "");
    let rest = until_reset(begun).await;
    assert!(!rest.contains("contentBlockDelta"), "{rest}");
}

#[tokio::test]
async fn a_fault_that_cannot_happen_is_named() {
    for (script, problem) in [
        (
            "- { answer: [], cut: { after_events: 9 } }",
            "the fault comes after 9 events, and the answer has 3; write a smaller number",
        ),
        (
            "- { answer: [], cut: { after_events: 3 } }",
            "`cut` leaves nothing out: the whole answer comes before it",
        ),
    ] {
        let emulator = playing(script).await;
        let reply = stream(&emulator).await;
        let text = format!("Entry 1 of the emulator's script cannot be played: {problem}.");
        reply.assert_refused(400, "EmulatorScriptException", &text, script);
    }
}
