//! What a person reads.

use std::fmt::Write;

use outcrop_policy::{Model, ModelId, check_route};

use crate::render::decided;

#[test]
fn every_adjustment_is_a_sentence_with_its_numbers() {
    let arn = "arn:aws:bedrock:eu-west-1:123456789012:application-inference-profile/abc123";
    let cases = [
        ("claude-sonnet-4-5", "budget=adaptive/high"),
        ("claude-sonnet-4-5", "budget=adaptive max=8192"),
        ("claude-3-7-sonnet", "budget=64000 max=1"),
        ("claude-sonnet-4-5", "budget=500"),
        ("claude-sonnet-4-5", "budget=16384 max=16384"),
        ("claude-opus-4-1", "budget=40000"),
        ("claude-sonnet-4-5", "budget=40000 max=64000"),
        ("claude-sonnet-4-5", "budget=-5"),
        ("claude-sonnet-4-5", "budget=8192 interleaved=false"),
        ("claude-3-7-sonnet", "budget=8192 interleaved=true"),
        ("claude-3-7-sonnet", "budget=8192 interleaved=false"),
        ("claude-opus-4-8", "budget=adaptive interleaved=false"),
        ("claude-sonnet-4-5", "t=0.5 p=0.9"),
        ("claude-sonnet-4-5", "budget=8192 t=0.5 p=0.9 k=40"),
        ("claude-sonnet-4-5", "max=64001"),
        ("claude-sonnet-4-6", "budget=8192"),
        ("claude-opus-4-6", "budget=xhigh tool=forced"),
        ("claude-opus-4-8", "budget=8192 t=1"),
        ("claude-opus-4-8", "budget=minimal"),
        ("claude-opus-4-8", "p=0.9"),
        ("claude-opus-4-8", "display=summarized"),
        ("claude-mythos-preview", "budget=adaptive/max"),
        ("claude-mythos-preview", "budget=high"),
        ("claude-sonnet-5-5", "budget=none"),
        ("claude-fable-5", "budget=none"),
        ("claude-3-haiku", "budget=high"),
        ("amazon.nova-lite-v1:0", "budget=high"),
        ("claude-opus-6", ""),
        ("claude-saga-1", ""),
        ("who.knows", "budget=high"),
        (
            "arn:aws:bedrock:us-east-1:inference-profile/us.amazon.nova-pro-v1:0",
            "",
        ),
        (
            "arn:aws:bedrock:us-east-1:123456789012:inference-profle/us.amazon.nova-pro-v1:0",
            "",
        ),
        (arn, ""),
    ];
    let mut page = String::new();
    for (model, settings) in cases {
        writeln!(page, "{model} {settings}").expect("a string");
        for adjustment in decided(model, settings).adjustments {
            let (severity, path) = (adjustment.severity().as_str(), adjustment.path());
            writeln!(
                page,
                "  {severity} {} at {path}:\n    {adjustment}",
                adjustment.code()
            )
            .expect("a string");
        }
    }
    for (id, base, region) in [
        ("anthropic.claude-opus-4-8", None, "us-east-1"),
        ("anthropic.claude-mythos-5", None, "us-east-1"),
        ("eu.anthropic.claude-opus-4-8", Some("x"), "us-east-1"),
        ("apac.anthropic.claude-opus-4-8", None, "ap-south-1"),
        ("us.anthropic.claude-opus-4-8", None, "us-esat-1"),
        ("us.amazon.nova-prro-v1:0", None, "us-east-1"),
        (arn, None, "us-east-1"),
    ] {
        let model = Model::resolve(ModelId::new(id), base);
        writeln!(page, "{id} from {region}").expect("a string");
        for adjustment in check_route(&model, region) {
            writeln!(
                page,
                "  {} at {}:\n    {adjustment}",
                adjustment.code(),
                adjustment.path()
            )
            .expect("a string");
        }
    }
    insta::assert_snapshot!(page);
}
