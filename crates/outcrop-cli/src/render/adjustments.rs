//! Adjustments on stderr: one line each.

use outcrop::Adjustment;

use super::note;
use super::style::{self, DIM};

/// Prints adjustments as they are read beside an answer. What refuses a plan is left to the error
/// that follows.
pub(crate) fn print(adjustments: &[Adjustment], entry: Option<&str>) {
    let refuses_plan =
        |it: &Adjustment| it.predicts_refusal() && matches!(it, Adjustment::Credentials(_));
    for adjustment in adjustments.iter().filter(|it| !refuses_plan(it)) {
        let style = style::of(adjustment.severity());
        let (severity, code) = (adjustment.severity().as_str(), adjustment.code());
        let path = adjustment.path(entry);
        let place = if path.is_empty() {
            String::new()
        } else {
            format!(" at {path}")
        };
        note(format_args!(
            "{style}{severity}{style:#}: {adjustment} {DIM}[{code}{place}]{DIM:#}"
        ));
    }
}
