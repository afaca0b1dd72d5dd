//! Diagnostics: a line for programs and eyes alike, then the place in the file.

use std::fmt::Write as _;
use std::io::Write as _;

use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};
use anstyle::Style;
use outcrop::config::{Diagnostic, Severity};
use serde::Serialize;

use super::failure::print_error;
use super::style::{DIM, ERROR, INFO, STRONG, WARNING};
use super::{note, written};
use crate::configuration::Configuration;
use crate::failure::Failure;

/// A diagnostic as JSON has it.
#[derive(Serialize)]
pub(crate) struct DiagnosticJson<'a> {
    file: String,
    line: usize,
    column: usize,
    severity: &'static str,
    code: &'static str,
    path: &'a str,
    message: &'a str,
    help: Option<&'a str>,
}

/// Every finding of every file.
pub(crate) fn to_json(configurations: &[Configuration]) -> Vec<DiagnosticJson<'_>> {
    configurations.iter().flat_map(findings_json).collect()
}

fn findings_json(configuration: &Configuration) -> impl Iterator<Item = DiagnosticJson<'_>> {
    let file = configuration.path.display().to_string();
    let diagnostics = configuration.loaded.diagnostics.iter();
    diagnostics.map(move |diagnostic| DiagnosticJson {
        file: file.clone(),
        line: diagnostic.line,
        column: diagnostic.column,
        severity: diagnostic.severity().as_str(),
        code: diagnostic.code.as_str(),
        path: &diagnostic.path,
        message: &diagnostic.message,
        help: diagnostic.help.as_deref(),
    })
}

/// Prints findings on stdout, and a sum on stderr.
pub(crate) fn print(configurations: &[Configuration]) -> Result<(), Failure> {
    let mut stdout = anstream::stdout().lock();
    for configuration in configurations {
        for diagnostic in &configuration.loaded.diagnostics {
            let text = finding(configuration, diagnostic);
            written(writeln!(stdout, "{text}"))?;
        }
    }
    written(stdout.flush())?;
    for configuration in configurations {
        note(sum(configuration));
    }
    Ok(())
}

/// Prints the errors of a file that is needed, on stderr.
pub(crate) fn print_errors(configuration: &Configuration) {
    let errors: Vec<&Diagnostic> = configuration.findings(Severity::Error).collect();
    for diagnostic in &errors {
        note(finding(configuration, diagnostic));
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

fn finding(configuration: &Configuration, diagnostic: &Diagnostic) -> String {
    let (style, level) = appearance(diagnostic.severity());
    let Configuration { path, text, .. } = configuration;
    let Diagnostic {
        line,
        column,
        code,
        message,
        ..
    } = diagnostic;
    let (file, severity) = (path.display(), diagnostic.severity());
    let mut finding = format!(
        "{STRONG}{file}:{line}:{column}{STRONG:#}: {style}{severity}{style:#} {code}: {message}\n"
    );
    if !text.is_empty() {
        let snippet = Snippet::source(text.as_str())
            .annotation(AnnotationKind::Primary.span(diagnostic.span.clone()));
        let group = Group::with_level(level).element(snippet);
        finding.push_str(&Renderer::styled().render(&[group]));
        finding.push('\n');
    }
    if let Some(help) = &diagnostic.help {
        // Writing to a string cannot fail.
        let _ = writeln!(finding, "   {INFO}help{INFO:#}: {help}");
    }
    finding
}

fn appearance(severity: Severity) -> (Style, Level<'static>) {
    match severity {
        Severity::Error => (ERROR, Level::ERROR),
        Severity::Warning => (WARNING, Level::WARNING),
        Severity::Info => (INFO, Level::INFO),
    }
}

/// One line about a file.
fn sum(configuration: &Configuration) -> String {
    let count = |severity| configuration.findings(severity).count();
    format!(
        "{}: {}, {}, {}",
        configuration.path.display(),
        counted(configuration.loaded.models.len(), "Bedrock model"),
        counted(count(Severity::Error), "error"),
        counted(count(Severity::Warning), "warning"),
    )
}

fn counted(count: usize, noun: &str) -> String {
    match count {
        0 => format!("no {noun}s"),
        1 => format!("1 {noun}"),
        count => format!("{count} {noun}s"),
    }
}
