//! The loader and the JSON Schema refuse the same files.
//!
//! They differ in two respects, which are left out: the schema refuses integer budgets below 1024
//! other than 0, and takes a float without a fraction for an integer.

use outcrop_config::{Effect, keys, load};
use proptest::prelude::*;
use serde_json::{Map, Value, json};

use crate::support::{render, schema};

/// Values that one key or another accepts, or nearly.
fn values() -> Vec<Value> {
    let words = [
        "",
        " ",
        "x",
        "xy",
        "off",
        "auto",
        "none",
        "NONE",
        " high ",
        "hihg",
        "adaptive",
        "Adaptive/Max",
        "adaptive/minimal",
        "8192",
        "true",
        "5m",
        "1h",
        "90s",
        "0s",
        "24h",
        "25h",
        "1440m",
        "1441m",
        "86400s",
        "86401s",
        "500ms",
        "summarized",
        "omitted",
        "us-east-1",
        "US-EAST-1",
        "-x",
        "a b",
        "a\nb",
        "a=b",
        "$A",
        "é",
        "anthropic.claude",
        " m ",
        "https://x",
        "http://localhost",
        "http://localhost:8080/a",
        "http://[::1]",
        "http://127.0.0.1",
        "http://x",
        "http://x:70000",
        "https://u:p@x",
        "https://x?y",
        "ftp://x",
        "me@example.com",
        "a:b",
        "arn:aws:iam::123456789012:role/R",
        "arn:aws:iam::123456789012:user/R",
        "arn:aws-cn:iam::123456789012:role/a/b",
        "arn:aws:iam::1:role/RRRRRRRR",
    ];
    let numbers = [
        json!(0),
        json!(1),
        json!(-1),
        json!(2),
        json!(1024),
        json!(8192),
        json!(86_400),
        json!(86_401),
        json!(2_147_483_647_i64),
        json!(2_147_483_648_i64),
        json!(4_294_967_295_i64),
        json!(4_294_967_296_i64),
        json!(i64::MAX),
        json!(u64::MAX),
        json!(1e300),
        json!(0.5),
        json!(-0.5),
        json!(1.5),
        json!(8192.5),
    ];
    let others = [
        json!(null),
        json!(true),
        json!(false),
        json!([]),
        json!(["a"]),
        json!([""]),
        json!([5]),
        json!(["a", null]),
        json!({}),
        json!({"a": [1, {"b": null}]}),
    ];
    let long = [1, 2, 19, 63, 64, 65, 256, 257, 1224, 1225, 2048, 2049].map(|n| "m".repeat(n));
    let words = words.into_iter().map(Value::from);
    let many = [2500, 2501].map(|n| json!(vec!["a"; n]));
    words
        .chain(numbers)
        .chain(others)
        .chain(long.map(Value::from))
        .chain(many)
        .collect()
}

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

/// Whether the schema is stricter than the loader here on purpose.
fn is_left_out(file: &Value) -> bool {
    let budget = &file["models"]["m"]["thinking_budget"];
    budget
        .as_i64()
        .is_some_and(|count| count < 1024 && count != 0)
}

#[test]
fn every_key_with_every_value_is_judged_alike() {
    let schema = schema();
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
            let text = file.to_string();
            let loaded = load(&text);
            if !is_left_out(&file) {
                let message = render(&text, &loaded);
                assert_eq!(
                    loaded.has_errors(),
                    !schema.is_valid(&file),
                    "{text}\n{message}"
                );
            }
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
    let schema = schema();
    let broken = json!({ "provider": "amazon-bedrock", "nonsense": 1 });
    for value in values().into_iter().chain([broken]) {
        for file in [
            value.clone(),
            json!({ "models": value }),
            json!({ "models": { "m": value } }),
            json!({ "models": { "m": { "provider": value } } }),
            json!({ "agents": value, "models": { "m": { "provider": "x", "model": value } } }),
        ] {
            let text = file.to_string();
            assert_eq!(load(&text).has_errors(), !schema.is_valid(&file), "{text}");
        }
    }
}

/// A text near something that some key accepts.
fn text() -> impl Strategy<Value = String> {
    prop_oneof![
        "[ -~]{0,12}",
        "[0-9]{1,5}[smhd]?",
        "(adaptive/|ADAPTIVE/)?(none|low|High|MAX|minimal) ?",
        "[Hh]ttps?://(localhost|127\\.[0-9]{1,3}\\.0\\.1|\\[::1\\]|[a-z.@]{1,9})(:[0-9]{1,5})?(/[a-z?#]*)?",
        "arn:aws(-cn)?:iam::[0-9]{11,12}:role/[ -~]{0,5}",
        "[\\w\\s]{0,5}",
    ]
}

fn value() -> impl Strategy<Value = Value> {
    let scalar = prop_oneof![
        4 => text().prop_map(Value::from),
        2 => any::<i64>().prop_map(Value::from),
        2 => (0..100_000_i64).prop_map(Value::from),
        1 => (-3.0..3.0).prop_filter("integral", |f: &f64| f.fract() != 0.0).prop_map(Value::from),
        1 => any::<bool>().prop_map(Value::from),
        1 => Just(Value::Null),
    ];
    scalar.prop_recursive(2, 8, 3, |inner| {
        let object = prop::collection::hash_map("[a-z]{1,3}", inner.clone(), 0..3);
        prop_oneof![
            prop::collection::vec(inner, 0..3).prop_map(Value::from),
            object.prop_map(|pairs| Value::Object(pairs.into_iter().collect())),
        ]
    })
}

/// An entry with some of the known keys, most of their values of the right kind.
fn entry() -> impl Strategy<Value = Map<String, Value>> {
    let known: Vec<_> = keys()
        .filter(|key| key.effect == Effect::Active)
        .map(|key| key.path)
        .collect();
    let known = prop::sample::select(known);
    prop::collection::vec((known, value()), 0..6).prop_map(|pairs| {
        let mut entry = Map::from_iter([("model".to_owned(), json!("m"))]);
        for (path, value) in pairs {
            match path.split_once('.') {
                None if path == "provider" => {}
                None => drop(entry.insert(path.to_owned(), value)),
                Some((outer, inner)) => {
                    if let Some(options) = entry.entry(outer).or_insert(json!({})).as_object_mut() {
                        options.insert(inner.to_owned(), value);
                    }
                }
            }
        }
        entry
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1500))]

    #[test]
    fn any_entry_is_judged_alike(entry in entry()) {
        thread_local!(static SCHEMA: jsonschema::Validator = schema());
        let file = file(entry);
        let text = file.to_string();
        prop_assume!(!is_left_out(&file) && !text.contains('\u{7f}'));
        let accepted = SCHEMA.with(|schema| schema.is_valid(&file));
        let loaded = load(&text);
        prop_assert_eq!(!loaded.has_errors(), accepted, "{}\n{}", text, render(&text, &loaded));
    }
}
