//! That an emulated service takes what was measured.

use std::io;

use outcrop_emulator::{BEARER_TOKEN, Emulator, EmulatorConfig};
use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader};
use tokio::net::TcpStream;

use crate::cache_report::replay::{MODELS, Strategy, replay};
use crate::cache_report::traces;

/// Sends a request over a connection that stays open, and gives back the status and the body.
async fn send(
    connection: &mut BufReader<TcpStream>,
    model: &str,
    body: &[u8],
) -> io::Result<(String, String)> {
    let head = format!(
        "POST /model/{}/converse HTTP/1.1\r\nhost: emulator\r\nauthorization: Bearer \
         {BEARER_TOKEN}\r\ncontent-type: application/json\r\ncontent-length: {}\r\n\r\n",
        model.replace(':', "%3A"),
        body.len()
    );
    connection
        .write_all(&[head.as_bytes(), body].concat())
        .await?;
    let mut status = String::new();
    connection.read_line(&mut status).await?;
    let mut length = 0;
    loop {
        let mut header = String::new();
        connection.read_line(&mut header).await?;
        let Some((name, value)) = header.trim().split_once(':') else {
            break;
        };
        if name.eq_ignore_ascii_case("content-length") {
            length = value.trim().parse().map_err(io::Error::other)?;
        }
    }
    let mut answer = vec![0; length];
    connection.read_exact(&mut answer).await?;
    Ok((status, String::from_utf8_lossy(&answer).into_owned()))
}

/// Also what is planned with a memory and with the hour, wherever that is another request.
#[tokio::test]
async fn the_emulator_accepts_every_request_of_every_trace() {
    let emulator = Emulator::start(EmulatorConfig::default())
        .await
        .expect("a port");
    let connection = TcpStream::connect(emulator.address())
        .await
        .expect("a connection");
    connection.set_nodelay(true).expect("an option");
    let mut connection = BufReader::new(connection);
    let mut sent = 0;
    for trace in traces::all().expect("traces") {
        for candidate in MODELS {
            let mut bodies: Vec<Vec<u8>> = Vec::new();
            let mut strategies = vec![Strategy::Stateless, Strategy::Memory];
            if trace.kind.has_pauses() && candidate.has_the_hour() {
                strategies.push(Strategy::Auto);
            }
            for strategy in strategies {
                replay(candidate, &trace, strategy, |_, body, _| {
                    bodies.push(body.as_bytes().to_owned());
                })
                .expect("requests");
            }
            bodies.sort_unstable();
            bodies.dedup();
            for body in &bodies {
                let (status, answer) = send(&mut connection, candidate.id, body)
                    .await
                    .expect("an answer");
                let name = candidate.name;
                assert!(status.contains(" 200 "), "{name} {}: {answer}", trace.name);
                sent += 1;
            }
        }
    }
    assert!(sent > 1000, "{sent}");
}
