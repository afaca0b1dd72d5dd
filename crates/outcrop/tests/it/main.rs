//! The integration tests of this crate, one module a behaviour.

mod agreement;
mod conversing;
mod corpus;
mod explanation;
mod keys;
mod offline;
mod replaying;
mod review;
mod scripted;
mod support;
