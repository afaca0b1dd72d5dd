//! Providers that stand where none are looked for: what to say of the shape of `providers` itself.

use std::ops::Range;

use serde_yaml::{Mapping, Value};

use crate::diagnostic::Code;
use crate::entry::Entry;
use crate::findings::{Finding, Findings};
use crate::key::declared_keys;
use crate::nearest::nearest;
use crate::provider::is_close;
use crate::yaml::{Index, NodeId};

/// What the map looks like.
const OUTLINE: &str = "write providers: and below it, indented, a name, and below that \
                       provider: amazon-bedrock and what its models have alike";

/// Says once what is wrong with `providers` as a whole.
pub(crate) fn look(file: &Mapping, index: &Index<'_>, findings: &mut Findings) {
    let place = index.root().and_then(|root| index.pair(root, "providers"));
    let key = span(index, place.map(|place| place.key));
    let finding = match file.get("providers") {
        None => near_providers(file, index),
        Some(Value::Null) => beside(file, index),
        Some(Value::Mapping(providers)) if providers.is_empty() => None,
        Some(Value::Mapping(providers)) => directly_below(providers, key),
        Some(other) => {
            let message = "`providers` takes a map from names to providers, not what stands here";
            let help = match other {
                Value::Sequence(_) => {
                    "write the name of each provider as a key, `NAME:`, without a dash before it"
                }
                _ => OUTLINE,
            };
            let span = span(index, place.map(|place| place.value));
            Some(missing("providers", span, message.to_owned(), help))
        }
    };
    finding
        .into_iter()
        .for_each(|finding| findings.push(finding));
}

/// Whether `providers` holds a key of a provider itself, about which everything was said at once, and
/// `at` is one of those keys or the name that they belong below.
pub(crate) fn is_told(providers: Option<&Mapping>, at: &Entry<'_>) -> bool {
    providers.is_some_and(has_keys_of_one) && !at.value.is_mapping()
}

/// Whether names and keys of a provider are mixed: no provider is a text.
fn has_keys_of_one(providers: &Mapping) -> bool {
    providers.get("provider").is_some_and(Value::is_string)
}

/// The keys of a provider directly below `providers`, with its name before them or without.
fn directly_below(providers: &Mapping, span: Range<usize>) -> Option<Finding> {
    if !has_keys_of_one(providers) {
        return None;
    }
    let is_key = |name: &Value| {
        let name = name.as_str();
        name.is_some_and(|name| declared_keys().any(|key| key.name == name))
    };
    let name = providers
        .iter()
        .find(|(name, value)| value.is_null() && !is_key(name));
    Some(match name.and_then(|(name, _)| name.as_str()) {
        Some(name) => {
            let message = format!("the keys of a provider stand beside its name `{name}`");
            let help = "indent its keys further than its name";
            missing("providers", span, message, help)
        }
        None => {
            let message =
                "the name of the provider is missing: its keys stand directly below `providers`";
            let help =
                "below `providers` write a name of your choice, and indent the keys below it";
            missing("providers", span, message.to_owned(), help)
        }
    })
}

/// A map of providers under a name that is close to `providers`.
fn near_providers(file: &Mapping, index: &Index<'_>) -> Option<Finding> {
    let mut keys = file
        .iter()
        .filter_map(|(key, value)| Some((key.as_str()?, value)));
    let (key, _) = keys.find(|(key, value)| {
        let providers = value.as_mapping().into_iter().flat_map(Mapping::values);
        nearest(key, ["providers"]).is_some() && { providers }.any(is_bedrock)
    })?;
    let place = index.pair(index.root()?, key)?;
    let message = format!("no providers here: is `{key}` meant to be `providers`?");
    Some(missing(key, index.span(place.key), message, OUTLINE))
}

/// A provider that stands beside `providers`, which is empty.
fn beside(file: &Mapping, index: &Index<'_>) -> Option<Finding> {
    // One with a model is a model.
    let mut maps = file
        .iter()
        .filter(|(_, value)| is_bedrock(value) && value.get("model").is_none());
    let name = maps.find_map(|(name, _)| name.as_str())?;
    let place = index.pair(index.root()?, name)?;
    let message = format!("no providers here: `{name}` stands beside `providers`, which is empty");
    let help = "indent the names of the providers further than `providers`";
    Some(missing("providers", index.span(place.key), message, help))
}

fn is_bedrock(value: &Value) -> bool {
    value
        .get("provider")
        .and_then(Value::as_str)
        .is_some_and(is_close)
}

fn missing(path: &str, span: Range<usize>, message: String, help: &str) -> Finding {
    Finding {
        code: Code::ConfigProviderMissing,
        path: path.to_owned(),
        span,
        message,
        help: Some(help.to_owned()),
    }
}

fn span(index: &Index<'_>, node: Option<NodeId>) -> Range<usize> {
    node.map_or(0..0, |node| index.span(node))
}
