//! Error statuses: which kind each becomes, and that one failing call is one request.

use outcrop_transport::ErrorKind::{self, *};

use crate::support::{NOVA, Script, Server, body, client, facts, refusal};

/// Status, code, kind and text, as the service sends them. Sources: the service model of Bedrock
/// Runtime, the Bedrock user guide (API error codes), and texts that users report.
const REFUSALS: &str = r#"
# The service model.
403 AccessDeniedException AccessDenied: You don't have access to the model with the specified model ID.
404 ResourceNotFoundException ModelNotFound: Could not resolve the foundation model.
429 ThrottlingException Throttled: Too many requests, please wait before trying again.
429 ModelNotReadyException Overloaded: The model is not ready.
400 ValidationException InvalidRequest: messages: at least one message is required
400 ServiceQuotaExceededException DailyQuota: Your request exceeds the quota.
408 ModelTimeoutException Timeout: The request took too long to process.
424 ModelErrorException Overloaded: The model failed.
424 ModelStreamErrorException StreamInterrupted: The stream failed.
500 InternalServerException Overloaded: An internal error occurred.
503 ServiceUnavailableException Overloaded: Service unavailable.
# Codes outside the model.
404 FTUFormNotFilled AccessDenied: Model use case details have not been submitted for this account.
404 ResourceNotFoundException AccessDenied: Model use case details have not been submitted for this account.
400 IncompleteSignature CredentialsInvalid: The request signature is incomplete.
500 InternalFailure Overloaded: The request processing has failed.
403 UnrecognizedClientException CredentialsInvalid: The security token included in the request is invalid.
403 ExpiredTokenException CredentialsExpired: The security token included in the request is expired
403 InvalidSignatureException CredentialsInvalid: The request signature we calculated does not match.
403 InvalidSignatureException CredentialsInvalid: Signature expired: 20260101T000000Z is now earlier than 20260101T000100Z.
403 MissingAuthenticationTokenException CredentialsInvalid: Missing Authentication Token
404 UnknownOperationException InvalidResponse:
# A code that is not known is judged by its status.
400 SomethingNewException InvalidRequest: No.
401 SomethingNewException AccessDenied: No.
403 SomethingNewException AccessDenied: No.
404 SomethingNewException ModelNotFound: No.
408 SomethingNewException Timeout: No.
413 RequestEntityTooLargeException InvalidRequest: Too large.
424 SomethingNewException Overloaded: No.
429 SomethingNewException Throttled: No.
500 SomethingNewException Overloaded: No.
529 SomethingNewException Overloaded: No.
# Identities.
403 AccessDeniedException AccessDenied: User: arn:aws:iam::123456789012:user/a is not authorized to perform: bedrock:InvokeModel on resource: arn:aws:bedrock:us-east-1:123456789012:inference-profile/x because no identity-based policy allows the bedrock:InvokeModel action
403 AccessDeniedException CredentialsInvalid: Authentication failed: Please make sure your API Key is valid.
403 AccessDeniedException AccessDenied: The account's data retention mode does not allow this model.
# Models.
400 ValidationException NeedsInferenceProfile: Invocation of model ID x with on-demand throughput isn’t supported. Retry your request with the ID or ARN of an inference profile that contains this model.
400 ValidationException ModelNotFound: The provided model identifier is invalid.
# Quotas.
429 ThrottlingException Throttled: Your request rate is too high. Reduce the frequency of requests.
429 ThrottlingException Throttled: Too many tokens, please wait before trying again.
429 ThrottlingException DailyQuota: Too many tokens per day, please wait before trying again.
429 TooManyRequestsException DailyQuota: Too many tokens per day, please wait before trying again.
# Texts of the models.
400 ValidationException ContextOverflow: Input is too long for requested model.
400 ValidationException ContextOverflow: input length and `max_tokens` exceed context limit: 190000 + 64000 > 200000
400 ValidationException ContextOverflow: The model returned the following errors: prompt is too long: 210000 tokens > 200000 maximum
400 ValidationException ContextOverflow: too many total text bytes: 30000000 > 25000000
400 ValidationException ContextOverflow: This model's maximum context length is 128000 tokens.
400 ValidationException InvalidRequest: The maximum tokens you requested exceed the model limit of 64000. Try again with a maximum tokens value lower than 64000.
400 ValidationException InvalidRequest: `temperature` is deprecated for this model.
400 ValidationException InvalidRequest: `temperature` and `top_p` cannot both be specified for this model. Please use only one.
400 ValidationException InvalidRequest: "thinking.type.enabled" is not supported for this model. Use "thinking.type.adaptive" and "output_config.effort" to control thinking behavior.
400 ValidationException InvalidRequest: "thinking.type.disabled" is not supported for this model.
400 ValidationException InvalidRequest: The model returned the following errors: thinking: Input tag 'adaptive' found using 'type' does not match any of the expected tags: 'disabled', 'enabled'
400 ValidationException InvalidRequest: output_config.effort: Input should be 'low', 'medium' or 'high'
400 ValidationException InvalidRequest: output_config.effort: Extra inputs are not permitted
400 ValidationException InvalidRequest: This model does not support the effort parameter.
400 ValidationException InvalidRequest: The model returned the following errors: `max_tokens` must be greater than `thinking.budget_tokens`.
400 ValidationException InvalidRequest: Thinking may not be enabled when tool_choice forces tool use.
400 ValidationException InvalidRequest: This model does not support assistant message prefill. The conversation must end with a user message.
400 ValidationException InvalidRequest: messages.1.content.0.type: Expected `thinking` or `redacted_thinking`, but found `tool_use`. When `thinking` is enabled, a final `assistant` message must start with a thinking block
400 ValidationException InvalidRequest: messages.3.content.0: `thinking` or `redacted_thinking` blocks in the latest assistant message cannot be modified.
400 ValidationException InvalidRequest: messages.5.content.0: Invalid `signature` in `thinking` block. The block is bound to a different conversation.
400 ValidationException InvalidRequest: User messages cannot contain reasoning content.
400 ValidationException InvalidRequest: invalid beta flag
400 ValidationException InvalidRequest: reasoning_effort: Extra inputs are not permitted
400 ValidationException InvalidRequest: messages.0.content.1: a ttl='1h' cache_control block must not come after a ttl='5m' cache_control block.
403 AccessDeniedException AccessDenied: You invoked an unsupported model or your request did not allow prompt caching.
"#;

/// The rows of [`REFUSALS`].
pub(crate) fn refusals() -> impl Iterator<Item = (u16, &'static str, &'static str, &'static str)> {
    let lines = REFUSALS.lines().filter(|line| !line.is_empty());
    lines.filter(|line| !line.starts_with('#')).map(|line| {
        let (row, message) = line.split_once(':').unwrap();
        let [status, code, kind] = row.split(' ').collect::<Vec<_>>()[..] else {
            panic!("{line}");
        };
        (status.parse().unwrap(), code, kind, message.trim_start())
    })
}

#[tokio::test]
async fn every_refusal_has_its_kind_and_is_asked_for_once() {
    for (status, code, kind, message) in refusals() {
        let server = Server::start(Script::refusal(status, code, message)).await;
        let client = client(server.endpoint());
        let streaming = refusal(&client).await;
        assert_eq!(server.requests().len(), 1, "{status} {code} was retried");
        let unary = client.call(NOVA, body("Hello.")).await.unwrap_err();
        assert_eq!(server.requests().len(), 2, "{status} {code} was retried");

        for error in [streaming, unary] {
            assert_eq!(error.kind().as_str(), kind, "{status} {code}: {message}");
            assert_eq!(error.code(), Some(code));
            if !message.is_empty() {
                assert_eq!(error.message(), message);
                assert_eq!(error.to_string(), format!("{code}: {message}"));
            }
            assert_eq!(error.request_id(), Some("r-1"));
            assert!(error.partial_message().is_none());
        }
    }
}

#[test]
fn kinds_that_may_pass_are_retryable() {
    let passing = [
        Connection,
        Overloaded,
        Stalled,
        StreamInterrupted,
        Throttled,
        Timeout,
    ];
    for kind in passing {
        assert!(kind.is_retryable(), "{kind:?}");
    }
    let lasting = [
        AccessDenied,
        ContextOverflow,
        CredentialsExpired,
        CredentialsInvalid,
        DailyQuota,
        InvalidRequest,
        InvalidResponse,
        ModelNotFound,
        NeedsInferenceProfile,
        NoCredentials,
    ];
    for kind in lasting {
        assert!(!kind.is_retryable(), "{kind:?}");
    }
}

/// Asserts what becomes of a response with these headers and this body.
async fn check(
    status: u16,
    headers: &[(&str, &str)],
    text: &str,
    expected: (ErrorKind, Option<&str>, &str),
) {
    let server = Server::start(Script::response(status, headers, text)).await;
    let error = refusal(&client(server.endpoint())).await;
    assert_eq!(facts(&error), expected, "{status} {headers:?} {text}");
}

#[tokio::test]
async fn a_message_is_found_under_either_name() {
    let header = [("x-amzn-errortype", "ValidationException")];
    let code = Some("ValidationException");
    for text in [
        r#"{"message":"No."}"#,
        r#"{"Message":"No."}"#,
        r#"{"Message":"b","message":"No."}"#,
        r#"{"message":"","Message":"No."}"#,
        r#"{"message":null,"Message":"No."}"#,
    ] {
        check(400, &header, text, (InvalidRequest, code, "No.")).await;
    }
}

#[tokio::test]
async fn a_code_is_found_wherever_it_stands() {
    let expected = (Throttled, Some("ThrottlingException"), "No.");
    let plain = r#"{"message":"No."}"#;
    for header in [
        "ThrottlingException",
        "ThrottlingException:http://internal.amazon.com/coral/com.amazon.bedrock/",
        "com.amazon.bedrock#ThrottlingException",
        "com.amazon.bedrock#ThrottlingException:http://internal.amazon.com/#coral/",
    ] {
        check(400, &[("x-amzn-errortype", header)], plain, expected).await;
    }
    for text in [
        r#"{"__type":"ThrottlingException","message":"No."}"#,
        r#"{"__type":"com.amazon.coral.service#ThrottlingException","Message":"No."}"#,
        r#"{"code":"ThrottlingException","message":"No."}"#,
        r#"{"code":7,"__type":"ThrottlingException","message":"No."}"#,
    ] {
        check(400, &[], text, expected).await;
        check(400, &[("x-amzn-errortype", "")], text, expected).await;
    }
}

#[tokio::test]
async fn a_bare_status_speaks_for_itself() {
    for (status, kind) in [
        (301, InvalidResponse),
        (400, InvalidRequest),
        (403, AccessDenied),
        (404, ModelNotFound),
        (408, Timeout),
        (429, Throttled),
        (500, Overloaded),
        (502, Overloaded),
        (503, Overloaded),
        (504, Overloaded),
    ] {
        let message = format!("the server answered {status} without a message");
        check(status, &[], "", (kind, None, &message)).await;
    }
}

#[tokio::test]
async fn the_words_of_a_proxy_are_passed_on_and_not_taken_for_the_service() {
    let html = "<html>\r\n<head><title>Blocked</title></head>\r\n</html>\r\n";
    let words = "<html> <head><title>Blocked</title></head> </html>";
    for (status, kind) in [
        (400, InvalidResponse),
        (401, InvalidResponse),
        (403, InvalidResponse),
        (404, InvalidResponse),
        (405, InvalidResponse),
        (407, InvalidResponse),
        (408, Timeout),
        (413, InvalidResponse),
        (429, Throttled),
        (502, Overloaded),
        (503, Overloaded),
        (504, Overloaded),
    ] {
        let message = format!("the server answered {status}: {words}");
        let headers = [("content-type", "text/html")];
        check(status, &headers, html, (kind, None, &message)).await;
    }
    let json = r#"{"detail":"Not Found"}"#;
    let message = format!("the server answered 404: {json}");
    check(404, &[], json, (InvalidResponse, None, &message)).await;
}

#[tokio::test]
async fn a_long_page_is_cut() {
    let server = Server::start(Script::response(502, &[], &"é".repeat(5_000))).await;
    let error = refusal(&client(server.endpoint())).await;
    let expected = format!("the server answered 502: {}", "é".repeat(200));
    assert_eq!(error.message(), expected);
}
