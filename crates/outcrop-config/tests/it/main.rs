//! The integration tests of this crate, one module a behaviour.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod agreement;
mod hostile;
mod keys;
mod places;
mod reading;
mod samples;
mod support;
