//! Whether an identifier can be called from a region.

use outcrop_policy::{
    Adjustment, Model, ModelId, TABLE, check_identifier, check_route, nearest_known,
};

fn codes(id: &str, region: &str) -> Vec<&'static str> {
    let adjustments = check_route(&Model::resolve(ModelId::new(id), None), region);
    assert!(adjustments.iter().all(|it| it.predicts_refusal()));
    adjustments.iter().map(|it| it.code()).collect()
}

#[test]
fn a_profile_is_called_from_its_geography() {
    let id = |geography: &str| format!("{geography}.amazon.nova-lite-v1:0");
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
        ("us", "a-server-for-tests"),
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
fn a_profile_that_the_model_does_not_have_is_foreseen_with_those_it_has() {
    for (id, region, instead) in [
        (
            "apac.anthropic.claude-opus-4-8",
            "ap-northeast-1",
            "jp.anthropic.claude-opus-4-8` or `global.anthropic.claude-opus-4-8",
        ),
        (
            "gobal.anthropic.claude-opus-4-8",
            "us-east-1",
            "us.anthropic.claude-opus-4-8` or `global.anthropic.claude-opus-4-8",
        ),
        (
            "eu.anthropic.claude-opus-4-1-20250805-v1:0",
            "eu-west-1",
            "us.anthropic.claude-opus-4-1-20250805-v1:0",
        ),
        (
            "arn:aws:bedrock:ap-south-1:123456789012:inference-profile/apac.anthropic.claude-opus-5-5",
            "ap-south-1",
            "global.anthropic.claude-opus-5-5",
        ),
    ] {
        assert_eq!(codes(id, region), ["model.unknown-profile"], "{id}");
        let said = check_route(&Model::resolve(ModelId::new(id), None), region)[0].to_string();
        assert!(said.ends_with(&format!("(write `{instead}`)")), "{said}");
    }
    // Of GovCloud's profiles less is published.
    assert!(
        codes(
            "us-gov.anthropic.claude-3-7-sonnet-20250219-v1:0",
            "us-gov-west-1"
        )
        .is_empty()
    );
}

#[test]
fn a_region_that_nobody_has_is_foreseen_with_the_one_that_was_meant() {
    let id = "us.anthropic.claude-opus-4-8";
    assert_eq!(codes(id, "us-esat-1"), ["region.unknown"]);
    assert_eq!(codes(id, "eu-wset-1"), ["region.unknown"]);
    assert!(codes(id, "us-north-1").is_empty());
}

#[test]
fn a_misspelt_model_of_another_vendor_is_noticed_and_a_newer_one_is_not() {
    let codes = |id| {
        let model = Model::resolve(ModelId::new(id), None);
        let found = check_identifier(&model).into_iter();
        found
            .map(|adjustment| adjustment.code())
            .collect::<Vec<_>>()
    };
    for id in [
        "us.amazon.nova-prro-v1:0",
        "amazon.nova-litte-v1:0",
        "us.amazon.nova-mirco-v1:0",
        "us.meta.llama4-scuot-17b-instruct-v1:0",
    ] {
        assert!(codes(id).contains(&"model.unknown"), "{id}");
    }
    for id in [
        "us.amazon.nova-pro-v2:0",
        "us.amazon.nova-premier-v1:0",
        "us.meta.llama3-2-90b-instruct-v1:0",
        "us.amazon.nova-3-lite-v1:0",
        "amazon.nova-canvas-v1:0",
    ] {
        assert!(codes(id).is_empty(), "{id}");
    }
}

#[test]
fn no_model_that_has_come_to_its_end_is_advised() {
    for id in [
        "us.amazon.nova-premiere-v1:0",
        "us.meta.llama3-1-405-instruct-v1:0",
        "us.meta.llama-3-2-90b-instruct-v1:0",
    ] {
        let near = nearest_known(&ModelId::new(id)).unwrap_or_default();
        let ended = ["premier", "405b", "llama3-2"];
        assert!(
            !ended.iter().any(|part| near.contains(part)),
            "{id}: {near}"
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

#[test]
fn a_profile_of_another_date_or_revision_is_told_the_right_one() {
    let right = "global.anthropic.claude-sonnet-4-5-20250929-v1:0";
    let arn = "arn:aws:bedrock:us-east-1:123456789012:inference-profile/";
    for written in [
        "global.anthropic.claude-sonnet-4-5",
        "global.anthropic.claude-sonnet-4-5-v1:0",
        "global.anthropic.claude-sonnet-4-5-20250929",
        "global.anthropic.claude-sonnet-4-5-20250929-v1",
        "global.anthropic.claude-sonnet-4-5-20250930-v1:0",
        &format!("{arn}global.anthropic.claude-sonnet-4-5"),
    ] {
        let model = Model::resolve(ModelId::new(written), None);
        for found in [check_identifier(&model), check_route(&model, "us-east-1")] {
            let [Adjustment::ModelMisdated { meant, .. }] = found.as_slice() else {
                panic!("{written}: {found:?}");
            };
            assert_eq!(meant, right, "{written}");
            assert!(found[0].predicts_refusal());
        }
    }
    for (written, right) in [
        (
            "us.anthropic.claude-opus-4-8-v1:0",
            "us.anthropic.claude-opus-4-8",
        ),
        (
            "us.anthropic.claude-opus-4-6",
            "us.anthropic.claude-opus-4-6-v1",
        ),
    ] {
        let model = Model::resolve(ModelId::new(written), None);
        let found = check_identifier(&model);
        assert!(
            matches!(&found[..], [Adjustment::ModelMisdated { meant, .. }] if meant == right),
            "{found:?}"
        );
    }
    // Every profile of the table ends as it should, in any case.
    for row in TABLE.iter().filter(|row| !row.on_demand) {
        for geography in row.profiles {
            let id = format!("{geography}.{}", row.id()).to_uppercase();
            let model = Model::resolve(ModelId::new(&id), None);
            assert_eq!(check_identifier(&model), [], "{id}");
        }
    }
}

#[test]
fn the_names_of_other_tools_and_slips_lead_to_the_known_id() {
    let sonnet = "global.anthropic.claude-sonnet-4-5-20250929-v1:0";
    for (written, meant) in [
        (
            "amazon-bedrock/global.anthropic.claude-opus-4-8",
            "global.anthropic.claude-opus-4-8",
        ),
        (
            "amazon-bedrock/us.anthropic.claude-opus-4-8",
            "us.anthropic.claude-opus-4-8",
        ),
        (
            "bedrock/anthropic.claude-opus-4-8",
            "global.anthropic.claude-opus-4-8",
        ),
        (
            "bedrock/converse/us.amazon.nova-pro-v1:0",
            "us.amazon.nova-pro-v1:0",
        ),
        ("bedrock/qwen.qwen3-32b-v1:0", "qwen.qwen3-32b-v1:0"),
        ("claude-sonnet-4-5", sonnet),
        ("claude-sonnet-4-5-20250929", sonnet),
        ("claude-sonnet-4-5@20250929", sonnet),
        ("global.anthropic.claude-sonet-4-5-20250929-v1:0", sonnet),
        (
            "us.meta.lama3-3-70b-instruct-v1:0",
            "us.meta.llama3-3-70b-instruct-v1:0",
        ),
    ] {
        let model = Model::resolve(ModelId::new(written), None);
        let said = outcrop_policy::decide(&model, &outcrop_policy::Request::default()).adjustments;
        let [
            unknown @ Adjustment::ModelUnknown {
                meant: Some(found), ..
            },
        ] = said.as_slice()
        else {
            panic!("{written}: {said:?}");
        };
        assert_eq!(found, meant, "{written}");
        let said = unknown.to_string();
        assert!(
            said.contains(meant) && !said.contains("base_model"),
            "{said}"
        );
    }
}
