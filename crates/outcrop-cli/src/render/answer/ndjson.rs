//! The events of an answer, one a line.

use outcrop::{Adjustment, Event, Response};
use serde::Serialize;

use super::{Print, print_report, replay, to_json};
use crate::failure::{Failure, Report};
use crate::render::print_json_line;

pub(super) struct NdjsonAnswer;

impl Print for NdjsonAnswer {
    fn adjustments(&mut self, list: &[Adjustment], entry: Option<&str>) -> Result<(), Failure> {
        #[derive(Serialize)]
        struct Adjusted<T> {
            adjustments: Vec<T>,
        }
        let adjustments = to_json(list, entry);
        print_json_line(&Adjusted { adjustments })
    }

    fn event(&mut self, event: Event) -> Result<(), Failure> {
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
