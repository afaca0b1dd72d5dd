//! The way to a model: whether the identifier can be called from the region.

use crate::adjustment::Assumed;
use crate::callable::{is_near_another, model_meant};
use crate::model_id::Form;
use crate::region::region_meant;
use crate::{Adjustment, BaseModel, Geography, Kind, Model};

/// Reports what speaks against calling `model` from `region`. Each report predicts a refusal, but for
/// a name that may be misspelt.
///
/// The rules are those of the Bedrock user guide on inference profiles: Claude 3.7 and later are
/// served through profiles only, a profile belongs to a geography, an ARN to a region.
#[must_use]
pub fn check_route(model: &Model, region: &str) -> Vec<Adjustment> {
    let mut adjustments = Vec::new();
    let id = model.id();
    if let Some(meant) = region_meant(region) {
        let region = region.to_owned();
        adjustments.push(Adjustment::RegionMisspelt { region, meant });
        adjustments.extend(check_identifier(model));
        return adjustments;
    }
    adjustments.extend(check_bare_id(model, Some(region)));
    adjustments.extend(check_name(model));
    if let Some(unknown) = check_profile(model, Some(region)) {
        adjustments.push(unknown);
        return adjustments;
    }
    adjustments.extend(check_revision(model));
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
/// of a model that only inference profiles serve, names a profile that the model does not have, or
/// is near the name of a known model of another vendor.
#[must_use]
pub fn check_identifier(model: &Model) -> Vec<Adjustment> {
    let found = [
        check_bare_id(model, None),
        check_name(model),
        check_profile(model, None).or_else(|| check_revision(model)),
    ];
    found.into_iter().flatten().collect()
}

/// A misspelt model of a family whose models are not listed one by one.
fn check_name(model: &Model) -> Option<Adjustment> {
    let Kind::Other(family) = model.kind() else {
        return None;
    };
    is_near_another(model.telling_id()).then(|| Adjustment::ModelUnknown {
        id: model.telling_id().as_str().to_owned(),
        assumed: Assumed::OneOf(family.name),
        meant: model_meant(model),
        by_base_model: matches!(model.base_model(), BaseModel::Used(_)),
    })
}

/// An inference profile that a Claude of the table does not have.
fn check_profile(model: &Model, region: Option<&str>) -> Option<Adjustment> {
    let (Kind::Claude(row), Some(geography)) = (model.kind(), model.id().geography()) else {
        return None;
    };
    let named_by_base_model = matches!(model.base_model(), BaseModel::Used(_));
    let is_little_known = row.profiles.is_empty() || *geography == Geography::UsGov;
    if named_by_base_model || is_little_known || row.profiles.contains(&geography.as_str()) {
        return None;
    }
    // Where none of them serves the region, all of them are worth a word.
    let known = only_profiles(model, region).filter(|known| !known.is_empty());
    Some(Adjustment::ModelProfileUnknown {
        profile: format!("{geography}.{}", model.id().base()),
        known: known.or_else(|| only_profiles(model, None))?,
    })
}

/// A profile of a Claude whose ID ends otherwise. That of a bare ID is told with its profiles; older
/// models have several revisions, which the table does not list.
fn check_revision(model: &Model) -> Option<Adjustment> {
    let (Kind::Claude(row), Some(geography)) = (model.kind(), model.id().geography()) else {
        return None;
    };
    let named_by_base_model = matches!(model.base_model(), BaseModel::Used(_));
    let (written, right) = (model.id().base(), row.id());
    if named_by_base_model || row.on_demand || row.profiles.is_empty() || written == right {
        return None;
    }
    Some(Adjustment::ModelMisdated {
        id: format!("{geography}.{written}"),
        meant: format!("{geography}.{right}"),
    })
}

fn check_bare_id(model: &Model, region: Option<&str>) -> Option<Adjustment> {
    let id = model.id();
    let is_bare = matches!(
        id.form(),
        Form::FoundationModel | Form::FoundationModelArn { .. }
    );
    let profiles = only_profiles(model, region).filter(|_| is_bare)?;
    let base = id.base().to_owned();
    Some(Adjustment::ModelNeedsInferenceProfile { base, profiles })
}

/// The inference profiles of a model that only they serve, as far as they are known and can be
/// called from the region, if one is given.
fn only_profiles(model: &Model, region: Option<&str>) -> Option<Vec<String>> {
    if matches!(model.base_model(), BaseModel::Used(_)) {
        return None; // What `base_model` says of the rules says nothing of the name.
    }
    let (on_demand, geographies, base) = match model.kind() {
        Kind::Claude(row) => (row.on_demand, row.profiles, row.id()),
        // A sibling's profiles say nothing about the profiles of a model that is newer.
        Kind::InferredClaude { sibling, .. } => (sibling.on_demand, EMPTY, String::new()),
        Kind::Other(family) => {
            let only = family.only_profiles;
            (only.is_empty(), only, model.id().base().to_owned())
        }
        Kind::AssumedClaude | Kind::Unknown => return None,
    };
    if on_demand {
        return None;
    }
    let mut geographies: Vec<Geography> = geographies
        .iter()
        .map(|prefix| Geography::from_prefix(prefix))
        .collect();
    geographies.retain(|geography| region.is_none_or(|region| geography.serves(region)));
    geographies.sort_by_key(|geography| *geography == Geography::Global);
    Some(
        geographies
            .iter()
            .map(|geography| format!("{geography}.{base}"))
            .collect(),
    )
}

/// No geography.
const EMPTY: &[&str] = &[];
