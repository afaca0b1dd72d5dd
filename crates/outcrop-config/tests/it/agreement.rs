//! The loader and the JSON Schema refuse the same files.
//!
//! They differ in two respects. The schema refuses integer budgets below 1024 other than 0 besides.
//! And it takes a float without a fraction for an integer, which is left out here.

use jsonschema::Validator;
use outcrop_config::{keys, load};
use proptest::prelude::*;
use proptest::strategy::ValueTree as _;
use serde_json::{Map, Value, json};

use crate::generated;
use crate::pool::values;
use crate::support::{render, schema, schema_in_python};

/// A file with one Bedrock entry that has these keys beside its provider.
fn file(entry: Map<String, Value>) -> Value {
    let mut whole = Map::from_iter([("provider".to_owned(), json!("amazon-bedrock"))]);
    whole.extend(entry);
    json!({ "models": { "m": whole } })
}

/// An entry with a model and one key more.
fn with_key(path: &str, value: Value) -> Map<String, Value> {
    let mut entry = Map::from_iter([("model".to_owned(), json!("m"))]);
    match path.split_once('.') {
        Some((outer, inner)) => entry.insert(outer.to_owned(), json!({ inner: value })),
        None => entry.insert(path.to_owned(), value),
    };
    entry
}

/// Whether the schema alone refuses a file, for the budget of a Bedrock entry.
fn has_a_small_budget(file: &Value) -> bool {
    let entries = file["models"].as_object().into_iter().flatten();
    entries
        .filter(|(_, entry)| entry["provider"] == "amazon-bedrock")
        .filter_map(|(_, entry)| entry["thinking_budget"].as_i64())
        .any(|count| count < 1024 && count != 0)
}

/// The schema as it is read in Rust and in JavaScript, and as it is in Python.
fn schemas() -> [Validator; 2] {
    [schema(), schema_in_python()]
}

/// Fails unless loader and schemas judge a file alike. `file` is what `text` means.
fn judge(text: &str, file: &Value, schemas: &[Validator]) -> Result<(), TestCaseError> {
    let loaded = load(text);
    for schema in schemas {
        prop_assert_eq!(
            loaded.has_errors() || has_a_small_budget(file),
            !schema.is_valid(file),
            "{}\n{}",
            text,
            render(text, &loaded)
        );
    }
    Ok(())
}

#[test]
fn every_key_with_every_value_is_judged_alike() {
    let schemas = schemas();
    let unknown = [
        "regoin",
        "provider_opts.regoin",
        "provider_opts.<",
        "thinking-budget",
    ];
    let paths = keys().map(|key| key.path).chain(unknown);
    for path in paths.filter(|path| *path != "provider") {
        for value in values() {
            let file = file(with_key(path, value));
            judge(&file.to_string(), &file, &schemas).unwrap();
        }
    }
}

#[test]
fn budgets_below_the_minimum_are_refused_by_the_schema_alone() {
    let schema = schema();
    for count in [-1, 1, 1023] {
        let file = file(with_key("thinking_budget", json!(count)));
        assert!(!load(&file.to_string()).has_errors());
        assert!(!schema.is_valid(&file));
    }
}

#[test]
fn whatever_stands_around_the_entries_is_judged_alike() {
    let schemas = schemas();
    let broken = json!({ "provider": "amazon-bedrock", "nonsense": 1 });
    for value in values().into_iter().chain([broken]) {
        for file in [
            value.clone(),
            json!({ "models": value }),
            json!({ "models": { "m": value } }),
            json!({ "models": { "m": { "provider": value } } }),
            json!({ "agents": value, "models": { "m": { "provider": "x", "model": value } } }),
        ] {
            judge(&file.to_string(), &file, &schemas).unwrap();
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(4000))]

    #[test]
    fn any_file_is_judged_alike(written in generated::file()) {
        thread_local!(static SCHEMAS: [Validator; 2] = schemas());
        prop_assume!(!written.text.contains('\u{7f}'));
        SCHEMAS.with(|schemas| judge(&written.text, &written.means, schemas))?;
    }
}

/// The other test is worth something only if files of both kinds come up often.
#[test]
fn generated_files_are_good_and_bad_and_use_merge_keys() {
    let mut runner = proptest::test_runner::TestRunner::deterministic();
    let strategy = generated::file();
    let (mut good, mut bad, mut merging) = (0, 0, 0);
    for _ in 0..300 {
        let written = strategy.new_tree(&mut runner).unwrap().current();
        let loaded = load(&written.text);
        good += usize::from(!loaded.models.is_empty() && !loaded.has_errors());
        bad += usize::from(loaded.has_errors());
        merging += usize::from(written.text.contains("<<"));
    }
    assert!(
        good > 50 && bad > 50 && merging > 50,
        "{good} {bad} {merging}"
    );
}
