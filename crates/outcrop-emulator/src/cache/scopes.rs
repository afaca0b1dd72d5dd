//! The caches behind the emulator's endpoint, and the clock that they live by.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use super::prompt::Prompt;
use super::{Lookup, Simulator, Usage};
use crate::auth::Caller;
use crate::converse::Call;

/// One cache for each account and region.
#[derive(Debug)]
pub(crate) struct Scopes {
    started: Instant,
    state: Mutex<State>,
}

#[derive(Debug, Default)]
struct State {
    caches: HashMap<Scope, Simulator>,
    /// How far the clock is ahead of the time since the start.
    ahead: Duration,
}

/// The account of an assumed role (empty for the emulator's own keys) and the region (empty for a
/// token, which names none).
type Scope = (String, String);

/// A call whose answer has not begun.
#[derive(Debug)]
pub(crate) struct Ticket {
    scope: Scope,
    lookup: Lookup,
}

impl Ticket {
    pub(crate) fn usage(&self) -> Usage {
        self.lookup.usage
    }
}

impl Default for Scopes {
    fn default() -> Self {
        Self {
            started: Instant::now(),
            state: Mutex::default(),
        }
    }
}

impl Scopes {
    /// Moves the clock on.
    pub(crate) fn advance(&self, time: Duration) {
        self.with(|state, _| state.ahead += time);
    }

    /// What a call finds after another `wait`.
    pub(crate) fn look_up(&self, call: &Call<'_>, wait: Duration) -> Ticket {
        let prompt = Prompt::of(&call.request);
        self.with(|state, now| {
            let scope = scope(call.caller);
            let cache = state.caches.entry(scope.clone()).or_default();
            let lookup = cache.find(call.model_id, call.target.model(), &prompt, now + wait);
            Ticket { scope, lookup }
        })
    }

    /// The answer of a call begins.
    pub(crate) fn begin(&self, ticket: Ticket) {
        self.with(|state, now| {
            let cache = state.caches.entry(ticket.scope).or_default();
            cache.begin(ticket.lookup, now);
        });
    }

    fn with<T>(&self, act: impl FnOnce(&mut State, Duration) -> T) -> T {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        let now = self.started.elapsed() + state.ahead;
        act(&mut state, now)
    }
}

fn scope(caller: &Caller) -> Scope {
    let role = caller.identity.as_ref().and_then(|it| it.role.as_ref());
    let account = role.and_then(|role| role.role_arn.split(':').nth(4));
    (
        account.unwrap_or_default().to_owned(),
        caller.region.clone().unwrap_or_default(),
    )
}
