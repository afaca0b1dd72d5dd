//! Failures on stderr: what went wrong, and what to do about it.

use outcrop::transport::one_line;

use super::style::{DIM, ERROR, INFO};
use super::{diagnostics, note};
use crate::failure::{Failure, Report};

pub(crate) fn print(failure: &Failure) {
    match failure {
        Failure::ClosedPipe => {}
        Failure::InvalidConfiguration(configuration) => {
            diagnostics::print_errors(configuration);
        }
        Failure::Io { doing, error } => print_error(format_args!("{doing}: {error}")),
        Failure::Usage { message, hint } => {
            print_error(message);
            print_hint(hint);
        }
        Failure::Input { .. } | Failure::Outcrop(_) | Failure::UnknownModel { .. } => {
            failure.report().iter().for_each(print_report);
        }
    }
}

fn print_report(report: &Report) {
    // A server, or a program that was asked for credentials, may have written it.
    let message = one_line(&report.message);
    match &report.code {
        Some(code) => print_error(format_args!("{code}: {message}")),
        None => print_error(message),
    }
    let request = report.request_id.as_ref().map(|id| format!("request {id}"));
    let tried = report.attempts.filter(|attempts| *attempts > 1);
    let tried = tried.map(|attempts| format!("tried {attempts} times"));
    let facts: Vec<_> = request.into_iter().chain(tried).collect();
    if !facts.is_empty() {
        note(format_args!("{DIM}{}{DIM:#}", facts.join(", ")));
    }
    report.hints.iter().for_each(|hint| print_hint(hint));
}

pub(super) fn print_error(message: impl std::fmt::Display) {
    note(format_args!("{ERROR}error{ERROR:#}: {message}"));
}

fn print_hint(hint: &str) {
    note(format_args!("{INFO}hint{INFO:#}: {hint}"));
}
