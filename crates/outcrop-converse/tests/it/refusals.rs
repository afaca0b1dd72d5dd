//! Conversations that no change of form would make acceptable.

use std::error::Error;
use std::fmt::Write;

use outcrop_converse::frame::FrameError;
use outcrop_converse::{BlockPlace, DecodeError, PrepareError};
use outcrop_policy::Request;

use crate::make::{Beside, SONNET, conversation, prepare};

const ASK: &str = r#"{"role":"user","content":[{"text":"Go."}]}"#;
const CALL: &str =
    r#"{"role":"assistant","content":[{"toolUse":{"toolUseId":"a","name":"f","input":{}}}]}"#;
const RESULT: &str = r#"{"role":"user","content":[{"toolResult":{"toolUseId":"a","content":[]}}]}"#;

#[track_caller]
fn refused(messages: &str) -> PrepareError {
    let conversation = conversation(&format!("[{messages}]"));
    let (settings, beside) = (Request::default(), Beside::default());
    prepare(SONNET, &settings, &beside, &conversation).expect_err(messages)
}

#[test]
fn every_refusal_names_its_message_and_says_what_to_do() {
    let not_json = serde_json::from_str::<u8>("x").expect_err("not JSON");
    let errors = [
        PrepareError::Json(not_json),
        refused(""),
        refused(r#"{"role":"user","content":[{"text":" "}]}"#),
        refused(r#"{"role":"system","content":[{"text":"Be brief."}]}"#),
        refused(r#"{"role":"assistant","content":[{"text":"Hello."}]}"#),
        refused(
            r#"{"role":"user","content":[{"document":{"name":"a","format":"txt","source":{"bytes":"YQ=="}}}]}"#,
        ),
        refused(RESULT),
        refused(&[ASK, RESULT].join(",")),
        refused(&[ASK, CALL, RESULT, RESULT].join(",")),
        refused(&[ASK, CALL].join(",")),
        refused(&[ASK, CALL, ASK].join(",")),
        refused(&[ASK, CALL, ASK, CALL, RESULT].join(",")),
        refused(&[ASK, &CALL.replace("{}", r#""{\"city\":\"Z""#), RESULT].join(",")),
    ];
    let mut page = String::new();
    for error in errors {
        writeln!(page, "{error}").expect("a string");
        if let Some(hint) = error.hint() {
            writeln!(page, "    hint: {hint}").expect("a string");
        }
        if let Some(source) = error.source() {
            writeln!(page, "    because: {source}").expect("a string");
        }
    }
    insta::assert_snapshot!(page);
}

#[test]
fn arguments_that_are_not_an_object_are_malformed() {
    for input in ["[]", "7", "true", r#""x""#, r#"[{}]"#, "1e400"] {
        let error = refused(&[ASK, &CALL.replace("{}", input), RESULT].join(","));
        assert!(
            matches!(
                error,
                PrepareError::MalformedToolInput {
                    place: BlockPlace {
                        message: 1,
                        block: 0
                    },
                    ..
                }
            ),
            "{input}: {error}"
        );
    }
}

/// Only a result of the call itself, in the turn that answers it, says that the call failed.
#[test]
fn arguments_of_a_call_that_nobody_says_has_failed_are_malformed() {
    let failed = RESULT.replace(r#"[]}"#, r#"[],"status":"error"}"#);
    let cut = CALL.replace("{}", r#""{\"city\":\"Z""#);
    let error = refused(&[ASK, &cut, RESULT, CALL, &failed].join(","));
    assert!(matches!(error, PrepareError::MalformedToolInput { .. }));
}

#[test]
fn a_result_far_from_its_call_is_refused() {
    let late = [
        ASK,
        CALL,
        ASK,
        r#"{"role":"assistant","content":[{"text":"?"}]}"#,
        RESULT,
    ]
    .join(",");
    assert!(matches!(
        refused(&late),
        PrepareError::ToolUseWithoutResult { message: 1, .. }
    ));
}

#[test]
fn places_are_those_of_the_messages_that_were_given() {
    let messages = [
        r#"{"role":"user","content":[{"text":" "}]}"#,
        ASK,
        ASK,
        r#"{"role":"assistant","content":[{"text":"?"}]}"#,
        RESULT,
    ];
    assert!(matches!(
        refused(&messages.join(",")),
        PrepareError::ToolResultWithoutUse { message: 4, .. }
    ));
}

#[test]
fn errors_can_cross_threads() {
    fn check<T: std::error::Error + Send + Sync + 'static>() {}
    check::<PrepareError>();
    check::<FrameError>();
    check::<DecodeError>();
}
