//! The body of an answer as it arrives, with an eye on how long nothing does.

use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use aws_smithy_types::byte_stream::ByteStream;
use aws_smithy_types::byte_stream::error::Error as ByteStreamError;
use bytes::Bytes;
use tokio::time::{Instant, Sleep};

use crate::read_ahead::ReadAhead;
use crate::{Error, ErrorKind};

/// Longer than any program runs.
const FOREVER: Duration = Duration::from_secs(60 * 60 * 24 * 365);

/// A body that is being received.
///
/// Its one timer lasts as long as the body. It is not set anew for every piece, which would cost
/// more than reading the piece: when it goes off too early, it is set to the time it should have
/// been set to.
#[derive(Debug)]
pub(crate) struct Received {
    body: Body,
    timer: Option<Pin<Box<Sleep>>>,
    /// When it has been silent for too long, since somebody began to wait for a sign of life.
    deadline: Option<Instant>,
}

/// Where the bytes come from.
#[derive(Debug)]
enum Body {
    Connection(ByteStream),
    Ahead(ReadAhead),
}

impl Received {
    /// A body that is read when it is asked for.
    pub(crate) fn new(body: ByteStream) -> Self {
        Self::of(Body::Connection(body))
    }

    /// A body of many small pieces, which is read ahead.
    pub(crate) fn ahead(body: ByteStream) -> Self {
        Self::of(Body::Ahead(ReadAhead::new(body)))
    }

    fn of(body: Body) -> Self {
        Self {
            body,
            timer: None,
            deadline: None,
        }
    }

    /// Takes note of a sign of life: the silence counts anew from the next wait on.
    pub(crate) fn is_alive(&mut self) {
        self.deadline = None;
    }

    /// The next bytes, `None` after the last ones. Bytes alone are no sign of life.
    ///
    /// # Cancel safety
    /// Nothing is lost when the future is dropped before it is ready, and the silence counts on.
    pub(crate) async fn next(&mut self, idle_timeout: Duration) -> Result<Option<Bytes>, Error> {
        std::future::poll_fn(|context| self.poll_next(context, idle_timeout)).await
    }

    fn poll_next(
        &mut self,
        context: &mut Context<'_>,
        idle_timeout: Duration,
    ) -> Poll<Result<Option<Bytes>, Error>> {
        let next = match &mut self.body {
            Body::Connection(body) => Pin::new(body).poll_next(context),
            Body::Ahead(body) => body.poll_next(context),
        };
        let is_late = || self.deadline.is_some_and(|it| it <= Instant::now());
        if let Poll::Ready(next) = next
            && !is_late()
        {
            return Poll::Ready(next.transpose().map_err(broken));
        }
        ready!(self.poll_silence(context, idle_timeout));
        let message = format!("nothing of the answer came for {idle_timeout:?}");
        Poll::Ready(Err(Error::new(ErrorKind::Stalled, message)))
    }

    /// Ready when nothing has come for too long.
    fn poll_silence(&mut self, context: &mut Context<'_>, idle_timeout: Duration) -> Poll<()> {
        let deadline = *self
            .deadline
            .get_or_insert_with(|| Instant::now() + idle_timeout.min(FOREVER));
        let timer = self
            .timer
            .get_or_insert_with(|| Box::pin(tokio::time::sleep_until(deadline)));
        if timer.deadline() > deadline {
            timer.as_mut().reset(deadline);
        }
        loop {
            ready!(timer.as_mut().poll(context));
            if timer.deadline() >= deadline {
                return Poll::Ready(());
            }
            timer.as_mut().reset(deadline);
        }
    }
}

fn broken(error: ByteStreamError) -> Error {
    let message = "the connection broke before the answer was complete";
    Error::new(ErrorKind::StreamInterrupted, message).with_source(error)
}
