//! What `check` found in files, for people and programs.

mod github;
mod json;
mod place;
mod secrets;
mod text;

pub(crate) use github::print as print_github;
pub(crate) use json::to_json;
pub(crate) use text::{counted, finding, print};

use std::path::{Path, PathBuf};

use outcrop::config::Severity;
use outcrop::policy::Date;
use outcrop::{Finding, InvalidFile};

use crate::configuration::Configuration;
use crate::failure::Failure;

/// A file and everything there is to say about it.
pub(crate) struct Checked {
    path: PathBuf,
    findings: Vec<Finding>,
    /// What is in it, or why it cannot be read.
    read: Result<Configuration, Failure>,
}

impl Checked {
    /// Reviews a file. When it is `strict`, warnings are errors.
    pub(crate) fn new(configuration: Configuration, today: Date, strict: bool) -> Self {
        let mut findings = outcrop::review(&configuration.loaded, today);
        for finding in findings.iter_mut().filter(|_| strict) {
            if finding.severity == Severity::Warning {
                finding.severity = Severity::Error;
            }
        }
        Self {
            path: configuration.path.clone(),
            findings,
            read: Ok(configuration),
        }
    }

    /// A file of which nothing is known but that it cannot be read.
    pub(crate) fn unreadable(path: &Path, error: InvalidFile) -> Self {
        Self {
            path: path.to_owned(),
            findings: vec![Finding::unreadable(&error)],
            read: Err(error.into()),
        }
    }

    /// Whether anything in the file is an error.
    pub(crate) fn has_errors(&self) -> bool {
        self.count(Severity::Error) > 0
    }

    fn count(&self, severity: Severity) -> usize {
        let of_severity = |finding: &&Finding| finding.severity == severity;
        self.findings.iter().filter(of_severity).count()
    }

    fn file(&self) -> String {
        self.path.display().to_string()
    }
}
