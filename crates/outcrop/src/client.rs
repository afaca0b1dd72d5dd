//! The client: conversations in, answers out, with everything that was adjusted on the way.

use std::sync::Arc;

use outcrop_converse::{Assembler, Conversation, Remembered};
use outcrop_transport::Retry;

use crate::advice::Advisor;
use crate::answer::Account;
use crate::model::Prepared;
use crate::{Adjustment, Answer, Error, Model, Reply, Session, Severity};

/// A model with an identity. Clones share connections.
#[derive(Clone, Debug)]
pub struct Client {
    model: Model,
    transport: outcrop_transport::Client,
    plan_adjustments: Vec<Adjustment>,
    advisor: Arc<Advisor>,
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

    /// A session of this client: a conversation that goes on, and learns what its prompt cache
    /// keeps. [`stream`](Self::stream) and [`call`](Self::call) remember nothing.
    #[must_use]
    pub fn session(&self, conversation: impl Into<Conversation>) -> Session {
        Session::new(self.clone(), conversation)
    }

    /// Decides, writes and sends a conversation, and returns the answer as it arrives, once it
    /// begins: what fails before is tried again, as `max_attempts` says.
    ///
    /// # Errors
    /// When the conversation cannot be sent, or no answer begins.
    pub async fn stream(&self, conversation: &Conversation) -> Result<Answer, Error> {
        let prepared = self.prepare(conversation)?;
        self.stream_prepared(prepared).await
    }

    /// The same for a conversation that is prepared already, by [`prepare`](Self::prepare).
    ///
    /// # Errors
    /// When it was prepared for another model, or no answer begins.
    pub async fn stream_prepared(&self, prepared: Prepared) -> Result<Answer, Error> {
        self.check_model(&prepared)?;
        let events = self
            .transport
            .stream(self.model_id(), prepared.body)
            .await
            .map_err(|error| self.advisor.explain(error))?;
        Ok(Answer {
            adjustments: prepared.adjustments,
            events,
            taken: Assembler::default(),
            account: self.account(),
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
        self.call_prepared(prepared).await
    }

    /// The same for a conversation that is prepared already, by [`prepare`](Self::prepare).
    ///
    /// # Errors
    /// When it was prepared for another model, or the call fails.
    pub async fn call_prepared(&self, prepared: Prepared) -> Result<Reply, Error> {
        self.check_model(&prepared)?;
        let response = self.transport.call(self.model_id(), prepared.body).await;
        let response = response.map_err(|error| self.advisor.explain(error))?;
        let (reply, _) = self.account().reply(response, prepared.adjustments);
        Ok(reply)
    }

    /// Decides and writes what is sent, reports it through `tracing`, and sends nothing.
    ///
    /// # Errors
    /// When the conversation cannot be sent at all.
    pub fn prepare(&self, conversation: &Conversation) -> Result<Prepared, Error> {
        Ok(self.report(self.model.prepare(conversation)?))
    }

    /// The same for a conversation of which earlier calls are remembered, as
    /// [`Model::prepare_remembering`] has it.
    ///
    /// # Errors
    /// When the conversation cannot be sent at all.
    pub fn prepare_remembering(
        &self,
        conversation: &Conversation,
        remembered: Remembered<'_>,
    ) -> Result<Prepared, Error> {
        let prepared = self.model.prepare_remembering(conversation, remembered)?;
        Ok(self.report(prepared))
    }

    fn report(&self, prepared: Prepared) -> Prepared {
        let prepared = prepared.after(self.plan_adjustments.clone());
        for adjustment in &prepared.adjustments {
            log(adjustment, self.model.entry());
        }
        prepared
    }

    /// What was decided for one model is wrong for another.
    fn check_model(&self, prepared: &Prepared) -> Result<(), Error> {
        if prepared.model == self.model_id() {
            return Ok(());
        }
        Err(Error::OtherModel {
            prepared_for: prepared.model.clone(),
            called: self.model_id().to_owned(),
        })
    }

    fn model_id(&self) -> &str {
        self.model.policy().id().as_str()
    }

    pub(crate) fn account(&self) -> Account {
        Account {
            tracks_usage: self.model.config().track_usage != Some(false),
            price: self.model.price(),
        }
    }
}

/// Tells `tracing` of an adjustment.
pub(crate) fn log(adjustment: &Adjustment, entry: Option<&str>) {
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
