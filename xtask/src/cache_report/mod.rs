//! `docs/caching.md` and `docs/caching.svg`: what agent traces cost under several ways to place
//! cache points, by the emulator's simulated cache, against the least with hindsight.

mod measure;
mod optimum;
mod page;
mod plot;
mod replay;
mod sample;
#[cfg(test)]
mod tests;
mod traces;
mod words;

use std::fs;

use crate::files::{Mode, ensure, root};
use measure::{Measured, measure};

const PAGE: &str = "docs/caching.md";
const PLOT: &str = "docs/caching.svg";
const COMMAND: &str = "cargo xtask cache-report";

/// Writes the tables and the plot, or checks that the committed ones are the same. Either way a
/// sample of the requests is left below `target/`, for others to judge.
///
/// # Errors
///
/// As [`ensure`], and when a trace cannot be replayed.
pub(crate) fn run(mode: Mode) -> Result<(), String> {
    let measured = measure()?;
    sample::write(&measured)?;
    write(&measured, mode)
}

fn write(measured: &[Measured], mode: Mode) -> Result<(), String> {
    let committed =
        fs::read_to_string(root().join(PAGE)).map_err(|error| format!("{PAGE}: {error}"))?;
    let page = page::with_tables(&committed, measured)?;
    ensure(PAGE, &page, mode, COMMAND)?;
    ensure(PLOT, &plot::plot(measured)?, mode, COMMAND)
}
