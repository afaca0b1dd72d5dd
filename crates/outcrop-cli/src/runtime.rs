//! The asynchronous runtime of the commands that open sockets, and Ctrl-C.

use std::io;
use std::pin::pin;
use std::process;
use std::sync::mpsc;
use std::task::Poll;
use std::thread;

use tokio::sync::oneshot;

use crate::exit;
use crate::failure::Failure;

/// Does some work until it is done or Ctrl-C comes; `None` means that Ctrl-C came first.
///
/// The runtime has one thread: a second one would double the processor time of every delta. Writing
/// to a pipe that nobody reads blocks it, so that Ctrl-C is heard by a thread of its own, and the
/// second one ends the program whatever that is doing.
pub(crate) fn until_interrupted<T>(
    work: impl Future<Output = Result<T, Failure>>,
) -> Result<Option<T>, Failure> {
    let failed = |error| Failure::io("no asynchronous runtime", error);
    let interruption = hear_interruptions().map_err(failed)?;
    let runtime = runtime().map_err(failed)?;
    let outcome = runtime.block_on(async {
        tokio::select! {
            // First, so that nothing is sent after Ctrl-C.
            biased;
            Ok(()) = interruption => Ok(None),
            outcome = work => outcome.map(Some),
        }
    });
    // A host name that is still being looked up must not hold up the end.
    runtime.shutdown_background();
    outcome
}

fn runtime() -> io::Result<tokio::runtime::Runtime> {
    tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
}

/// Begins to listen for Ctrl-C; the first one is told to the caller. On a system that cannot tell
/// of it, Ctrl-C ends the program by itself, and the caller hears nothing.
fn hear_interruptions() -> io::Result<oneshot::Receiver<()>> {
    let (interrupt, interruption) = oneshot::channel();
    let (listens, listening) = mpsc::channel();
    let runtime = runtime()?;
    let listen = move || {
        runtime.block_on(async move {
            let mut first = pin!(tokio::signal::ctrl_c());
            // Whoever waits for it goes on once the system has been asked.
            let begun = std::future::poll_fn(|context| Poll::Ready(first.as_mut().poll(context)));
            let begun = begun.await;
            let _ = listens.send(());
            let heard = match begun {
                Poll::Ready(heard) => heard,
                Poll::Pending => first.await,
            };
            if heard.is_ok() {
                let _ = interrupt.send(());
                if tokio::signal::ctrl_c().await.is_ok() {
                    process::exit(i32::from(exit::INTERRUPTED));
                }
            }
        });
    };
    thread::Builder::new()
        .name("ctrl-c".to_owned())
        .spawn(listen)?;
    // Nothing is begun before it could be interrupted. Where the thread has failed, it cannot be.
    let _ = listening.recv();
    Ok(interruption)
}
