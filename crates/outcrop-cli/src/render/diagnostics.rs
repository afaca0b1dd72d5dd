//! What is wrong with a file that is needed, on stderr.

use outcrop::Finding;
use outcrop::config::{Diagnostic, Severity};

use super::failure::print_error;
use super::findings::{counted, finding};
use super::note;
use super::style::{DIM, WARNING};
use crate::configuration::Configuration;

/// Prints the errors of a file that is needed, on stderr.
pub(crate) fn print_errors(configuration: &Configuration) {
    let errors: Vec<&Diagnostic> = configuration.findings(Severity::Error).collect();
    for diagnostic in &errors {
        let error = Finding::from(*diagnostic);
        note(finding(&configuration.path, &configuration.text, &error));
    }
    print_error(format_args!(
        "{} has {}",
        configuration.path.display(),
        counted(errors.len(), "error")
    ));
}

/// Prints the warnings about a file as a whole on stderr, one line each, and those about its
/// entries where they matter too.
pub(crate) fn warn(configuration: &Configuration, about_entries: bool) {
    for diagnostic in configuration.findings(Severity::Warning) {
        if about_entries || !diagnostic.path.starts_with("models.") {
            let Diagnostic { message, code, .. } = diagnostic;
            note(format_args!(
                "{WARNING}warning{WARNING:#}: {message} {DIM}[{code} at {}:{}]{DIM:#}",
                configuration.path.display(),
                diagnostic.line,
            ));
        }
    }
}
