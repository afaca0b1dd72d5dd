//! What an answer and a request cost, beside the typed road of the AWS SDK.
//!
//! `cargo bench -p outcrop-transport` prints processor time of this process alone: the server that
//! plays the recorded answers is another one. Both sides share the HTTP client and the server; each
//! figure is the least of several runs.

#![expect(
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "it prints, and stops where it cannot go on"
)]

mod clients;
mod history;
mod memory;
mod recorded;
mod server;
mod streaming;

use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use cpu_time::ProcessTime;

/// How many times each figure is taken.
const RUNS: usize = 7;

fn main() {
    if std::env::args().any(|word| word == "serve") {
        return server::serve();
    }
    let (mut server, endpoint) = start_server();
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap();
    runtime.block_on(async {
        streaming::compare(&endpoint).await;
        history::compare(&endpoint).await;
        memory::watch(&endpoint).await;
    });
    server.kill().unwrap();
    server.wait().unwrap();
}

/// The server, and where it listens.
fn start_server() -> (Child, String) {
    let mut server = Command::new(std::env::current_exe().unwrap())
        .arg("serve")
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut lines = BufReader::new(server.stdout.take().unwrap()).lines();
    let endpoint = lines.next().unwrap().unwrap();
    (server, endpoint)
}

/// The least processor time of several runs of each, taken in turn, so that both see the same
/// machine.
async fn least<const N: usize>(mut runs: [impl AsyncFnMut(usize); N]) -> [Duration; N] {
    let mut least = [Duration::MAX; N];
    for _ in 0..RUNS {
        for (index, run) in runs.iter_mut().enumerate() {
            let start = ProcessTime::now();
            run(index).await;
            least[index] = least[index].min(start.elapsed());
        }
    }
    least
}

fn ratio(ours: Duration, theirs: Duration) -> f64 {
    ours.as_secs_f64() / theirs.as_secs_f64()
}
