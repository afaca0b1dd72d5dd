//! Converse as data: requests, responses, events, frames. No AWS crate, no runtime.
