//! Any text comes to an end, soon, with places that exist.

use outcrop_config::{Code, load};
use proptest::prelude::*;

use crate::support::assert_sound;

/// The codes of a text, about which everything has to be sound.
#[track_caller]
fn codes(text: &str) -> Vec<Code> {
    let loaded = load(text);
    assert_sound(text, &loaded);
    loaded.diagnostics.iter().map(|found| found.code).collect()
}

#[test]
fn deep_nesting_is_refused() {
    for text in [
        "[".repeat(10_000),
        "{a: ".repeat(10_000),
        "- ".repeat(10_000),
        "? ".repeat(10_000),
        (0..2000)
            .map(|depth| format!("{}a:\n", " ".repeat(depth)))
            .collect(),
    ] {
        assert_eq!(codes(&text), [Code::YamlTooDeep]);
    }
}

#[test]
fn depth_counts_through_aliases() {
    let links: String = (1..100)
        .map(|n| format!("a{n}: &a{n} [*a{}]\n", n - 1))
        .collect();
    assert_eq!(codes(&format!("a0: &a0 x\n{links}")), [Code::YamlTooDeep]);
}

#[test]
fn alias_bombs_are_refused() {
    let mut bomb = String::from("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
    for n in 1..10 {
        let alias = format!("*a{}, ", n - 1);
        bomb.push_str(&format!("a{n}: &a{n} [{}]\n", alias.repeat(10)));
    }
    assert_eq!(codes(&bomb), [Code::YamlTooManyAliases]);
    let many = format!(
        "a: &a {}\nb: [{}]\n",
        "x".repeat(10_000),
        "*a, ".repeat(20_000)
    );
    assert_eq!(codes(&many), [Code::YamlTooManyAliases]);
}

#[test]
fn large_texts_are_refused() {
    assert_eq!(codes(&"#".repeat((4 << 20) + 1)), [Code::YamlTooLarge]);
    assert_eq!(
        codes(&format!("a: [{}]", "1,".repeat(1_500_000))),
        [Code::YamlTooLarge]
    );
}

#[test]
fn an_endless_list_of_problems_is_cut() {
    let keys: String = (0..50_000).map(|n| format!("    k{n}: 1\n")).collect();
    let text = format!("models:\n  m:\n    provider: amazon-bedrock\n{keys}");
    let cut = codes(&text);
    assert_eq!(
        (cut.len(), cut.last()),
        (1001, Some(&Code::FileMoreFindings))
    );
    let duplicates = format!("a: 1\n{}", "a: 1\n".repeat(50_000));
    assert_eq!(codes(&duplicates).len(), 1001);
}

#[test]
fn warnings_without_end_hide_neither_a_model_nor_an_error() {
    let warnings: String = (0..5000).map(|n| format!("  w{n}: {{}}\n")).collect();
    let good = "  good: { provider: amazon-bedrock, model: amazon.nova-lite-v1:0 }\n";
    let loaded = load(&format!("models:\n{warnings}{good}"));
    assert_eq!(loaded.models.len(), 1);
    assert!(!loaded.has_errors());

    let bad = "  bad: { provider: amazon-bedrock, model: amazon.nova-lite-v1:0, top_p: 2 }\n";
    let loaded = load(&format!("models:\n{warnings}{bad}{good}"));
    assert!(loaded.has_errors());
    assert_eq!(loaded.broken, ["bad"]);
}

#[test]
fn long_runs_of_anything_are_quick() {
    for piece in [
        "\n", " ", "#", "a", "a\n", "'", "\"\\", "&a ", "*a ", "!", "%", ":", "a: ", "\t", "---\n",
        "|\n", "é", "\r",
    ] {
        codes(&piece.repeat(1_000_000 / piece.len()));
        codes(&format!("a: [{}", piece.repeat(300_000 / piece.len())));
    }
}

#[test]
fn two_thousand_models_are_quick() {
    let entries: String = (0..2000)
        .map(|n| {
            format!(
                "  m{n}:\n    provider: amazon-bedrock\n    model: anthropic.claude-opus-4-8\n    \
                 thinking_budget: high\n    max_tokens: 64000\n    provider_opts:\n      region: \
                 us-east-1\n      profile: work\n      endpoint_url: https://example.com/x\n"
            )
        })
        .collect();
    assert!(codes(&format!("models:\n{entries}")).is_empty());
}

#[test]
fn control_characters_are_refused_at_their_place() {
    for character in ['\0', '\u{1}', '\u{7f}', '\u{80}', '\u{ffff}'] {
        let text = format!("a: 1\nb: {character}\n");
        let loaded = load(&text);
        assert_eq!(loaded.diagnostics[0].code, Code::YamlSyntax);
        assert_eq!(
            (loaded.diagnostics[0].line, loaded.diagnostics[0].column),
            (2, 4)
        );
    }
}

/// Pieces that mean something in YAML, in any order.
fn soup() -> impl Strategy<Value = String> {
    let piece = prop::sample::select(vec![
        "models",
        "m",
        "provider",
        "amazon-bedrock",
        "model",
        "provider_opts",
        "region",
        "<<",
        ":",
        ": ",
        "\n",
        "\n  ",
        "\n    ",
        "- ",
        "? ",
        "[",
        "]",
        "{",
        "}",
        ",",
        "&a ",
        "*a",
        "!t ",
        "!!int ",
        "|\n",
        ">\n",
        "'",
        "\"",
        "#",
        " ",
        "\t",
        "\r\n",
        "---\n",
        "...\n",
        "5",
        "0x",
        "~",
        "é",
        "\u{feff}",
        "\u{85}",
        "\u{2028}",
        "%YAML 1.2\n",
        "max_tokens",
        "thinking_budget",
    ]);
    prop::collection::vec(piece, 0..40).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    #[test]
    fn any_text_is_read_without_a_panic(text in any::<String>()) {
        codes(&text);
    }

    #[test]
    fn any_soup_of_yaml_is_read_without_a_panic(text in soup()) {
        codes(&text);
    }

    #[test]
    fn any_soup_inside_an_entry_is_read_without_a_panic(text in soup()) {
        codes(&format!("models:\n  m:\n    provider: amazon-bedrock\n    model: m\n    {text}\n"));
    }
}
