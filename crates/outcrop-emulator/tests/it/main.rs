//! The integration tests of this crate, one module a behaviour.

// Clippy's leave for tests does not reach the functions that tests share.
#![allow(clippy::unwrap_used)]

mod answers;
mod bearer;
mod cache_points;
mod caching;
mod caching_oracle;
mod content;
mod conversation;
mod faults;
mod fields;
mod frames;
mod hostile;
mod identifiers;
mod order;
mod other_vendors;
mod output;
mod page;
mod playing;
mod record;
mod sampling;
mod scripts;
mod shapes;
mod signatures;
mod sts;
mod support;
mod thinking;
mod tools;
