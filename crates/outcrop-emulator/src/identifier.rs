//! What a `modelId` names, and whether it can be invoked from where the caller is.
//!
//! Sources: Converse API reference (`modelId` and its pattern), Bedrock user guide (inference
//! profiles and their regions), reported error texts.

use crate::models::{self, Model};
use crate::refusal::Refusal;

/// The geographies that begin the identifier of an inference profile.
const GEOGRAPHIES: &[&str] = &[
    "us", "eu", "apac", "jp", "au", "ca", "in", "global", "us-gov",
];

/// Application profiles and other opaque ARNs that the emulator was told about: the ARN, and the
/// bare identifier of the model behind it.
pub(crate) type KnownArns = [(String, String)];

/// What an identifier stands for.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Target {
    /// A model with a row of its own.
    Model(&'static Model),
    /// Something whose name does not tell the model: an application inference profile, a
    /// provisioned or custom model, a prompt router, a SageMaker endpoint. Only the rules of
    /// Bedrock itself apply to it.
    Opaque,
    /// A prompt of Prompt management, which brings its own model and messages.
    Prompt,
}

impl Target {
    pub(crate) fn model(self) -> Option<&'static Model> {
        match self {
            Self::Model(model) => Some(model),
            Self::Opaque | Self::Prompt => None,
        }
    }
}

/// Finds what `id` names. `region` is that of the signature; a bearer token tells none, and then no
/// rule about regions applies. Models past their end of life are served unless `refuse_retired`:
/// accounts differ in how long they keep access.
pub(crate) fn resolve(
    id: &str,
    region: Option<&str>,
    known: &KnownArns,
    refuse_retired: bool,
) -> Result<Target, Refusal> {
    let target = match known.iter().find(|(arn, _)| arn == id) {
        Some((_, base)) => models::find(base).map_or(Target::Opaque, Target::Model),
        None if id.starts_with("arn:") => arn(id, region)?,
        None => Target::Model(bare(id, id, region)?),
    };
    match target.model().and_then(|model| model.retired) {
        Some(_) if refuse_retired => Err(end_of_life()),
        _ => Ok(target),
    }
}

/// The model that an identifier names by any form of its name, wherever it may be called from.
pub(crate) fn known(id: &str) -> Option<&'static Model> {
    let name = id.rsplit('/').next().unwrap_or(id);
    let behind_geography = || models::find(name.split_once('.')?.1);
    models::find(name).or_else(behind_geography)
}

/// An identifier that is no ARN: a foundation model, or an inference profile by its prefix.
/// `shown` is what the caller wrote.
fn bare(id: &str, shown: &str, region: Option<&str>) -> Result<&'static Model, Refusal> {
    if let Some(model) = models::find(id) {
        return on_demand(model, shown);
    }
    let Some((geography, base)) = id.split_once('.') else {
        return Err(unknown());
    };
    if !GEOGRAPHIES.contains(&geography) {
        return Err(unknown());
    }
    let model = models::find(base).ok_or_else(unknown)?;
    let reachable = model.profiles.contains(&geography)
        && region.is_none_or(|region| serves(geography, region));
    if reachable { Ok(model) } else { Err(unknown()) }
}

/// A model that only inference profiles offer cannot be invoked by its bare identifier (reported
/// error text; the apostrophe is U+2019).
fn on_demand(model: &'static Model, shown: &str) -> Result<&'static Model, Refusal> {
    if model.on_demand {
        return Ok(model);
    }
    Err(Refusal::validation(format!(
        "Invocation of model ID {shown} with on-demand throughput isn\u{2019}t supported. Retry \
         your request with the ID or ARN of an inference profile that contains this model."
    )))
}

fn arn(id: &str, region: Option<&str>) -> Result<Target, Refusal> {
    let parts: Vec<&str> = id.splitn(6, ':').collect();
    let ["arn", partition, service, own_region, account, resource] = parts[..] else {
        return Err(unknown());
    };
    let here = region.is_none_or(|region| region == own_region);
    if !here || !(partition == "aws" || partition.starts_with("aws-")) {
        return Err(unknown());
    }
    let (kind, name) = resource.split_once('/').ok_or_else(unknown)?;
    match (service, kind, account.is_empty()) {
        ("bedrock", "foundation-model", true) => {
            let model = models::find(name).ok_or_else(unknown)?;
            on_demand(model, id).map(Target::Model)
        }
        ("bedrock", "inference-profile", false) => match models::find(name) {
            Some(_) => Err(unknown()),
            None => bare(name, id, region).map(Target::Model),
        },
        ("bedrock", "prompt", false) => Ok(Target::Prompt),
        (
            "bedrock",
            "application-inference-profile"
            | "provisioned-model"
            | "custom-model"
            | "custom-model-deployment"
            | "imported-model"
            | "prompt-router"
            | "default-prompt-router",
            false,
        )
        | ("sagemaker", "endpoint", false) => Ok(Target::Opaque),
        _ => Err(unknown()),
    }
}

/// Whether the profiles of a geography can be called from a region. Where published client tables
/// differ (South America, Canada, the Middle East), every reading that one of them has is allowed.
fn serves(geography: &str, region: &str) -> bool {
    let area = region.split('-').next().unwrap_or_default();
    let government = region.starts_with("us-gov-");
    match geography {
        "global" => !government && area != "cn",
        "us" => matches!(area, "us" | "ca" | "sa") && !government,
        "us-gov" => government,
        "eu" => area == "eu",
        "apac" => matches!(area, "ap" | "me"),
        "jp" => matches!(region, "ap-northeast-1" | "ap-northeast-3"),
        "au" => matches!(region, "ap-southeast-2" | "ap-southeast-4"),
        "in" => matches!(region, "ap-south-1" | "ap-south-2"),
        "ca" => area == "ca",
        _ => false,
    }
}

/// One text for whatever does not exist: an unknown model, a profile that the model does not have,
/// a geography that the region is not part of, an ARN of another region. The service was reported
/// to word the last three in more than one way; this is the one they share.
fn unknown() -> Refusal {
    Refusal::validation("The provided model identifier is invalid.")
}

fn end_of_life() -> Refusal {
    Refusal::new(
        404,
        "ResourceNotFoundException",
        "This model version has reached the end of its life. Please refer to the AWS documentation \
         for more details.",
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn verdict(id: &str, region: &str) -> Result<Target, Refusal> {
        resolve(id, Some(region), &[], false)
    }

    #[test]
    fn a_profile_exists_for_the_geographies_of_its_model_only() {
        for (id, region, exists) in [
            ("us.anthropic.claude-opus-5", "us-east-1", true),
            ("us.anthropic.claude-opus-5", "eu-west-1", false),
            ("global.anthropic.claude-opus-5", "eu-west-1", true),
            ("eu.anthropic.claude-fable-5-1", "eu-west-1", false),
            ("apac.anthropic.claude-opus-5", "ap-south-1", false),
            ("in.anthropic.claude-opus-5", "ap-south-1", true),
            ("jp.anthropic.claude-sonnet-5", "ap-northeast-1", true),
            ("jp.anthropic.claude-sonnet-5", "ap-northeast-2", false),
            ("us.amazon.nova-premier-v1:0", "us-west-2", true),
            ("amazon.nova-lite-v1:0", "us-west-2", true),
            (
                "us-gov.anthropic.claude-sonnet-4-5-20250929-v1:0",
                "us-gov-west-1",
                true,
            ),
            ("sa.anthropic.claude-opus-5", "sa-east-1", false),
            ("us.anthropic.claude-opus-6", "us-east-1", false),
            ("gpt-5", "us-east-1", false),
        ] {
            assert_eq!(verdict(id, region).is_ok(), exists, "{id} in {region}");
        }
    }

    #[test]
    fn an_arn_must_be_of_the_region_that_signed() {
        let profile =
            "arn:aws:bedrock:us-east-1:111122223333:inference-profile/us.anthropic.claude-opus-5";
        assert!(verdict(profile, "us-east-1").is_ok());
        assert!(verdict(profile, "us-west-2").is_err());
        assert!(resolve(profile, None, &[], false).is_ok());
    }

    #[test]
    fn an_opaque_arn_is_what_the_emulator_was_told() {
        let arn = "arn:aws:bedrock:us-east-1:111122223333:application-inference-profile/a1b2c3";
        assert!(matches!(verdict(arn, "us-east-1"), Ok(Target::Opaque)));
        let known = [(arn.to_owned(), "anthropic.claude-opus-5".to_owned())];
        let target = resolve(arn, Some("us-east-1"), &known, false).unwrap();
        assert_eq!(target.model().unwrap().id, "anthropic.claude-opus-5");
    }

    #[test]
    fn a_retired_model_is_served_unless_told_otherwise() {
        let id = "us.anthropic.claude-sonnet-4-20250514-v1:0";
        assert!(resolve(id, None, &[], false).is_ok());
        assert_eq!(resolve(id, None, &[], true).unwrap_err().status, 404);
    }
}
