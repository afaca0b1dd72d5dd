//! The tests of `outcrop-transport`, one module a behaviour.

#![expect(
    clippy::unwrap_used,
    reason = "a test that cannot go on stops, also outside its own function"
)]

mod answers;
mod bytes;
mod connections;
mod content_types;
mod damage;
mod exceptions;
mod hints;
mod identities;
mod pieces;
mod refusals;
mod retrying;
mod secrets;
mod silence;
mod support;
