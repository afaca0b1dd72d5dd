//! The page about the emulator shows scripts that do what it says.

use outcrop_emulator::{Emulator, EmulatorConfig, Script};
use serde_json::json;

use crate::support::{OPUS_5, call, frames, hello};

fn page() -> String {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/emulator.md");
    std::fs::read_to_string(path).unwrap()
}

/// The YAML blocks of the page.
fn scripts() -> Vec<String> {
    let page = page();
    let blocks = page.split("```yaml\n").skip(1);
    blocks
        .map(|block| block.split("```").next().unwrap().to_owned())
        .collect()
}

#[tokio::test]
async fn its_example_plays_as_its_comments_say() {
    let config = EmulatorConfig {
        script: scripts()[0].parse().unwrap(),
        ..EmulatorConfig::default()
    };
    let emulator = Emulator::start(config).await.unwrap();
    let schema = json!({ "json": { "type": "object" } });
    let tool = json!({ "toolSpec": { "name": "temperature", "inputSchema": schema } });
    let body = hello(json!({ "toolConfig": { "tools": [tool] } }));
    let mut seen = Vec::new();
    for _ in 0..4 {
        let reply = call(&emulator, OPUS_5, "converse-stream", &body).await;
        let last = match reply.status {
            200 => frames(&reply).0.pop().unwrap().1,
            _ => reply.header("x-amz-retry-after").to_owned(),
        };
        seen.push((reply.status, last));
    }
    let seen: Vec<(u16, &str)> = seen
        .iter()
        .map(|(status, last)| (*status, last.as_str()))
        .collect();
    assert_eq!(
        seen,
        [
            (200, "metadata"),
            (429, "2000"),
            (200, "contentBlockDelta"),
            (200, "metadata"),
        ]
    );
}

/// The error of an unknown key lists the keys there are.
fn keys_in_error(script: &str) -> Vec<String> {
    let error = script.parse::<Script>().unwrap_err();
    let names = error.message().split_once("expected").unwrap().1;
    let names = names.split('`').skip(1).step_by(2);
    names.map(str::to_owned).collect()
}

#[test]
fn it_tells_of_every_key() {
    let page = page();
    let all = [
        keys_in_error("- none: 0"),
        keys_in_error("- answer: [{ none: 0 }]"),
        keys_in_error("- answer: [{ tool_use: { none: 0 } }]"),
        keys_in_error("- usage: { none: 0 }"),
        keys_in_error("- throttle: { none: 0 }"),
        keys_in_error("- error: { none: 0 }"),
        keys_in_error("- html: { none: 0 }"),
        keys_in_error("- exception: { none: 0 }"),
        keys_in_error("- exception: { type: none }"),
        keys_in_error("- cut: { none: 0 }"),
        keys_in_error("- throttle: { kind: none }"),
    ]
    .concat();
    assert!(all.len() > 40, "{all:?}");
    for key in all {
        let told = page.contains(&format!("`{key}`")) || page.contains(&format!("{{ {key}: N }}"));
        assert!(told, "docs/emulator.md does not tell of `{key}`");
    }
}

#[test]
fn its_yaml_is_scripts() {
    let scripts = scripts();
    assert!(!scripts.is_empty());
    for text in scripts {
        let calls = text.parse::<Script>().map(|script| script.calls());
        assert!(calls.is_ok_and(|calls| calls > 0), "{text}");
    }
}
