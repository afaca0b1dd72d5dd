//! Limits and roles, at their edges.

use outcrop_converse::attachment::{Base64, Document, DocumentFormat, Image, Kind};
use outcrop_converse::{
    BlockPlace, ContentBlock, Conversation, Message, PrepareError, Prepared, Role,
};
use outcrop_policy::Request;

use crate::make::{Beside, SONNET, conversation, prepare};

fn prepared(conversation: &Conversation) -> Result<Prepared, PrepareError> {
    let beside = Beside::default();
    prepare(SONNET, &Request::default(), &beside, conversation)
}

fn with(blocks: impl IntoIterator<Item = ContentBlock>) -> Conversation {
    let message = blocks
        .into_iter()
        .fold(Message::user("What?"), Message::with);
    Conversation::from(message)
}

fn png(width: u32, height: u32, padding: usize) -> ContentBlock {
    let mut bytes = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR".to_vec();
    bytes.extend(width.to_be_bytes());
    bytes.extend(height.to_be_bytes());
    bytes.resize(bytes.len() + padding, 0);
    Image::png(bytes).into()
}

fn document(size: usize) -> ContentBlock {
    Document::new("a", DocumentFormat::Txt, vec![b'x'; size]).into()
}

#[test]
fn counts() {
    let images = |count| with((0..count).map(|_| png(1, 1, 0)));
    assert!(prepared(&images(20)).is_ok());
    assert!(matches!(
        prepared(&images(21)),
        Err(PrepareError::TooManyAttachments {
            message: 0,
            kind: Kind::Image,
            count: 21,
            limit: 20
        })
    ));
    let documents = |count| with((0..count).map(|_| document(1)));
    assert!(prepared(&documents(5)).is_ok());
    assert!(matches!(
        prepared(&documents(6)),
        Err(PrepareError::TooManyAttachments {
            kind: Kind::Document,
            ..
        })
    ));
}

#[test]
fn sizes() {
    let image = |size: usize| with([png(1, 1, size - 24)]);
    assert!(prepared(&image(3_932_160)).is_ok());
    assert!(matches!(
        prepared(&image(3_932_161)),
        Err(PrepareError::AttachmentTooLarge {
            place: BlockPlace {
                message: 0,
                block: 0
            },
            kind: Kind::Image,
            size: 3_932_161,
            limit: 3_932_160
        })
    ));
    assert!(prepared(&with([document(4_718_592)])).is_ok());
    assert!(matches!(
        prepared(&with([document(4_718_593)])),
        Err(PrepareError::AttachmentTooLarge {
            kind: Kind::Document,
            ..
        })
    ));
}

#[test]
fn pixels() {
    for (width, height, fits) in [(8000, 8000, true), (8001, 1, false), (1, 8001, false)] {
        let outcome = prepared(&with([png(width, height, 0)]));
        assert_eq!(outcome.is_ok(), fits, "{width} × {height}");
    }
}

#[test]
fn attachments_inside_tool_results_are_looked_at_too() {
    for (block, is_refused) in [
        (r#"{"image":{"format":"png","source":{"bytes":"!"}}}"#, true),
        (r#"{"image":{"format":"png","source":{"bytes":""}}}"#, true),
        (
            r#"{"document":{"name":"a","format":"txt","source":{"bytes":"a b"}}}"#,
            true,
        ),
        (r#"{"video":{"format":"mp4","source":{"bytes":""}}}"#, true),
        (
            r#"{"video":{"format":"mp4","source":{"s3Location":{"uri":"s3://b/k"}}}}"#,
            false,
        ),
        (
            r#"{"searchResult":{"source":"s","title":"t","content":[{"text":"x"}]}}"#,
            false,
        ),
    ] {
        let json = format!(
            r#"[{{"role":"user","content":[{{"text":"Go."}}]}},
                {{"role":"assistant","content":[{{"toolUse":{{"toolUseId":"a","name":"f","input":{{}}}}}}]}},
                {{"role":"user","content":[{{"toolResult":{{"toolUseId":"a","content":[{block}]}}}}]}}]"#
        );
        match prepared(&conversation(&json)) {
            Ok(_) => assert!(!is_refused, "{block}"),
            Err(error) => assert!(
                is_refused && error.to_string().contains("messages[2].content[0]"),
                "{block}: {error}"
            ),
        }
    }
}

#[test]
fn words_of_tools() {
    let long = "x".repeat(64);
    let longer = "x".repeat(65);
    for (id, name, fits) in [
        ("tooluse_-.:9", "get_weather-2", true),
        (&*long, &*long, true),
        (&*longer, "f", false),
        ("a", &*longer, false),
        ("", "f", false),
        ("a", "", false),
        ("a b", "f", false),
        ("a/b", "f", false),
        ("a", "f.g", false),
        ("a", "fü", false),
    ] {
        let json = format!(
            r#"[{{"role":"user","content":[{{"text":"Go."}}]}},
                {{"role":"assistant","content":[{{"toolUse":{{"toolUseId":"{id}","name":"{name}","input":{{}}}}}}]}},
                {{"role":"user","content":[{{"toolResult":{{"toolUseId":"{id}","content":[]}}}}]}}]"#
        );
        assert_eq!(prepared(&conversation(&json)).is_ok(), fits, "{id} {name}");
    }
}

#[test]
fn every_block_has_its_role() {
    let blocks = [
        (r#"{"text":"x"}"#, None),
        (
            r#"{"image":{"format":"png","source":{"bytes":"iVBO"}}}"#,
            Some(Role::User),
        ),
        (
            r#"{"document":{"format":"txt","name":"a","source":{"bytes":"YQ=="}}}"#,
            Some(Role::User),
        ),
        (
            r#"{"video":{"format":"mp4","source":{"bytes":"YQ=="}}}"#,
            Some(Role::User),
        ),
        (
            r#"{"toolResult":{"toolUseId":"a","content":[]}}"#,
            Some(Role::User),
        ),
        (
            r#"{"toolResult":{"toolUseId":"a","content":[],"type":"x"}}"#,
            None,
        ),
        (
            r#"{"toolUse":{"toolUseId":"a","name":"f","input":{}}}"#,
            Some(Role::Assistant),
        ),
        (
            r#"{"reasoningContent":{"redactedContent":"cmVk"}}"#,
            Some(Role::Assistant),
        ),
        (r#"{"citationsContent":{"content":[{"text":"x"}]}}"#, None),
        (r#"{"guardContent":{"text":{"text":"x"}}}"#, None),
        (r#"{"toolAddition":{"tool":{"name":"f"}}}"#, None),
    ];
    for (block, belongs_to) in blocks {
        for role in [Role::User, Role::Assistant, Role::System] {
            let json = format!(
                r#"[{{"role":"user","content":[{{"text":"Go."}}]}},{{"role":"{}","content":[{block},{{"text":"x"}}]}}]"#,
                role.as_str()
            );
            let outcome = prepared(&conversation(&json));
            let is_wrong = matches!(outcome, Err(PrepareError::WrongRole { .. }));
            let expected = belongs_to.is_some_and(|it| it != role);
            assert_eq!(is_wrong, expected, "{block} {role:?}");
        }
    }
}

#[test]
fn results_move_before_what_stands_before_them() {
    const TEXT: &str = r#"{"text":"t"}"#;
    const POINT: &str = r#"{"cachePoint":{"type":"default"}}"#;
    let result =
        |id| format!(r#"{{"toolResult":{{"toolUseId":"{id}","content":[{{"text":"r"}}]}}}}"#);
    let (a, b) = (&*result("a"), &*result("b"));
    for (given, sent) in [
        (vec![a, b, TEXT], vec![a, b, TEXT]),
        (vec![TEXT, a, b], vec![a, b, TEXT]),
        (vec![b, TEXT, a], vec![b, a, TEXT]),
        (vec![a, POINT, b, TEXT], vec![a, POINT, b, TEXT]),
        (
            vec![TEXT, POINT, a, POINT, b],
            vec![a, POINT, b, TEXT, POINT],
        ),
    ] {
        let json = format!(
            r#"[{{"role":"user","content":[{{"text":"Go."}}]}},
                {{"role":"assistant","content":[{{"toolUse":{{"toolUseId":"a","name":"f","input":{{}}}}}},{{"toolUse":{{"toolUseId":"b","name":"f","input":{{}}}}}}]}},
                {{"role":"user","content":[{}]}}]"#,
            given.join(",")
        );
        let prepared = prepared(&conversation(&json)).expect("a request");
        let body = String::from_utf8(prepared.body.into_bytes()).expect("UTF-8");
        let content = format!(r#""content":[{}]"#, sent.join(","));
        assert!(body.contains(&content), "{given:?}\n{body}");
        let moved = prepared
            .adjustments
            .iter()
            .any(|it| it.code() == "conversation.tool-results-moved");
        assert_eq!(moved, given != sent, "{given:?}");
    }
}

#[test]
fn schemas_say_that_they_are_objects() {
    for (schema, is_foreseen) in [
        (r#"{"type":"object"}"#, false),
        (r#"{"properties":{"type":{}},"type": "object" }"#, false),
        (r#"{}"#, true),
        (r#"{"type":"string"}"#, true),
        (r#"{"anyOf":[{"type":"object"}]}"#, true),
    ] {
        let json = format!(
            r#"{{"messages":[{{"role":"user","content":[{{"text":"Go."}}]}}],"toolConfig":{{"tools":[{{"toolSpec":{{"name":"f","inputSchema":{{"json":{schema}}}}}}}]}}}}"#
        );
        let prepared = prepared(&conversation(&json)).expect("a request");
        let foreseen = prepared.adjustments.iter().any(|it| it.predicts_refusal());
        assert_eq!(foreseen, is_foreseen, "{schema}");
    }
}

#[test]
fn bytes_are_shared_and_not_copied() {
    let bytes = Base64::encode(vec![7; 1000]);
    let shared = bytes.clone();
    assert_eq!(bytes.as_str().as_ptr(), shared.as_str().as_ptr());
}
