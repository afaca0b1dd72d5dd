//! What a person can do about an error.

use std::fmt::Write;

use crate::support::{Script, Server, client, nobody, refusal};

/// Status, code and text of what the service refuses.
const REFUSALS: &str = r#"
403 AccessDeniedException You don't have access to the model with the specified model ID.
403 AccessDeniedException User: a is not authorized to perform: bedrock:InvokeModel
403 AccessDeniedException The data retention mode of this account does not allow it.
403 AccessDeniedException Authentication failed: Please make sure your API Key is valid.
404 ResourceNotFoundException Model use case details have not been submitted.
403 ExpiredTokenException The security token included in the request is expired
403 UnrecognizedClientException The security token included in the request is invalid.
403 InvalidSignatureException Signature expired: 20260101T000000Z is now earlier than
400 ValidationException Invocation of model ID x with on-demand throughput isn’t supported.
400 ValidationException The provided model identifier is invalid.
400 ValidationException \"thinking.type.enabled\" is not supported for this model.
400 ValidationException `max_tokens` must be greater than `thinking.budget_tokens`.
400 ValidationException The maximum tokens you requested exceed the model limit of 64000.
400 ValidationException Input is too long for requested model.
400 ValidationException Something else.
429 ThrottlingException Too many tokens, please wait before trying again.
429 ThrottlingException Too many tokens per day, please wait before trying again.
503 ServiceUnavailableException At capacity.
"#;

#[tokio::test]
async fn the_usual_errors_say_what_to_do() {
    let mut page = String::new();
    for line in REFUSALS.lines().filter(|line| !line.is_empty()) {
        let (status, rest) = line.split_once(' ').unwrap();
        let (code, message) = rest.split_once(' ').unwrap();
        let script = Script::refusal(status.parse().unwrap(), code, message);
        let server = Server::start(script).await;
        write(&mut page, &client(server.endpoint())).await;
    }
    let html = [("content-type", "text/html")];
    let server = Server::start(Script::response(200, &html, "")).await;
    write(&mut page, &client(server.endpoint())).await;
    write(&mut page, &client(nobody().await)).await;
    insta::assert_snapshot!(page);
}

async fn write(page: &mut String, client: &outcrop_transport::Client) {
    let error = refusal(client).await;
    writeln!(page, "{}: {}", error.kind().as_str(), error.message()).unwrap();
    for hint in error.hints() {
        writeln!(page, "  {hint}").unwrap();
    }
}
