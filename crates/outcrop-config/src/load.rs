//! From text to models and everything there is to say about it.

use std::ops::Range;

use serde_yaml::{Mapping, Value};

use crate::declared::{self, Declared};
use crate::diagnostic::{Code, Diagnostic, Severity};
use crate::doubt::Kind;
use crate::draft::{Draft, keys_at};
use crate::entry::{self, Entry, Read};
use crate::findings::{Finding, Findings};
use crate::key::entry_keys;
use crate::locate::{Location, Places};
use crate::model_config::ModelConfig;
use crate::nearest::nearest;
use crate::provider::{self, Whose};
use crate::yaml::{self, Document, Index, NodeId};

/// What a configuration file holds.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct Loaded {
    /// The Bedrock models without an error, in the order of the file.
    pub models: Vec<Model>,
    /// The names of the Bedrock entries that have an error, in the order of the file.
    pub broken: Vec<String>,
    /// Everything found, in the order of the text.
    pub diagnostics: Vec<Diagnostic>,
    drafts: Vec<Draft>,
    places: Places,
}

/// A Bedrock model of a file.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Model {
    /// Its key under `models`.
    pub name: String,
    /// What is written about it.
    pub config: ModelConfig,
}

impl Loaded {
    /// The Bedrock model of that name, if it has no error.
    #[must_use]
    pub fn model(&self, name: &str) -> Option<&ModelConfig> {
        let model = self.models.iter().find(|model| model.name == name)?;
        Some(&model.config)
    }

    /// The Bedrock models that have an error, and a model ID that can be read all the same.
    #[must_use]
    pub fn drafts(&self) -> &[Draft] {
        &self.drafts
    }

    /// Where a setting is written, such as `models.opus.thinking_budget`: its value, or its key
    /// where the value is a map or a list. For a setting that is not written it is the nearest key
    /// above it, and at last the key of its entry; only entries of Bedrock are looked into.
    ///
    /// ```
    /// let loaded = outcrop_config::load(
    ///     "models:
    ///   opus:
    ///     provider: amazon-bedrock
    ///     model: global.anthropic.claude-opus-4-8
    /// ",
    /// );
    /// let place = |path| loaded.locate(path).map(|found| (found.line, found.column));
    /// assert_eq!(place("models.opus.model"), Some((4, 12)));
    /// assert_eq!(place("models.opus.max_tokens"), Some((2, 3)));
    /// assert_eq!(place("models.sonnet"), None);
    /// ```
    #[must_use]
    pub fn locate(&self, path: &str) -> Option<&Location> {
        self.places.value(path)
    }

    /// The same, where the key itself is the matter.
    #[must_use]
    pub fn locate_key(&self, path: &str) -> Option<&Location> {
        self.places.key(path)
    }

    /// Whether a setting is written in an entry of Bedrock.
    #[must_use]
    pub fn is_written(&self, path: &str) -> bool {
        self.places.contains(path)
    }

    /// The path of a setting in the declared provider that its entry has it from, such as
    /// `providers.ours.provider_opts.region` for `models.opus.provider_opts.region`.
    #[must_use]
    pub fn declared_at(&self, path: &str) -> Option<String> {
        self.places.declared_at(path)
    }

    /// Whether anything in the file is wrong beyond a warning.
    #[must_use]
    pub fn has_errors(&self) -> bool {
        self.diagnostics
            .iter()
            .any(|diagnostic| diagnostic.severity() == Severity::Error)
    }
}

/// Reads a configuration file. It always comes to an end: whatever is wrong with the text is a
/// [`Diagnostic`], and every entry without an error is a [`Model`].
///
/// ```
/// let loaded = outcrop_config::load(
///     "models:
///   fast: { provider: amazon-bedrock, model: amazon.nova-lite-v1:0 }
///   slow: { provider: amazon-bedrock, model: amazon.nova-pro-v1:0, max_tokens: lots }
///   other: { provider: openai, anything: goes }
/// ",
/// );
/// assert_eq!(loaded.models[0].config.model, "amazon.nova-lite-v1:0");
/// assert_eq!(loaded.broken, ["slow"]);
/// assert_eq!(
///     loaded.diagnostics[0].to_string(),
///     "3:78: error config.wrong-type: \
///      `max_tokens` takes a whole number from 1 to 2147483647, not `lots`",
/// );
/// ```
#[must_use]
pub fn load(text: &str) -> Loaded {
    let mut findings = Findings::default();
    let mut loaded = Loaded::default();
    if let Some(refused) = yaml::refuse_size(text) {
        findings.push(refused);
        loaded.diagnostics = findings.locate("");
        return loaded;
    }
    if let Some(document) = yaml::read(&yaml::separated(text), &mut findings) {
        walk_file(text, &document, &mut loaded, &mut findings);
    }
    loaded.diagnostics = findings.locate(text);
    loaded.places.count(text);
    loaded
}

/// Looks for the entries of `models`.
fn walk_file(text: &str, document: &Document<'_>, loaded: &mut Loaded, findings: &mut Findings) {
    let index = &document.index;
    let file = match &document.value {
        Value::Mapping(file) => file,
        Value::Null => return findings.push(nothing(text, span(index, index.root()))),
        _ => {
            let message = "the file takes a map with the key `models`, not what stands here";
            return findings.push(wrong_type(span(index, index.root()), "", message, OUTLINE));
        }
    };
    let mut declared = Declared::read(file, index, &mut loaded.places, findings);
    let place = index.root().and_then(|root| index.pair(root, "models"));
    match file.get("models") {
        Some(Value::Mapping(models)) if is_model_itself(models) => {
            findings.push(name_missing(span(index, place.map(|place| place.key))));
        }
        Some(Value::Mapping(models)) if !models.is_empty() => {
            let node = place.map(|place| place.value);
            for (key, value) in models {
                if findings.is_full() || declared.is_spent() {
                    return;
                }
                match key.as_str() {
                    Some(name) => {
                        let entry = Entry::find(index, "models", node, name, value);
                        walk_entry(&entry, &mut declared, index, loaded, findings);
                    }
                    None if provider::is_ours(value, &declared) => {
                        findings.push(name_is_no_text(span(index, index.odd_key(key))));
                    }
                    None => {}
                }
            }
        }
        Some(Value::Mapping(_) | Value::Null) => {
            let misplaced = indented_with_no_break_spaces(file, index);
            findings.push(match misplaced.or_else(|| not_indented(file, index)) {
                Some(finding) => finding,
                None => {
                    let span = span(index, place.map(|place| place.key));
                    no_models("models", span, "`models` is empty")
                }
            });
        }
        Some(other) => {
            let message = "`models` takes a map from names to models, not what stands here";
            let span = span(index, place.map(|place| place.value));
            let help = match other {
                Value::Sequence(_) => {
                    "write the name of each model as a key, `NAME:`, without a dash before it"
                }
                _ => OUTLINE,
            };
            findings.push(wrong_type(span, "models", message, help));
        }
        None => findings.push(models_missing(file, index)),
    }
}

/// Reads an entry if it is one of ours, and says so if it looks as if it should be.
fn walk_entry(
    entry: &Entry<'_>,
    declared: &mut Declared<'_>,
    index: &Index<'_>,
    loaded: &mut Loaded,
    findings: &mut Findings,
) {
    match provider::whose(entry.value, declared) {
        Whose::Bedrock { mapping, provider } => {
            declared.give(provider);
            if declared.is_spent() {
                return findings.push(declared::too_heavy(entry, index));
            }
            let defaults = declared.defaults(provider);
            let errors = findings.errors();
            // A key that stands twice was reported before any entry was read.
            let before = findings.errors_within(&entry.path);
            let Read {
                config,
                mut unreadable,
            } = entry::read(
                mapping,
                entry,
                defaults,
                index,
                &mut loaded.places,
                findings,
            );
            let name = entry.name.to_owned();
            let is_broken = defaults.is_some_and(|defaults| defaults.is_broken);
            if !is_broken && before.is_empty() && findings.errors() == errors {
                loaded.models.push(Model { name, config });
                return;
            }
            loaded.broken.push(name.clone());
            unreadable.extend(before.iter().flat_map(|path| keys_at(path)));
            if !before.iter().any(|path| path.ends_with("<<"))
                && !unreadable.iter().any(|key| key.path == "model")
            {
                loaded.drafts.push(Draft::new(name, config, &unreadable));
            }
        }
        Whose::AnotherApi(name) => findings.push(declared::another_api(name, entry, index)),
        Whose::Unknown(advice) => findings.push(advice.finding(Kind::Model, entry, index)),
        Whose::Other => {}
    }
}

fn models_missing(file: &Mapping, index: &Index<'_>) -> Finding {
    // A text or a number is no map of models, whatever its key is called.
    let maps = file
        .iter()
        .filter(|(_, value)| value.is_mapping() || value.is_sequence() || value.is_null());
    let mut names = maps.filter_map(|(name, _)| name.as_str());
    let meant = names.find(|name| nearest(name, ["models"]).is_some());
    let key = |name: &str| Some(index.pair(index.root()?, name)?.key);
    if meant.is_none() && file.contains_key("agents") {
        return only_agents(span(index, key("agents")));
    }
    if let Some(meant) = meant {
        let why = format!("is `{meant}` meant to be `models`?");
        return no_models(meant, span(index, key(meant)), &why);
    }
    let first = file.keys().find_map(Value::as_str).and_then(key);
    no_models("", span(index, first), "there is no key `models`")
}

/// Whether nothing but the keys of a model stands where names belong.
fn is_model_itself(models: &Mapping) -> bool {
    let is_key = |name: &Value| {
        let name = name.as_str();
        name.is_some_and(|name| entry_keys().any(|key| key.name == name))
    };
    models.get("provider").is_some_and(Value::is_string) && models.keys().all(is_key)
}

/// The keys of a model directly below `models`.
fn name_missing(span: Range<usize>) -> Finding {
    let help = "below `models` write a name of your choice, and indent provider and model below it";
    Finding {
        code: Code::ConfigProviderMissing,
        path: "models".to_owned(),
        span,
        message: "the name of the model is missing: its keys stand directly below `models`"
            .to_owned(),
        help: Some(help.to_owned()),
    }
}

/// A list or a map where the name of one of our models belongs.
fn name_is_no_text(span: Range<usize>) -> Finding {
    let help = "write a name, a colon, and below them, indented, provider and model";
    let message = "`models` has a name that is not a text";
    wrong_type(span, "models", message, help)
}

/// A file of docker-agent may name its models in the agents alone.
fn only_agents(span: Range<usize>) -> Finding {
    Finding {
        code: Code::ConfigNotRead,
        path: "agents".to_owned(),
        span,
        message: "there are no `models` here, and those of `agents` are not read".to_owned(),
        help: Some(OUTLINE.to_owned()),
    }
}

/// A key that looks indented and is not, so that it stands beside `models` and not below it.
fn indented_with_no_break_spaces(file: &Mapping, index: &Index<'_>) -> Option<Finding> {
    let mut names = file.keys().filter_map(Value::as_str);
    let name = names.find(|name| name.starts_with('\u{a0}'))?;
    let place = index.pair(index.root()?, name)?;
    let mut finding = no_models("", index.span(place.key), "`models` is empty");
    finding.help = Some(crate::yaml::NO_BREAK_SPACE.to_owned());
    Some(finding)
}

/// A model that stands beside `models`.
fn not_indented(file: &Mapping, index: &Index<'_>) -> Option<Finding> {
    let is_model = |value: &Value| value.get("provider").is_some_and(Value::is_string);
    let mut entries = file.iter().filter(|(_, value)| is_model(value));
    let name = entries.find_map(|(name, _)| name.as_str())?;
    let place = index.pair(index.root()?, name)?;
    let why = format!("`{name}` stands beside `models`, which is empty");
    let mut finding = no_models("", index.span(place.key), &why);
    finding.help = Some("indent the names of the models further than `models`".to_owned());
    Some(finding)
}

/// What a file looks like.
const OUTLINE: &str =
    "write models: and below it, indented, a name, and below that provider and model";

/// A file whose first document is nothing at all.
fn nothing(text: &str, span: Range<usize>) -> Finding {
    let lines = text.trim_start_matches('\u{feff}').lines().map(str::trim);
    let mut lines = lines.filter(|line| !line.is_empty()).peekable();
    if lines.peek().is_none() {
        return no_models("", 0..0, "the file is empty");
    }
    if lines.all(|line| line.starts_with('#')) {
        return no_models("", 0..0, "the file has nothing but comments");
    }
    no_models("", span, "the document is empty")
}

fn no_models(path: &str, span: Range<usize>, why: &str) -> Finding {
    Finding {
        code: Code::ConfigNoModels,
        path: path.to_owned(),
        span,
        message: format!("no models here: {why}"),
        help: Some(OUTLINE.to_owned()),
    }
}

fn wrong_type(span: Range<usize>, path: &str, message: &str, help: &str) -> Finding {
    Finding {
        code: Code::ConfigWrongType,
        path: path.to_owned(),
        span,
        message: message.to_owned(),
        help: Some(help.to_owned()),
    }
}

fn span(index: &Index<'_>, node: Option<NodeId>) -> Range<usize> {
    node.map_or(0..0, |node| index.span(node))
}
