//! Model identifiers in every form.

use outcrop_policy::{
    BaseModel, Geography, Kind, Model, ModelId, Request, TABLE, check_route, decide,
};

use crate::render::check;

fn kind(id: &str) -> Kind {
    Model::resolve(ModelId::new(id), None).kind()
}

#[track_caller]
fn is(id: &str, name: &str) {
    match kind(id) {
        Kind::Claude(row) => assert_eq!(row.name, name, "{id}"),
        other => panic!("{id}: {other:?}"),
    }
}

#[test]
fn the_ids_of_the_service_are_known() {
    is("anthropic.claude-v2:1", "claude-v2");
    is("anthropic.claude-instant-v1", "claude-v2");
    is("anthropic.claude-3-haiku-20240307-v1:0", "claude-3-haiku");
    is(
        "anthropic.claude-3-sonnet-20240229-v1:0:200k",
        "claude-3-sonnet",
    );
    is("anthropic.claude-3-opus-20240229-v1:0", "claude-3-opus");
    is(
        "anthropic.claude-3-5-sonnet-20241022-v2:0",
        "claude-3-5-sonnet",
    );
    is(
        "anthropic.claude-3-5-haiku-20241022-v1:0",
        "claude-3-5-haiku",
    );
    is(
        "us.anthropic.claude-3-7-sonnet-20250219-v1:0",
        "claude-3-7-sonnet",
    );
    is(
        "apac.anthropic.claude-sonnet-4-20250514-v1:0",
        "claude-sonnet-4",
    );
    is("us.anthropic.claude-opus-4-20250514-v1:0", "claude-opus-4");
    is(
        "us.anthropic.claude-opus-4-1-20250805-v1:0",
        "claude-opus-4-1",
    );
    is(
        "global.anthropic.claude-sonnet-4-5-20250929-v1:0",
        "claude-sonnet-4-5",
    );
    is(
        "in.anthropic.claude-haiku-4-5-20251001-v1:0",
        "claude-haiku-4-5",
    );
    is(
        "eu.anthropic.claude-opus-4-5-20251101-v1:0",
        "claude-opus-4-5",
    );
    is("au.anthropic.claude-opus-4-6-v1", "claude-opus-4-6");
    is("jp.anthropic.claude-sonnet-4-6", "claude-sonnet-4-6");
    is("anthropic.claude-mythos-preview", "claude-mythos-preview");
    for row in TABLE {
        is(&format!("anthropic.{}", row.name), row.name);
        is(
            &format!(
                "xx.anthropic.{}-20261231-v1:0",
                row.name.trim_end_matches("-v2")
            ),
            row.name,
        );
    }
}

#[test]
fn case_and_blanks_do_not_matter() {
    is("  GLOBAL.Anthropic.CLAUDE-Opus-4-8\n", "claude-opus-4-8");
    assert_eq!(ModelId::new(" US.x ").as_str(), "US.x");
}

#[test]
fn arns_are_taken_apart() {
    let id = ModelId::new("arn:aws:bedrock:eu-west-1::foundation-model/anthropic.claude-opus-4-8");
    assert_eq!(
        (id.region(), id.base()),
        (Some("eu-west-1"), "anthropic.claude-opus-4-8")
    );
    let id = ModelId::new(
        "arn:aws-us-gov:bedrock:us-gov-west-1:123456789012:inference-profile/us-gov.anthropic.claude-sonnet-4-5-20250929-v1:0",
    );
    assert_eq!(id.geography(), Some(&Geography::UsGov));
    assert_eq!(id.base(), "anthropic.claude-sonnet-4-5-20250929-v1:0");
    is(id.as_str(), "claude-sonnet-4-5");
}

#[test]
fn opaque_arns_take_their_row_from_base_model() {
    for resource in [
        "bedrock:us-east-1:123456789012:application-inference-profile/a1b2c3",
        "bedrock:us-east-1:123456789012:provisioned-model/a1b2c3",
        "bedrock:us-east-1:123456789012:custom-model/anthropic.claude-3-haiku-20240307-v1:0/a1b2c3",
        "bedrock:us-east-1:123456789012:custom-model-deployment/a1b2c3",
        "bedrock:us-east-1:123456789012:imported-model/a1b2c3",
        "bedrock:us-east-1:123456789012:prompt/ABCDEFGHIJ:1",
        "bedrock:us-east-1:123456789012:default-prompt-router/anthropic.claude:1",
        "bedrock:us-east-1:123456789012:prompt-router/a1b2c3",
        "sagemaker:us-east-1:123456789012:endpoint/mine",
    ] {
        let arn = format!("arn:aws:{resource}");
        assert_eq!(kind(&arn), Kind::AssumedClaude, "{arn}");
        assert_eq!(ModelId::new(&arn).region(), Some("us-east-1"));
        let based = Model::resolve(ModelId::new(&arn), Some("us.anthropic.claude-opus-4-8"));
        assert!(matches!(based.kind(), Kind::Claude(row) if row.name == "claude-opus-4-8"));
        let nova = Model::resolve(ModelId::new(&arn), Some("amazon.nova-lite-v1:0"));
        assert!(matches!(nova.kind(), Kind::Other(_)));
        let unknown = Model::resolve(ModelId::new(&arn), Some("who.knows"));
        assert_eq!(unknown.kind(), Kind::AssumedClaude);
    }
}

#[test]
fn base_model_is_ignored_where_the_id_names_its_model() {
    let model = Model::resolve(
        ModelId::new("us.anthropic.claude-opus-4-8"),
        Some("anthropic.claude-3-haiku-20240307-v1:0"),
    );
    assert!(matches!(model.kind(), Kind::Claude(row) if row.name == "claude-opus-4-8"));
    assert_eq!(*model.base_model(), BaseModel::Unused);
}

#[test]
fn geographies_are_told_from_vendors() {
    let geography = |id: &str| ModelId::new(id).geography().map(ToString::to_string);
    for prefix in [
        "global", "us", "eu", "apac", "jp", "au", "ca", "in", "us-gov", "sa", "amer",
    ] {
        let id = format!("{prefix}.anthropic.claude-opus-4-8");
        assert_eq!(geography(&id).as_deref(), Some(prefix));
    }
    assert_eq!(geography("anthropic.claude-opus-4-8"), None);
    assert_eq!(geography("openai.gpt-5.4"), None);
    assert_eq!(geography("xai.grok-4.7"), None);
    assert_eq!(geography("us.xai.grok-4.7").as_deref(), Some("us"));
    assert_eq!(geography("foo.bar.baz"), None);
}

#[test]
fn a_newer_sibling_inherits_and_says_so() {
    let sibling = |id: &str| match kind(&format!("anthropic.{id}")) {
        Kind::InferredClaude { sibling, .. } => sibling.name,
        other => panic!("{id}: {other:?}"),
    };
    assert_eq!(sibling("claude-opus-4-9"), "claude-opus-4-8");
    assert_eq!(sibling("claude-opus-6"), "claude-opus-5-5");
    assert_eq!(sibling("claude-opus-4-2"), "claude-opus-4-1");
    assert_eq!(sibling("claude-fable-5-2"), "claude-fable-5-1");
    assert_eq!(
        sibling("claude-mythos-5-2-20261101-v1:0"),
        "claude-mythos-5-1"
    );
    assert_eq!(sibling("claude-3-9-sonnet"), "claude-3-7-sonnet");
    check(
        "claude-opus-5-6",
        "t=1",
        "| model.inferred sampling.refused-by-model",
    );
}

#[test]
fn no_model_after_4_6_inherits_token_budgets() {
    for id in [
        "claude-sonnet-4-7",
        "claude-haiku-4-8",
        "claude-haiku-5",
        "claude-haiku-5-1",
    ] {
        check(
            id,
            "budget=8192 display=omitted",
            "adaptive:medium:omitted | model.inferred thinking.coerced-to-adaptive",
        );
    }
    check(
        "claude-haiku-4-6",
        "budget=8192",
        "enabled:8192 | model.inferred",
    );
    check(
        "claude-opus-4-2",
        "budget=8192",
        "enabled:8192 beta | model.inferred",
    );
}

#[test]
fn what_is_not_known_is_reported() {
    for id in [
        "",
        "gpt-4",
        "foo.bar",
        "amazon.whatever",
        "arn:aws:bedrock",
        "arn:aws:s3:::bucket/x",
    ] {
        assert_eq!(kind(id), Kind::Unknown, "{id}");
        check(id, "", "| model.unknown");
        check(
            id,
            "budget=high t=0.5",
            "t=0.5 | model.unknown thinking.not-supported",
        );
    }
    for id in [
        "anthropic.claude-opus-4.6",
        "anthropic.claude-opus-4-8-fast",
        "anthropic.claude",
    ] {
        assert_eq!(kind(id), Kind::AssumedClaude, "{id}");
    }
}

#[test]
fn what_base_model_says_of_the_rules_says_nothing_of_the_name() {
    let arn = "arn:aws:bedrock:us-east-1:123456789012:application-inference-profile/abc";
    for (id, base, path) in [
        ("foo", "anthropic.claude-opus-4-8", None),
        (
            "anthropic.claude-neptune-1",
            "anthropic.claude-opus-4-8",
            None,
        ),
        (
            arn,
            "anthropic.claude-opus-4-9",
            Some("provider_opts.base_model"),
        ),
        (arn, "claude-opus-4-8", Some("provider_opts.base_model")),
    ] {
        let model = Model::resolve(ModelId::new(id), Some(base));
        assert!(check_route(&model, "us-east-1").is_empty(), "{id}");
        let adjustments = decide(&model, &Request::default()).adjustments;
        assert_eq!(adjustments.first().map(|it| it.path()), path, "{id}");
        for adjustment in adjustments {
            assert!(adjustment.to_string().contains(base), "{adjustment}");
        }
    }
}
