//! The client: conversations in, answers out, with everything that was adjusted on the way.

use std::sync::Arc;

use outcrop_converse::{Conversation, Event, Metadata, Response};
use outcrop_transport::{EventStream, Retry};

use crate::advice::Advisor;
use crate::model::Prepared;
use crate::{Adjustment, Error, Model, Severity};

/// A model with an identity. Clones share connections.
#[derive(Clone, Debug)]
pub struct Client {
    model: Model,
    transport: outcrop_transport::Client,
    plan_adjustments: Vec<Adjustment>,
    advisor: Arc<Advisor>,
}

/// An answer that is arriving. Dropping it closes the connection.
#[derive(Debug)]
pub struct Answer {
    /// What is not as it was written.
    pub adjustments: Vec<Adjustment>,
    events: EventStream,
    tracks_usage: bool,
    advisor: Arc<Advisor>,
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
        advisor: Advisor,
    ) -> Self {
        Self {
            model,
            transport: transport.on_retry(log_retry),
            plan_adjustments,
            advisor: Arc::new(advisor),
        }
    }

    /// The same client, which tells `observer` of every attempt that failed and will be followed by
    /// another. `tracing` hears of them in any case.
    #[must_use]
    pub fn on_retry(self, observer: impl Fn(&Retry<'_>) + Send + Sync + 'static) -> Self {
        let transport = self.transport.on_retry(move |retry| {
            log_retry(retry);
            observer(retry);
        });
        Self { transport, ..self }
    }

    /// The model that is called.
    #[must_use]
    pub fn model(&self) -> &Model {
        &self.model
    }

    /// Decides, writes and sends a conversation, and returns the answer as it arrives, once it
    /// begins: what fails before is tried again, as `max_attempts` says.
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
            .await
            .map_err(|error| self.advisor.explain(error))?;
        Ok(Answer {
            adjustments: prepared.adjustments,
            events,
            tracks_usage: self.tracks_usage(),
            advisor: Arc::clone(&self.advisor),
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
        let response = self.transport.call(self.model_id(), prepared.body).await;
        let mut response = response.map_err(|error| self.advisor.explain(error))?;
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

fn log_retry(retry: &Retry<'_>) {
    let (attempt, code) = (retry.next_attempt, retry.error.code());
    tracing::warn!(attempt, code, "{retry}");
}

impl Answer {
    /// The next event; `None` after the last one.
    ///
    /// # Errors
    /// When the answer breaks off. Nothing comes after an error. What came before it is the
    /// caller's; `outcrop_converse::Assembler` makes a message of events.
    pub async fn next(&mut self) -> Result<Option<Event>, Error> {
        let event = self.events.next().await;
        let mut event = event.map_err(|error| self.advisor.explain(error))?;
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
    pub async fn finish_with(self, mut show: impl FnMut(&Event)) -> Result<Reply, Error> {
        let tracks_usage = self.tracks_usage;
        let show = |event: &Event| match event {
            Event::Metadata(metadata) if !tracks_usage => show(&Event::Metadata(Metadata {
                usage: None,
                ..metadata.clone()
            })),
            event => show(event),
        };
        let response = self.events.finish_with(show).await;
        let mut response = response.map_err(|error| self.advisor.explain(error))?;
        if !self.tracks_usage {
            response.usage = None;
        }
        Ok(Reply {
            response,
            adjustments: self.adjustments,
        })
    }
}
