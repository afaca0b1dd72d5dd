//! One Bedrock entry, key by key.

use std::ops::Range;

use serde_yaml::{Mapping, Value};

use crate::conflict;
use crate::declared::Defaults;
use crate::diagnostic::Code;
use crate::draft::keys_at;
use crate::findings::{Finding, Findings};
use crate::habits;
use crate::key::{self, Effect, Key};
use crate::locate::Places;
use crate::model_config::{Ignored, ModelConfig};
use crate::path;
use crate::problems::Problems;
use crate::provider_opts::ProviderOpts;
use crate::refused::refused;
use crate::source::Source;
use crate::unknown_key::unknown_key;
use crate::yaml::{Index, NodeId, Pair};

/// An entry of `models` or of `providers`, or a map inside one, and where it stands.
pub(crate) struct Entry<'a> {
    pub(crate) name: &'a str,
    pub(crate) value: &'a Value,
    pub(crate) path: String,
    pub(crate) place: Option<Pair>,
}

impl<'a> Entry<'a> {
    /// The entry `name` of a map at the top of the file, such as `models`, whose node is `map`.
    pub(crate) fn find(
        index: &Index<'_>,
        outer: &str,
        map: Option<NodeId>,
        name: &'a str,
        value: &'a Value,
    ) -> Self {
        Self {
            name,
            value,
            path: path::join(outer, name),
            place: map.and_then(|map| index.pair(map, name)),
        }
    }

    fn inside(&self, index: &Index<'_>, name: &'a str, value: &'a Value) -> Self {
        Self {
            name,
            value,
            path: path::join(&self.path, name),
            place: self.pair(index, name),
        }
    }

    /// A key of the entry and its value.
    pub(crate) fn pair(&self, index: &Index<'_>, key: &str) -> Option<Pair> {
        index.pair(self.place?.value, key)
    }

    /// Where its own key stands.
    pub(crate) fn key_span(&self, index: &Index<'_>) -> Range<usize> {
        self.place.map_or(0..0, |place| index.span(place.key))
    }

    /// Notes where it stands.
    fn note(&self, index: &Index<'_>, places: &mut Places) {
        if let Some(Pair { key, value }) = self.place {
            let is_collection = matches!(
                self.value,
                Value::Mapping(_) | Value::Sequence(_) | Value::Tagged(_)
            );
            let (key, value) = (index.span(key), index.span(value));
            places.note(&self.path, key, value, is_collection);
        }
    }

    /// What to say about a key that is a list or a map, at that key.
    fn odd_key(&self, key: &Value, index: &Index<'_>) -> Finding {
        let message = format!("`{}` has a key that is not a text", self.name);
        let mut finding = self.finding(index, Code::ConfigWrongType, message);
        let odd = index.odd_key(key);
        finding.span = odd.map_or(finding.span, |key| index.span(key));
        finding.help = Some("write a word, a colon and the value".to_owned());
        finding
    }

    /// A finding about the whole entry, at its key.
    pub(crate) fn finding(&self, index: &Index<'_>, code: Code, message: String) -> Finding {
        Finding {
            code,
            path: self.path.clone(),
            span: self.key_span(index),
            message,
            help: None,
        }
    }
}

/// What came of reading an entry.
#[derive(Clone)]
pub(crate) struct Read {
    /// What could be read. It counts only without errors.
    pub(crate) config: ModelConfig,
    /// The keys that are written and could not be read, or were probably meant.
    pub(crate) unreadable: Vec<&'static Key>,
}

/// Reads a Bedrock entry over what its provider gives. What is wrong goes to `findings`.
pub(crate) fn read(
    mapping: &Mapping,
    entry: &Entry<'_>,
    defaults: Option<&Defaults>,
    index: &Index<'_>,
    places: &mut Places,
    findings: &mut Findings,
) -> Read {
    let mut reading = Read::nothing();
    if let Some(defaults) = defaults {
        reading = defaults.read.clone();
        places.inherit(&entry.path, &defaults.path);
    }
    let keys = key::entry_keys();
    read_settings(&mut reading, mapping, entry, keys, index, places, findings);
    if mapping.get("model").is_none_or(Value::is_null) {
        // A misspelt one was reported already.
        if !reading.has("model", None) {
            findings.push(model_missing(entry, index));
        }
        reading.unreadable.extend(keys_at("model"));
    }
    conflict::check(&reading, &entry.path, places, findings);
    reading
}

/// Reads what a declared provider gives to its models.
pub(crate) fn read_defaults(
    mapping: &Mapping,
    at: &Entry<'_>,
    index: &Index<'_>,
    places: &mut Places,
    findings: &mut Findings,
) -> Read {
    let mut reading = Read::nothing();
    let keys = key::declared_keys();
    read_settings(&mut reading, mapping, at, keys, index, places, findings);
    reading
}

/// Reads the keys of a map, of which `known` are accepted.
fn read_settings(
    reading: &mut Read,
    mapping: &Mapping,
    entry: &Entry<'_>,
    known: impl Iterator<Item = &'static Key> + Clone,
    index: &Index<'_>,
    places: &mut Places,
    findings: &mut Findings,
) {
    entry.note(index, places);
    for (key, value) in mapping {
        if findings.is_full() {
            break;
        }
        let Some(name) = key.as_str() else {
            findings.push(entry.odd_key(key, index));
            continue;
        };
        let at = entry.inside(index, name, value);
        at.note(index, places);
        match name {
            "provider" | "<<" => {}
            "provider_opts" => read_provider_opts(reading, &at, index, places, findings),
            _ => {
                let read = reading.config.set(name, Source(value));
                let takes = |value: &Value| is_taken(ModelConfig::unset().set(name, Source(value)));
                reading.judge(&at, known.clone(), read, takes, index, findings);
            }
        }
    }
}

/// At the key `model`, where there is one without a value.
fn model_missing(entry: &Entry<'_>, index: &Index<'_>) -> Finding {
    let message = format!("`{}` has no `model`", entry.name);
    let mut missing = entry.finding(index, Code::ConfigMissingKey, message);
    missing.help = Some("name one, such as global.anthropic.claude-opus-4-8".to_owned());
    if let Some(empty) = entry.pair(index, "model") {
        missing.span = index.span(empty.key);
    }
    missing
}

fn read_provider_opts(
    reading: &mut Read,
    at: &Entry<'_>,
    index: &Index<'_>,
    places: &mut Places,
    findings: &mut Findings,
) {
    let mapping = match at.value {
        Value::Null => return,
        Value::Mapping(mapping) => mapping,
        _ => {
            let message = "`provider_opts` takes a map of options, not what stands here";
            let mut finding = at.finding(index, Code::ConfigWrongType, message.to_owned());
            if at.value.is_sequence() {
                finding.help = Some("write its keys without a dash before them".to_owned());
            }
            finding.span = at
                .place
                .map_or(finding.span, |place| index.span(place.value));
            reading.unreadable.extend(keys_at("provider_opts"));
            return findings.push(finding);
        }
    };
    for (key, value) in mapping {
        if findings.is_full() {
            break;
        }
        let Some(name) = key.as_str() else {
            findings.push(at.odd_key(key, index));
            continue;
        };
        if name == "<<" {
            continue;
        }
        let at = at.inside(index, name, value);
        at.note(index, places);
        for (name, value) in value.as_mapping().into_iter().flatten() {
            at.inside(index, name.as_str().unwrap_or_default(), value)
                .note(index, places);
        }
        let read = reading.config.provider_opts.set(name, Source(value));
        let takes = |value: &Value| is_taken(ProviderOpts::default().set(name, Source(value)));
        let keys = key::option_keys();
        reading.judge(&at, keys, read, takes, index, findings);
    }
}

/// What to say of a key of docker-agent. Where there is another key for what it asks, it matters that
/// this one does nothing.
fn ignored(at: &Entry<'_>, key: &Key, index: &Index<'_>) -> Finding {
    let message = format!("`{}` is accepted and has no effect", key.name);
    match habits::meant(key.name) {
        Some(meant) => {
            let message = format!("{message}; did you mean `{meant}`?");
            at.finding(index, Code::ConfigConflict, message)
        }
        None => at.finding(index, Code::OptionIgnored, message),
    }
}

/// Whether a value was read.
fn is_taken(read: Option<Result<(), Problems>>) -> bool {
    matches!(read, Some(Ok(())))
}

impl Read {
    /// Before anything is read.
    fn nothing() -> Self {
        Self {
            config: ModelConfig::unset(),
            unreadable: Vec::new(),
        }
    }

    /// Judges one key and what came of reading its value. `takes` says of other values whether the
    /// key takes them.
    fn judge(
        &mut self,
        at: &Entry<'_>,
        known: impl Iterator<Item = &'static Key> + Clone,
        read: Option<Result<(), Problems>>,
        takes: impl Fn(&Value) -> bool,
        index: &Index<'_>,
        findings: &mut Findings,
    ) {
        let Some(key) = known.clone().find(|key| key.name == at.name) else {
            let (finding, meant) = unknown_key(at, known, index);
            self.unreadable.extend(meant);
            return findings.push(finding);
        };
        if let Some(Err(problems)) = read {
            self.unreadable.push(key);
            let mut problems = problems.into_iter();
            while let Some(problem) = problems.next().filter(|_| !findings.is_full()) {
                findings.push(refused(at, problem, &takes, index));
            }
            return;
        }
        if key.effect == Effect::Ignored && !at.value.is_null() {
            findings.push(ignored(at, key, index));
            let ignored = Ignored { path: key.path };
            if !self.config.ignored.contains(&ignored) {
                self.config.ignored.push(ignored);
            }
        }
    }

    /// Whether a key is written, be it well or not.
    pub(crate) fn has(&self, path: &str, value: Option<&String>) -> bool {
        value.is_some() || self.unreadable.iter().any(|key| key.path == path)
    }
}
