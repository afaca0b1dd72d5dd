//! Servers on loopback: the emulator, and one that says whatever it is told to.

use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::mpsc;

use outcrop_emulator::{Emulator, EmulatorConfig, Operation, Received};

/// The emulator, in a thread of its own.
pub(crate) struct LocalBedrock {
    emulator: Emulator,
}

impl LocalBedrock {
    pub(crate) fn start() -> Self {
        let (sender, receiver) = mpsc::channel();
        std::thread::spawn(move || {
            let mut builder = tokio::runtime::Builder::new_current_thread();
            builder.enable_all().build().unwrap().block_on(async {
                let started = Emulator::start(EmulatorConfig::default()).await;
                sender.send(started.unwrap()).unwrap();
                std::future::pending::<()>().await;
            });
        });
        Self {
            emulator: receiver.recv().unwrap(),
        }
    }

    pub(crate) fn endpoint(&self) -> String {
        self.emulator.endpoint()
    }

    /// The last call of a model.
    pub(crate) fn last_call(&self) -> Received {
        let is_call = |received: &Received| {
            matches!(
                received.operation,
                Operation::Converse | Operation::ConverseStream
            )
        };
        let requests = self.emulator.requests();
        requests.into_iter().rfind(is_call).unwrap()
    }

    pub(crate) fn operations(&self) -> Vec<Operation> {
        let requests = self.emulator.requests();
        requests.iter().map(|received| received.operation).collect()
    }
}

/// A server that gives each connection its answer.
pub(crate) struct StubServer {
    endpoint: String,
    /// Told when a request has come, when an answer that stalls has been written, and when the
    /// connection is closed.
    told: mpsc::Receiver<&'static str>,
}

impl StubServer {
    /// Answers with a status, an error type and a message, as AWS does.
    pub(crate) fn refusing(status: u16, error_type: &str, message: &str) -> Self {
        Self::answering(Self::refusal(status, error_type, message, ""))
    }

    /// Such an answer, with one header more.
    pub(crate) fn refusal(status: u16, error_type: &str, message: &str, header: &str) -> Vec<u8> {
        let body = format!(r#"{{"message":"{message}"}}"#);
        let header = if header.is_empty() {
            String::new()
        } else {
            format!("{header}\r\n")
        };
        format!(
            "HTTP/1.1 {status} Refused\r\ncontent-type: application/json\r\n\
             x-amzn-errortype: {error_type}\r\nx-amzn-requestid: stub\r\n{header}\
             content-length: {}\r\nconnection: close\r\n\r\n{body}",
            body.len(),
        )
        .into_bytes()
    }

    /// An event stream of these frames, after which the connection closes.
    pub(crate) fn stream(frames: &[Vec<u8>]) -> Vec<u8> {
        let head = "HTTP/1.1 200 OK\r\nx-amzn-requestid: stub\r\nconnection: close\r\n\
            content-type: application/vnd.amazon.eventstream\r\n\r\n";
        [head.as_bytes(), &frames.concat()].concat()
    }

    /// Takes requests and never answers.
    pub(crate) fn silent() -> Self {
        Self::answering(String::new())
    }

    /// Gives every connection the beginning of an answer, and nothing more.
    pub(crate) fn stalling(answer: Vec<u8>) -> Self {
        Self::serving(vec![answer], true)
    }

    pub(crate) fn answering(answer: impl Into<Vec<u8>>) -> Self {
        Self::in_turn(vec![answer.into()])
    }

    /// Gives each connection the next answer; all that come after the last one get that.
    pub(crate) fn in_turn(answers: Vec<Vec<u8>>) -> Self {
        Self::serving(answers, false)
    }

    fn serving(answers: Vec<Vec<u8>>, stays: bool) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let endpoint = format!("http://{}", listener.local_addr().unwrap());
        let (sender, told) = mpsc::channel();
        let last = answers.last().unwrap().clone();
        let mut answers = answers.into_iter();
        std::thread::spawn(move || {
            for stream in listener.incoming() {
                let answer = answers.next().unwrap_or_else(|| last.clone());
                let sender = sender.clone();
                std::thread::spawn(move || serve(stream.unwrap(), &answer, stays, &sender));
            }
        });
        Self { endpoint, told }
    }

    pub(crate) fn endpoint(&self) -> &str {
        &self.endpoint
    }

    /// How many requests came since it was last asked.
    pub(crate) fn requests(&self) -> usize {
        self.told.try_iter().filter(|it| *it == "request").count()
    }

    /// Waits for the next thing that happens: `request` or `closed`.
    pub(crate) fn next(&self) -> &'static str {
        self.told.recv().unwrap()
    }
}

/// Reads a request to the end of its body, answers, and waits for the other side to close.
fn serve(mut stream: TcpStream, answer: &[u8], stays: bool, sender: &mpsc::Sender<&'static str>) {
    let mut request = Vec::new();
    let mut buffer = [0; 4096];
    while !is_complete(&request) {
        match stream.read(&mut buffer) {
            Ok(count) if count > 0 => request.extend_from_slice(&buffer[..count]),
            _ => return,
        }
    }
    let _ = sender.send("request");
    if !answer.is_empty() {
        let _ = stream.write_all(answer);
        if !stays {
            return;
        }
        let _ = sender.send("answered");
    }
    while stream.read(&mut buffer).is_ok_and(|count| count > 0) {}
    let _ = sender.send("closed");
}

fn is_complete(request: &[u8]) -> bool {
    let text = String::from_utf8_lossy(request).to_ascii_lowercase();
    let Some((head, body)) = text.split_once("\r\n\r\n") else {
        return false;
    };
    let length = head
        .lines()
        .find_map(|line| line.strip_prefix("content-length:"));
    body.len() >= length.map_or(0, |length| length.trim().parse().unwrap())
}
