//! Tasks that a model solves with tools.

use std::iter::once;

use super::Call;
use super::talk::{AT_ONCE, Talk};

pub(super) const CALLS_OF_A_TASK: usize = 6;

/// One task, and so many calls of the model, each with the results of the last one's tools.
pub(super) fn tool_loop(calls: usize, parallel: usize) -> Vec<Call> {
    let mut talk = Talk::new(2);
    talk.turn();
    talk.send(0);
    for _ in 1..calls {
        talk.tools(parallel);
        talk.send(AT_ONCE);
    }
    talk.calls
}

/// Tasks of a person with these gaps between them, each of which takes a few calls.
pub(super) fn tasks(gaps: impl IntoIterator<Item = u64>) -> Vec<Call> {
    let mut talk = Talk::new(4);
    for gap in once(0).chain(gaps) {
        talk.turn();
        talk.send(gap);
        for _ in 1..CALLS_OF_A_TASK {
            talk.tools(1);
            talk.send(AT_ONCE);
        }
    }
    talk.calls
}
