//! What `check` found in files, for people and programs.

mod github;
mod json;
mod secrets;
mod text;

pub(crate) use github::print as print_github;
pub(crate) use json::to_json;
pub(crate) use text::{counted, finding, print};

use outcrop::Finding;
use outcrop::config::Severity;
use outcrop::policy::Date;

use crate::configuration::Configuration;

/// A file and everything there is to say about it.
pub(crate) struct Checked {
    configuration: Configuration,
    findings: Vec<Finding>,
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
            configuration,
            findings,
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
        self.configuration.path.display().to_string()
    }
}
