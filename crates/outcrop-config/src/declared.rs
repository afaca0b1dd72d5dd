//! The providers that a file declares, as docker-agent has them, and what they give to the models
//! that name them. Source: docker-agent documentation, "Provider Definitions".

use std::collections::{HashMap, HashSet};

use serde_yaml::{Mapping, Value};

use crate::conflict;
use crate::diagnostic::Code;
use crate::doubt::{Doubt, Kind, near_provider};
use crate::entry::{self, Entry, Read};
use crate::findings::{Finding, Findings};
use crate::locate::Places;
use crate::misplaced;
use crate::provider::{BEDROCK, is_close};
use crate::yaml::{self, Index};

/// What all models together may have from their providers, as [`yaml::weight`] weighs it. A large
/// file of 2,000 models comes to a quarter of it.
const HEAVIEST: usize = 16 << 20;

/// The map `providers`.
pub(crate) struct Declared<'a> {
    all: Option<&'a Mapping>,
    /// Those that are Amazon Bedrock, by their names.
    ours: HashMap<&'a str, Defaults>,
    /// What models had from them so far.
    given: usize,
}

/// What a declared provider gives to each model that names it.
pub(crate) struct Defaults {
    pub(crate) read: Read,
    /// The keys that lead to it: `providers.ours`.
    pub(crate) path: String,
    /// Whether anything in it is an error.
    pub(crate) is_broken: bool,
    weight: usize,
}

impl<'a> Declared<'a> {
    /// Reads the providers of a file that are Amazon Bedrock, and no others.
    pub(crate) fn read(
        file: &'a Mapping,
        index: &Index<'_>,
        places: &mut Places,
        findings: &mut Findings,
    ) -> Self {
        let all = file.get("providers").and_then(Value::as_mapping);
        misplaced::look(file, index, findings);
        let pair = index.root().and_then(|root| index.pair(root, "providers"));
        let used = all.map_or_else(HashSet::new, |_| named_by_models(file));
        let mut ours = HashMap::new();
        for (name, value) in all.into_iter().flatten() {
            let Some(name) = name.as_str().filter(|_| !findings.is_full()) else {
                continue;
            };
            let node = pair.map(|pair| pair.value);
            let at = Entry::find(index, "providers", node, name, value);
            let Some(mapping) = value.as_mapping().filter(|mapping| is_ours(mapping)) else {
                let finding = if name == BEDROCK && value.is_mapping() {
                    Some(unheard(&at, index))
                } else if misplaced::is_told(all, &at) {
                    None
                } else {
                    let doubt = doubt(&at, all, used.contains(name));
                    doubt.map(|doubt| doubt.finding(Kind::Provider, &at, index))
                };
                finding
                    .into_iter()
                    .for_each(|finding| findings.push(finding));
                continue;
            };
            let errors = findings.errors();
            let is_twice = !findings.errors_within(&at.path).is_empty();
            let read = entry::read_defaults(mapping, &at, index, places, findings);
            conflict::check_endpoint(&read.config, &at.path, places, findings);
            let defaults = Defaults {
                is_broken: is_twice || findings.errors() > errors,
                weight: yaml::weight(value),
                path: at.path,
                read,
            };
            ours.insert(name, defaults);
        }
        Self {
            all,
            ours,
            given: 0,
        }
    }

    /// Whether the file declares a provider of that name.
    pub(crate) fn has(&self, name: &str) -> bool {
        self.all.is_some_and(|all| all.contains_key(name))
    }

    /// The names of all that the file declares.
    pub(crate) fn names(&self) -> impl Iterator<Item = &'a str> {
        let all = self.all.into_iter().flatten();
        all.filter_map(|(name, _)| name.as_str())
    }

    /// What a provider gives to its models, if it is Amazon Bedrock.
    pub(crate) fn defaults(&self, name: &str) -> Option<&Defaults> {
        self.ours.get(name)
    }

    /// Whether docker-agent calls a provider by another API than Converse, though it is Bedrock.
    pub(crate) fn has_another_api(&self, name: &str) -> bool {
        let declared = self.all.and_then(|all| all.get(name)?.as_mapping());
        declared.is_some_and(|declared| is_bedrock(declared) && has_api_type(declared))
    }

    /// Counts what another model has from a provider.
    pub(crate) fn give(&mut self, name: &str) {
        self.given += self.ours.get(name).map_or(0, |defaults| defaults.weight);
    }

    /// Whether models had so much from their providers that no other is read.
    pub(crate) fn is_spent(&self) -> bool {
        self.given > HEAVIEST
    }
}

fn is_bedrock(declared: &Mapping) -> bool {
    declared.get("provider").and_then(Value::as_str) == Some(BEDROCK)
}

/// docker-agent lets `api_type` decide over `provider`, and every one that it has is OpenAI's.
fn has_api_type(declared: &Mapping) -> bool {
    let api_type = declared.get("api_type").and_then(Value::as_str);
    api_type.is_some_and(|api_type| !api_type.is_empty())
}

/// Whether a declared provider gives settings to our models.
fn is_ours(declared: &Mapping) -> bool {
    is_bedrock(declared) && !has_api_type(declared)
}

/// The providers that models name.
fn named_by_models(file: &Mapping) -> HashSet<&str> {
    let models = file.get("models").and_then(Value::as_mapping);
    let models = models.into_iter().flat_map(Mapping::values);
    models
        .filter_map(|model| model.get("provider")?.as_str())
        .collect()
}

/// Why a declared provider that is not ours may be meant to be. One without a `provider` is OpenAI's
/// in docker-agent, and so is in order unless models name it and it has what only Bedrock takes.
fn doubt<'a>(at: &Entry<'a>, all: Option<&Mapping>, is_used: bool) -> Option<Doubt<'a>> {
    let Value::Mapping(mapping) = at.value else {
        return Some(Doubt::Missing);
    };
    if has_api_type(mapping) {
        return None;
    }
    let is_elsewhere = mapping.contains_key("base_url");
    match mapping.get("provider") {
        Some(Value::String(provider)) => {
            let named = all.and_then(|all| all.get(provider)?.as_mapping());
            if named.is_some_and(is_bedrock) {
                return Some(Doubt::Chained(provider));
            }
            is_close(provider).then_some(Doubt::Misspelt {
                written: provider,
                meant: BEDROCK,
            })
        }
        Some(Value::Null) if is_elsewhere => None,
        Some(_) => Some(Doubt::Missing),
        None => {
            let near = near_provider(mapping).filter(|key| {
                let value = mapping.get(key).and_then(Value::as_str);
                value.is_some_and(|value| value == BEDROCK || is_close(value))
            });
            let is_meant = || has_bedrock_options(mapping) || (is_close(at.name) && !is_elsewhere);
            near.map(Doubt::KeyMisspelt)
                .or_else(|| (is_used && is_meant()).then_some(Doubt::Missing))
        }
    }
}

/// Whether anything is set that no other provider of docker-agent takes.
fn has_bedrock_options(declared: &Mapping) -> bool {
    let options = declared.get("provider_opts").and_then(Value::as_mapping);
    options.is_some_and(|options| {
        [
            "region",
            "profile",
            "role_arn",
            "role_session_name",
            "external_id",
            "endpoint_url",
        ]
        .iter()
        .any(|key| options.contains_key(key))
    })
}

/// What to say of a provider that has the name of Bedrock itself and is not Bedrock: the models of
/// that name are Bedrock's all the same.
fn unheard(at: &Entry<'_>, index: &Index<'_>) -> Finding {
    let declared = at.value.as_mapping();
    let (why, help) = if declared.is_some_and(is_bedrock) {
        ("has an `api_type`", "leave out the `api_type`".to_owned())
    } else {
        let help = format!("write provider: {BEDROCK} in it");
        ("is not of `provider: amazon-bedrock`", help)
    };
    let message = format!(
        "the models of `{BEDROCK}` have nothing from this provider of the same name, since it {why}"
    );
    let mut finding = at.finding(index, Code::ConfigConflict, message);
    finding.help = Some(format!("{help}, or give it another name"));
    finding
}

/// What to say of an entry whose provider is called by another API.
pub(crate) fn another_api(name: &str, entry: &Entry<'_>, index: &Index<'_>) -> Finding {
    let message = format!(
        "`providers` gives `{name}` an `api_type`, so that docker-agent calls an OpenAI API and not \
         Converse; the entry is not read"
    );
    let help = format!("to have it read, leave out the `api_type` of `{name}`");
    about_provider(Code::ConfigNotRead, message, help, entry, index)
}

/// What to say where the settings of providers, taken over, are too many.
pub(crate) fn too_heavy(entry: &Entry<'_>, index: &Index<'_>) -> Finding {
    let message = format!(
        "what the models have from their `providers` takes more than {} MiB; the others are not \
         read",
        HEAVIEST >> 20
    );
    let help = "declare less in the provider".to_owned();
    about_provider(Code::YamlTooLarge, message, help, entry, index)
}

/// A finding at the provider of an entry.
fn about_provider(
    code: Code,
    message: String,
    help: String,
    entry: &Entry<'_>,
    index: &Index<'_>,
) -> Finding {
    let provider = entry.pair(index, "provider").map(|pair| pair.value);
    Finding {
        code,
        path: crate::path::join(&entry.path, "provider"),
        span: provider.map_or(entry.key_span(index), |value| index.span(value)),
        message,
        help: Some(help),
    }
}
