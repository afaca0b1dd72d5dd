//! A folder of whole conversations: what is sent of each, or why it cannot be.
//!
//! The same files are sent to the emulator by the facade's tests, and held against the service
//! model of botocore by `.ci/run`.

use std::fs;
use std::path::Path;

use outcrop_policy::Request;

use crate::make::{Beside, SONNET, conversation, prepare, request};

/// The conversations of a folder, by name.
fn conversations(folder: &str) -> Vec<(String, String)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/conversations")
        .join(folder);
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).expect("the folder") {
        let path = entry.expect("a file").path();
        let name = path.file_stem().expect("a name").to_string_lossy();
        found.push((name.into_owned(), fs::read_to_string(&path).expect("text")));
    }
    found.sort();
    assert!(found.len() >= 20, "{} conversations", found.len());
    found
}

#[test]
fn what_can_be_sent_is_brought_into_form() {
    for (name, text) in conversations("sendable") {
        let conversation = conversation(&text);
        let page = || {
            request(
                SONNET,
                &Request::default(),
                &Beside::default(),
                &conversation,
            )
        };
        assert_eq!(
            page(),
            page(),
            "{name}: equal conversations have equal bytes"
        );
        insta::with_settings!({ snapshot_path => "snapshots/corpus", omit_expression => true }, {
            insta::assert_snapshot!(name, page());
        });
    }
}

/// What a body says beside its messages is put back where a caller would write it.
#[test]
fn what_was_sent_can_be_sent_again_and_changes_no_more() {
    for (name, text) in conversations("sendable") {
        let settings = Request::default();
        let beside = Beside::default();
        let first = prepare(SONNET, &settings, &beside, &conversation(&text)).expect(&name);
        let body = String::from_utf8(first.body.into_bytes()).expect("UTF-8");
        let second = prepare(SONNET, &settings, &beside, &conversation(&body)).expect(&name);
        let again = String::from_utf8(second.body.into_bytes()).expect("UTF-8");
        assert_eq!(again, body, "{name}");
        let changes = second
            .adjustments
            .iter()
            .filter(|it| !it.predicts_refusal() && !it.code().starts_with("cache."));
        assert_eq!(changes.count(), 0, "{name}");
    }
}

#[test]
fn what_cannot_be_sent_is_refused_with_its_place() {
    let mut page = String::new();
    for (name, text) in conversations("refused") {
        let beside = Beside::default();
        let outcome = prepare(SONNET, &Request::default(), &beside, &conversation(&text));
        let error = outcome.expect_err(&name);
        let hint = error.hint().expect("a hint");
        page += &format!("{name}\n    {error}\n    hint: {hint}\n");
    }
    insta::assert_snapshot!(page);
}
