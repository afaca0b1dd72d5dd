//! The asynchronous runtime of the commands that open sockets.

use crate::failure::Failure;

/// Does some work until it is done or Ctrl-C comes; `None` means that Ctrl-C came first.
///
/// The runtime has one thread: a second one would double the processor time of every delta.
pub(crate) fn until_interrupted<T>(
    work: impl Future<Output = Result<T, Failure>>,
) -> Result<Option<T>, Failure> {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .map_err(|error| Failure::io("no asynchronous runtime", error))?;
    let outcome = runtime.block_on(async {
        tokio::select! {
            // First, so that Ctrl-C is heard before anything is sent.
            biased;
            () = interruption() => Ok(None),
            outcome = work => outcome.map(Some),
        }
    });
    // A host name that is still being looked up must not hold up the end.
    runtime.shutdown_background();
    outcome
}

async fn interruption() {
    if tokio::signal::ctrl_c().await.is_err() {
        // A system that cannot tell of Ctrl-C ends the program by itself.
        std::future::pending::<()>().await;
    }
}
