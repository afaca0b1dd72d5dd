//! The stream: events as they arrive, watched by an idle timer.

use std::collections::VecDeque;
use std::time::Duration;

use outcrop_converse::{Assembler, DecodeError, Decoder, Event, Response};

use crate::carrier::Answer;
use crate::received::Received;
use crate::redact::Secrets;
use crate::{Error, classify};

/// How long usage, and the end of the connection after it, may keep a complete answer waiting.
const AFTER_STOP: Duration = Duration::from_secs(2);

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
                Ok(Some(event)) => return Ok(Some(event)),
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
        let end = self.decoder.finish();
        let timeout = match &end {
            Ok(()) => self.idle_timeout.min(AFTER_STOP),
            Err(_) => self.idle_timeout,
        };
        match (self.body.next(timeout).await, end) {
            (Ok(Some(bytes)), _) => self.decoder.push(&bytes),
            (Ok(None), Err(error)) => return Err(classify::from_stream(error)),
            (Err(error), Err(_)) => return Err(error),
            // Only what may follow a complete answer was lost.
            (Ok(None) | Err(_), Ok(())) => self.ended = true,
        }
        Ok(())
    }
}
