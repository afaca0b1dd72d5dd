//! Lists and maps: whatever is wrong inside one is reported item by item, each at its place.

use std::collections::BTreeSet;

use outcrop_config::{Code, load};
use proptest::prelude::*;
use serde_json::json;

use crate::pool::values;
use crate::support::{assert_sound, schema, with_line};

/// The path, the code and the text of everything said about a Bedrock entry with one more line.
fn said(line: &str) -> Vec<(String, Code, String)> {
    let text = with_line(line);
    let loaded = load(&text);
    assert_sound(&text, &loaded);
    let found = loaded.diagnostics.into_iter();
    found
        .map(|found| {
            let path = found.path.strip_prefix("models.m.provider_opts.");
            let path = path.unwrap_or(&found.path).to_owned();
            (path, found.code, text[found.span].to_owned())
        })
        .collect()
}

#[track_caller]
fn assert_said(line: &str, expected: &[(&str, Code, &str)]) {
    let found = said(line);
    let found: Vec<_> = found
        .iter()
        .map(|(path, code, text)| (path.as_str(), *code, text.as_str()))
        .collect();
    assert_eq!(found, expected, "{line}");
}

#[test]
fn every_bad_item_of_a_list_is_reported() {
    assert_said(
        "provider_opts: { stop_sequences: [1, good, true, '', ~, [a], {b: c}, !t d] }",
        &[
            ("stop_sequences[0]", Code::ConfigWrongType, "1"),
            ("stop_sequences[2]", Code::ConfigWrongType, "true"),
            ("stop_sequences[3]", Code::ConfigBadFormat, "''"),
            ("stop_sequences[4]", Code::ConfigWrongType, "~"),
            ("stop_sequences[5]", Code::ConfigWrongType, "[a]"),
            ("stop_sequences[6]", Code::ConfigWrongType, "{b: c}"),
            ("stop_sequences[7]", Code::ConfigWrongType, "!t d"),
        ],
    );
}

#[test]
fn every_bad_value_of_a_map_is_reported_however_deep_it_is() {
    assert_said(
        "provider_opts: { additional_request_fields: \
         {a: .nan, b: .inf, g: 1, c: {d: [.nan, 0.5, -.inf], e f: !t 1}} }",
        &[
            (
                "additional_request_fields.a",
                Code::ConfigOutOfRange,
                ".nan",
            ),
            (
                "additional_request_fields.b",
                Code::ConfigOutOfRange,
                ".inf",
            ),
            (
                "additional_request_fields.c.d[0]",
                Code::ConfigOutOfRange,
                ".nan",
            ),
            (
                "additional_request_fields.c.d[2]",
                Code::ConfigOutOfRange,
                "-.inf",
            ),
            (
                "additional_request_fields.c.\"e f\"",
                Code::ConfigWrongType,
                "!t 1",
            ),
        ],
    );
}

#[test]
fn every_key_that_is_no_text_is_reported_at_itself() {
    let odd = |path, key| (path, Code::ConfigBadFormat, key);
    assert_said(
        "provider_opts: { additional_request_fields: {[a]: 1, b: {{c: d}: 2, [e]: 1}} }",
        &[
            odd("additional_request_fields", "[a]"),
            odd("additional_request_fields.b", "{c: d}"),
            odd("additional_request_fields.b", "[e]"),
        ],
    );
    let odd = |path, key| (path, Code::ConfigWrongType, key);
    assert_said(
        "provider_opts: { [a]: 1, {b: c}: 2 }",
        &[
            odd("models.m.provider_opts", "[a]"),
            odd("models.m.provider_opts", "{b: c}"),
        ],
    );
    assert_said(
        "? [a]\n    : 1\n    ? [b]\n    : 2",
        &[odd("models.m", "[a]"), odd("models.m", "[b]")],
    );
}

#[test]
fn a_model_whose_name_is_no_text_is_no_model() {
    let entry = "{ provider: amazon-bedrock, model: m }";
    let text = format!("models:\n  [a]: {entry}\n  {{b: c}}: {entry}\n  [d]: {{ provider: x }}\n");
    let loaded = load(&text);
    assert_sound(&text, &loaded);
    assert!(loaded.models.is_empty());
    let found = loaded.diagnostics.iter();
    let found: Vec<_> = found
        .map(|found| (found.code, &text[found.span.clone()]))
        .collect();
    let expected = ["[a]", "{b: c}"].map(|key| (Code::ConfigWrongType, key));
    assert_eq!(found, expected);
}

#[test]
fn a_key_that_is_no_text_is_found_in_the_map_that_it_was_merged_from() {
    let text = "\
shared: &shared { [a]: 1 }
models:
  m: { provider: amazon-bedrock, model: m, <<: *shared, [b]: 2 }
";
    let loaded = load(text);
    assert_sound(text, &loaded);
    let places = loaded
        .diagnostics
        .iter()
        .map(|found| &text[found.span.clone()]);
    assert_eq!(places.collect::<Vec<_>>(), ["[a]", "[b]"]);
}

#[test]
fn a_list_that_is_too_long_does_not_hide_its_items() {
    let items = "a, ".repeat(2500);
    let found = said(&format!(
        "provider_opts: {{ stop_sequences: [1, {items}''] }}"
    ));
    let paths: Vec<_> = found.iter().map(|(path, ..)| path.as_str()).collect();
    let expected = [
        "stop_sequences",
        "stop_sequences[0]",
        "stop_sequences[2501]",
    ];
    assert_eq!(paths, expected);
}

#[test]
fn a_list_of_bad_items_without_end_is_cut() {
    // The largest file holds as many as can be read.
    let items = "1,".repeat(100_000);
    let bad = format!("    provider_opts: {{ stop_sequences: [{items}] }}\n");
    let entry = |name| format!("  {name}:\n    provider: amazon-bedrock\n    model: m\n{bad}");
    let text = format!("models:\n{}{}", entry("m"), entry("n"));
    let loaded = load(&text);
    assert_sound(&text, &loaded);
    assert_eq!(loaded.diagnostics.len(), 1001);
    let last = loaded.diagnostics.last().unwrap();
    assert_eq!(last.code, Code::FileMoreFindings);

    let deep = format!(
        "provider_opts: {{ additional_request_fields: {{ a: [[[{}]]] }} }}",
        "[.nan],".repeat(50_000)
    );
    assert_eq!(said(&deep).len(), 1001);
}

#[test]
fn a_mistake_in_a_list_behind_an_anchor_is_told_once() {
    let text = "\
stop: &stop [1, '']
models:
  a: { provider: amazon-bedrock, model: m, provider_opts: { stop_sequences: *stop } }
  b: { provider: amazon-bedrock, model: m, provider_opts: { stop_sequences: *stop } }
";
    let loaded = load(text);
    let places: Vec<_> = loaded.diagnostics.iter().map(|found| found.line).collect();
    assert_eq!(places, [1, 1]);
    assert_eq!(loaded.broken, ["a", "b"]);
}

proptest! {
    /// The schema knows of each item by itself whether it is one.
    #[test]
    fn the_bad_items_of_a_list_are_those_that_the_schema_refuses(
        items in prop::collection::vec(prop::sample::select(values()), 0..12)
    ) {
        let file = json!({"models": {"m": {
            "provider": "amazon-bedrock", "model": "m",
            "provider_opts": { "stop_sequences": items },
        }}});
        let refused: BTreeSet<String> = schema()
            .iter_errors(&file)
            .filter_map(|error| item_at(error.instance_path().as_str()))
            .collect();
        let loaded = load(&file.to_string());
        let reported: Vec<_> = loaded.diagnostics.iter().map(|found| found.path.clone()).collect();
        prop_assert_eq!(reported.len(), refused.len(), "{:?}", reported);
        prop_assert_eq!(BTreeSet::from_iter(reported), refused);
    }
}

/// The path of an item by its pointer, where it is one.
fn item_at(pointer: &str) -> Option<String> {
    let path = pointer.strip_prefix("/models/m/provider_opts/stop_sequences/")?;
    Some(format!("models.m.provider_opts.stop_sequences[{path}]"))
}
