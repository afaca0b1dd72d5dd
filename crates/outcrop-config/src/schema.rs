//! The JSON Schema, written for editors.
//!
//! It is draft-07, which every yaml-language-server understands. The properties come from the rows
//! of the options and the spellings of their values; here they are put together and documented.

use std::borrow::Cow;
use std::fmt::Write as _;

use schemars::generate::SchemaSettings;
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde_json::{Map, Value, json};

use crate::conflict::{SAFE_ENDPOINT, UNSAFE_ENDPOINT};
use crate::key::{Effect, Key, PROVIDER, PROVIDER_OPTS, declared_keys, entry_keys, option_keys};
use crate::model_config::ModelConfig;
use crate::provider::BEDROCK;
use crate::provider_opts::ProviderOpts;
use crate::suggestions::suggestions;
use crate::values::texts::ENDPOINT_URL;

/// Generates the JSON Schema. [`SCHEMA`](crate::SCHEMA) is the same text, generated before.
///
/// # Errors
///
/// None that has been seen: the schema is made of what JSON can hold.
pub fn generate_schema() -> serde_json::Result<String> {
    let generator = SchemaSettings::draft07().into_generator();
    let schema = generator.into_root_schema_for::<File>();
    let mut text = serde_json::to_string_pretty(&schema)?;
    text.push('\n');
    Ok(text)
}

/// The whole file. Other top-level keys are docker-agent's business.
struct File;

impl JsonSchema for File {
    fn schema_name() -> Cow<'static, str> {
        "Outcrop configuration".into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "description": "Models on Amazon Bedrock, in a file of their own or of docker-agent.",
            "type": ["object", "null"],
            "properties": {
                "models": {
                    "description": "The models, each under a name of its own.",
                    "type": ["object", "null"],
                    "additionalProperties": generator.subschema_for::<Entry>(),
                },
                "providers": {
                    "description": "Providers by names of your own, and what their models have alike.",
                    // docker-agent's business, whatever it is, unless it is a map.
                    "additionalProperties": generator.subschema_for::<Declared>(),
                },
            },
            "additionalProperties": true,
        })
    }
}

/// A declared provider. Those that are not Bedrock are not judged.
struct Declared;

impl JsonSchema for Declared {
    fn schema_name() -> Cow<'static, str> {
        "Provider".into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "description": "A provider, under a name of your choice.",
            "properties": { "provider": described(&PROVIDER, Map::new()) },
            "if": {
                "type": "object",
                "properties": {
                    "provider": { "const": BEDROCK },
                    // With one it is no Converse that docker-agent calls.
                    "api_type": { "not": { "type": "string", "minLength": 1 } },
                },
                "required": ["provider"],
            },
            "then": generator.subschema_for::<Defaults>(),
        })
    }
}

/// What a declared provider gives to its models.
struct Defaults;

impl JsonSchema for Defaults {
    fn schema_name() -> Cow<'static, str> {
        "BedrockProvider".into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        settings(declared_keys(), &["provider"], generator)
    }
}

/// An entry of `models`. Those of other providers are not judged.
struct Entry;

impl JsonSchema for Entry {
    fn schema_name() -> Cow<'static, str> {
        "Entry".into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let provider = described(&PROVIDER, Map::new());
        json_schema!({
            "description": "A model, under a name of your choice.",
            "properties": { "provider": provider },
            "if": {
                "type": "object",
                "properties": { "provider": { "const": BEDROCK } },
                "required": ["provider"],
            },
            "then": generator.subschema_for::<ModelConfig>(),
        })
    }
}

impl JsonSchema for ModelConfig {
    fn schema_name() -> Cow<'static, str> {
        "BedrockModel".into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        settings(entry_keys(), &["provider", "model"], generator)
    }
}

/// A map of these keys, of an entry or of a provider.
fn settings(
    keys: impl Iterator<Item = &'static Key>,
    required: &[&str],
    generator: &mut SchemaGenerator,
) -> Schema {
    let keys: Vec<_> = keys.collect();
    let mut properties = Map::new();
    let constant = Map::from_iter([("const".to_owned(), json!(BEDROCK))]);
    let mut constant = described(&PROVIDER, constant);
    // The entry has shown them already.
    constant.remove("examples");
    properties.insert(PROVIDER.name.to_owned(), constant.into());
    let read = ModelConfig::schemas().into_iter();
    let read = read.filter(|(key, _)| keys.contains(key));
    properties.extend(read.map(property));
    let mut options = generator.subschema_for::<ProviderOpts>();
    properties.insert(
        PROVIDER_OPTS.name.to_owned(),
        described(&PROVIDER_OPTS, options.ensure_object().clone()).into(),
    );
    properties.extend(foreign(keys.iter().copied()));
    json_schema!({
        "type": "object",
        "properties": properties,
        "required": required,
        "additionalProperties": false,
        "if": {
            "properties": { "token_key": { "type": "string" } },
            "required": ["token_key"],
        },
        // What is no endpoint at all is told so above, and nothing else.
        "then": { "properties": { "provider_opts": { "properties": { "endpoint_url": {
            "if": { "type": "string", "pattern": ENDPOINT_URL.pattern.source() },
            "then": {
                "pattern": SAFE_ENDPOINT.source(),
                "patternErrorMessage": UNSAFE_ENDPOINT,
            },
        } } } } },
    })
}

impl JsonSchema for ProviderOpts {
    fn schema_name() -> Cow<'static, str> {
        "ProviderOpts".into()
    }

    // Draft-07 ignores what stands beside a `$ref`, and the description does.
    fn inline_schema() -> bool {
        true
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        let mut properties: Map<_, _> = Self::schemas().into_iter().map(property).collect();
        properties.extend(foreign(option_keys()));
        json_schema!({
            "type": ["object", "null"],
            "properties": properties,
            "additionalProperties": false,
        })
    }
}

/// The keys that are accepted with any value and not offered.
fn foreign(keys: impl Iterator<Item = &'static Key>) -> impl Iterator<Item = (String, Value)> {
    keys.filter(|key| key.effect == Effect::Ignored).map(|key| {
        let mut foreign = described(key, Map::new());
        foreign.insert("doNotSuggest".to_owned(), true.into());
        (key.name.to_owned(), foreign.into())
    })
}

/// A key and what its value may be. Null leaves a key unset, but the model has to be there.
fn property((key, mut schema): (&'static Key, Schema)) -> (String, Value) {
    let value = schema.ensure_object();
    if let Some(accepted) = key.accepted() {
        let message = format!("expected {}", accepted.text);
        explain(value, &message);
    }
    if key.path != "model" {
        allow_null(value);
    }
    (key.name.to_owned(), described(key, value.clone()).into())
}

/// A schema with the documentation of its key before everything else.
fn described(key: &Key, schema: Map<String, Value>) -> Map<String, Value> {
    let mut described = Map::new();
    described.insert(
        "description".to_owned(),
        key.summary().replace('`', "").into(),
    );
    described.insert("markdownDescription".to_owned(), hover(key).into());
    described.extend(schema);
    if let Some(default) = key.default {
        described.insert("default".to_owned(), as_json(default));
    }
    let suggestions = suggestions(key);
    let labels: Vec<_> = suggestions.iter().map(|one| one["label"].clone()).collect();
    let examples = key.examples.iter().map(|example| as_json(example));
    let examples: Vec<_> = examples
        .filter(|example| !labels.contains(example))
        .collect();
    if !examples.is_empty() {
        described.insert("examples".to_owned(), examples.into());
    }
    if !suggestions.is_empty() {
        described.insert("defaultSnippets".to_owned(), suggestions.into());
    }
    described
}

/// What an editor shows of a key: its documentation, what it takes, and what holds without it.
fn hover(key: &Key) -> String {
    let mut text = key.text();
    if let Some(accepted) = key.accepted() {
        let _ = write!(text, "\n\nTakes {}.", accepted.in_full());
    }
    if let Some(default) = key.default {
        let _ = write!(text, "\n\nDefault: `{default}`");
    }
    text
}

/// A value that is written in YAML. Those of the rows are, as a test says.
fn as_json(yaml: &str) -> Value {
    serde_yaml::from_str(yaml).unwrap_or(Value::Null)
}

/// Says in editors what is expected wherever a value has the wrong type, is none of the choices or
/// not in the pattern. That it is out of range they say well themselves.
fn explain(schema: &mut Map<String, Value>, message: &str) {
    for alternative in ["then", "else"] {
        if let Some(Value::Object(alternative)) = schema.get_mut(alternative) {
            explain(alternative, message);
        }
    }
    if schema.contains_key("type") || schema.contains_key("enum") {
        schema.insert("errorMessage".to_owned(), message.into());
    }
    if schema.contains_key("pattern") {
        let explained = schema.entry("patternErrorMessage");
        explained.or_insert_with(|| message.into());
    }
}

/// Lets a value be null as well, in the alternative that takes no integer if there are two. Among the
/// types and in an enumeration a null would be suggested.
fn allow_null(schema: &mut Map<String, Value>) {
    if let Some(Value::Object(otherwise)) = schema.get_mut("else") {
        allow_null(otherwise);
    } else {
        let other = std::mem::take(schema);
        schema.insert("if".to_owned(), json!({ "type": "null" }));
        schema.insert("else".to_owned(), other.into());
    }
}
