//! Where diagnostics point.

use outcrop_config::{Code, load};

use crate::support::with_line;

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
        ("token_key: ABSKQmVkcm9j", "QmVkcm9j"),
        ("token_key: bedrock-api-key-YmVk", "YmVk"),
        ("token_key: ' ABSKQmVkcm9j='", "QmVkcm9j"),
        (
            "provider_opts: { endpoint_url: 'https://me:hunter2@x' }",
            "hunter2",
        ),
    ] {
        let loaded = load(&with_line(line));
        assert!(loaded.has_errors());
        let said = format!("{:?}", loaded.diagnostics);
        assert!(!said.contains(secret), "{said}");
    }
}

#[test]
fn a_setting_is_located_at_its_value_or_at_the_nearest_key_above_it() {
    let text = "\
shared: &shared
  max_tokens: 4096
models:
  \"claude-4.5\":
    <<: *shared
    provider: amazon-bedrock
    model: größe
    provider_opts:
      region: us-east-1
      additional_request_fields: { thinking: { type: disabled } }
  other: { provider: openai, model: gpt }
";
    let loaded = load(text);
    let place = |found: Option<&outcrop_config::Location>| {
        found.map(|at| (at.line, at.column, &text[at.span.clone()]))
    };
    for (setting, expected) in [
        (".model", Some((7, 12, "größe"))),
        (".max_tokens", Some((2, 15, "4096"))),
        (".provider_opts.region", Some((9, 15, "us-east-1"))),
        (".provider_opts.profile", Some((8, 5, "provider_opts"))),
        (".provider_opts", Some((8, 5, "provider_opts"))),
        (".temperature", Some((4, 3, "\"claude-4.5\""))),
        ("", Some((4, 3, "\"claude-4.5\""))),
        (
            ".provider_opts.additional_request_fields.thinking",
            Some((10, 36, "thinking")),
        ),
        (
            ".provider_opts.additional_request_fields.thinking.type",
            Some((10, 36, "thinking")),
        ),
    ] {
        let path = format!("models.\"claude-4.5\"{setting}");
        assert_eq!(place(loaded.locate(&path)), expected, "{path}");
    }
    let model = loaded.locate_key("models.\"claude-4.5\".model");
    assert_eq!(place(model), Some((7, 5, "model")));
    for path in ["", "models", "models.other", "models.other.model", "shared"] {
        assert_eq!(loaded.locate(path), None, "{path}");
    }
}

#[test]
fn an_entry_whose_model_can_be_read_is_a_draft() {
    let draft = |entry: &str| {
        let text = format!("models:\n  m: {{ provider: amazon-bedrock, {entry} }}\n");
        let loaded = load(&text);
        assert_eq!(loaded.broken, ["m"]);
        !loaded.drafts().is_empty()
    };
    assert!(draft("model: m, temperatur: 0.5"));
    assert!(draft("model: m, temperatur: 0.5, top_p: 2"));
    assert!(draft("model: m, top_p: 1, top_p: 0.5"));
    assert!(!draft("model: m, model: n"));
    assert!(!draft("model: [m]"));
    assert!(!draft("modle: m"));
    assert!(!draft("temperatur: 0.5"));
}

#[test]
fn a_draft_has_what_may_have_been_meant() {
    let text = "models:
  m:
    provider: amazon-bedrock
    model: m
    max_tokens: lots
    max_tokens: 5
    thinking_buget: 512
    provider_opts:
      regoin: us-east-1
      top_k: 7
";
    let loaded = load(text);
    let [draft] = loaded.drafts() else {
        panic!("one draft: {:?}", loaded.drafts())
    };
    let first = &draft.variants[0];
    assert_eq!((first.max_tokens, first.thinking_budget), (None, None));
    for variant in &draft.variants {
        assert_eq!(variant.provider_opts.top_k, Some(7));
    }
    let has =
        |is_it: &dyn Fn(&outcrop_config::ModelConfig) -> bool| draft.variants.iter().any(is_it);
    assert!(has(&|variant| variant.max_tokens == Some(16_384)));
    assert!(has(&|variant| variant.thinking_budget.is_some()));
    assert!(has(&|variant| variant.provider_opts.region.is_some()));
    let all = draft.variants.last().expect("a variant");
    assert!(all.max_tokens.is_some() && all.thinking_budget.is_some());
}

#[test]
fn a_quoted_value_is_shown_without_the_comment_behind_it() {
    let shown = |line: &str| {
        let text = with_line(line);
        let found = load(&text).diagnostics.remove(0);
        text[found.span].to_owned()
    };
    assert_eq!(shown("max_tokens: 'it''s'  # 'a' comment"), "'it''s'");
    assert_eq!(shown("max_tokens: \"a\\\"b\" # \"c\""), "\"a\\\"b\"");
    assert_eq!(
        shown("max_tokens: 'two\n      lines' # x"),
        "'two\n      lines'"
    );
}

#[test]
fn one_mistake_behind_an_anchor_is_told_once_and_breaks_every_entry() {
    let loaded = load(
        "x: &x { provider: amazon-bedrock, model: m, max_tokens: lots }\nmodels:\n  a: *x\n  b: {<<: *x}\n",
    );
    assert_eq!(loaded.diagnostics.len(), 1, "{:?}", loaded.diagnostics);
    assert_eq!(loaded.broken, ["a", "b"]);
}

#[test]
fn characters_that_turn_the_direction_are_shown_by_their_codes() {
    let said = load(&with_line("\"ab\\u202Ecd\": 1")).diagnostics[0]
        .message
        .clone();
    assert!(
        said.contains("\\u{202e}") && !said.contains('\u{202e}'),
        "{said}"
    );
}

#[test]
fn a_file_without_models_is_told_why_where_they_are_missed() {
    for (text, line, column, shown, why) in [
        ("", 1, 1, "", "the file is empty"),
        ("\u{feff}\r\n\n  ", 1, 1, "", "the file is empty"),
        ("# one\n\n  # two\n", 1, 1, "", "nothing but comments"),
        ("# one\n---\n", 3, 1, "", "the document is empty"),
        ("# one\n~ # none\n", 2, 1, "~", "the document is empty"),
        ("# one\nmodels:\n", 2, 1, "models", "`models` is empty"),
        (
            "a: 1\n\"models\": ~\n",
            2,
            1,
            "\"models\"",
            "`models` is empty",
        ),
        (
            "# one\nmodels: {} # two\n",
            2,
            1,
            "models",
            "`models` is empty",
        ),
        ("{}", 1, 1, "", "there is no key `models`"),
        ("# one\na: 1\nb: 2\n", 2, 1, "a", "there is no key `models`"),
        (
            "a: 1\nmodel: {}\n",
            2,
            1,
            "model",
            "is `model` meant to be `models`?",
        ),
    ] {
        let loaded = load(text);
        assert_eq!(
            places(text),
            [(Code::ConfigNoModels, line, column, shown)],
            "{text:?}"
        );
        let message = &loaded.diagnostics[0].message;
        assert!(
            message.starts_with("no models here: ") && message.contains(why),
            "{message}"
        );
    }
    // What is missed may stand elsewhere.
    for (text, line, column, shown) in [
        ("# one\nagents: { root: {} }\n", 2, 1, "agents"),
        ("# one\na: 1\nagents:\n  root: {}\n", 3, 1, "agents"),
    ] {
        assert_eq!(
            places(text),
            [(Code::ConfigNotRead, line, column, shown)],
            "{text:?}"
        );
    }
}
