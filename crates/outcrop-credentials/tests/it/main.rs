//! The tests of `outcrop-credentials`, one module a behaviour.

#![expect(
    clippy::unwrap_used,
    reason = "a test that cannot go on stops, also outside its own function"
)]

mod cases;
mod failures;
mod fake_server;
mod http;
mod leaks;
mod offline;
mod resolve;
mod setup;
