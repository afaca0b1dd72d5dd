//! Providers that a file declares under `providers:`, and what their models have from them.

use outcrop_config::{Code, Loaded, ModelConfig, load};
use serde_json::{Value, json};

use crate::pool::values;
use crate::support::{assert_sound, schema};

/// A file with a provider `ours` and an entry `m` that names it.
fn file(declared: &str, entry: &str) -> String {
    format!(
        "providers:\n  ours: {{ {declared} }}\nmodels:\n  m: {{ provider: ours, model: m, {entry} }}\n"
    )
}

const BEDROCK: &str = "provider: amazon-bedrock";

#[track_caller]
fn read(text: &str) -> Loaded {
    let loaded = load(text);
    assert_sound(text, &loaded);
    loaded
}

/// The entry `m`, about which there is nothing to say.
#[track_caller]
fn config(declared: &str, entry: &str) -> ModelConfig {
    let loaded = read(&file(&format!("{BEDROCK}, {declared}"), entry));
    assert_eq!(loaded.diagnostics, []);
    loaded.model("m").unwrap().clone()
}

/// The code, the path and the text of everything that is said.
fn said(text: &str) -> Vec<(Code, String, String)> {
    let found = read(text).diagnostics.into_iter();
    found
        .map(|found| (found.code, found.path, text[found.span].to_owned()))
        .collect()
}

#[test]
fn what_is_written_in_the_entry_wins_over_its_provider() {
    let read = config(
        "max_tokens: 16384, temperature: 0.7, thinking_budget: high, token_key: KEY",
        "temperature: 0.2, thinking_budget: low",
    );
    let own = load(
        "models: { m: { provider: amazon-bedrock, model: m, max_tokens: 16384, temperature: 0.2, \
         thinking_budget: low, token_key: KEY } }",
    );
    assert_eq!(Some(&read), own.model("m"));
}

#[test]
fn options_are_taken_over_one_by_one_and_each_as_a_whole() {
    let read = config(
        "provider_opts: { region: eu-west-1, profile: work, stop_sequences: [a], \
         additional_request_fields: { a: 1 } }",
        "provider_opts: { region: us-east-1, additional_request_fields: { b: 2 } }",
    );
    let options = read.provider_opts;
    assert_eq!(options.region.as_deref(), Some("us-east-1"));
    assert_eq!(options.profile.as_deref(), Some("work"));
    assert_eq!(options.stop_sequences, Some(vec!["a".to_owned()]));
    let fields = options.additional_request_fields.unwrap();
    assert_eq!(Value::Object(fields), json!({ "b": 2 }));
}

#[test]
fn a_null_leaves_the_key_to_the_provider() {
    let read = config(
        "top_p: 0.5, provider_opts: { top_k: 7 }",
        "top_p: ~, provider_opts: { top_k: ~ }",
    );
    assert_eq!((read.top_p, read.provider_opts.top_k), (Some(0.5), Some(7)));
    assert_eq!(config("top_p: 0.5", "provider_opts: ~").top_p, Some(0.5));
}

#[test]
fn the_name_of_bedrock_itself_may_be_declared() {
    let text = "\
providers: { amazon-bedrock: { provider: amazon-bedrock, max_tokens: 5 } }
models: { m: { provider: amazon-bedrock, model: m } }
";
    assert_eq!(read(text).model("m").unwrap().max_tokens, Some(5));
}

#[test]
fn a_setting_of_a_provider_is_located_where_it_is_written() {
    let text = "\
providers:
  ours:
    provider: amazon-bedrock
    max_tokens: 4096
    provider_opts: { region: us-east-1, profile: work }
models:
  m:
    provider: ours
    model: m
    provider_opts: { profile: mine }
";
    let loaded = read(text);
    let place = |path: &str| {
        let found = loaded.locate(path)?;
        Some((found.line, &text[found.span.clone()]))
    };
    assert_eq!(place("models.m.max_tokens"), Some((4, "4096")));
    let options = "models.m.provider_opts";
    assert_eq!(place(&format!("{options}.region")), Some((5, "us-east-1")));
    assert_eq!(place(&format!("{options}.profile")), Some((10, "mine")));
    assert_eq!(place(options), Some((10, "provider_opts")));
    assert_eq!(place("models.m.top_p"), Some((7, "m")));
    assert!(loaded.is_written("models.m.max_tokens"));
}

#[test]
fn a_mistake_of_a_provider_is_told_once_and_breaks_every_model_of_it() {
    let text = "\
providers: { ours: { provider: amazon-bedrock, top_p: 2, provider_opts: { regoin: x } } }
models:
  a: { provider: ours, model: m }
  b: { provider: ours, model: m, top_p: 0.5 }
  c: { provider: amazon-bedrock, model: m }
";
    let expected = [
        (Code::ConfigOutOfRange, "providers.ours.top_p", "2"),
        (
            Code::ConfigUnknownKey,
            "providers.ours.provider_opts.regoin",
            "regoin",
        ),
    ];
    let expected = expected.map(|(code, path, text)| (code, path.to_owned(), text.to_owned()));
    assert_eq!(said(text), expected);
    let loaded = load(text);
    assert_eq!(loaded.broken, ["a", "b"]);
    assert_eq!(loaded.models.len(), 1);
}

#[test]
fn a_key_that_stands_twice_in_a_provider_breaks_its_models() {
    let loaded = read(&file(&format!("{BEDROCK}, top_p: 1, top_p: 0.5"), ""));
    assert_eq!(loaded.broken, ["m"]);
}

#[test]
fn a_provider_that_nobody_names_is_read_as_strictly() {
    let text = "\
providers: { ours: { provider: amazon-bedrock, region: us-east-1, model: x, top_p: lots } }
models: { m: { provider: openai, anything: goes } }
";
    let found = said(text);
    let found: Vec<_> = found
        .iter()
        .map(|(code, path, _)| (*code, path.as_str()))
        .collect();
    let expected = [
        (Code::ConfigUnknownKey, "providers.ours.region"),
        (Code::ConfigUnknownKey, "providers.ours.model"),
        (Code::ConfigWrongType, "providers.ours.top_p"),
    ];
    assert_eq!(found, expected);
    let loaded = load(text);
    let messages: Vec<_> = loaded
        .diagnostics
        .iter()
        .map(|found| &found.message)
        .collect();
    assert!(
        messages[0].contains("it belongs under `provider_opts`"),
        "{messages:?}"
    );
    assert!(
        messages[1].contains("it belongs in each entry of `models`"),
        "{messages:?}"
    );
}

#[test]
fn what_docker_agent_takes_in_a_provider_is_no_mistake() {
    let text = file(
        "provider: amazon-bedrock, base_url: x, unload_api: /u, frequency_penalty: 1, \
         presence_penalty: 1, task_budget: 5, compaction_model: m, auth: {}, api_type: ''",
        "",
    );
    let loaded = read(&text);
    assert!(!loaded.has_errors(), "{:?}", loaded.diagnostics);
    let ignored: Vec<_> = loaded.model("m").unwrap().ignored.iter().collect();
    assert_eq!(ignored.len(), 8, "{ignored:?}");
}

#[test]
fn an_ignored_key_counts_once_wherever_it_stands() {
    let text = file(&format!("{BEDROCK}, task_budget: 5"), "task_budget: 6");
    assert_eq!(load(&text).model("m").unwrap().ignored.len(), 1);
}

#[test]
fn a_provider_that_is_not_bedrock_is_not_read() {
    for declared in [
        "provider: openai, top_p: lots",
        "base_url: 'http://x', region: 5",
        "provider: ~, base_url: 'http://x', token_key: KEY",
        "providr: openai, api_type: openai_chatcompletions",
        "api_type: openai_responses, provider_opts: { region: x }",
    ] {
        let loaded = read(&file(declared, "nonsense: 1"));
        assert_eq!(
            (&loaded.models[..], &loaded.diagnostics[..]),
            (&[][..], &[][..])
        );
    }
}

#[test]
fn a_provider_that_may_be_meant_to_be_bedrock_is_doubted() {
    for (declared, shown) in [
        (
            "a: { provider: amazon-bedrok, top_p: lots }",
            "amazon-bedrok",
        ),
        ("a: { provider: Bedrock }", "Bedrock"),
        // What names another declared provider names none of docker-agent's.
        ("b: { provider: amazon-bedrock }, a: { provider: b }", "b"),
    ] {
        let text = format!(
            "providers: {{ {declared} }}\nmodels: {{ m: {{ provider: a, nonsense: 1 }} }}\n"
        );
        let expected = (
            MISSPELT,
            "providers.a.provider".to_owned(),
            shown.to_owned(),
        );
        assert_eq!(said(&text), [expected], "{text}");
    }
}

/// What is said of a file: the code, the text that it points at, the message and the help.
fn warnings(text: &str) -> Vec<(Code, String, String)> {
    let found = read(text).diagnostics.into_iter().map(|found| {
        let help = found.help.unwrap_or_default();
        let shown = text[found.span].lines().next().unwrap_or_default();
        (
            found.code,
            shown.trim().to_owned(),
            format!("{}; {help}", found.message),
        )
    });
    found.collect()
}

const MISSING: Code = Code::ConfigProviderMissing;
const MISSPELT: Code = Code::ConfigProviderMisspelt;

#[test]
fn every_mistake_about_providers_is_told_once_where_it_is_and_with_its_mending() {
    let names = "models:\n  m: { provider: o, model: x }\n";
    for (providers, code, shown, says) in [
        (
            "{ o: { providr: amazon-bedrock } }",
            MISSING,
            "providr",
            "is `providr` meant to be `provider`?",
        ),
        (
            "{ o: { Provider: amazon-bedrock } }",
            MISSING,
            "Provider",
            "is `Provider` meant",
        ),
        (
            "{ o: }",
            MISSING,
            "o",
            "indent its keys further than its name",
        ),
        (
            "{ o: amazon-bedrock }",
            MISSING,
            "o",
            "below the name, indented, write provider: amazon-bedrock and what its models",
        ),
        ("{ o: [amazon-bedrock] }", MISSING, "o", "without a dash"),
        (
            "{ o: { provider: ~ } }",
            MISSING,
            "~",
            "`provider` takes a name such as `amazon-bedrock`",
        ),
        (
            "{ o: { provider: 5 } }",
            MISSING,
            "5",
            "`provider` takes a name",
        ),
        (
            "{ o: { provider: [amazon-bedrock] } }",
            MISSING,
            "[amazon-bedrock]",
            "`provider` takes a name",
        ),
        (
            "{ o: { provider_opts: { region: eu-west-1 } } }",
            MISSING,
            "o",
            "`o` has no `provider`",
        ),
        (
            "[{ o: { provider: amazon-bedrock } }]",
            MISSING,
            "[{ o: { provider: amazon-bedrock } }]",
            "without a dash before it",
        ),
        (
            "amazon-bedrock",
            MISSING,
            "amazon-bedrock",
            "takes a map from names to providers",
        ),
        (
            "{ provider: amazon-bedrock, max_tokens: 5 }",
            MISSING,
            "providers",
            "the name of the provider is missing",
        ),
        (
            "{ provider: amazon-bedrock, provider_opts: { region: x } }",
            MISSING,
            "providers",
            "the name of the provider is missing",
        ),
        (
            "\n  o:\n  provider: amazon-bedrock\n  max_tokens: 5",
            MISSING,
            "providers",
            "stand beside its name `o`",
        ),
        (
            "\no: { provider: amazon-bedrock }",
            MISSING,
            "o",
            "`o` stands beside `providers`",
        ),
        (
            "{ amazon-bedrock: { token_key: K } }",
            Code::ConfigConflict,
            "amazon-bedrock",
            "write provider: amazon-bedrock in it",
        ),
        (
            "{ amazon-bedrock: { provider: openai } }",
            Code::ConfigConflict,
            "amazon-bedrock",
            "give it another name",
        ),
        (
            "{ amazon-bedrock: { provider: amazon-bedrock, api_type: openai_responses } }",
            Code::ConfigConflict,
            "amazon-bedrock",
            "leave out the `api_type`",
        ),
    ] {
        let text = format!("providers: {providers}\n{names}");
        let found = warnings(&text);
        let [(found_code, found_shown, message)] = &found[..] else {
            panic!("{text}{found:?}");
        };
        assert_eq!((*found_code, &**found_shown), (code, shown), "{text}");
        assert!(message.contains(says), "{text}{message}");
    }
    for key in ["provider", "Providers", "providors"] {
        let text = format!("{key}: {{ o: {{ provider: amazon-bedrock }} }}\n{names}");
        let found = warnings(&text);
        assert_eq!(
            (found[0].0, &*found[0].1, found.len()),
            (MISSING, key, 1),
            "{found:?}"
        );
        assert!(found[0].2.contains("meant to be `providers`?"), "{found:?}");
    }
}

#[test]
fn an_entry_whose_provider_is_close_to_a_declared_one_is_doubted() {
    for (declared, written) in [
        ("work", "wrok"),
        ("corp-gateway", "corp-gatway"),
        ("ours", "'ours '"),
        ("bedrock-eu", "bedrock_eu"),
        ("aws", "AWS"),
        ("amazon-bedrock", "amazon-bedrok"),
    ] {
        let text = format!(
            "providers: {{ {declared}: {{ {BEDROCK} }} }}\nmodels: {{ m: {{ provider: {written}, model: x }} }}\n"
        );
        let found = warnings(&text);
        assert_eq!(
            (found[0].0, &*found[0].1, found.len()),
            (MISSPELT, written, 1),
            "{found:?}"
        );
        let says = format!("did you mean `{declared}`?");
        assert!(found[0].2.contains(&says), "{found:?}");
    }
}

#[test]
fn files_that_declare_and_name_other_providers_are_in_order() {
    for (providers, entry) in [
        ("gw: { base_url: 'https://x/v1', token_key: K }", "gw"),
        (
            "gw: { provider: openai, base_url: 'https://x/v1', provider_opts: { region: x } }",
            "gw",
        ),
        (
            "bedrock-gateway: { base_url: 'https://x/v1', token_key: K }",
            "bedrock-gateway",
        ),
        (
            "lite: { api_type: openai_chatcompletions, base_url: 'https://x' }",
            "lite",
        ),
        ("claude: { provider: anthropic, max_tokens: 5 }", "claude"),
        ("any: { temperature: 0.5 }", "any"),
        ("any: {}", "any"),
        ("openai-eu: { provider: amazon-bedrock }", "openai"),
        (
            "wrok: { provider: openai }, work: { provider: amazon-bedrock }",
            "wrok",
        ),
        ("work: { provider: openai }", "wrok"),
        ("provider: { provider: openai }", "provider"),
        ("max_tokens: { provider: openai }", "max_tokens"),
    ] {
        let text = format!(
            "providers: {{ {providers} }}\nmodels: {{ m: {{ provider: {entry}, model: x }} }}\n"
        );
        assert_eq!(warnings(&text), [], "{text}");
    }
    for text in [
        "providers: {}\nmodels: { m: { provider: openai } }\n",
        "providers:\nmodels: { m: { provider: openai } }\n",
        "provider: amazon\nmodels: { m: { provider: openai } }\n",
        "providers:\nx: { provider: amazon-bedrock, model: m }\nmodels: { m: { provider: openai } }\n",
    ] {
        assert_eq!(warnings(text), [], "{text}");
    }
}

#[test]
fn a_provider_with_an_api_of_openai_is_not_ours_and_that_is_said() {
    let text = file(
        &format!("{BEDROCK}, api_type: openai_responses, nonsense: 1"),
        "nonsense: 1",
    );
    let expected = (
        Code::ConfigNotRead,
        "models.m.provider".to_owned(),
        "ours".to_owned(),
    );
    assert_eq!(said(&text), [expected]);
    assert!(load(&text).models.is_empty());
}

#[test]
fn a_contradiction_between_provider_and_entry_is_seen() {
    let text = file(
        &format!("{BEDROCK}, token_key: KEY"),
        "provider_opts: { endpoint_url: 'http://example.com' }",
    );
    assert_eq!(said(&text)[0].0, Code::ConfigInsecureEndpoint);
    assert_eq!(load(&text).broken, ["m"]);

    let text = file(
        &format!("{BEDROCK}, provider_opts: {{ external_id: abc }}"),
        "provider_opts: { role_arn: 'arn:aws:iam::123456789012:role/R' }",
    );
    assert_eq!(said(&text), []);

    let text = file(
        &format!("{BEDROCK}, provider_opts: {{ external_id: abc }}"),
        "",
    );
    let (code, _, shown) = &said(&text)[0];
    assert_eq!((*code, shown.as_str()), (Code::ConfigConflict, "abc"));
}

#[test]
fn a_provider_is_judged_as_by_the_schema() {
    let schema = schema();
    let keys = outcrop_config::keys().map(|key| key.path);
    let others = ["unload_api", "regoin", "provider_opts.regoin"];
    for path in keys.chain(others).filter(|path| *path != "provider") {
        for value in values() {
            let small = value
                .as_i64()
                .is_some_and(|count| count < 1024 && count != 0);
            if path == "thinking_budget" && small {
                continue;
            }
            let mut declared = json!({ "provider": "amazon-bedrock" });
            match path.split_once('.') {
                Some((outer, inner)) => declared[outer] = json!({ inner: value }),
                None => declared[path] = value,
            }
            let file = json!({
                "providers": { "ours": declared },
                "models": { "m": { "provider": "x" } },
            });
            let loaded = load(&file.to_string());
            assert_eq!(loaded.has_errors(), !schema.is_valid(&file), "{file}");
        }
    }
    for providers in values() {
        let file = json!({ "providers": providers, "models": { "m": { "provider": "x" } } });
        assert!(
            schema.is_valid(&file) && !load(&file.to_string()).has_errors(),
            "{file}"
        );
    }
    let open = json!({ "providers": { "ours": {
        "provider": "amazon-bedrock", "token_key": "KEY",
        "provider_opts": { "endpoint_url": "http://example.com" },
    } } });
    assert!(load(&open.to_string()).has_errors() && !schema.is_valid(&open));
}

#[test]
fn what_providers_give_is_bounded() {
    let fields: String = (0..50_000).map(|n| format!("f{n}: 1, ")).collect();
    let entries: String = (0..20_000)
        .map(|n| format!("  m{n}: {{ provider: ours, model: m }}\n"))
        .collect();
    let text = format!(
        "providers: {{ ours: {{ {BEDROCK}, provider_opts: {{ additional_request_fields: {{ {fields} }} }} }} }}\nmodels:\n{entries}"
    );
    let loaded = read(&text);
    assert!(loaded.models.len() < 10, "{}", loaded.models.len());
    let codes: Vec<_> = loaded.diagnostics.iter().map(|found| found.code).collect();
    assert_eq!(codes, [Code::YamlTooLarge]);
    // Two thousand models of an ordinary provider are far from that.
    let entries: String = (0..2000)
        .map(|n| format!("  m{n}: {{ provider: ours, model: m }}\n"))
        .collect();
    let declared = "max_tokens: 5, provider_opts: { region: us-east-1, profile: work }";
    let text = format!("providers: {{ ours: {{ {BEDROCK}, {declared} }} }}\nmodels:\n{entries}");
    assert_eq!(read(&text).models.len(), 2000);
}
