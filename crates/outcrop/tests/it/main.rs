//! The integration tests of this crate, one module a behaviour.

mod advice;
mod agreement;
mod example;
mod connections;
mod explanation;
mod keys;
mod offline;
mod review;
mod support;
