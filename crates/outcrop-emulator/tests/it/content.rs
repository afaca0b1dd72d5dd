//! Images and documents.

use serde_json::{Value, json};

use crate::support::{Accepted, NOVA, Refused, expect_all, model_says, user};

fn image() -> Value {
    json!({ "image": { "format": "png", "source": { "bytes": "iVBORw0KGgo=" } } })
}

fn document(name: &str) -> Value {
    json!({ "document": { "format": "pdf", "name": name, "source": { "bytes": "JVBERi0=" } } })
}

fn message(content: Vec<Value>) -> Value {
    json!({ "messages": [{ "role": "user", "content": content }] })
}

fn text() -> Value {
    json!({ "text": "What is this?" })
}

#[tokio::test]
async fn media_come_from_the_user() {
    let body = json!({ "messages": [user(text()), model_says(image()), user(text())] });
    expect_all([
        (NOVA, message(vec![image(), text()]), Accepted),
        (
            NOVA,
            body,
            Refused(
                "The image field at messages.1.content.0 is only supported in messages with the \
                 user role.",
            ),
        ),
    ])
    .await;
}

#[tokio::test]
async fn a_message_has_at_most_20_images_and_5_documents() {
    let mut six = vec![text()];
    six.extend((0..6).map(|number| document(&format!("part {number}"))));
    expect_all([
        (NOVA, message(vec![image(); 20]), Accepted),
        (
            NOVA,
            message(vec![image(); 21]),
            Refused("The message at messages.0 has 21 images. A message can have at most 20."),
        ),
        (
            NOVA,
            message(six),
            Refused("The message at messages.0 has 6 documents. A message can have at most 5."),
        ),
    ])
    .await;
}

#[tokio::test]
async fn large_images_are_refused() {
    let bytes = "A".repeat(3_932_164 * 4 / 3 + 4);
    let bytes = &bytes[..bytes.len() / 4 * 4];
    let image = json!({ "image": { "format": "png", "source": { "bytes": bytes } } });
    let emulator = crate::support::emulator().await;
    let reply = crate::support::converse(&emulator, NOVA, &message(vec![image])).await;
    assert_eq!(
        reply.message(),
        "The image at messages.0.content.0 is larger than 3932160 bytes."
    );
}

#[tokio::test]
async fn a_document_has_a_plain_name_and_a_text_beside_it() {
    const NAME: &str = "The name of the document at messages.0.content.1 contains invalid \
         characters. The name can only contain alphanumeric characters, whitespace characters (no \
         more than one in a row), hyphens, parentheses, and square brackets.";
    expect_all([
        (
            NOVA,
            message(vec![text(), document("Report (2026) [v1]-a")]),
            Accepted,
        ),
        (
            NOVA,
            message(vec![text(), document("report.pdf")]),
            Refused(NAME),
        ),
        (
            NOVA,
            message(vec![text(), document("two  spaces")]),
            Refused(NAME),
        ),
        (
            NOVA,
            message(vec![document("report")]),
            Refused(
                "The message at messages.0 has a document but no text. Add a text block and try \
                 again.",
            ),
        ),
    ])
    .await;
}
