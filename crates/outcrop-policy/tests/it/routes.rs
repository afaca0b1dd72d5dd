//! Whether an identifier can be called from a region.

use outcrop_policy::{Adjustment, Model, ModelId, TABLE, check_route};

fn codes(id: &str, region: &str) -> Vec<&'static str> {
    let adjustments = check_route(&Model::resolve(ModelId::new(id), None), region);
    assert!(adjustments.iter().all(|it| it.predicts_refusal()));
    adjustments.iter().map(|it| it.code()).collect()
}

#[test]
fn a_profile_is_called_from_its_geography() {
    let id = |geography: &str| format!("{geography}.anthropic.claude-sonnet-4-5-20250929-v1:0");
    for (geography, region) in [
        ("global", "eu-west-3"),
        ("us", "us-east-1"),
        ("us", "ca-central-1"),
        ("us", "sa-east-1"),
        ("eu", "eu-central-1"),
        ("apac", "ap-south-1"),
        ("apac", "me-central-1"),
        ("jp", "ap-northeast-3"),
        ("au", "ap-southeast-4"),
        ("ca", "ca-west-1"),
        ("in", "ap-south-1"),
        ("us-gov", "us-gov-east-1"),
        ("xx", "us-east-1"),
    ] {
        assert!(
            codes(&id(geography), region).is_empty(),
            "{geography} {region}"
        );
    }
    for (geography, region) in [
        ("global", "us-gov-west-1"),
        ("global", "cn-north-1"),
        ("us", "eu-west-1"),
        ("us", "us-gov-west-1"),
        ("eu", "us-east-1"),
        ("apac", "us-east-1"),
        ("jp", "ap-northeast-2"),
        ("au", "ap-southeast-1"),
        ("ca", "us-east-1"),
        ("in", "ap-southeast-1"),
        ("us-gov", "us-east-1"),
    ] {
        assert_eq!(
            codes(&id(geography), region),
            ["region.profile-mismatch"],
            "{geography} {region}"
        );
    }
}

#[test]
fn an_arn_is_called_in_its_region() {
    let arn = "arn:aws:bedrock:eu-west-1:123456789012:application-inference-profile/abc";
    assert!(codes(arn, "eu-west-1").is_empty());
    assert_eq!(codes(arn, "us-east-1"), ["region.arn-mismatch"]);
}

#[test]
fn a_bare_id_of_a_profile_only_model_is_foreseen() {
    for id in [
        "anthropic.claude-3-7-sonnet-20250219-v1:0",
        "anthropic.claude-opus-4-8",
        "anthropic.claude-opus-6",
        "arn:aws:bedrock:us-east-1::foundation-model/anthropic.claude-opus-4-8",
        "amazon.nova-premier-v1:0",
        "moonshotai.kimi-k3",
    ] {
        assert_eq!(
            codes(id, "us-east-1"),
            ["model.needs-inference-profile"],
            "{id}"
        );
    }
    for id in [
        "anthropic.claude-3-haiku-20240307-v1:0",
        "amazon.nova-lite-v1:0",
        "us.anthropic.claude-opus-4-8",
        "who.knows",
    ] {
        assert!(codes(id, "us-east-1").is_empty(), "{id}");
    }
}

#[test]
fn the_profiles_that_are_offered_exist_and_serve_the_region() {
    for row in TABLE.iter().filter(|row| !row.on_demand) {
        for region in ["us-east-1", "eu-west-1", "ap-northeast-1", "us-gov-west-1"] {
            let id = format!("anthropic.{}", row.name);
            let model = Model::resolve(ModelId::new(&id), None);
            let adjustments = check_route(&model, region);
            let [Adjustment::ModelNeedsInferenceProfile { profiles, .. }] = adjustments.as_slice()
            else {
                panic!("{id}: {adjustments:?}");
            };
            for profile in profiles {
                assert!(codes(profile, region).is_empty(), "{profile} from {region}");
                assert!(
                    profile.ends_with(&row.id()),
                    "{profile} is not of {}",
                    row.id()
                );
            }
            let global = profiles
                .iter()
                .position(|profile| profile.starts_with("global."));
            assert!(
                global.is_none_or(|place| place + 1 == profiles.len()),
                "{profiles:?}"
            );
        }
    }
}
