//! `outcrop schema`.

use std::io::Write;
use std::process::ExitCode;

use crate::failure::Failure;
use crate::render::written;

pub(crate) fn schema() -> Result<ExitCode, Failure> {
    written(std::io::stdout().write_all(outcrop::config::SCHEMA.as_bytes()))?;
    Ok(ExitCode::SUCCESS)
}
