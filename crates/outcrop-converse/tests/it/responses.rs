//! The response of a unary call.

use outcrop_converse::{ContentBlock, Response, StopReason};

const RESPONSE: &str = r#"{"output":{"message":{"role":"assistant","content":[{"text":"Hello."}]}},"stopReason":"end_turn","usage":{"inputTokens":13,"outputTokens":9,"totalTokens":4118,"cacheReadInputTokens":4096,"cacheWriteInputTokens":0,"cacheDetails":[{"ttl":"1h","inputTokens":0}]},"metrics":{"latencyMs":812},"additionalModelResponseFields":{"stop_sequence": null},"serviceTier":{"type":"default"}}"#;

#[test]
fn a_response_keeps_every_byte() {
    let response: Response = serde_json::from_str(RESPONSE).expect("a response");
    assert_eq!(serde_json::to_string(&response).expect("JSON"), RESPONSE);
    assert_eq!(response.stop_reason, StopReason::EndTurn);
    let usage = response.usage.expect("usage");
    assert_eq!(
        (usage.input_tokens, usage.cache_read_input_tokens),
        (13, Some(4096))
    );
}

#[test]
fn what_the_service_adds_to_a_message_is_passed_over() {
    let json = RESPONSE.replace(
        r#""role":"assistant","#,
        r#""role":"assistant","id":"msg_1","container":{},"#,
    );
    let response: Response = serde_json::from_str(&json).expect("a response");
    assert_eq!(response.output.message.text(), "Hello.");
}

#[test]
fn usage_may_be_absent() {
    let json = r#"{"output":{"message":{"role":"assistant","content":[{"hologram":[1]}]}},"stopReason":"refusal","metrics":null}"#;
    let response: Response = serde_json::from_str(json).expect("a response");
    assert!(response.usage.is_none() && response.metrics.is_none());
    assert!(matches!(
        &*response.output.message.content,
        [ContentBlock::Other(name, _)] if name == "hologram"
    ));
}

#[test]
fn responses_are_compared_by_what_they_hold() {
    let read = |json: &str| serde_json::from_str::<Response>(json).expect("a response");
    assert_eq!(read(RESPONSE), read(RESPONSE));
    assert_ne!(read(RESPONSE), read(&RESPONSE.replace("null", "\"END\"")));
    assert_ne!(read(RESPONSE), read(&RESPONSE.replace("812", "813")));
    assert_ne!(read(RESPONSE), read(&RESPONSE.replace("default", "flex")));
}

#[test]
fn what_is_not_a_response_is_refused_by_its_member() {
    let page = [
        "{}".to_owned(),
        RESPONSE.replace(r#""content":[{"text":"Hello."}]"#, r#""content":[{}]"#),
        RESPONSE.replace(r#""end_turn""#, "7"),
    ]
    .map(|json| {
        let error = serde_json::from_str::<Response>(&json).expect_err("no response");
        error.to_string()
    })
    .join("\n");
    insta::assert_snapshot!(page);
}

#[test]
fn an_answer_is_not_lost_for_numbers_beside_it() {
    for (written, broken) in [
        (r#""inputTokens":13"#, r#""inputTokens":"13""#),
        ("812", "-1"),
        (r#"{"latencyMs":812}"#, r#"["soon"]"#),
    ] {
        let json = RESPONSE.replace(written, broken);
        let response: Response = serde_json::from_str(&json).expect("a response");
        assert_eq!(response.output.message.text(), "Hello.");
        assert_ne!(response.usage.is_some(), response.metrics.is_some());
        // What could not be read is there as it came.
        let again = serde_json::to_string(&response).expect("JSON");
        assert!(again.contains(broken), "{again}");
        let again: Response = serde_json::from_str(&again).expect("a response");
        assert_eq!(again, response);
    }
    let twice = RESPONSE.replace(r#""metrics""#, r#""usage":1,"usage""#);
    assert!(serde_json::from_str::<Response>(&twice).is_err());
}
