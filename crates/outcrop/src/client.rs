//! The client: conversations in, answers out, with everything that was adjusted on the way.

use outcrop_converse::{Conversation, Event, Response};
use outcrop_transport::EventStream;

use crate::model::Prepared;
use crate::{Adjustment, Error, Model, Severity};

/// A model with an identity. Clones share connections.
#[derive(Clone, Debug)]
pub struct Client {
    model: Model,
    transport: outcrop_transport::Client,
    plan_adjustments: Vec<Adjustment>,
}

/// An answer that is arriving. Dropping it closes the connection.
#[derive(Debug)]
pub struct Answer {
    /// What is not as it was written.
    pub adjustments: Vec<Adjustment>,
    events: EventStream,
    tracks_usage: bool,
}

/// An answer that is complete.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Reply {
    /// The answer.
    pub response: Response,
    /// What is not as it was written.
    pub adjustments: Vec<Adjustment>,
}

impl Client {
    pub(crate) fn new(
        model: Model,
        transport: outcrop_transport::Client,
        plan_adjustments: Vec<Adjustment>,
    ) -> Self {
        Self {
            model,
            transport,
            plan_adjustments,
        }
    }

    /// The model that is called.
    #[must_use]
    pub fn model(&self) -> &Model {
        &self.model
    }

    /// Decides, writes and sends a conversation, and returns the answer as it arrives.
    ///
    /// # Errors
    /// When the conversation cannot be sent, or no answer begins.
    pub async fn stream(&self, conversation: &Conversation) -> Result<Answer, Error> {
        let prepared = self.prepare(conversation)?;
        self.send(prepared).await
    }

    /// The same for a conversation that is prepared already, by [`prepare`](Self::prepare).
    ///
    /// # Errors
    /// When no answer begins.
    pub async fn send(&self, prepared: Prepared) -> Result<Answer, Error> {
        let events = self
            .transport
            .stream(self.model_id(), prepared.body)
            .await?;
        Ok(Answer {
            adjustments: prepared.adjustments,
            events,
            tracks_usage: self.tracks_usage(),
        })
    }

    /// Decides, writes and sends a conversation, and waits for the whole answer.
    ///
    /// A stream notices a broken connection sooner; prefer [`stream`](Self::stream).
    ///
    /// # Errors
    /// When the conversation cannot be sent, or the call fails.
    pub async fn call(&self, conversation: &Conversation) -> Result<Reply, Error> {
        let prepared = self.prepare(conversation)?;
        self.send_whole(prepared).await
    }

    /// The same for a conversation that is prepared already, by [`prepare`](Self::prepare).
    ///
    /// # Errors
    /// When the call fails.
    pub async fn send_whole(&self, prepared: Prepared) -> Result<Reply, Error> {
        let mut response = self.transport.call(self.model_id(), prepared.body).await?;
        if !self.tracks_usage() {
            response.usage = None;
        }
        Ok(Reply {
            response,
            adjustments: prepared.adjustments,
        })
    }

    /// Decides and writes what is sent, reports it through `tracing`, and sends nothing.
    ///
    /// # Errors
    /// When the conversation cannot be sent at all.
    pub fn prepare(&self, conversation: &Conversation) -> Result<Prepared, Error> {
        let mut prepared = self.model.prepare(conversation)?;
        prepared
            .adjustments
            .splice(0..0, self.plan_adjustments.iter().cloned());
        for adjustment in &prepared.adjustments {
            log(adjustment, self.model.entry());
        }
        Ok(prepared)
    }

    fn model_id(&self) -> &str {
        self.model.policy().id().as_str()
    }

    fn tracks_usage(&self) -> bool {
        self.model.config().track_usage != Some(false)
    }
}

fn log(adjustment: &Adjustment, entry: Option<&str>) {
    let (code, path) = (adjustment.code(), adjustment.path(entry));
    match adjustment.severity() {
        Severity::Warning => tracing::warn!(code, path, "{adjustment}"),
        Severity::Info => tracing::info!(code, path, "{adjustment}"),
    }
}

impl Answer {
    /// The next event; `None` after the last one.
    ///
    /// # Errors
    /// When the answer breaks off. Nothing comes after an error.
    pub async fn next(&mut self) -> Result<Option<Event>, Error> {
        let mut event = self.events.next().await?;
        if let Some(Event::Metadata(metadata)) = &mut event
            && !self.tracks_usage
        {
            metadata.usage = None;
        }
        Ok(event)
    }

    /// The service's name for this call.
    #[must_use]
    pub fn request_id(&self) -> Option<&str> {
        self.events.request_id()
    }

    /// Waits for the rest and puts the answer together. Events that [`next`](Self::next) has given
    /// out are not part of it.
    ///
    /// # Errors
    /// When the answer breaks off; the error carries what had come.
    pub async fn finish(self) -> Result<Reply, Error> {
        self.finish_with(|_| {}).await
    }

    /// As [`finish`](Self::finish), and shows each event to `show` when it arrives.
    ///
    /// # Errors
    /// When the answer breaks off; the error carries what had come.
    pub async fn finish_with(self, show: impl FnMut(&Event)) -> Result<Reply, Error> {
        let mut response = self.events.finish_with(show).await?;
        if !self.tracks_usage {
            response.usage = None;
        }
        Ok(Reply {
            response,
            adjustments: self.adjustments,
        })
    }
}
