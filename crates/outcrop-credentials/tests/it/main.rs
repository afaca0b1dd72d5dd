//! The integration tests of this crate, one module a behaviour.
