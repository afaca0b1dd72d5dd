//! Retries on stderr: that an answer takes longer, and why.

use outcrop::Retry;

use super::note;
use super::style::DIM;

pub(crate) fn print(retry: &Retry<'_>) {
    note(format_args!("{DIM}{retry}{DIM:#}"));
}
