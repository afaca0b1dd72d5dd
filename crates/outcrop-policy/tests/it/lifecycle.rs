//! The end of models, and the days it is counted in.

use outcrop_policy::{Date, Model, ModelId, lifecycle, nearest_known, successor};
use proptest::prelude::*;

const TODAY: Date = Date::new(2026, 11, 22);

fn model(id: &str) -> Model {
    Model::resolve(ModelId::new(id), None)
}

#[test]
fn an_end_is_reported_from_180_days_ahead() {
    let sonnet = model("us.anthropic.claude-sonnet-4-5-20250929-v1:0");
    for (today, code) in [
        (Date::new(2026, 10, 9), None),
        (Date::new(2026, 10, 10), Some("model.retiring")),
        (Date::new(2027, 4, 7), Some("model.retiring")),
        (Date::new(2027, 4, 8), Some("model.retired")),
        (Date::new(2030, 1, 1), Some("model.retired")),
    ] {
        let found = lifecycle(&sonnet, today);
        assert_eq!(found.as_ref().map(|it| it.code()), code, "{today}");
        assert!(!found.is_some_and(|it| it.predicts_refusal()));
    }
}

#[test]
fn every_end_is_a_sentence() {
    let mut page = String::new();
    for id in [
        "us.anthropic.claude-3-7-sonnet-20250219-v1:0",
        "apac.anthropic.claude-sonnet-4-20250514-v1:0",
        "us.anthropic.claude-sonnet-4-5-20250929-v1:0",
        "us.anthropic.claude-opus-4-1-20250805-v1:0",
    ] {
        for today in [Date::new(2026, 1, 1), TODAY, Date::new(2027, 6, 1)] {
            let Some(found) = lifecycle(&model(id), today) else {
                continue;
            };
            let (severity, code) = (found.severity().as_str(), found.code());
            let next = successor(&model(id)).unwrap();
            page += &format!("{today} {severity} {code}: {found}\n  -> {next}\n");
        }
    }
    insta::assert_snapshot!(page);
}

#[test]
fn a_model_that_nothing_is_announced_for_has_no_end() {
    for id in [
        "us.anthropic.claude-opus-4-8",
        "amazon.nova-lite-v1:0",
        "anthropic.claude-sonnet-4-2",
    ] {
        assert_eq!(lifecycle(&model(id), TODAY), None, "{id}");
    }
}

#[test]
fn what_base_model_names_has_an_end_too() {
    let arn = "arn:aws:bedrock:us-east-1:123456789012:application-inference-profile/abc123";
    let base = "anthropic.claude-sonnet-4-20250514-v1:0";
    let model = Model::resolve(ModelId::new(arn), Some(base));
    let found = lifecycle(&model, TODAY).unwrap();
    assert_eq!(found.path(), "provider_opts.base_model");
    assert_eq!(successor(&model), None);
}

#[test]
fn slips_find_the_id_that_was_meant_in_its_geography() {
    for (written, meant) in [
        (
            "anthropic.claude-opos-4-8",
            Some("global.anthropic.claude-opus-4-8"),
        ),
        (
            "eu.antropic.claude-opus-4-8",
            Some("eu.anthropic.claude-opus-4-8"),
        ),
        (
            "apac.antropic.claude-opus-4-8",
            Some("global.anthropic.claude-opus-4-8"),
        ),
        (
            "claude-sonnet-4-5",
            Some("global.anthropic.claude-sonnet-4-5-20250929-v1:0"),
        ),
        ("amazon.nova_lite-v1:0", Some("amazon.nova-lite-v1:0")),
        ("us.amazn.nova-lite-v1:0", Some("us.amazon.nova-lite-v1:0")),
        ("gpt-4o", None),
        ("", None),
        (
            "arn:aws:bedrock:us-east-1:123456789012:inference-profile/us.antropic.claude-opus-4-8",
            None,
        ),
    ] {
        let near = nearest_known(&ModelId::new(written));
        assert_eq!(near.as_deref(), meant, "{written}");
    }
}

#[test]
fn texts_that_are_no_day_are_refused() {
    for text in [
        "",
        "2026",
        "2026-11",
        "2026-1-1",
        "2026-02-29",
        "2026-13-01",
        "2026-00-01",
        "2026-01-00",
        "1969-12-31",
        "+026-01-01",
        "2026-11-22 ",
    ] {
        assert!(text.parse::<Date>().is_err(), "{text}");
    }
}

proptest! {
    #[test]
    fn every_day_is_the_one_after_the_day_before(days in 1_u32..2_900_000) {
        let (before, day) = (Date::from_unix_days(days - 1), Date::from_unix_days(days));
        prop_assert!(before < day);
        prop_assert_eq!(before.days_until(day), 1);
        prop_assert_eq!(day.to_string().parse(), Ok(day));
    }

    #[test]
    fn no_identifier_makes_advice_fail(id in "\\PC{0,60}") {
        let _ = nearest_known(&ModelId::new(&id));
    }
}
