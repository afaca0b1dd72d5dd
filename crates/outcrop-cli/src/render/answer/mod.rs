//! An answer, printed as it arrives: as text, as one JSON document, or as lines of JSON.

mod json;
mod ndjson;
mod replay;
mod text;

use outcrop::converse::Usage;
use outcrop::policy::{Price, Usd};
use outcrop::{Adjustment, Event, Message, Response};
use serde::Serialize;
use serde_json::value::{RawValue, to_raw_value};

use self::json::JsonAnswer;
use self::ndjson::NdjsonAnswer;
use self::text::TextAnswer;
use super::print_json;
use crate::args::{RunArgs, RunFormat};
use crate::failure::{Failure, Report};

/// How an answer is printed.
pub(crate) trait Print {
    /// Before the answer: what the model costs, where that is known.
    fn priced(&mut self, _price: Option<Price>) {}
    /// Before the answer: what is not as it was written.
    fn adjustments(&mut self, list: &[Adjustment], entry: Option<&str>) -> Result<(), Failure>;
    /// One event of a stream.
    fn event(&mut self, event: Event) -> Result<(), Failure>;
    /// The end of a stream.
    fn end(&mut self) -> Result<(), Failure>;
    /// An answer that came whole.
    fn whole(&mut self, response: Response) -> Result<(), Failure>;
    /// No more will come: the call failed or was interrupted. What people read of a failure is
    /// printed elsewhere, so that nothing is lost where this cannot be written.
    fn broken_off(&mut self, report: Option<&Report>);
}

/// The printer that is asked for.
pub(crate) fn printer(args: &RunArgs) -> Box<dyn Print> {
    match args.format {
        RunFormat::Text => Box::new(TextAnswer::new(args)),
        RunFormat::Json => Box::new(JsonAnswer::default()),
        RunFormat::Ndjson => Box::new(NdjsonAnswer::default()),
    }
}

/// The failure of a call as JSON has it, with the answer as far as it came where nothing of it has
/// been printed.
pub(crate) fn print_report(report: &Report, partial: Option<&Message>) {
    #[derive(Serialize)]
    struct Failed<'a> {
        error: &'a Report,
        #[serde(skip_serializing_if = "Option::is_none")]
        partial: Option<&'a Message>,
    }
    let error = report;
    let _ = print_json(&Failed { error, partial });
}

/// What a call cost, as JSON has it: `null` where its usage or the price is not known.
fn cost_usd(usage: Option<&Usage>, price: Option<&Price>) -> Result<Box<RawValue>, Failure> {
    let cost = usage.zip(price);
    let cost = cost.map(|(usage, price)| dollars(price.cost(&usage.counts())));
    to_raw_value(&cost).map_err(not_written)
}

/// An amount as JSON has it. What a call costs has few enough digits to be exact.
fn dollars(cost: Usd) -> f64 {
    cost.as_picodollars() as f64 / 1e12
}

fn not_written(error: serde_json::Error) -> Failure {
    Failure::io("JSON cannot be written", error.into())
}

/// Adjustments as JSON has them.
fn to_json(list: &[Adjustment], entry: Option<&str>) -> Vec<impl Serialize + use<>> {
    list.iter().map(|it| it.to_json(entry)).collect()
}
