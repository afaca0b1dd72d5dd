//! Every accepted key does something, or says that it does not.

use std::collections::{BTreeMap, BTreeSet};

use outcrop_config::{Code, Effect, Key, ModelConfig, SCHEMA, keys, load};
use serde_json::Value;

use crate::support::{as_json, schema, with_line};

/// What is read of an entry with one key, and the diagnostics' codes.
fn read(key: &Key) -> (ModelConfig, Vec<Code>) {
    let model = if key.path == "model" {
        ""
    } else {
        "model: m, "
    };
    // The values of docker-agent's keys are not looked at.
    let value = key.examples.first().unwrap_or(&"{}");
    let line = match key.path.split_once('.') {
        Some((outer, inner)) => format!("{outer}: {{ {inner}: {value} }}"),
        None => format!("{}: {value}", key.name),
    };
    let text = format!("models: {{ m: {{ provider: amazon-bedrock, {model}{line} }} }}");
    let loaded = load(&text);
    let codes = loaded.diagnostics.iter().map(|found| found.code).collect();
    (loaded.models.into_iter().next().unwrap().config, codes)
}

#[test]
fn every_key_changes_what_is_read_or_is_reported_as_ignored() {
    for key in keys().filter(|key| !key.path.starts_with("provider") || key.path.contains('.')) {
        let (mut config, codes) = read(key);
        let ignored: Vec<_> = config
            .ignored
            .drain(..)
            .map(|ignored| ignored.path)
            .collect();
        match key.effect {
            Effect::Active => {
                assert_ne!(config, ModelConfig::new("m"), "{}", key.path);
                assert!(ignored.is_empty(), "{}", key.path);
            }
            Effect::Ignored => {
                assert_eq!(ignored, [key.path]);
                // There is another key for what it asks.
                let code = match key.name {
                    "base_url" => Code::ConfigConflict,
                    _ => Code::OptionIgnored,
                };
                assert!(codes.contains(&code), "{}", key.path);
            }
        }
    }
}

#[test]
fn a_null_leaves_every_key_but_the_model_unset() {
    for key in keys().filter(|key| !matches!(key.path, "provider" | "model")) {
        let line = match key.path.split_once('.') {
            Some((outer, inner)) => format!("{outer}: {{ {inner}: ~ }}"),
            None => format!("{}: ~", key.name),
        };
        let text = format!("models: {{ m: {{ provider: amazon-bedrock, model: m, {line} }} }}");
        let loaded = load(&text);
        assert!(loaded.diagnostics.is_empty(), "{}", key.path);
        assert_eq!(
            loaded.model("m"),
            Some(&ModelConfig::new("m")),
            "{}",
            key.path
        );
    }
}

#[test]
fn the_switches_are_the_keys_that_take_true_and_false_alone() {
    for key in keys() {
        let takes = |value: &str| {
            let name = key.name;
            let line = match key.path.split_once('.') {
                Some((outer, _)) => format!("{outer}: {{ {name}: {value} }}"),
                None => format!("{name}: {value}"),
            };
            !load(&with_line(&line)).has_errors()
        };
        let Some(accepted) = key.accepted() else {
            continue;
        };
        // The model stands in the entry already.
        let takes_switches = key.path != "model" && takes("true") && takes("false");
        assert_eq!(
            accepted.is_switch,
            takes_switches && !takes("1.5"),
            "{}",
            key.path
        );
    }
}

#[test]
fn the_schema_has_the_same_keys() {
    let schema: Value = serde_json::from_str(SCHEMA).unwrap();
    let entry = &schema["definitions"]["BedrockModel"]["properties"];
    let options = &entry["provider_opts"]["properties"];
    let names = |value: &Value| {
        value
            .as_object()
            .unwrap()
            .keys()
            .cloned()
            .collect::<Vec<_>>()
    };
    let mut in_schema: BTreeSet<String> = names(entry).into_iter().collect();
    in_schema.extend(
        names(options)
            .iter()
            .map(|name| format!("provider_opts.{name}")),
    );
    let listed: BTreeSet<String> = keys().map(|key| key.path.to_owned()).collect();
    assert_eq!(in_schema, listed);
    assert_eq!(keys().count(), listed.len());
}

#[test]
fn every_key_is_documented_in_sentences() {
    for key in keys() {
        assert!(
            key.summary().trim_end().ends_with('.'),
            "{}: {}",
            key.path,
            key.summary()
        );
    }
}

#[test]
fn every_default_and_every_example_is_accepted_as_a_value() {
    let schema = schema();
    for key in keys() {
        for value in key.default.iter().chain(key.examples) {
            let mut entry = BTreeMap::from([("provider", "amazon-bedrock"), ("model", "m")]);
            let options = format!("{{ {}: {value} }}", key.name);
            match key.path.split_once('.') {
                Some((outer, _)) => entry.insert(outer, &options),
                None => entry.insert(key.name, value),
            };
            let pairs = entry
                .iter()
                .map(|(name, value)| format!("    {name}: {value}\n"));
            let text = format!("models:\n  m:\n{}", pairs.collect::<String>());
            assert!(!load(&text).has_errors(), "{text}");
            assert!(schema.is_valid(&as_json(&text).unwrap()), "{text}");
        }
    }
}

#[test]
fn the_schema_has_the_documented_defaults_and_shows_every_example_and_choice() {
    let schema: Value = serde_json::from_str(SCHEMA).unwrap();
    let entry = &schema["definitions"]["BedrockModel"]["properties"];
    let read = |yaml: &&str| serde_yaml::from_str::<Value>(yaml).unwrap();
    for key in keys() {
        let property = match key.path.split_once('.') {
            Some((outer, inner)) => &entry[outer]["properties"][inner],
            None => &entry[key.name],
        };
        let default = key.default.as_ref().map(read);
        assert_eq!(property.get("default").cloned(), default, "{}", key.path);
        let list = |name: &str| property.get(name).and_then(Value::as_array).cloned();
        let examples = list("examples").unwrap_or_default();
        let suggestions = list("defaultSnippets").unwrap_or_default();
        let suggested = suggestions
            .iter()
            .map(|suggestion| suggestion["body"].clone());
        let constant = property.get("const").cloned();
        let shown: Vec<Value> = examples
            .into_iter()
            .chain(suggested)
            .chain(constant)
            .collect();
        for example in key.examples.iter().map(read) {
            assert!(shown.contains(&example), "{}: {example}", key.path);
        }
        let words = key.accepted().map_or(vec![], |accepted| accepted.choices);
        for choice in words {
            assert!(shown.contains(&choice.word.into()), "{}", choice.word);
        }
    }
}

#[test]
fn the_codes_are_listed_once_and_in_order() {
    let spelt = Code::ALL.map(Code::as_str);
    assert!(spelt.is_sorted());
    assert_eq!(BTreeSet::from(spelt).len(), spelt.len());
}
