//! Findings as JSON.

use serde::Serialize;

use super::Checked;

/// A finding as JSON has it.
#[derive(Serialize)]
pub(crate) struct FindingJson<'a> {
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
pub(crate) fn to_json(files: &[Checked]) -> Vec<FindingJson<'_>> {
    files.iter().flat_map(findings).collect()
}

fn findings(checked: &Checked) -> impl Iterator<Item = FindingJson<'_>> {
    let file = checked.file();
    checked.findings.iter().map(move |finding| FindingJson {
        file: file.clone(),
        line: finding.line,
        column: finding.column,
        severity: finding.severity.as_str(),
        code: finding.code,
        path: &finding.path,
        message: &finding.message,
        help: finding.help.as_deref(),
    })
}
