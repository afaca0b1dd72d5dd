//! The folder of conversations at the emulator, which judges them by rules of its own: what is
//! prepared is accepted, and what is not sent would have been refused.

use std::fs;
use std::io::{Read, Write};
use std::net::TcpStream;
use std::path::Path;

use outcrop::{Adjustment, Conversation};
use outcrop_emulator::BEARER_TOKEN;

use crate::support::{emulator, model, offline};

const MODEL: &str = "global.anthropic.claude-sonnet-4-5-20250929-v1:0";

fn conversations(folder: &str) -> Vec<(String, String)> {
    let folder = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../outcrop-converse/tests/conversations/"
    )
    .to_owned()
        + folder;
    let mut found = Vec::new();
    for entry in fs::read_dir(Path::new(&folder)).expect("the folder") {
        let path = entry.expect("a file").path();
        let name = path.file_stem().expect("a name").to_string_lossy();
        found.push((name.into_owned(), fs::read_to_string(&path).expect("text")));
    }
    assert!(found.len() >= 20, "{} conversations", found.len());
    found
}

#[tokio::test]
async fn what_is_prepared_is_accepted() {
    let emulator = emulator().await;
    let yaml = format!(
        "models:\n  m:\n    provider: amazon-bedrock\n    model: {MODEL}\n    provider_opts:\n      region: us-east-1\n"
    );
    let model = model(&yaml);
    let client = model
        .connect(&offline(&model, &emulator))
        .await
        .expect("a client");
    let mut wrong = Vec::new();
    for (name, text) in conversations("sendable") {
        let conversation: Conversation = serde_json::from_str(&text).expect(&name);
        let prepared = client.prepare(&conversation).expect(&name);
        let foreseen = prepared
            .adjustments
            .iter()
            .any(Adjustment::predicts_refusal);
        match client.call_prepared(prepared).await {
            Err(error) if !foreseen => wrong.push(format!("{name}: {}", error.message())),
            _ => {}
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

/// Sends a body as it is, and says with which status it is answered.
fn status_of(endpoint: &str, body: &str) -> u16 {
    let address = endpoint.strip_prefix("http://").expect("plain HTTP");
    let mut stream = TcpStream::connect(address).expect("the emulator");
    let head = format!(
        "POST /model/{}/converse HTTP/1.1\r\nhost: {address}\r\nauthorization: Bearer {BEARER_TOKEN}\r\n\
         content-type: application/json\r\ncontent-length: {}\r\nconnection: close\r\n\r\n",
        MODEL.replace(':', "%3A"),
        body.len()
    );
    stream.write_all(head.as_bytes()).expect("a reader");
    stream.write_all(body.as_bytes()).expect("a reader");
    let mut answer = String::new();
    stream.read_to_string(&mut answer).expect("an answer");
    let status = answer.split(' ').nth(1).expect("a status");
    status.parse().expect("a number")
}

/// The sizes of images are not looked at by the emulator; their limit is the API reference's.
const NOT_JUDGED: [&str; 1] = ["image_too_wide"];

#[tokio::test]
async fn what_is_not_sent_would_have_been_refused() {
    let emulator = emulator().await;
    let mut accepted = Vec::new();
    for (name, text) in conversations("refused") {
        // Blank text and messages of one role are mended, so that they are not the reason here.
        let body = match text.trim_start().starts_with('[') {
            true => format!(r#"{{"messages":{text}}}"#),
            false => text,
        };
        let endpoint = emulator.endpoint();
        let status = tokio::task::spawn_blocking(move || status_of(&endpoint, &body));
        if status.await.expect("a status") == 200 {
            accepted.push(name);
        }
    }
    assert_eq!(accepted, NOT_JUDGED);
}
