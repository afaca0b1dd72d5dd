//! The commands, one a file.

pub(crate) mod check;
pub(crate) mod emulate;
pub(crate) mod explain;
pub(crate) mod run;
pub(crate) mod schema;
