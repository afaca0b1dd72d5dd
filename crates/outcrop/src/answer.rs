//! Answers: one that is arriving, and one that is complete.

use std::sync::Arc;

use outcrop_converse::{Assembler, Event, Members, Message, Response, Usage};
use outcrop_policy::{Price, Usd};
use outcrop_transport::EventStream;

use crate::advice::Advisor;
use crate::{Adjustment, Error};

/// An answer that is arriving. Dropping it closes the connection.
#[derive(Debug)]
pub struct Answer {
    /// What is not as it was written.
    pub adjustments: Vec<Adjustment>,
    pub(crate) events: EventStream,
    pub(crate) taken: Assembler,
    pub(crate) advisor: Arc<Advisor>,
    pub(crate) account: Account,
}

/// An answer that is complete.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Reply {
    /// The answer.
    pub response: Response,
    /// What is not as it was written.
    pub adjustments: Vec<Adjustment>,
    /// What the call cost, where the usage and the model's price are known. Prices are those of the
    /// service, without discounts.
    pub cost: Option<Usd>,
}

/// How a call is accounted for.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Account {
    pub(crate) tracks_usage: bool,
    pub(crate) price: Option<Price>,
}

impl Account {
    /// Takes the usage away where `track_usage` is `false`, also one that could not be read and is
    /// kept among the other members.
    fn hide_untracked(self, usage: &mut Option<Usage>, rest: &mut Members) {
        if !self.tracks_usage {
            *usage = None;
            rest.remove("usage");
        }
    }

    /// Hides what is not to be tracked, and says what it was and what the rest costs.
    pub(crate) fn reply(
        self,
        mut response: Response,
        adjustments: Vec<Adjustment>,
    ) -> (Reply, Option<Usage>) {
        let counted = response.usage.clone();
        self.hide_untracked(&mut response.usage, &mut response.rest);
        let cost = response.usage.as_ref().zip(self.price.as_ref());
        let cost = cost.map(|(usage, price)| price.cost(&usage.counts()));
        let reply = Reply {
            response,
            adjustments,
            cost,
        };
        (reply, counted)
    }

    /// The event as it is shown.
    fn show(self, event: Event) -> Event {
        match event {
            Event::Metadata(mut metadata) => {
                self.hide_untracked(&mut metadata.usage, &mut metadata.rest);
                Event::Metadata(metadata)
            }
            event => event,
        }
    }
}

impl Reply {
    /// The message of the assistant.
    #[must_use]
    pub fn message(&self) -> &Message {
        &self.response.output.message
    }
}

impl Answer {
    /// The next event; `None` after the last one.
    ///
    /// # Errors
    /// When the answer breaks off. Nothing comes after an error; [`finish`](Self::finish) then
    /// fails with what came before it.
    ///
    /// # Cancel safety
    /// No event is lost when the future is dropped before it is ready.
    pub async fn next(&mut self) -> Result<Option<Event>, Error> {
        let event = self.events.next().await;
        let event = event.map_err(|error| self.advisor.explain(error))?;
        Ok(event.map(|event| {
            self.taken.push(&event);
            self.account.show(event)
        }))
    }

    /// The service's name for this call.
    #[must_use]
    pub fn request_id(&self) -> Option<&str> {
        self.events.request_id()
    }

    /// Waits for the rest and puts the whole answer together.
    ///
    /// # Errors
    /// When the answer breaks off; the error carries what had come.
    pub async fn finish(self) -> Result<Reply, Error> {
        self.finish_with(|_| {}).await
    }

    /// As [`finish`](Self::finish), and shows each event that is still to come to `show` when it
    /// arrives.
    ///
    /// # Errors
    /// When the answer breaks off; the error carries what had come.
    pub async fn finish_with(self, show: impl FnMut(&Event)) -> Result<Reply, Error> {
        let (reply, _) = self.complete(show).await?;
        Ok(reply)
    }

    /// The reply, and what the service counted, also where that is not to be tracked.
    pub(crate) async fn complete(
        self,
        mut show: impl FnMut(&Event),
    ) -> Result<(Reply, Option<Usage>), Error> {
        let account = self.account;
        let show = |event: &Event| match event {
            Event::Metadata(_) => show(&account.show(event.clone())),
            event => show(event),
        };
        let response = self.events.finish_after(self.taken, show).await;
        let response = response.map_err(|error| self.advisor.explain(error))?;
        Ok(account.reply(response, self.adjustments))
    }
}
