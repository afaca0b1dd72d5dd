//! The way to a model: whether the identifier can be called from the region.

use crate::model_id::Form;
use crate::{Adjustment, BaseModel, Kind, Model};

/// Reports what speaks against calling `model` from `region`. Each report predicts a refusal.
///
/// The rules are those of the Bedrock user guide on inference profiles: Claude 3.7 and later are
/// served through profiles only, a profile belongs to a geography, an ARN to a region.
#[must_use]
pub fn check_route(model: &Model, region: &str) -> Vec<Adjustment> {
    let mut adjustments = Vec::new();
    let id = model.id();
    adjustments.extend(check_identifier(model));
    if let Some(arn) = id.region()
        && arn != region
    {
        adjustments.push(Adjustment::RegionArnMismatch {
            arn: arn.to_owned(),
            region: region.to_owned(),
        });
    }
    if let Some(geography) = id.geography()
        && !geography.serves(region)
    {
        adjustments.push(Adjustment::RegionProfileMismatch {
            geography: geography.clone(),
            region: region.to_owned(),
        });
    }
    adjustments
}

/// The part of [`check_route`] that holds in every region: whether the identifier is the bare one
/// of a model that only inference profiles serve.
#[must_use]
pub fn check_identifier(model: &Model) -> Option<Adjustment> {
    let id = model.id();
    let is_bare = matches!(
        id.form(),
        Form::FoundationModel | Form::FoundationModelArn { .. }
    );
    let profiles = only_profiles(model).filter(|_| is_bare)?;
    let base = id.base().to_owned();
    Some(Adjustment::ModelNeedsInferenceProfile { base, profiles })
}

/// The geographies of a model that only inference profiles serve.
fn only_profiles(model: &Model) -> Option<&'static [&'static str]> {
    if matches!(model.base_model(), BaseModel::Used(_)) {
        return None; // What `base_model` says of the rules says nothing of the name.
    }
    match model.kind() {
        Kind::Claude(row) => (!row.on_demand).then_some(row.profiles),
        // A sibling's profiles say nothing about the profiles of a model that is newer.
        Kind::InferredClaude { sibling, .. } => (!sibling.on_demand).then_some(&[]),
        Kind::Other(family) => (!family.only_profiles.is_empty()).then_some(family.only_profiles),
        Kind::AssumedClaude | Kind::Unknown => None,
    }
}
