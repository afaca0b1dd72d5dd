//! `outcrop check`.

use std::path::PathBuf;
use std::process::ExitCode;
use std::time::{SystemTime, UNIX_EPOCH};

use outcrop::policy::Date;

use crate::args::{CheckArgs, CheckFormat};
use crate::configuration::{self, Configuration, NO_FILE};
use crate::exit;
use crate::failure::Failure;
use crate::render;
use crate::render::findings::{self, Checked};

pub(crate) fn check(args: &CheckArgs) -> Result<ExitCode, Failure> {
    let today = args.today.unwrap_or_else(today);
    let mut readable = Vec::new();
    let mut failures = Vec::new();
    for path in files(args)? {
        match Configuration::read(&path) {
            Ok(configuration) => readable.push(Checked::new(configuration, today, args.strict)),
            Err(failure) => failures.push(failure),
        }
    }
    match args.format {
        CheckFormat::Text => findings::print(&readable)?,
        CheckFormat::Json => render::print_json(&findings::to_json(&readable))?,
        CheckFormat::Github => findings::print_github(&readable)?,
    }
    failures.iter().for_each(render::failure::print);
    let is_fine = failures.is_empty() && !readable.iter().any(Checked::has_errors);
    Ok(if is_fine {
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

/// The day by the machine's clock, in UTC. A clock before 1970 says 1 January of it.
fn today() -> Date {
    const DAY: u64 = 24 * 60 * 60;
    let since = SystemTime::now().duration_since(UNIX_EPOCH);
    let days = since.unwrap_or_default().as_secs() / DAY;
    Date::from_unix_days(u32::try_from(days).unwrap_or(u32::MAX))
}
