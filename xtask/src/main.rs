//! Chores of this repository: `cargo xtask schema`, `cargo xtask docs` and
//! `cargo xtask cache-report`.
//!
//! What is generated is committed, and a test fails with a diff when it is stale.
#![allow(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "printing is what a chore does"
)]

#[cfg(test)]
mod architecture;
mod cache_report;
mod codes;
mod docs;
mod files;
#[cfg(test)]
mod pages;
mod schema;

use std::env;
use std::process::ExitCode;

use files::Mode;

const USAGE: &str = "usage: cargo xtask schema|docs|cache-report [--check]

  schema        write schemas/outcrop.schema.json
  docs          write docs/configuration.md and the examples in docs/diagnostics.md
  cache-report  replay traces through the simulated prompt cache and write what they cost into
                docs/caching.md and docs/caching.svg

  --check       write nothing; fail if a file is not what would be written";

fn main() -> ExitCode {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let outcome = match words[..] {
        ["schema"] => schema::run(Mode::Write),
        ["schema", "--check"] => schema::run(Mode::Check),
        ["docs"] => docs(Mode::Write),
        ["docs", "--check"] => docs(Mode::Check),
        ["cache-report"] => cache_report::run(Mode::Write),
        ["cache-report", "--check"] => cache_report::run(Mode::Check),
        ["help" | "--help" | "-h"] => {
            println!("{USAGE}");
            return ExitCode::SUCCESS;
        }
        _ => {
            eprintln!("{USAGE}");
            return ExitCode::from(2);
        }
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::FAILURE
        }
    }
}

/// The examples first: the page of the keys links to the page of the codes.
fn docs(mode: Mode) -> Result<(), String> {
    codes::run(mode)?;
    docs::run(mode)
}
