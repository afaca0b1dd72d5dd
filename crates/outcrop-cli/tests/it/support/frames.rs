//! Frames of an event stream (Smithy specification, "Amazon Event Stream").

/// An event.
pub(crate) fn event(name: &str, payload: &str) -> Vec<u8> {
    frame(
        &[(":message-type", "event"), (":event-type", name)],
        payload,
    )
}

/// An exception.
pub(crate) fn exception(name: &str, message: &str) -> Vec<u8> {
    let payload = format!(r#"{{"message":"{message}"}}"#);
    let headers = [(":message-type", "exception"), (":exception-type", name)];
    frame(&headers, &payload)
}

fn frame(headers: &[(&str, &str)], payload: &str) -> Vec<u8> {
    const TEXT: u8 = 7;
    let mut head = Vec::new();
    for (name, value) in headers {
        head.push(u8::try_from(name.len()).unwrap());
        head.extend_from_slice(name.as_bytes());
        head.push(TEXT);
        head.extend_from_slice(&u16::try_from(value.len()).unwrap().to_be_bytes());
        head.extend_from_slice(value.as_bytes());
    }
    let total = 12 + head.len() + payload.len() + 4;
    let mut frame = Vec::new();
    for length in [total, head.len()] {
        frame.extend_from_slice(&u32::try_from(length).unwrap().to_be_bytes());
    }
    frame.extend_from_slice(&crc32fast::hash(&frame).to_be_bytes());
    frame.extend_from_slice(&head);
    frame.extend_from_slice(payload.as_bytes());
    frame.extend_from_slice(&crc32fast::hash(&frame).to_be_bytes());
    frame
}
