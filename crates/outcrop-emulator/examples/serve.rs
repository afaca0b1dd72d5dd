//! Embeds the emulator: serves until it is killed, on the port given as the first argument, with
//! as many milliseconds between the deltas of a stream as the second says (none by default).
//!
//! ```text
//! cargo run -p outcrop-emulator --example serve -- 4570 15
//! ```

#![allow(clippy::print_stderr)]

use std::io;
use std::time::Duration;

use outcrop_emulator::{Emulator, EmulatorConfig};

#[tokio::main(flavor = "current_thread")]
async fn main() -> io::Result<()> {
    let port = argument(1)?.try_into().map_err(io::Error::other)?;
    let emulator = Emulator::start(EmulatorConfig {
        port,
        delta_delay: Duration::from_millis(argument(2)?.into()),
        ..EmulatorConfig::default()
    })
    .await?;
    eprintln!("listening on {}", emulator.endpoint());
    emulator.wait().await
}

/// An argument as a number, 0 when it is absent.
fn argument(position: usize) -> io::Result<u32> {
    match std::env::args().nth(position) {
        None => Ok(0),
        Some(text) => text.parse().map_err(io::Error::other),
    }
}
