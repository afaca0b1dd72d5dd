//! The server, in a process of its own: it plays the answer that the path asks for.

use std::collections::HashMap;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::Arc;

use crate::recorded::{CHUNKINGS, DELTAS, response};

/// The model that gives a short answer.
pub(crate) const BRIEF: &str = "brief";

/// The model whose answer comes in chunks of so many frames.
pub(crate) fn model(frames: usize) -> String {
    format!("frames-{frames}")
}

pub(crate) fn serve() {
    let mut answers = HashMap::from([(BRIEF.to_owned(), response(1, 64))]);
    for frames in CHUNKINGS {
        answers.insert(model(frames), response(DELTAS, frames));
    }
    let answers = Arc::new(answers);
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    println!("http://{}", listener.local_addr().unwrap());
    for connection in listener.incoming() {
        let answers = Arc::clone(&answers);
        // An end of the connection is the end of its thread.
        std::thread::spawn(move || while play(connection.as_ref().unwrap(), &answers).is_some() {});
    }
}

fn play(connection: &TcpStream, answers: &HashMap<String, Vec<u8>>) -> Option<()> {
    let mut reader = BufReader::new(connection);
    let mut first = String::new();
    reader
        .read_line(&mut first)
        .ok()
        .filter(|count| *count > 0)?;
    let mut length = 0;
    loop {
        let mut line = String::new();
        reader
            .read_line(&mut line)
            .ok()
            .filter(|count| *count > 0)?;
        if let Some(value) = line.to_ascii_lowercase().strip_prefix("content-length:") {
            length = value.trim().parse().ok()?;
        }
        if line == "\r\n" {
            break;
        }
    }
    std::io::copy(&mut reader.take(length), &mut std::io::sink()).ok()?;
    let model = first.split('/').nth(2)?;
    (&*connection).write_all(answers.get(model)?).ok()
}
