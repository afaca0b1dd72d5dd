//! The Converse response as one JSON document.

use std::io;

use outcrop::converse::Assembler;
use outcrop::policy::Price;
use outcrop::{Adjustment, Event, Response};
use serde_json::value::{RawValue, to_raw_value};

use super::{Print, cost_usd, not_written, print_json, print_report, to_json};
use crate::failure::{Failure, Report};

#[derive(Default)]
pub(super) struct JsonAnswer {
    assembler: Assembler,
    adjustments: Box<RawValue>,
    price: Option<Price>,
}

impl Print for JsonAnswer {
    fn priced(&mut self, price: Option<Price>) {
        self.price = price;
    }

    fn adjustments(&mut self, list: &[Adjustment], entry: Option<&str>) -> Result<(), Failure> {
        self.adjustments = to_raw_value(&to_json(list, entry)).map_err(not_written)?;
        Ok(())
    }

    fn event(&mut self, event: Event) -> Result<(), Failure> {
        self.assembler.push(&event);
        Ok(())
    }

    fn end(&mut self) -> Result<(), Failure> {
        let assembler = std::mem::take(&mut self.assembler);
        let response = assembler.into_response().map_err(|_| {
            let error = io::Error::from(io::ErrorKind::UnexpectedEof);
            Failure::io("the answer is not complete", error)
        })?;
        self.whole(response)
    }

    fn whole(&mut self, mut response: Response) -> Result<(), Failure> {
        response
            .rest
            .insert("adjustments", self.adjustments.clone());
        let cost = cost_usd(response.usage.as_ref(), self.price.as_ref())?;
        response.rest.insert("cost_usd", cost);
        print_json(&response)
    }

    fn broken_off(&mut self, report: Option<&Report>) {
        let Some(report) = report else { return };
        let assembler = std::mem::take(&mut self.assembler);
        let partial = assembler.has_content().then(|| assembler.into_message());
        print_report(report, partial.as_ref());
    }
}
