//! Findings as workflow commands of GitHub Actions, which become annotations of a pull request
//! (GitHub documentation, "Workflow commands for GitHub Actions").

use std::io;

use outcrop::Finding;
use outcrop::config::Severity;

use super::Checked;
use crate::failure::Failure;
use crate::render::print_page;

/// Prints one command a finding.
pub(crate) fn print(files: &[Checked]) -> Result<(), Failure> {
    let mut page = String::new();
    for checked in files {
        let file = checked.file();
        let text = checked.read.as_ref().map_or("", |read| &read.text);
        for finding in &checked.findings {
            page.push_str(&command(&file, text, finding));
            page.push('\n');
        }
    }
    print_page(io::stdout().lock(), &page)
}

fn command(file: &str, text: &str, finding: &Finding) -> String {
    let name = match finding.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Info => "notice",
    };
    let Finding { line, column, .. } = finding;
    let end = column + width(text, finding);
    let mut message = finding.message.clone();
    if let Some(help) = &finding.help {
        message.push_str("\nhelp: ");
        message.push_str(help);
    }
    format!(
        "::{name} file={},line={line},col={column},endColumn={end},title={}::{}",
        property(file),
        property(finding.code),
        data(&message)
    )
}

/// The characters of a span on its first line; an annotation with columns has no second one.
fn width(text: &str, finding: &Finding) -> usize {
    let span = text.get(finding.span.clone()).unwrap_or_default();
    let line = span.split(['\n', '\r']).next().unwrap_or_default();
    line.chars().count()
}

/// Escaped as the runner's own library does it: `escapeData` of actions/toolkit.
fn data(text: &str) -> String {
    text.replace('%', "%25")
        .replace('\r', "%0D")
        .replace('\n', "%0A")
}

/// `escapeProperty` of the same.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use super::{data, property};

    #[test]
    fn what_ends_a_command_or_a_property_is_escaped() {
        let text = "100%: a, b\r\n%0A";
        assert_eq!(data(text), "100%25: a, b%0D%0A%250A");
        assert_eq!(property(text), "100%25%3A a%2C b%0D%0A%250A");
    }
}
