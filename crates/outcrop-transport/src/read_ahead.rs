//! Reading ahead: a task of its own receives the pieces of a body while the caller does something
//! else.
//!
//! The connection hands over one piece at a time, and who waits for it in the main future of a
//! runtime is woken for each by way of the operating system. Where a service puts every event into
//! a piece of its own, that costs more than all the rest. A task is woken by the other one, and the
//! caller once for all the pieces that have come.

use std::collections::VecDeque;
use std::pin::Pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll, Waker, ready};

use aws_smithy_types::byte_stream::ByteStream;
use aws_smithy_types::byte_stream::error::Error as ByteStreamError;
use bytes::Bytes;
use tokio::task::AbortHandle;

/// How many bytes are read before the caller takes them. The caller may be slow, and memory must
/// not grow with the answer.
const AHEAD: usize = 64 * 1024;

/// A body that is read ahead. Dropping it ends the reading and with it the connection.
#[derive(Debug)]
pub(crate) struct ReadAhead {
    shelf: Arc<Mutex<Shelf>>,
    /// What was taken off the shelf.
    taken: VecDeque<Bytes>,
    task: AbortHandle,
}

/// What lies between the task and the caller.
#[derive(Debug, Default)]
struct Shelf {
    pieces: VecDeque<Bytes>,
    bytes: usize,
    end: Option<Result<(), ByteStreamError>>,
    /// Who waits for more.
    caller: Option<Waker>,
    /// Who waits for room.
    reader: Option<Waker>,
}

impl ReadAhead {
    /// Begins to read.
    pub(crate) fn new(mut body: ByteStream) -> Self {
        let shelf = Arc::new(Mutex::new(Shelf::default()));
        let filled = Arc::clone(&shelf);
        let reading = std::future::poll_fn(move |context| fill(&filled, &mut body, context));
        Self {
            shelf,
            taken: VecDeque::new(),
            task: tokio::spawn(reading).abort_handle(),
        }
    }

    /// The next bytes, `None` after the last ones.
    pub(crate) fn poll_next(
        &mut self,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Bytes, ByteStreamError>>> {
        if self.taken.is_empty() {
            let mut shelf = lock(&self.shelf);
            std::mem::swap(&mut shelf.pieces, &mut self.taken);
            shelf.bytes = 0;
            if let Some(reader) = shelf.reader.take() {
                reader.wake();
            }
            if self.taken.is_empty() {
                if let Some(end) = shelf.end.take() {
                    // An error is told once; nothing follows it.
                    shelf.end = Some(Ok(()));
                    return Poll::Ready(end.err().map(Err));
                }
                shelf.caller = Some(context.waker().clone());
                return Poll::Pending;
            }
        }
        Poll::Ready(self.taken.pop_front().map(Ok))
    }
}

impl Drop for ReadAhead {
    fn drop(&mut self) {
        self.task.abort();
    }
}

/// Puts pieces on the shelf until the body ends or there is no room.
fn fill(shelf: &Mutex<Shelf>, body: &mut ByteStream, context: &mut Context<'_>) -> Poll<()> {
    loop {
        {
            let mut shelf = lock(shelf);
            if shelf.bytes >= AHEAD {
                shelf.reader = Some(context.waker().clone());
                return Poll::Pending;
            }
        }
        let piece = ready!(Pin::new(&mut *body).poll_next(context));
        let mut shelf = lock(shelf);
        let is_end = match piece {
            Some(Ok(bytes)) => {
                shelf.bytes += bytes.len();
                shelf.pieces.push_back(bytes);
                false
            }
            Some(Err(error)) => {
                shelf.end = Some(Err(error));
                true
            }
            None => {
                shelf.end = Some(Ok(()));
                true
            }
        };
        if let Some(caller) = shelf.caller.take() {
            caller.wake();
        }
        if is_end {
            return Poll::Ready(());
        }
    }
}

fn lock(shelf: &Mutex<Shelf>) -> MutexGuard<'_, Shelf> {
    shelf.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use super::*;

    use std::convert::Infallible;

    use aws_smithy_types::body::SdkBody;
    use http_body::Frame;

    /// A body of pieces of a kilobyte that counts what was taken of it.
    struct Pieces {
        left: usize,
        taken: Arc<Mutex<usize>>,
    }

    impl http_body::Body for Pieces {
        type Data = Bytes;
        type Error = Infallible;

        fn poll_frame(
            mut self: Pin<&mut Self>,
            _context: &mut Context<'_>,
        ) -> Poll<Option<Result<Frame<Bytes>, Infallible>>> {
            let Some(left) = self.left.checked_sub(1) else {
                return Poll::Ready(None);
            };
            self.left = left;
            *lock_count(&self.taken) += 1;
            let piece = Bytes::from(vec![left as u8; 1024]);
            Poll::Ready(Some(Ok(Frame::data(piece))))
        }
    }

    fn lock_count(count: &Mutex<usize>) -> MutexGuard<'_, usize> {
        count.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn pieces(left: usize) -> (ReadAhead, Arc<Mutex<usize>>) {
        let taken = Arc::new(Mutex::new(0));
        let body = Pieces {
            left,
            taken: Arc::clone(&taken),
        };
        let body = ByteStream::new(SdkBody::from_body_1_x(body));
        (ReadAhead::new(body), taken)
    }

    async fn next(ahead: &mut ReadAhead) -> Option<Bytes> {
        let next = std::future::poll_fn(|context| ahead.poll_next(context)).await;
        next.transpose().ok().flatten()
    }

    async fn settle() {
        for _ in 0..10 {
            tokio::task::yield_now().await;
        }
    }

    #[tokio::test]
    async fn no_more_is_read_than_there_is_room_for() {
        let (mut ahead, taken) = pieces(100_000);
        settle().await;
        assert_eq!(*lock_count(&taken), AHEAD / 1024);
        for _ in 0..100 {
            assert!(next(&mut ahead).await.is_some());
        }
        settle().await;
        // What the caller holds already, and once more as much.
        assert!(*lock_count(&taken) <= 100 + 2 * AHEAD / 1024);
    }

    #[tokio::test]
    async fn every_piece_comes_in_its_order_and_then_the_end() {
        let (mut ahead, _) = pieces(1_000);
        for left in (0..1_000).rev() {
            assert_eq!(
                next(&mut ahead).await.map(|bytes| bytes[0]),
                Some(left as u8)
            );
        }
        assert_eq!(next(&mut ahead).await, None);
        assert_eq!(next(&mut ahead).await, None);
    }

    #[tokio::test]
    async fn nobody_reads_on_for_a_caller_who_is_gone() {
        let (ahead, taken) = pieces(100_000);
        settle().await;
        drop(ahead);
        settle().await;
        assert_eq!(Arc::strong_count(&taken), 1);
    }
}
