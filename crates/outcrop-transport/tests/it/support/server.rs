//! A server that sends what its script says, byte for byte, and keeps what it received.

use std::net::Ipv4Addr;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Notify;

/// The `x-amzn-requestid` of every scripted answer.
const REQUEST_ID: &str = "r-1";

/// What a server sends to each request, and what it does then.
#[derive(Clone)]
pub(crate) struct Script {
    writes: Vec<Vec<u8>>,
    then: Then,
}

#[derive(Clone)]
enum Then {
    NextRequest,
    Close,
    Reset,
    Silence,
    More,
    Again(Vec<u8>),
}

impl Script {
    fn new(head: String) -> Self {
        Self {
            writes: vec![head.into_bytes()],
            then: Then::Close,
        }
    }

    /// No answer at all.
    pub(crate) fn nothing() -> Self {
        Self {
            writes: Vec::new(),
            then: Then::Close,
        }
    }

    /// Whatever it is.
    pub(crate) fn raw(text: &str) -> Self {
        Self::new(text.to_owned())
    }

    /// A whole response; the connection can be used again.
    pub(crate) fn response(status: u16, headers: &[(&str, &str)], body: &str) -> Self {
        let headers: String = headers
            .iter()
            .map(|(name, value)| format!("{name}: {value}\r\n"))
            .collect();
        let length = body.len();
        let mut script = Self::new(format!(
            "HTTP/1.1 {status} Answer\r\nx-amzn-requestid: {REQUEST_ID}\r\n{headers}\
             content-length: {length}\r\n\r\n{body}"
        ));
        script.then = Then::NextRequest;
        script
    }

    /// A refusal as the service writes it.
    pub(crate) fn refusal(status: u16, code: &str, message: &str) -> Self {
        let body = serde_json::json!({ "message": message }).to_string();
        Self::response(status, &[("x-amzn-errortype", code)], &body)
    }

    /// A response of status 200 in chunks, of which `bytes` are the first.
    pub(crate) fn chunked(content_type: &str, bytes: &[u8]) -> Self {
        let mut script = Self::new(format!(
            "HTTP/1.1 200 OK\r\nx-amzn-requestid: {REQUEST_ID}\r\n\
             content-type: {content_type}\r\ntransfer-encoding: chunked\r\n\r\n"
        ));
        // In one write, so that whoever sees the head can see the bytes.
        script.writes[0].extend(chunk(bytes));
        script
    }

    /// An event stream that begins with `bytes`.
    pub(crate) fn stream(bytes: &[u8]) -> Self {
        Self::chunked("application/vnd.amazon.eventstream", bytes)
    }

    /// More of it.
    pub(crate) fn chunk(mut self, bytes: &[u8]) -> Self {
        self.writes.push(chunk(bytes));
        self
    }

    /// The end of the body, as it should be.
    pub(crate) fn end(mut self) -> Self {
        self.writes.push(b"0\r\n\r\n".to_vec());
        self.then = Then::NextRequest;
        self
    }

    /// A chunk that is longer than what is sent of it, then a reset of the connection.
    pub(crate) fn reset_in_chunk(mut self, bytes: &[u8]) -> Self {
        self.writes
            .push(format!("{:x}\r\n", bytes.len() + 100).into_bytes());
        self.writes.push(bytes.to_vec());
        self.then = Then::Reset;
        self
    }

    /// No end: more and more of nothing.
    pub(crate) fn endless(mut self) -> Self {
        self.then = Then::More;
        self
    }

    /// No end: the same bytes again and again.
    pub(crate) fn repeating(mut self, bytes: &[u8]) -> Self {
        self.then = Then::Again(chunk(bytes));
        self
    }

    /// No end: the connection stays open and nothing more is sent.
    pub(crate) fn silence(mut self) -> Self {
        self.then = Then::Silence;
        self
    }
}

fn chunk(bytes: &[u8]) -> Vec<u8> {
    if bytes.is_empty() {
        return Vec::new();
    }
    let length = format!("{:x}\r\n", bytes.len());
    [length.as_bytes(), bytes, b"\r\n"].concat()
}

/// A request as it stood on the wire.
#[derive(Clone)]
pub(crate) struct Request {
    pub(crate) head: String,
    pub(crate) body: Vec<u8>,
}

impl Request {
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        let mut lines = self.head.lines().skip(1);
        lines.find_map(|line| {
            let (found, value) = line.split_once(':')?;
            found.eq_ignore_ascii_case(name).then(|| value.trim())
        })
    }
}

#[derive(Default)]
struct Log {
    requests: Mutex<Vec<Request>>,
    connections: Mutex<usize>,
    left: Notify,
}

pub(crate) struct Server {
    endpoint: String,
    log: Arc<Log>,
}

impl Server {
    /// Serves on loopback until the test ends.
    pub(crate) async fn start(script: Script) -> Self {
        Self::start_with([script]).await
    }

    /// The same with a script for each request; the last one serves all that come after.
    pub(crate) async fn start_with(scripts: impl IntoIterator<Item = Script>) -> Self {
        let scripts: Arc<[Script]> = scripts.into_iter().collect();
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.unwrap();
        let endpoint = format!("http://{}", listener.local_addr().unwrap());
        let log = Arc::new(Log::default());
        let shared = Arc::clone(&log);
        tokio::spawn(async move {
            while let Ok((connection, _)) = listener.accept().await {
                *shared.connections.lock().unwrap() += 1;
                tokio::spawn(serve(connection, Arc::clone(&scripts), Arc::clone(&shared)));
            }
        });
        Self { endpoint, log }
    }

    pub(crate) fn endpoint(&self) -> &str {
        &self.endpoint
    }

    /// The requests so far.
    pub(crate) fn requests(&self) -> Vec<Request> {
        self.log.requests.lock().unwrap().clone()
    }

    /// How many connections there were.
    pub(crate) fn connections(&self) -> usize {
        *self.log.connections.lock().unwrap()
    }

    /// Waits until the client leaves a connection that the script keeps silent.
    pub(crate) async fn left(&self) {
        let patience = Duration::from_secs(30);
        tokio::time::timeout(patience, self.log.left.notified())
            .await
            .expect("the connection to be closed");
    }
}

/// An address where nobody listens.
pub(crate) async fn nobody() -> String {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.unwrap();
    format!("http://{}", listener.local_addr().unwrap())
}

async fn serve(mut connection: TcpStream, scripts: Arc<[Script]>, log: Arc<Log>) {
    connection.set_nodelay(true).unwrap();
    while let Some(request) = receive(&mut connection).await {
        let script = {
            let mut requests = log.requests.lock().unwrap();
            requests.push(request);
            &scripts[(requests.len() - 1).min(scripts.len() - 1)]
        };
        for bytes in &script.writes {
            if connection.write_all(bytes).await.is_err() {
                return;
            }
            // Lets the client read, so that two writes can arrive as two pieces.
            tokio::task::yield_now().await;
        }
        match &script.then {
            Then::NextRequest => {}
            Then::Close => return,
            Then::Reset => return connection.set_zero_linger().unwrap(),
            Then::Again(bytes) => {
                while connection.write_all(bytes).await.is_ok() {
                    tokio::time::sleep(Duration::from_millis(1)).await;
                }
                return;
            }
            Then::More => {
                while connection.write_all(&[b' '; 4096]).await.is_ok() {}
                return;
            }
            Then::Silence => {
                // Whatever ends this, the client is gone.
                let _ = connection.read_u8().await;
                return log.left.notify_one();
            }
        }
    }
}

async fn receive(connection: &mut TcpStream) -> Option<Request> {
    let mut head = Vec::new();
    while !head.ends_with(b"\r\n\r\n") {
        head.push(connection.read_u8().await.ok()?);
    }
    let mut request = Request {
        head: String::from_utf8(head).unwrap(),
        body: Vec::new(),
    };
    let length = request.header("content-length").map_or("0", |text| text);
    request.body = vec![0; length.parse().unwrap()];
    connection.read_exact(&mut request.body).await.ok()?;
    Some(request)
}
