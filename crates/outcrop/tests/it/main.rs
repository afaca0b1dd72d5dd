//! The integration tests of this crate, one module a behaviour.

mod agreement;
mod examples_of_codes;
mod explanation;
mod keys;
mod offline;
mod review;
mod support;
