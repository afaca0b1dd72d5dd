//! A session: a conversation that goes on, and what its calls taught and cost.

use std::fmt;
use std::sync::Arc;
use std::time::SystemTime;

use outcrop_converse::{
    CacheMemory, CachePlan, Conversation, Event, Message, Remembered, Spending, Usage,
};

use crate::client::log;
use crate::{Adjustment, Answer, Client, Error, Prepared, Reply};

/// A conversation with a model that goes on call by call.
///
/// It appends every answer to the conversation, plans the prompt's cache points from what earlier
/// calls taught, says why less was read from the cache than should have been (`cache.missed`), and
/// adds up what the calls used and cost.
///
/// **It survives failures.** A call that fails, an answer that breaks off and one that is dropped
/// leave the conversation as it was, so that the next call asks the same again.
///
/// A clone goes its own way from there: another branch of the conversation.
///
/// ```no_run
/// use outcrop::{Client, Message, Session};
///
/// async fn ask(client: Client) -> Result<(), outcrop::Error> {
///     let mut session = Session::new(client, "Is it warmer in Lisbon or in Oslo?");
///     let reply = session.reply_with(|event| print!("{}", event.text().unwrap_or_default())).await?;
///     for adjustment in &reply.adjustments {
///         eprintln!("{adjustment}");
///     }
///     session.push(Message::user("And in winter?"));
///     session.reply().await?;
///     println!("{}", session.spending());
///     Ok(())
/// }
/// ```
#[derive(Clone)]
pub struct Session {
    client: Client,
    conversation: Conversation,
    memory: CacheMemory,
    spending: Spending,
    clock: Arc<dyn Fn() -> SystemTime + Send + Sync>,
}

/// An answer of a session that is arriving.
///
/// It becomes part of the conversation by [`finish`](Self::finish). One that is dropped before
/// closes the connection and leaves the conversation as it was.
#[derive(Debug)]
#[must_use = "an answer that is not finished is not part of the conversation"]
pub struct Turn<'s> {
    answer: Answer,
    call: Call<'s>,
}

/// A call whose answer has begun, so that its prompt is cached and will be paid for, whatever
/// becomes of the answer.
#[derive(Debug)]
struct Call<'s> {
    session: &'s mut Session,
    /// The plan, until it is accounted for.
    plan: Option<CachePlan>,
    at: SystemTime,
}

impl Session {
    /// A conversation with the model of a client, of which no call has been made yet.
    #[must_use]
    pub fn new(client: Client, conversation: impl Into<Conversation>) -> Self {
        Self {
            client,
            conversation: conversation.into(),
            memory: CacheMemory::default(),
            spending: Spending::default(),
            clock: Arc::new(SystemTime::now),
        }
    }

    /// With what an earlier session of the same conversation had learnt.
    #[must_use]
    pub fn with_memory(self, memory: CacheMemory) -> Self {
        Self { memory, ..self }
    }

    /// With another clock than the machine's, for tests: nothing is waited for by it, and it only
    /// says how old the cached prompts are. A clock that is set back counts as one that stands.
    #[must_use]
    pub fn with_clock(self, clock: impl Fn() -> SystemTime + Send + Sync + 'static) -> Self {
        Self {
            clock: Arc::new(clock),
            ..self
        }
    }

    /// With another client from the next call on, as of another model. What was cached for one
    /// model is lost to another.
    #[must_use]
    pub fn with_client(self, client: Client) -> Self {
        Self { client, ..self }
    }

    /// Whom it calls.
    #[must_use]
    pub fn client(&self) -> &Client {
        &self.client
    }

    /// The conversation so far.
    #[must_use]
    pub fn conversation(&self) -> &Conversation {
        &self.conversation
    }

    /// The conversation, to be changed: its system prompt, its tools, its past. What is cached from
    /// the first change on is lost.
    pub fn conversation_mut(&mut self) -> &mut Conversation {
        &mut self.conversation
    }

    /// Takes the conversation out.
    #[must_use]
    pub fn into_conversation(self) -> Conversation {
        self.conversation
    }

    /// What calls have taught about the prompt cache; plain data, to be kept by the caller.
    #[must_use]
    pub fn memory(&self) -> &CacheMemory {
        &self.memory
    }

    /// What the calls used and cost so far. One whose answer broke off counts as a call of unknown
    /// cost, and so does every call where `track_usage` is `false`.
    #[must_use]
    pub fn spending(&self) -> &Spending {
        &self.spending
    }

    /// Adds a message: of the user, or of tool results.
    pub fn push(&mut self, message: Message) {
        self.conversation.messages.push(message);
    }

    /// Decides and writes what the next call would send, its cache points included, reports it
    /// through `tracing`, and sends nothing.
    ///
    /// # Errors
    /// When the conversation cannot be sent at all.
    pub fn prepare(&self) -> Result<Prepared, Error> {
        self.prepare_at((self.clock)())
    }

    fn prepare_at(&self, now: SystemTime) -> Result<Prepared, Error> {
        let memory = &self.memory;
        let remembered = Remembered { memory, now };
        self.client
            .prepare_remembering(&self.conversation, remembered)
    }

    /// Sends the conversation and returns the answer as it arrives, once it begins: what fails
    /// before is tried again, as `max_attempts` says.
    ///
    /// # Errors
    /// When the conversation cannot be sent, or no answer begins.
    pub async fn stream(&mut self) -> Result<Turn<'_>, Error> {
        let at = (self.clock)();
        let prepared = self.prepare_at(at)?;
        let plan = prepared.cache.clone();
        let answer = self.client.stream_prepared(prepared).await?;
        Ok(Turn {
            answer,
            call: Call {
                session: self,
                plan: Some(plan),
                at,
            },
        })
    }

    /// Sends the conversation, waits for the whole answer, and appends it.
    ///
    /// # Errors
    /// When the conversation cannot be sent, no answer begins, or it breaks off; the error then
    /// carries what had come.
    pub async fn reply(&mut self) -> Result<Reply, Error> {
        self.reply_with(|_| {}).await
    }

    /// As [`reply`](Self::reply), and shows each event to `show` when it arrives.
    ///
    /// # Errors
    /// As [`reply`](Self::reply).
    pub async fn reply_with(&mut self, show: impl FnMut(&Event)) -> Result<Reply, Error> {
        self.stream().await?.finish_with(show).await
    }
}

impl Turn<'_> {
    /// The next event; `None` after the last one.
    ///
    /// # Errors
    /// When the answer breaks off. Nothing comes after an error; [`finish`](Self::finish) then
    /// fails with what came before it.
    ///
    /// # Cancel safety
    /// No event is lost when the future is dropped before it is ready.
    pub async fn next(&mut self) -> Result<Option<Event>, Error> {
        self.answer.next().await
    }

    /// What is not as it was written.
    #[must_use]
    pub fn adjustments(&self) -> &[Adjustment] {
        &self.answer.adjustments
    }

    /// The service's name for this call.
    #[must_use]
    pub fn request_id(&self) -> Option<&str> {
        self.answer.request_id()
    }

    /// Waits for the rest, and appends the whole answer to the conversation.
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
        let Self { answer, mut call } = self;
        let (mut reply, usage) = answer.complete(show).await?;
        reply.adjustments.extend(call.account(usage.as_ref()));
        call.session.push(reply.message().clone());
        Ok(reply)
    }
}

impl Call<'_> {
    /// Learns from the call and adds what it cost, once. Says what was missed in the cache.
    fn account(&mut self, usage: Option<&Usage>) -> Option<Adjustment> {
        let plan = self.plan.take()?;
        let Session {
            client,
            memory,
            spending,
            ..
        } = &mut *self.session;
        let model = client.model();
        let account = client.account();
        let tracked = usage.filter(|_| account.tracks_usage);
        spending.add(tracked, account.price.as_ref());
        let miss = memory.observe(&plan, usage, self.at)?;
        let miss = Adjustment::Conversation(outcrop_converse::Adjustment::CacheMissed(miss));
        log(&miss, model.entry());
        Some(miss)
    }
}

impl Drop for Call<'_> {
    fn drop(&mut self) {
        self.account(None);
    }
}

impl fmt::Debug for Session {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Session")
            .field("client", &self.client)
            .field("conversation", &self.conversation)
            .field("memory", &self.memory)
            .field("spending", &self.spending)
            .finish_non_exhaustive()
    }
}
