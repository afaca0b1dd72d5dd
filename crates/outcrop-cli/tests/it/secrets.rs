//! No secret of the environment is printed.

use crate::support::{LocalBedrock, Outcrop, StubServer, outcrop};

const SECRETS: [&str; 5] = [
    "BEARER-SECRET-1",
    "KEY-SECRET-2",
    "SESSION-SECRET-3",
    "PROXY-SECRET-4",
    "PROFILE-SECRET-5",
];

fn with_secrets(run: Outcrop) -> Outcrop {
    let [bearer, key, session, proxy, profile] = SECRETS;
    run.env("AWS_ACCESS_KEY_ID", "AKIDEXAMPLE")
        .env("AWS_BEARER_TOKEN_BEDROCK", bearer)
        .env("AWS_SECRET_ACCESS_KEY", key)
        .env("AWS_SESSION_TOKEN", session)
        .env("HTTPS_PROXY", &format!("http://user:{proxy}@127.0.0.1:1"))
        .file(
            ".aws/credentials",
            &format!(
                "[my-aws-profile]\naws_access_key_id = A\naws_secret_access_key = {profile}\n"
            ),
        )
}

#[test]
fn no_output_of_any_command_holds_a_secret() {
    let bedrock = LocalBedrock::start();
    let denied = StubServer::refusing(403, "AccessDeniedException", "No access.");
    for model in [
        "bedrock-claude",
        "bedrock-api-key",
        "bedrock-profile",
        "bedrock-role",
    ] {
        for format in ["text", "json"] {
            let started = |command: &[&'static str]| {
                let rest = [
                    "-c",
                    "examples/bedrock.yaml",
                    "-m",
                    model,
                    "--format",
                    format,
                    "Hi",
                ];
                let args = command.iter().copied().chain(rest);
                with_secrets(outcrop(args).in_workspace())
            };
            for run in [
                started(&["explain"]),
                started(&["run", "--offline"]),
                // Refused credentials, a refused call, and a proxy that nobody listens on.
                started(&["run"]).at(&bedrock.endpoint()),
                started(&["run"]).at(denied.endpoint()),
                started(&["run"]).at("https://203.0.113.1"),
            ] {
                let page = run.run().page();
                for secret in SECRETS {
                    assert!(!page.contains(secret), "{secret} in {page}");
                }
            }
        }
    }
}

#[test]
fn a_secret_in_the_wrong_key_of_a_file_is_not_shown() {
    let yaml = "models:
  a:
    provider: amazon-bedrock
    model: us.anthropic.claude-opus-4-8
    token_key: ABSKQmVkcm9ja0tleVNFQ1JFVA==
    api_key: sk-SECRET
  b: { provider: amazon-bedrock, model: m, api_key: sk-SECRET, max_tokens: lots }
  c:
    provider: amazon-bedrock
    model: us.anthropic.claude-opus-4-8
    provider_opts:
      endpoint_url: http://user:SECRET@example.com
      aws_secret_access_key: SECRET
";
    for format in ["text", "json", "github"] {
        let checked = outcrop(["check", "f.yaml", "--format", format])
            .file("f.yaml", yaml)
            .run();
        let page = checked.page();
        assert!(page.contains("config.unknown-key"), "{page}");
        for secret in ["SECRET\n", "SECRET,", "SECRET@", "sk-", "ABSK"] {
            assert!(!page.contains(secret), "{secret} in {page}");
        }
    }
    let ran = outcrop(["run", "-c", "f.yaml", "-m", "a", "Hi"])
        .file("f.yaml", yaml)
        .run()
        .page();
    assert!(!ran.contains("ABSK") && !ran.contains("sk-"), "{ran}");
}

#[test]
fn a_secret_in_the_configuration_is_neither_shown_nor_repeated() {
    const KEY: &str = "ABSKQmVkcm9ja0FQSUtleS1hYmNkZWY";
    for line in [
        "token_key: KEY",
        "token_key: KEY=",
        "token_key: bedrock-api-key-KEY",
        "token_key: |\n      KEY=",
        "token: KEY",
        "tokenKey: sk-KEY",
        "bearer_token: Bearer KEY",
        "aws_bearer_token_bedrock: hunter-KEY",
        "authorization: Basic KEY",
        "provider_opts: { additional_request_fields: { x: .nan, token: my-KEY } }",
    ] {
        let secret = line.replace("KEY", KEY);
        let yaml = format!(
            "models:\n  m:\n    provider: amazon-bedrock\n    model: \
             global.anthropic.claude-opus-4-8\n    {secret}\n"
        );
        for format in ["text", "json", "github"] {
            let run = outcrop(["check", "--format", format, "-"]).stdin(yaml.as_str());
            let ran = run.run();
            assert_eq!(ran.code, Some(3), "{line}");
            assert!(!ran.page().contains(KEY), "{}", ran.page());
        }
        for command in ["explain", "run"] {
            let ran = outcrop([command, "-c", "m.yaml", "-m", "m", "Hi"])
                .file("m.yaml", &yaml)
                .run();
            assert_eq!(ran.code, Some(3), "{line}");
            assert!(!ran.page().contains(KEY), "{}", ran.page());
        }
    }
}
