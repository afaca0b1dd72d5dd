//! Styles: few, and the same everywhere. Colour is left out where it is not wanted.

use anstyle::{AnsiColor, Style};
use outcrop::Severity;

/// Names and headings.
pub(crate) const STRONG: Style = Style::new().bold();

/// What is beside the point.
pub(crate) const DIM: Style = Style::new().dimmed();

/// Errors.
pub(crate) const ERROR: Style = AnsiColor::Red.on_default().bold();

/// Warnings.
pub(crate) const WARNING: Style = AnsiColor::Yellow.on_default().bold();

/// Notes.
pub(crate) const INFO: Style = AnsiColor::Cyan.on_default().bold();

/// The style of an adjustment.
pub(crate) fn of(severity: Severity) -> Style {
    match severity {
        Severity::Info => INFO,
        Severity::Warning => WARNING,
    }
}
