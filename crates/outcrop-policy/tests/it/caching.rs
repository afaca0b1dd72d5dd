//! What is known of each model's prompt cache.

use outcrop_policy::{Caching, FAMILIES, ModelId, TABLE};

use crate::render::resolve;

fn caching(caching: Caching) -> String {
    match caching {
        Caching::Points(rule) => format!(
            "from {} tokens{}, {}, {}, read {} write {}/{}",
            rule.minimum,
            rule.maximum.map_or(String::new(), |it| format!(" to {it}")),
            if rule.tools { "tools" } else { "no tools" },
            if rule.one_hour { "5m 1h" } else { "5m" },
            rule.rates.read.as_f64(),
            rule.rates.write_5m.as_f64(),
            rule.rates.write_1h.as_f64(),
        ),
        other => format!("{other:?}"),
    }
}

/// A page to compare with the sources.
#[test]
fn the_prompt_cache_of_each_model_reads_as_its_sources_say() {
    let mut page = String::new();
    for row in TABLE {
        page += &format!("{:22} {}\n", row.name, caching(row.caching));
    }
    for family in FAMILIES {
        page += &format!("{:22} {}\n", family.prefix, caching(family.caching));
    }
    insta::assert_snapshot!(page);
}

#[test]
fn a_newer_claude_caches_like_its_sibling_and_what_is_unknown_is_left_alone() {
    let of = |id| resolve(id).caching();
    assert_eq!(of("claude-opus-4-9"), of("claude-opus-4-8"));
    for id in [
        "arn:aws:bedrock:us-east-1:123456789012:application-inference-profile/abc",
        "anthropic.claude-saga-9",
        "who.knows",
    ] {
        assert_eq!(of(id), Caching::Unknown, "{id}");
    }
    assert_eq!(of("openai.gpt-5.4"), Caching::Implicit);
    assert_eq!(of("meta.llama4-scout-17b-instruct-v1:0"), Caching::None);
}

#[test]
fn behind_an_arn_the_base_model_says_how_it_caches() {
    let arn = "arn:aws:bedrock:us-east-1:123456789012:application-inference-profile/abc";
    let base = "anthropic.claude-opus-4-8";
    let model = outcrop_policy::Model::resolve(ModelId::new(arn), Some(base));
    assert_eq!(model.caching(), resolve(base).caching());
    assert_eq!(model.price(), resolve(base).price());
}

#[test]
fn an_hour_costs_more_than_five_minutes_and_reading_costs_least() {
    let of_rows = TABLE.iter().map(|row| row.caching);
    for caching in of_rows.chain(FAMILIES.iter().map(|family| family.caching)) {
        if let Caching::Points(rule) = caching {
            let rates = rule.rates;
            assert!(rates.read < rates.write_5m, "{rule:?}");
            assert!(rates.write_5m <= rates.write_1h, "{rule:?}");
            assert!(rule.maximum.is_none_or(|maximum| maximum > rule.minimum));
        }
    }
}
