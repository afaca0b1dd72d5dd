//! The integration tests of this crate, one module a behaviour.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod advice;
mod agreement;
mod collections;
mod declared;
mod fuzz;
mod generated;
mod hostile;
mod keys;
mod places;
mod pool;
mod reading;
mod samples;
mod support;
