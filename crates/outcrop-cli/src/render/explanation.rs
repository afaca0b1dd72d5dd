//! An explanation as a page.

use std::fmt::Write as _;
use std::io::Write as _;

use outcrop::{Adjustment, Explanation};

use super::json_text::lay_out;
use super::style::{self, DIM, STRONG};
use super::written;
use crate::failure::Failure;

/// How wide running text may be, in characters.
const WIDTH: usize = 88;

pub(crate) fn print(explanations: &[Explanation]) -> Result<(), Failure> {
    let pages: Vec<String> = explanations.iter().map(page).collect();
    let mut stdout = anstream::stdout().lock();
    written(write!(stdout, "{}", pages.join("\n")).and_then(|()| stdout.flush()))
}

fn page(explanation: &Explanation) -> String {
    let mut page = String::new();
    let Explanation {
        model, model_id, ..
    } = explanation;
    line(&mut page, format!("{STRONG}{model}{STRONG:#}"));
    if model != model_id {
        row(&mut page, "model", model_id, "");
    }
    let auth = &explanation.auth;
    row(&mut page, "identity", auth.method, &auth.source);
    if let Some(role) = &auth.role_arn {
        row(&mut page, "role", role, "");
    }
    let region = &explanation.region;
    row(
        &mut page,
        "region",
        &region.value,
        &region.source.to_string(),
    );
    let endpoint = &explanation.endpoint;
    row(
        &mut page,
        "endpoint",
        &endpoint.value,
        &endpoint.source.to_string(),
    );
    let http = &explanation.http;
    row(
        &mut page,
        "call",
        &format!("{} {}", http.method, http.path),
        "",
    );
    write_adjustments(&mut page, explanation);
    write_cache(&mut page, explanation);
    write_request(&mut page, explanation);
    page
}

/// A fact and where it came from.
fn row(page: &mut String, name: &str, value: &str, source: &str) {
    let source = if source.is_empty() {
        String::new()
    } else {
        format!("  {DIM}{source}{DIM:#}")
    };
    line(page, format!("  {DIM}{name:<9}{DIM:#} {value}{source}"));
}

fn write_adjustments(page: &mut String, explanation: &Explanation) {
    if explanation.adjustments.is_empty() {
        return line(
            page,
            format!("\n  {DIM}nothing is changed, dropped or expected to be refused{DIM:#}"),
        );
    }
    line(page, String::new());
    for adjustment in &explanation.adjustments {
        write_adjustment(page, adjustment, explanation.entry.as_deref());
    }
}

fn write_adjustment(page: &mut String, adjustment: &Adjustment, entry: Option<&str>) {
    let style = style::of(adjustment.severity());
    let severity = adjustment.severity().as_str();
    let path = adjustment.path(entry);
    let refusal = if adjustment.predicts_refusal() {
        "  expected to be refused"
    } else {
        ""
    };
    line(
        page,
        format!(
            "  {style}{severity}{style:#} {} {DIM}{path}{DIM:#}{refusal}",
            adjustment.code()
        ),
    );
    for wrapped in wrap(&adjustment.to_string()) {
        line(page, format!("    {wrapped}"));
    }
}

/// The plan of the prompt cache: what is expected of it, then its points and why there are no others.
fn write_cache(page: &mut String, explanation: &Explanation) {
    line(page, format!("\n  {DIM}cache{DIM:#}"));
    for text in explanation.cache.to_string().lines() {
        line(page, format!("  {text}"));
    }
}

fn write_request(page: &mut String, explanation: &Explanation) {
    let body = String::from_utf8_lossy(explanation.body.as_bytes());
    line(page, format!("\n  {DIM}request{DIM:#}"));
    for text in lay_out(&body).lines() {
        line(page, format!("  {text}"));
    }
}

fn line(page: &mut String, text: String) {
    // Writing to a string cannot fail.
    let _ = writeln!(page, "{text}");
}

/// Breaks text at blanks.
fn wrap(text: &str) -> Vec<String> {
    let mut lines = vec![String::new()];
    for word in text.split_whitespace() {
        let last = lines.len() - 1;
        if lines[last].is_empty() {
            lines[last] = word.to_owned();
        } else if lines[last].chars().count() + 1 + word.chars().count() <= WIDTH {
            lines[last].push(' ');
            lines[last].push_str(word);
        } else {
            lines.push(word.to_owned());
        }
    }
    lines
}
