//! What a person is told to do about a refusal, in the words of the configuration and for the very
//! model that was called.

use std::fmt::Write;

use outcrop::{Env, ErrorKind};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;

use crate::support::model;

const CLAUDE: &str = "anthropic.claude-sonnet-4-5-20250929-v1:0";
const EU: &str = "eu.anthropic.claude-sonnet-4-5-20250929-v1:0";
const GLOBAL: &str = "global.anthropic.claude-sonnet-4-5-20250929-v1:0";
const OPAQUE: &str =
    "arn:aws:bedrock:us-east-1:123456789012:application-inference-profile/abcdefghijkl";

/// Model, further keys, status, code and text.
const REFUSALS: &[(&str, &str, u16, &str, &str)] = &[
    (
        CLAUDE,
        "",
        400,
        "ValidationException",
        "Invocation of model ID x with on-demand throughput isn’t supported.",
    ),
    (
        "amazon.nova-2-lite-v1:0",
        "",
        400,
        "ValidationException",
        "Invocation of model ID x with on-demand throughput isn’t supported.",
    ),
    (
        "who.knows-v1:0",
        "",
        400,
        "ValidationException",
        "Invocation of model ID x with on-demand throughput isn’t supported.",
    ),
    (
        "us.anthropic.claude-sonet-4-5",
        "",
        400,
        "ValidationException",
        "The provided model identifier is invalid.",
    ),
    (
        "who.knows-v1:0",
        "",
        400,
        "ValidationException",
        "The provided model identifier is invalid.",
    ),
    (
        EU,
        "",
        404,
        "ResourceNotFoundException",
        "Could not resolve the foundation model.",
    ),
    (
        EU,
        "",
        403,
        "AccessDeniedException",
        "You don't have access to the model with the specified model ID.",
    ),
    (
        CLAUDE,
        "",
        404,
        "ResourceNotFoundException",
        "Model use case details have not been submitted for this account.",
    ),
    (
        CLAUDE,
        "",
        403,
        "ExpiredTokenException",
        "The security token included in the request is expired",
    ),
    (
        CLAUDE,
        "",
        403,
        "UnrecognizedClientException",
        "The security token included in the request is invalid.",
    ),
    (
        CLAUDE,
        "",
        429,
        "ThrottlingException",
        "Too many tokens, please wait before trying again.",
    ),
    (
        CLAUDE,
        "max_tokens: 64000",
        429,
        "ThrottlingException",
        "Too many tokens, please wait before trying again.",
    ),
    (
        CLAUDE,
        "",
        400,
        "ValidationException",
        "`max_tokens` must be greater than `thinking.budget_tokens`.",
    ),
    (
        CLAUDE,
        "",
        400,
        "ValidationException",
        "The maximum tokens you requested exceed the model limit of 64000.",
    ),
    (
        CLAUDE,
        "",
        400,
        "ValidationException",
        "\"thinking.type.enabled\" is not supported for this model.",
    ),
    (
        OPAQUE,
        "",
        400,
        "ValidationException",
        "\"thinking.type.enabled\" is not supported for this model.",
    ),
    (
        OPAQUE,
        "",
        400,
        "ValidationException",
        "`temperature` is deprecated for this model.",
    ),
    (
        CLAUDE,
        "",
        400,
        "ValidationException",
        "thinking: Input tag 'adaptive' found using 'type' does not match any of the expected tags",
    ),
    (
        CLAUDE,
        "",
        400,
        "ValidationException",
        "\"thinking.type.disabled\" is not supported for this model.",
    ),
    (
        CLAUDE,
        "",
        400,
        "ValidationException",
        "output_config.effort: Input should be 'low', 'medium' or 'high'",
    ),
    (
        CLAUDE,
        "",
        400,
        "ValidationException",
        "`temperature` and `top_p` cannot both be specified for this model.",
    ),
    (
        CLAUDE,
        "",
        400,
        "ValidationException",
        "Thinking may not be enabled when tool_choice forces tool use.",
    ),
    (CLAUDE, "", 400, "ValidationException", "invalid beta flag"),
    (
        CLAUDE,
        "",
        400,
        "ValidationException",
        "reasoning_effort: Extra inputs are not permitted",
    ),
    (CLAUDE, "", 400, "ValidationException", "Something new."),
    (EU, "", 503, "ServiceUnavailableException", "At capacity."),
    (
        GLOBAL,
        "",
        503,
        "ServiceUnavailableException",
        "At capacity.",
    ),
    (CLAUDE, "", 502, "", ""),
    (CLAUDE, "", 302, "", ""),
];

/// A server that refuses whatever it is asked.
async fn refusing(status: u16, code: &str, message: &str) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let endpoint = format!("http://{}", listener.local_addr().expect("an address"));
    let body = serde_json::json!({ "message": message }).to_string();
    let answer = format!(
        "HTTP/1.1 {status} No\r\nx-amzn-errortype: {code}\r\nconnection: close\r\n\
         content-length: {}\r\n\r\n{body}",
        body.len()
    );
    tokio::spawn(async move {
        while let Ok((mut connection, _)) = listener.accept().await {
            let answer = answer.clone();
            tokio::spawn(async move {
                let mut request = [0; 8192];
                let _ = connection.read(&mut request).await;
                let _ = connection.write_all(answer.as_bytes()).await;
                // What was not read would reset the connection, and the answer with it.
                while connection
                    .read(&mut request)
                    .await
                    .is_ok_and(|count| count > 0)
                {}
            });
        }
    });
    endpoint
}

#[tokio::test]
async fn a_refusal_says_what_to_write_instead() {
    let mut page = String::new();
    for (id, keys, status, code, message) in REFUSALS {
        let endpoint = refusing(*status, code, message).await;
        let model = model(&format!(
            "models:\n  m:\n    provider: amazon-bedrock\n    model: {id}\n    {keys}\n    \
             provider_opts: {{ endpoint_url: \"{endpoint}\", region: us-east-1, max_attempts: 1 }}\n"
        ));
        let env = Env::empty()
            .with_variable("AWS_ACCESS_KEY_ID", "AKIAEXAMPLE")
            .with_variable("AWS_SECRET_ACCESS_KEY", "xyz");
        let client = model.connect(&model.plan(&env)).await.expect("a client");
        let whole = client.call(&"Hello".into()).await.expect_err("a refusal");
        let error = client.stream(&"Hello".into()).await.expect_err("a refusal");
        assert_eq!(whole.hints(), error.hints());
        assert_eq!(error.attempts(), Some(1));
        assert!(matches!(error.kind(), ErrorKind::Call(_)));
        writeln!(page, "{id} {keys}\n  {}: {error}", error.kind().as_str()).expect("text");
        for hint in error.hints() {
            writeln!(page, "  hint: {hint}").expect("text");
        }
    }
    insta::assert_snapshot!(page);
}
