//! Where diagnostics point.

use outcrop_config::{Code, load};

/// The code, the place and the text of every diagnostic.
fn places(text: &str) -> Vec<(Code, usize, usize, &str)> {
    let loaded = load(text);
    let place = |found: &outcrop_config::Diagnostic| {
        (
            found.code,
            found.line,
            found.column,
            &text[found.span.clone()],
        )
    };
    loaded.diagnostics.iter().map(place).collect()
}

#[test]
fn unknown_keys_wrong_values_and_missing_keys_have_their_places() {
    let text = "models:\n  m:\n    provider: amazon-bedrock\n    max_tokens: lots\n    foo: 1\n";
    let expected = [
        (Code::ConfigMissingKey, 2, 3, "m"),
        (Code::ConfigWrongType, 4, 17, "lots"),
        (Code::ConfigUnknownKey, 5, 5, "foo"),
    ];
    assert_eq!(places(text), expected);
}

#[test]
fn line_ends_and_a_byte_order_mark_do_not_move_places() {
    let text = "models: { m: { provider: amazon-bedrock,\n model: m, ü: 1, foo: 1 } }";
    let expected = [
        (Code::ConfigUnknownKey, 2, 12, "ü"),
        (Code::ConfigUnknownKey, 2, 18, "foo"),
    ];
    assert_eq!(places(text), expected);
    assert_eq!(places(&text.replace('\n', "\r\n")), expected);
    assert_eq!(places(&text.replace('\n', "\r")), expected);
    assert_eq!(places(&format!("\u{feff}{text}")), expected);
    assert_eq!(
        places("\u{feff}model: {}"),
        [(Code::ConfigNoModels, 1, 1, "model")]
    );
}

#[test]
fn a_wrong_alias_is_shown_where_it_is_used() {
    let text =
        "n: &n lots\nmodels: { m: { provider: amazon-bedrock, model: m, max_tokens: *n } }\n";
    assert_eq!(places(text), [(Code::ConfigWrongType, 2, 64, "*n")]);
}

#[test]
fn a_merged_key_is_shown_where_it_is_written() {
    let text =
        "d: &d { foo: 1 }\nmodels: { m: { provider: amazon-bedrock, model: m, <<: [*d] } }\n";
    assert_eq!(places(text), [(Code::ConfigUnknownKey, 1, 9, "foo")]);
    let path = &load(text).diagnostics[0].path;
    assert_eq!(path, "models.m.foo");
}

#[test]
fn a_map_is_shown_whole() {
    let text = "models:\n  m:\n    provider: amazon-bedrock\n    model:\n      a: 1\n      b: [2]\n    top_p: 1\n";
    assert_eq!(
        places(text),
        [(Code::ConfigWrongType, 5, 7, "a: 1\n      b: [2]")]
    );
}

#[test]
fn secrets_are_not_repeated() {
    for (line, secret) in [
        ("token_key: sk-secret=", "sk-secret"),
        (
            "provider_opts: { endpoint_url: 'https://me:hunter2@x' }",
            "hunter2",
        ),
    ] {
        let loaded = load(&crate::support::with_line(line));
        assert!(loaded.has_errors());
        let said = format!("{:?}", loaded.diagnostics);
        assert!(!said.contains(secret), "{said}");
    }
}
