//! A server on loopback that streams one scripted answer after the other and keeps what it was
//! asked.

use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};

use aws_smithy_eventstream::frame::write_message_to;
use aws_smithy_types::event_stream::{Header, HeaderValue, Message};

pub(crate) struct Scripted {
    endpoint: String,
    bodies: Arc<Mutex<Vec<String>>>,
}

impl Scripted {
    /// Gives each request the next of these streams.
    pub(crate) fn start(streams: Vec<Vec<u8>>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        let endpoint = format!("http://{}", listener.local_addr().expect("an address"));
        let bodies = Arc::new(Mutex::new(Vec::new()));
        let kept = Arc::clone(&bodies);
        std::thread::spawn(move || {
            let mut streams = streams.into_iter();
            for connection in listener.incoming() {
                let connection = connection.expect("a connection");
                answer(connection, &mut streams, &kept);
            }
        });
        Self { endpoint, bodies }
    }

    pub(crate) fn endpoint(&self) -> String {
        self.endpoint.clone()
    }

    /// The bodies of all requests so far.
    pub(crate) fn bodies(&self) -> Vec<String> {
        self.bodies.lock().expect("the bodies").clone()
    }
}

/// Answers one request and closes the connection.
fn answer(
    mut connection: TcpStream,
    streams: &mut impl Iterator<Item = Vec<u8>>,
    kept: &Mutex<Vec<String>>,
) {
    let Some(body) = read_body(&mut connection) else {
        return;
    };
    kept.lock().expect("the bodies").push(body);
    let stream = streams.next().expect("one more answer");
    let head = format!(
        "HTTP/1.1 200 OK\r\ncontent-type: application/vnd.amazon.eventstream\r\n\
         content-length: {}\r\nconnection: close\r\n\r\n",
        stream.len()
    );
    connection.write_all(head.as_bytes()).expect("a reader");
    connection.write_all(&stream).expect("a reader");
}

fn read_body(connection: &mut TcpStream) -> Option<String> {
    let mut request = Vec::new();
    let mut buffer = [0; 4096];
    loop {
        match connection.read(&mut buffer) {
            Ok(count) if count > 0 => request.extend_from_slice(&buffer[..count]),
            _ => return None,
        }
        let Some(end) = request.windows(4).position(|it| it == b"\r\n\r\n") else {
            continue;
        };
        let head = String::from_utf8_lossy(&request[..end]).to_ascii_lowercase();
        let length = head
            .lines()
            .find_map(|line| line.strip_prefix("content-length: "));
        let length: usize = length.and_then(|it| it.trim().parse().ok())?;
        let body = &request[end + 4..];
        if body.len() >= length {
            return String::from_utf8(body.to_vec()).ok();
        }
    }
}

/// The frame of an event, written by the library of the AWS SDK.
pub(crate) fn event(name: &'static str, payload: &str) -> Vec<u8> {
    let mut message = Message::new(payload.to_owned());
    for (name, value) in [
        (":event-type", name),
        (":content-type", "application/json"),
        (":message-type", "event"),
    ] {
        let value = HeaderValue::String(value.to_owned().into());
        message = message.add_header(Header::new(name, value));
    }
    let mut bytes = Vec::new();
    write_message_to(&message, &mut bytes).expect("a message that fits");
    bytes
}
