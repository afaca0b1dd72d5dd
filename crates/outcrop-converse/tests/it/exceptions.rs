//! Exceptions and error frames inside a stream.

use outcrop_converse::{DecodeError, StreamException};

use crate::make::{decode, frame};

fn exception(code: &str, payload: &str) -> StreamException {
    let headers = [(":exception-type", code), (":message-type", "exception")];
    match decode([&*frame(&headers, payload)]).end {
        Err(DecodeError::Exception(exception)) => exception,
        end => panic!("{end:?}"),
    }
}

#[track_caller]
fn check(payload: &str, message: &str, original_status: Option<u16>) {
    let expected = StreamException {
        code: "validationException".to_owned(),
        message: message.to_owned(),
        original_status,
    };
    assert_eq!(exception("validationException", payload), expected);
}

#[test]
fn the_message_is_found_under_either_name() {
    check(r#"{"message":"too long"}"#, "too long", None);
    check(r#"{"Message":"too long"}"#, "too long", None);
    check(r#"{"Message":"b","message":"a"}"#, "a", None);
}

#[test]
fn the_original_status_and_message_are_read() {
    let payload = r#"{"originalStatusCode":529,"originalMessage":"overloaded","p":"abc"}"#;
    check(payload, "overloaded", Some(529));
    let payload = r#"{"message":"a","originalMessage":"b","originalStatusCode":400}"#;
    check(payload, "a", Some(400));
}

#[test]
fn a_payload_that_is_not_understood_is_the_message() {
    check("", "", None);
    check("upstream went away", "upstream went away", None);
    check(r#"{"reason":"quota"}"#, r#"{"reason":"quota"}"#, None);
    check(r#"{"message":7}"#, r#"{"message":7}"#, None);
}

#[test]
fn an_exception_without_a_type_is_still_one() {
    let bytes = frame(&[(":message-type", "exception")], r#"{"message":"no"}"#);
    let Err(error) = decode([&*bytes]).end else {
        panic!("an exception");
    };
    assert_eq!(error.to_string(), "unknown: no");
}

#[test]
fn an_exception_after_events_ends_the_stream() {
    let decoded = decode([&include_bytes!("../fixtures/throttled.bin")[..]]);
    assert_eq!(decoded.events.len(), 2);
    let Err(error) = decoded.end else {
        panic!("an exception");
    };
    assert_eq!(
        error.to_string(),
        "throttlingException: Too many tokens, please wait before trying again."
    );
}

#[test]
fn an_exception_of_an_independent_encoder_is_read() {
    let Err(DecodeError::Exception(exception)) =
        decode([&include_bytes!("../fixtures/model_error.bin")[..]]).end
    else {
        panic!("an exception");
    };
    let expected = StreamException {
        code: "modelStreamErrorException".to_owned(),
        message: "The model stopped.".to_owned(),
        original_status: Some(529),
    };
    assert_eq!(exception, expected);
}

#[test]
fn an_error_frame_gives_its_code_and_message() {
    let decoded = decode([&include_bytes!("../fixtures/error_frame.bin")[..]]);
    let Err(error) = decoded.end else {
        panic!("an error");
    };
    assert_eq!(
        error.to_string(),
        "InternalFailure: An internal error occurred."
    );
    let bare = decode([&*frame(&[(":message-type", "error")], "")]);
    assert_eq!(bare.end.expect_err("an error").to_string(), "unknown");
}
