//! `outcrop check`.

use std::path::PathBuf;
use std::process::ExitCode;

use crate::args::{CheckArgs, CheckFormat};
use crate::clock;
use crate::configuration::{self, Configuration, NO_FILE};
use crate::exit;
use crate::failure::Failure;
use crate::render;
use crate::render::findings::{self, Checked};

pub(crate) fn check(args: &CheckArgs) -> Result<ExitCode, Failure> {
    let today = args.today.unwrap_or_else(clock::today);
    let files = files(args)?;
    let checked: Vec<Checked> = files
        .iter()
        .map(|path| match Configuration::read(path) {
            Ok(configuration) => Checked::new(configuration, today, args.strict),
            Err(error) => Checked::unreadable(path, error),
        })
        .collect();
    match args.format {
        CheckFormat::Text => findings::print(&checked)?,
        CheckFormat::Json => render::print_json(&findings::to_json(&checked))?,
        CheckFormat::Github => findings::print_github(&checked)?,
    }
    Ok(if !checked.iter().any(Checked::has_errors) {
        ExitCode::SUCCESS
    } else {
        ExitCode::from(exit::CONFIGURATION)
    })
}

fn files(args: &CheckArgs) -> Result<Vec<PathBuf>, Failure> {
    let stdin = args.files.iter().filter(|file| file.as_os_str() == "-");
    if stdin.count() > 1 {
        let hint = "name `-` once";
        return Err(Failure::usage("stdin can be read only once", hint));
    }
    if !args.files.is_empty() {
        return Ok(args.files.clone());
    }
    configuration::default_file()
        .map(|file| vec![file])
        .ok_or_else(|| Failure::usage(NO_FILE, "name the files to check"))
}
