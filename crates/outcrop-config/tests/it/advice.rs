//! Advice is good only if it is taken: whatever a message says to write, the key accepts.

use outcrop_config::{keys, load};

use crate::pool::values;
use crate::support::with_line;

/// What people write that no key takes as it is.
const SLIPS: [&str; 44] = [
    "\"-5\"",
    "\"70\"",
    "0.0",
    "-0.0",
    "1.0",
    "-7.0",
    "8192.0",
    "1e4",
    "99999999999",
    "\"5000000000\"",
    "8_192",
    "16,384",
    "16k",
    "0k",
    "99999999k",
    "[8192]",
    "[-1]",
    "70%",
    "700%",
    "\"0,7\"",
    "\"1,7\"",
    "'.5'",
    "nan",
    "1",
    "0",
    "60m",
    "1H",
    "3600",
    "300",
    "3601",
    "30000ms",
    "500ms",
    "5 minutes",
    "1h30m",
    "2d",
    "enabled",
    "yes",
    "no",
    "'true'",
    "auto",
    "N. Virginia",
    "US-EAST-1",
    "EU (Frankfurt)",
    "us_east_1",
];

/// The value that a finding says to write, if it names one.
fn proposed(said: &str) -> Option<&str> {
    let (_, rest) = said.split_once("write ")?;
    let end = rest.find([',', ';', ' ']).unwrap_or(rest.len());
    let value = rest[..end].trim_end_matches(':');
    // `write it without ...`, `write the name alone`: no value.
    (!["it", "the", "straight"].contains(&value)).then_some(value)
}

#[test]
fn every_value_that_is_proposed_is_accepted() {
    let mut proposals = 0;
    let pool = values().into_iter().map(|value| value.to_string());
    let written: Vec<String> = SLIPS.iter().map(ToString::to_string).chain(pool).collect();
    for key in keys().filter(|key| key.accepted().is_some()) {
        let line = |value: &str| match key.path.strip_prefix("provider_opts.") {
            Some(name) => with_line(&format!("provider_opts: {{ {name}: {value} }}")),
            None if key.path == "model" => {
                format!("models:\n  m:\n    provider: amazon-bedrock\n    model: {value}\n")
            }
            None => with_line(&format!("{}: {value}", key.path)),
        };
        for value in &written {
            for found in &load(&line(value)).diagnostics {
                let Some(proposed) = proposed(&found.message) else {
                    continue;
                };
                proposals += 1;
                let loaded = load(&line(proposed));
                assert!(!loaded.has_errors(), "{}: {value}: {found}", key.path);
            }
        }
    }
    assert!(proposals > 100, "{proposals}");
}

#[test]
fn slips_are_told_what_was_meant() {
    for (line, advice) in [
        ("provider_opts: { idle_timeout: 30000ms }", "write 30s"),
        ("provider_opts: { idle_timeout: 5 minutes }", "write 5m"),
        ("provider_opts: { idle_timeout: 1h30m }", "write 90m"),
        ("provider_opts: { cache_ttl: 60m }", "write 1h"),
        ("provider_opts: { cache_ttl: 3600 }", "write 1h"),
        ("provider_opts: { cache_ttl: 1H }", "write 1h"),
        ("provider_opts: { disable_prompt_caching: 1 }", "write true"),
        (
            "provider_opts: { interleaved_thinking: enabled }",
            "write true",
        ),
        ("provider_opts: { region: N. Virginia }", "write us-east-1"),
        ("provider_opts: { region: no }", "not a word that YAML 1.1"),
        ("provider_opts: { stop_sequences: [5] }", "put it in quotes"),
        (
            "provider_opts: { stop_sequences: [a, true] }",
            "put it in quotes",
        ),
        (
            "provider_opts: { provider_opts: { region: x } }",
            "write its keys directly below the outer one",
        ),
        (
            "provider_opts: { profile: '${AWS_PROFILE}' }",
            "not a variable, which is not replaced here",
        ),
        (
            "provider_opts: { profile: $AWS_PROFILE }",
            "AWS_PROFILE counts",
        ),
        (
            "provider_opts: { endpoint_url: 'https://${HOST}' }",
            "variables are not replaced here",
        ),
        ("temperature: 70%", "write 0.7"),
        ("token_key: “KEY”", "straight quotes"),
        ("provider_opts: { profile: “mine” }", "straight quotes"),
        (
            "provider_opts: { prompt_caching: true }",
            "prompt caching is on already",
        ),
        (
            "provider_opts: { enable_prompt_caching: true }",
            "prompt caching is on already",
        ),
        ("cache: true", "prompt caching is on already"),
        (
            "provider_opts: { additional_request_fields: {[a]: b} }",
            "has a list or a map where the name of a field belongs",
        ),
    ] {
        let loaded = load(&with_line(line));
        let found = &loaded.diagnostics[0];
        let said = format!("{found} ({:?})", found.help);
        assert!(
            loaded.has_errors() && said.contains(advice),
            "{line}: {said}"
        );
    }
    let curly = "models:\n  m: { provider: amazon-bedrock, model: “global.anthropic.claude” }\n";
    let said = load(curly).diagnostics[0].to_string();
    assert!(said.contains("straight quotes"), "{said}");
}

#[test]
fn a_variable_is_told_that_it_is_not_replaced() {
    for (key, value) in [
        ("base_model", "${MODEL}"),
        ("base_model", "$MODEL"),
        ("base_model", "anthropic.${MODEL}"),
        ("role_arn", "${ROLE}"),
        ("role_arn", "arn:aws:iam::${ACCOUNT}:role/R"),
    ] {
        let loaded = load(&with_line(&format!(
            "provider_opts: {{ {key}: '{value}' }}"
        )));
        let found = &loaded.diagnostics[0];
        assert!(
            found.message.contains("variables are not replaced here"),
            "{found}"
        );
    }
    let text = with_line("").replace("model: m", "model: ${MODEL}");
    let found = &load(&text).diagnostics[0];
    assert!(
        found.message.contains("variables are not replaced here"),
        "{found}"
    );
}
