//! Selecting the model: a file, a name in it, and what is overridden for one call.

use outcrop::policy::{Kind, ModelId};
use outcrop::{Model, ModelConfig};

use crate::args::{Overrides, SourceArgs};
use crate::configuration::{self, Configuration, NO_FILE};
use crate::failure::Failure;
use crate::render::diagnostics;
use outcrop::config::nearest;

/// One model.
pub(crate) fn model(
    source: &SourceArgs,
    name: Option<&str>,
    overrides: &Overrides,
) -> Result<Model, Failure> {
    let configuration = read(source)?;
    let chosen = choose(configuration.as_ref(), name);
    if let Some(configuration) = &configuration {
        // What is wrong with other entries explains why a model is not found.
        diagnostics::warn(configuration, chosen.is_err());
    }
    let (name, config) = chosen?;
    let config = with_overrides(config, overrides);
    Ok(match name {
        Some(name) => Model::named(&name, config),
        None => Model::new(config),
    })
}

/// Every Bedrock model of the configuration.
pub(crate) fn all_models(
    source: &SourceArgs,
    overrides: &Overrides,
) -> Result<Vec<Model>, Failure> {
    let configuration = read(source)?
        .ok_or_else(|| Failure::usage(NO_FILE, "name a file with -c, or a model ID"))?;
    diagnostics::warn(&configuration, true);
    let models = configuration.loaded.models.into_iter();
    let models =
        models.map(|model| Model::named(&model.name, with_overrides(model.config, overrides)));
    Ok(models.collect())
}

fn read(source: &SourceArgs) -> Result<Option<Configuration>, Failure> {
    let path = source.config.clone().or_else(configuration::default_file);
    path.as_deref().map(Configuration::read_valid).transpose()
}

/// A model of the configuration with its name there, or one that is named by its ID.
fn choose(
    configuration: Option<&Configuration>,
    name: Option<&str>,
) -> Result<(Option<String>, ModelConfig), Failure> {
    match (configuration, name) {
        (Some(configuration), Some(name)) => match configuration.loaded.model(name) {
            Some(config) => Ok((Some(name.to_owned()), config.clone())),
            None => by_id_beside(configuration, name),
        },
        (Some(configuration), None) => only_model(configuration),
        (None, Some(name)) if is_known_id(name) || looks_like_an_id(name) => {
            Ok((None, ModelConfig::new(name)))
        }
        (None, Some(name)) => Err(Failure::usage(
            format!("`{name}` is not a Bedrock model ID, and there is no configuration"),
            "name a file with -c, or write outcrop.yaml",
        )),
        (None, None) => Err(Failure::usage(
            NO_FILE,
            "name a file with -c, or a model ID with -m",
        )),
    }
}

/// A name that is no key of the configuration may still be a model ID.
fn by_id_beside(
    configuration: &Configuration,
    name: &str,
) -> Result<(Option<String>, ModelConfig), Failure> {
    let known = configuration.names();
    let meant = nearest(name, known.iter().map(String::as_str)).map(str::to_owned);
    if is_known_id(name) || (meant.is_none() && looks_like_an_id(name)) {
        return Ok((None, ModelConfig::new(name)));
    }
    Err(Failure::UnknownModel {
        name: name.to_owned(),
        known,
        meant,
    })
}

fn is_known_id(name: &str) -> bool {
    outcrop::policy::Model::resolve(ModelId::new(name), None).kind() != Kind::Unknown
}

/// Whether a name has the form `vendor.model` or is an ARN: there are more vendors every year.
fn looks_like_an_id(name: &str) -> bool {
    let is_vendor =
        |word: &str| !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_alphanumeric());
    let is_model = |word: &str| word.starts_with(|first: char| first.is_ascii_alphabetic());
    name.starts_with("arn:")
        || name
            .split_once('.')
            .is_some_and(|(vendor, model)| is_vendor(vendor) && is_model(model))
}

fn only_model(configuration: &Configuration) -> Result<(Option<String>, ModelConfig), Failure> {
    match configuration.loaded.models.as_slice() {
        [model] => Ok((Some(model.name.clone()), model.config.clone())),
        [] => Err(Failure::usage(
            format!("{} has no Bedrock model", configuration.path.display()),
            "add an entry with `provider: amazon-bedrock`, or name a model ID with -m",
        )),
        _ => Err(Failure::usage(
            format!(
                "{} has several Bedrock models",
                configuration.path.display()
            ),
            format!("choose one with -m: {}", configuration.names().join(", ")),
        )),
    }
}

fn with_overrides(mut config: ModelConfig, overrides: &Overrides) -> ModelConfig {
    config.thinking_budget = overrides.thinking_budget.or(config.thinking_budget);
    config.max_tokens = overrides.max_tokens.or(config.max_tokens);
    config.temperature = overrides.temperature.or(config.temperature);
    config.top_p = overrides.top_p.or(config.top_p);
    let opts = &mut config.provider_opts;
    opts.region = overrides.region.clone().or(opts.region.take());
    if let Some(profile) = &overrides.profile {
        opts.profile = Some(profile.clone());
        // A token would win over the profile that is asked for.
        config.token_key = None;
    }
    config
}
