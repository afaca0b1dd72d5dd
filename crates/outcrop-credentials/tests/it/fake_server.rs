//! A server that answers each request head with what the test says.

use std::sync::{Arc, Mutex};

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

/// The heads of the requests so far.
pub(crate) type Heads = Arc<Mutex<Vec<String>>>;

/// Serves on loopback until the test ends: `answer` gives status and body for a request head.
pub(crate) async fn serve(answer: fn(&str) -> (u16, &'static str)) -> (String, Heads) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let endpoint = format!("http://{}", listener.local_addr().unwrap());
    let heads = Heads::default();
    let log = Arc::clone(&heads);
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            tokio::spawn(converse(stream, answer, Arc::clone(&log)));
        }
    });
    (endpoint, heads)
}

/// An address where nobody listens.
pub(crate) async fn nobody() -> String {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    format!("http://{}", listener.local_addr().unwrap())
}

async fn converse(mut stream: TcpStream, answer: fn(&str) -> (u16, &'static str), log: Heads) {
    while let Some(head) = read_head(&mut stream).await {
        let (status, body) = answer(&head);
        log.lock().unwrap().push(head);
        let length = body.len();
        let reply = format!(
            "HTTP/1.1 {status} Answer\r\ncontent-length: {length}\r\n\
             x-aws-ec2-metadata-token-ttl-seconds: 21600\r\n\r\n{body}"
        );
        if stream.write_all(reply.as_bytes()).await.is_err() {
            return;
        }
    }
}

async fn read_head(stream: &mut TcpStream) -> Option<String> {
    let mut head = Vec::new();
    while !head.ends_with(b"\r\n\r\n") {
        head.push(stream.read_u8().await.ok()?);
    }
    Some(String::from_utf8_lossy(&head).into_owned())
}
