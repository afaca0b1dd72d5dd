//! The events of an answer, one a line, the last of them with what the call cost.

use outcrop::policy::Price;
use outcrop::{Adjustment, Event, Response};
use serde::Serialize;

use super::{Print, cost_usd, print_report, replay, to_json};
use crate::failure::{Failure, Report};
use crate::render::print_json_line;

#[derive(Default)]
pub(super) struct NdjsonAnswer {
    price: Option<Price>,
}

impl Print for NdjsonAnswer {
    fn priced(&mut self, price: Option<Price>) {
        self.price = price;
    }

    fn adjustments(&mut self, list: &[Adjustment], entry: Option<&str>) -> Result<(), Failure> {
        #[derive(Serialize)]
        struct Adjusted<T> {
            adjustments: Vec<T>,
        }
        let adjustments = to_json(list, entry);
        print_json_line(&Adjusted { adjustments })
    }

    fn event(&mut self, mut event: Event) -> Result<(), Failure> {
        if let Event::Metadata(metadata) = &mut event {
            let cost = cost_usd(metadata.usage.as_ref(), self.price.as_ref())?;
            metadata.rest.insert("cost_usd", cost);
        }
        print_json_line(&event)
    }

    fn end(&mut self) -> Result<(), Failure> {
        Ok(())
    }

    fn whole(&mut self, response: Response) -> Result<(), Failure> {
        let mut events = replay::events(response).into_iter();
        events.try_for_each(|event| self.event(event))
    }

    fn broken_off(&mut self, report: Option<&Report>) {
        if let Some(report) = report {
            print_report(report, None);
        }
    }
}
