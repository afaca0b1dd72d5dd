//! The integration tests of this crate, one module a behaviour.

mod advice;
mod agreement;
mod connections;
mod conversing;
mod corpus;
mod example;
mod examples_of_codes;
mod explanation;
mod keys;
mod offline;
mod replaying;
mod review;
mod scripted;
mod session;
mod support;
