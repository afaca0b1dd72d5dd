//! One Bedrock entry, key by key.

use std::ops::Range;

use serde_yaml::{Mapping, Value};

use crate::conflict;
use crate::diagnostic::Code;
use crate::findings::{Finding, Findings};
use crate::key::{self, Effect, Key};
use crate::locate::Places;
use crate::model_config::{Ignored, ModelConfig};
use crate::nearest::nearest;
use crate::path;
use crate::problem::{Complaint, Problem, Step};
use crate::provider_opts::ProviderOpts;
use crate::source::Source;
use crate::yaml::{Index, NodeId, Pair};

/// An entry of `models`, or a map inside one, and where it stands.
pub(crate) struct Entry<'a> {
    pub(crate) name: &'a str,
    pub(crate) value: &'a Value,
    pub(crate) path: String,
    place: Option<Pair>,
}

impl<'a> Entry<'a> {
    /// The entry `name` of `models`, whose node is `models`.
    pub(crate) fn find(
        index: &Index<'_>,
        models: Option<NodeId>,
        name: &'a str,
        value: &'a Value,
    ) -> Self {
        Self {
            name,
            value,
            path: path::join("models", name),
            place: models.and_then(|models| index.pair(models, name)),
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

    /// What to say about a key that is a list or a map, at the entry.
    fn odd_key(&self, index: &Index<'_>) -> Finding {
        let message = format!("`{}` has a key that is not a text", self.name);
        self.finding(index, Code::ConfigWrongType, message)
    }

    /// A finding about the whole entry, at its key.
    fn finding(&self, index: &Index<'_>, code: Code, message: String) -> Finding {
        Finding {
            code,
            path: self.path.clone(),
            span: self.key_span(index),
            message,
            help: None,
        }
    }
}

/// Reads a Bedrock entry. What is wrong goes to `findings`; the result counts only without errors.
pub(crate) fn read(
    mapping: &Mapping,
    entry: &Entry<'_>,
    index: &Index<'_>,
    places: &mut Places,
    findings: &mut Findings,
) -> ModelConfig {
    entry.note(index, places);
    let mut config = ModelConfig::unset();
    for (name, value) in mapping {
        if findings.is_full() {
            break;
        }
        let Some(name) = name.as_str() else {
            findings.push(entry.odd_key(index));
            continue;
        };
        let at = entry.inside(index, name, value);
        at.note(index, places);
        match name {
            "provider" | "<<" => {}
            "provider_opts" => read_provider_opts(&mut config, &at, index, places, findings),
            _ => {
                let read = config.set(name, Source(value));
                let ignored = judge(&at, key::entry_keys(), read, index, findings);
                config.ignored.extend(ignored);
            }
        }
    }
    if mapping.get("model").is_none_or(Value::is_null) {
        let message = format!("`{}` has no `model`", entry.name);
        let mut missing = entry.finding(index, Code::ConfigMissingKey, message);
        missing.help = Some("name one, such as global.anthropic.claude-opus-4-8".to_owned());
        findings.push(missing);
    }
    conflict::check(&config, entry, index, findings);
    config
}

fn read_provider_opts(
    config: &mut ModelConfig,
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
            return findings.push(finding);
        }
    };
    for (name, value) in mapping {
        if findings.is_full() {
            break;
        }
        let Some(name) = name.as_str() else {
            findings.push(at.odd_key(index));
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
        let read = config.provider_opts.set(name, Source(value));
        let ignored = judge(&at, ProviderOpts::KEYS.iter(), read, index, findings);
        config.ignored.extend(ignored);
    }
}

/// Judges one key and what came of reading its value. A key that is set and does nothing is
/// reported and returned.
fn judge(
    at: &Entry<'_>,
    known: impl Iterator<Item = &'static Key> + Clone,
    read: Option<Result<(), Problem>>,
    index: &Index<'_>,
    findings: &mut Findings,
) -> Option<Ignored> {
    let Some(key) = known.clone().find(|key| key.name == at.name) else {
        findings.push(unknown_key(at, known, index));
        return None;
    };
    if let Some(Err(problem)) = read {
        findings.push(refused(at, problem, index));
        return None;
    }
    if key.effect == Effect::Active || at.value.is_null() {
        return None;
    }
    let message = format!("`{}` is accepted and has no effect", key.name);
    findings.push(at.finding(index, Code::OptionIgnored, message));
    Some(Ignored { path: key.path })
}

fn unknown_key(
    at: &Entry<'_>,
    known: impl Iterator<Item = &'static Key>,
    index: &Index<'_>,
) -> Finding {
    let known: Vec<_> = known.collect();
    let name = at.name;
    let near = nearest(name, known.iter().map(|key| key.name));
    let elsewhere = nearest(name, key::keys().map(|key| key.name));
    let elsewhere = key::keys().find(|key| Some(key.name) == elsewhere);
    let (message, help) = match (near, elsewhere) {
        (_, Some(key)) if key.name == name => {
            let home = match key.path.split_once('.') {
                Some((outer, _)) => format!("under `{outer}`"),
                None => "in the entry itself".to_owned(),
            };
            (
                format!("unknown key `{name}` here; it belongs {home}"),
                None,
            )
        }
        (Some(near), _) => (
            format!("unknown key `{name}`; did you mean `{near}`?"),
            None,
        ),
        (None, Some(key)) => {
            let path = key.path;
            (
                format!("unknown key `{name}`; did you mean `{path}`?"),
                None,
            )
        }
        (None, None) => {
            let useful = known.iter().filter(|key| key.effect == Effect::Active);
            let names: Vec<_> = useful.map(|key| key.name).collect();
            let help = format!("the keys are {}", names.join(", "));
            (format!("unknown key `{name}`"), Some(help))
        }
    };
    let mut finding = at.finding(index, Code::ConfigUnknownKey, message);
    finding.help = help;
    finding
}

/// The finding about a refused value, at the value itself or at the part of it that was refused.
fn refused(at: &Entry<'_>, problem: Problem, index: &Index<'_>) -> Finding {
    let mut node = at.place.map(|place| place.value);
    let mut full_path = at.path.clone();
    let mut name = at.name.to_owned();
    for step in problem.within.iter().rev() {
        match step {
            Step::Key(key) => {
                full_path = path::join(&full_path, key);
                name = path::join(&name, key);
                node = node.and_then(|node| Some(index.pair(node, key)?.value));
            }
            Step::Item(position) => {
                full_path = path::item(&full_path, *position);
                name = path::item(&name, *position);
                node = node.and_then(|node| index.item(node, *position));
            }
        }
    }
    let (message, help) = match problem.complaint {
        Complaint::Says(sentence) => (format!("`{name}` {sentence}"), problem.help),
        Complaint::Takes { expected, found } => {
            // What was written tells more than what became of it: `1e4`, not 10000.
            let written = node.and_then(|node| index.plain(node));
            let found = match written.filter(|written| is_short(written)) {
                Some(written) => format!("`{written}`"),
                None => found,
            };
            match problem.help {
                None => (format!("`{name}` takes {expected}, not {found}"), None),
                Some(advice) => (
                    format!("`{name}` does not take {found}; {advice}"),
                    Some(format!("it takes {expected}")),
                ),
            }
        }
    };
    Finding {
        code: problem.code,
        path: full_path,
        span: node.map_or(0..0, |node| index.span(node)),
        message,
        help,
    }
}

/// Whether a scalar can be shown as it is.
fn is_short(written: &str) -> bool {
    (1..=60).contains(&written.len()) && !written.contains(['\n', '`'])
}
