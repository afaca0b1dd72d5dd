//! The service's prompt cache.

mod usage;

pub use usage::Usage;
