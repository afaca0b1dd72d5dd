//! `outcrop check`.

use std::path::PathBuf;
use std::process::ExitCode;

use crate::args::{CheckArgs, Format};
use crate::configuration::{self, Configuration, NO_FILE};
use crate::exit;
use crate::failure::Failure;
use crate::render::{self, diagnostics};

pub(crate) fn check(args: &CheckArgs) -> Result<ExitCode, Failure> {
    let mut readable = Vec::new();
    let mut failures = Vec::new();
    for path in files(args)? {
        match Configuration::read(&path) {
            Ok(configuration) => readable.push(configuration),
            Err(failure) => failures.push(failure),
        }
    }
    match args.format {
        Format::Text => diagnostics::print(&readable)?,
        Format::Json => render::print_json(&diagnostics::to_json(&readable))?,
    }
    failures.iter().for_each(render::failure::print);
    let is_broken = |configuration: &Configuration| configuration.loaded.has_errors();
    Ok(if failures.is_empty() && !readable.iter().any(is_broken) {
        ExitCode::SUCCESS
    } else {
        ExitCode::from(exit::CONFIGURATION)
    })
}

fn files(args: &CheckArgs) -> Result<Vec<PathBuf>, Failure> {
    if !args.files.is_empty() {
        return Ok(args.files.clone());
    }
    configuration::default_file()
        .map(|file| vec![file])
        .ok_or_else(|| Failure::usage(NO_FILE, "name the files to check"))
}
