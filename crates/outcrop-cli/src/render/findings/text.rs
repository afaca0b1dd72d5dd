//! Findings for people: a line for programs and eyes alike, then the place in the file.

use std::fmt::Write as _;
use std::path::Path;

use annotate_snippets::Level;
use anstyle::Style;
use outcrop::Finding;
use outcrop::config::Severity;

use super::Checked;
use super::place::Places;
use crate::configuration::Configuration;
use crate::failure::Failure;
use crate::render::failure::print as print_failure;
use crate::render::style::{DIM, ERROR, INFO, STRONG, WARNING};
use crate::render::{note, print_page};

/// Prints findings on stdout, and a sum on stderr.
pub(crate) fn print(files: &[Checked]) -> Result<(), Failure> {
    // One piece of output is many times faster than one a line.
    let mut page = String::new();
    let (mut sums, mut failures) = (Vec::new(), Vec::new());
    for checked in files {
        let configuration = match &checked.read {
            Ok(configuration) => configuration,
            Err(failure) => {
                failures.push(failure);
                continue;
            }
        };
        sums.push(sum(checked, configuration));
        let mut places = Places::of(&configuration.text);
        for found in &checked.findings {
            let text = match found.severity {
                Severity::Info => remark(&configuration.path, found),
                Severity::Warning | Severity::Error => {
                    placed(&configuration.path, &mut places, found)
                }
            };
            page.push_str(&text);
            page.push('\n');
        }
    }
    print_page(anstream::stdout().lock(), &page)?;
    sums.into_iter().for_each(note);
    failures.into_iter().for_each(print_failure);
    Ok(())
}

/// What is only worth knowing, on one line.
fn remark(path: &Path, finding: &Finding) -> String {
    let Finding {
        line,
        column,
        severity,
        code,
        message,
        ..
    } = finding;
    let file = path.display();
    let help = finding.help.as_ref();
    let help = help.map_or_else(String::new, |help| format!(" ({help})"));
    format!("{DIM}{file}:{line}:{column}: {severity} {code}: {message}{help}{DIM:#}")
}

/// What has to be changed, with its place in the text of the file.
pub(crate) fn finding(path: &Path, text: &str, finding: &Finding) -> String {
    placed(path, &mut Places::of(text), finding)
}

fn placed(path: &Path, places: &mut Places<'_>, finding: &Finding) -> String {
    let Finding {
        line,
        column,
        severity,
        code,
        message,
        ..
    } = finding;
    let (style, level) = appearance(*severity);
    let file = path.display();
    let mut rendered = format!(
        "{STRONG}{file}:{line}:{column}{STRONG:#}: {style}{severity}{style:#} {code}: {message}\n"
    );
    if let Some(place) = places.show(finding, level) {
        rendered.push_str(&place);
        rendered.push('\n');
    }
    if let Some(help) = &finding.help {
        // Writing to a string cannot fail.
        let _ = writeln!(rendered, "   {INFO}help{INFO:#}: {help}");
    }
    rendered
}

fn appearance(severity: Severity) -> (Style, Level<'static>) {
    match severity {
        Severity::Error => (ERROR, Level::ERROR),
        Severity::Warning => (WARNING, Level::WARNING),
        Severity::Info => (INFO, Level::INFO),
    }
}

/// One line about a file. Bedrock models are counted, sound or not.
fn sum(checked: &Checked, configuration: &Configuration) -> String {
    let loaded = &configuration.loaded;
    let mut sum = format!(
        "{}: {}, {}, {}",
        checked.file(),
        counted(loaded.models.len() + loaded.broken.len(), "Bedrock model"),
        counted(checked.count(Severity::Error), "error"),
        counted(checked.count(Severity::Warning), "warning"),
    );
    let infos = checked.count(Severity::Info);
    if infos > 0 {
        // Writing to a string cannot fail.
        let _ = write!(sum, ", {}", counted(infos, "info"));
    }
    sum
}

/// A number and its noun.
pub(crate) fn counted(count: usize, noun: &str) -> String {
    match count {
        0 => format!("no {noun}s"),
        1 => format!("1 {noun}"),
        count => format!("{count} {noun}s"),
    }
}
