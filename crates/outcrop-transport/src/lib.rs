//! Carries Converse bytes: the AWS SDK signs and sends, frames come back as events.
//!
//! The body of a request and the frames of a response are this workspace's own; the SDK keeps
//! what it is good at, which is signing, endpoints, connections and error responses. Its typed
//! Converse input and output are not used: they write free-form JSON in another order on every
//! call, which no prompt cache survives.
//!
//! # What this crate does not do
//! It finds no credentials and reads no configuration; it is handed an identity, a region and an
//! endpoint. It does not look at what a body says.
//!
//! You probably want the crate `outcrop`, which wires this one to the rest.

mod attempt;
mod carrier;
mod classify;
mod client;
mod config;
mod error;
mod hint;
mod one_line;
mod read_ahead;
mod received;
mod redact;
mod retry;
mod stream;

pub use client::Client;
pub use config::{ClientConfig, Identity};
pub use error::{Error, ErrorKind};
pub use hint::Hint;
pub use one_line::one_line;
pub use retry::{Retry, RetryPolicy};
pub use stream::EventStream;
