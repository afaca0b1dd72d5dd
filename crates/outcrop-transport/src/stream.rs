//! The stream: events as they arrive, watched by an idle timer.

use std::collections::VecDeque;
use std::time::Duration;

use outcrop_converse::{Assembler, DecodeError, Decoder, Event, Response};
use tokio::time::{Instant, timeout, timeout_at};

use crate::carrier::Answer;
use crate::received::Received;
use crate::redact::Secrets;
use crate::{Error, classify};

/// How long the usage may keep a complete answer waiting, whatever comes meanwhile.
const AFTER_STOP: Duration = Duration::from_secs(2);

/// How long the end of the body may keep it waiting once the usage has come too. It comes with the
/// usage, nearly always; a connection that is read to its end can be used again.
const AFTER_USAGE: Duration = Duration::from_millis(100);

/// The events of one answer. Dropping it closes the connection.
#[derive(Debug)]
pub struct EventStream {
    body: Received,
    decoder: Decoder,
    /// What came before the first content.
    held: VecDeque<Event>,
    request_id: Option<String>,
    secrets: Secrets,
    attempts: u32,
    idle_timeout: Duration,
    /// When a complete answer stops waiting for its usage.
    deadline: Option<Instant>,
    ended: bool,
}

impl EventStream {
    pub(crate) fn new(answer: Answer, secrets: Secrets, idle_timeout: Duration) -> Self {
        Self {
            body: Received::ahead(answer.body),
            decoder: Decoder::default(),
            held: VecDeque::new(),
            request_id: answer.request_id,
            secrets,
            attempts: 1,
            idle_timeout,
            deadline: None,
            ended: false,
        }
    }

    /// Waits until the answer begins: until content comes, or the answer is complete. The events
    /// up to there are kept for [`next`](Self::next).
    pub(crate) async fn begun(mut self) -> Result<Self, Error> {
        loop {
            let event = self.receive().await?;
            let is_begun = !matches!(event, Some(Event::MessageStart(_) | Event::Metadata(_)));
            self.held.extend(event);
            if is_begun {
                return Ok(self);
            }
        }
    }

    pub(crate) fn with_attempts(self, attempts: u32) -> Self {
        Self { attempts, ..self }
    }

    /// The service's name for this call.
    #[must_use]
    pub fn request_id(&self) -> Option<&str> {
        self.request_id.as_deref()
    }

    /// How many times the call was tried until this answer began.
    #[must_use]
    pub fn attempts(&self) -> u32 {
        self.attempts
    }

    /// The next event; `None` after the last one.
    ///
    /// # Errors
    /// When the service ends the stream with an exception, bytes are damaged, nothing comes for
    /// longer than the idle timeout, or the stream ends before the answer is complete. Nothing
    /// comes after an error. It is not tried again: the caller has the beginning of the answer, and
    /// another answer would begin otherwise.
    ///
    /// # Cancel safety
    /// No event is lost when the future is dropped before it is ready.
    pub async fn next(&mut self) -> Result<Option<Event>, Error> {
        match self.held.pop_front() {
            Some(event) => Ok(Some(event)),
            None => self.receive().await,
        }
    }

    /// Reads the stream to its end and puts the answer together. Events that
    /// [`next`](Self::next) has given already are not part of it.
    ///
    /// # Errors
    /// Those of [`next`](Self::next), with the answer as far as it came.
    pub async fn finish(self) -> Result<Response, Error> {
        self.finish_with(|_| {}).await
    }

    /// As [`finish`](Self::finish), and shows each event to `show` when it arrives.
    ///
    /// # Errors
    /// Those of [`next`](Self::next), with the answer as far as it came.
    pub async fn finish_with(self, show: impl FnMut(&Event)) -> Result<Response, Error> {
        self.finish_after(Assembler::default(), show).await
    }

    /// As [`finish_with`](Self::finish_with), where `assembler` has taken what
    /// [`next`](Self::next) has given already, so that the answer is whole.
    ///
    /// # Errors
    /// Those of [`next`](Self::next), with the answer as far as it came.
    pub async fn finish_after(
        mut self,
        mut assembler: Assembler,
        mut show: impl FnMut(&Event),
    ) -> Result<Response, Error> {
        let end = loop {
            match self.next().await {
                Ok(Some(event)) => {
                    show(&event);
                    assembler.push(&event);
                }
                Ok(None) => break Ok(()),
                Err(error) => break Err(error),
            }
        };
        let has_content = assembler.has_content();
        let (message, error) = match end {
            Err(error) => (assembler.into_message(), error),
            Ok(()) => match assembler.into_response() {
                Ok(response) => return Ok(response),
                Err(message) => (message, classify::from_stream(DecodeError::Truncated)),
            },
        };
        Err(Error {
            partial: has_content.then(|| Box::new(message)),
            ..error
                .with_request_id(self.request_id)
                .with_attempts(self.attempts)
        })
    }

    async fn receive(&mut self) -> Result<Option<Event>, Error> {
        while !self.ended {
            // Most events are here already: no waiting, and nothing else, stands in their way.
            let received = match self.decoder.next_event() {
                Ok(Some(event)) => {
                    self.body.is_alive();
                    return Ok(Some(event));
                }
                Ok(None) => self.receive_bytes().await,
                Err(error) => Err(classify::from_stream(error)),
            };
            if let Err(error) = received {
                self.ended = true;
                let error = error.without(&self.secrets);
                let error = error.with_request_id(self.request_id.clone());
                return Err(error.with_attempts(self.attempts));
            }
        }
        Ok(None)
    }

    /// Receives more, or the end of a complete answer.
    async fn receive_bytes(&mut self) -> Result<(), Error> {
        let Err(incomplete) = self.decoder.finish() else {
            self.receive_rest().await;
            return Ok(());
        };
        match self.body.next(self.idle_timeout).await? {
            Some(bytes) => self.decoder.push(&bytes),
            None => return Err(classify::from_stream(incomplete)),
        }
        Ok(())
    }

    /// Receives what may follow a complete answer. Whatever is lost of it, the answer is not.
    async fn receive_rest(&mut self) {
        if self.decoder.is_closed() {
            let end = self.body.next(self.idle_timeout);
            let _ = timeout(AFTER_USAGE, end).await;
            self.ended = true;
            return;
        }
        let patience = self.idle_timeout.min(AFTER_STOP);
        let deadline = *self
            .deadline
            .get_or_insert_with(|| Instant::now() + patience);
        match timeout_at(deadline, self.body.next(patience)).await {
            Ok(Ok(Some(bytes))) if Instant::now() < deadline => self.decoder.push(&bytes),
            _ => self.ended = true,
        }
    }
}
