//! Where a cache point may stand.
//!
//! A place is a count of blocks: the point stands after that many.

use super::prompt::{Ends, Prompt};
use crate::Role;

impl Prompt {
    /// Whether a point may stand at `at`, which is inside the messages.
    fn may_stand(&self, at: usize) -> bool {
        let last = at.checked_sub(1).and_then(|block| self.blocks.get(block));
        last.is_some_and(|block| block.ends == Ends::Legally)
    }

    /// The last place in a turn, which is the same one whatever follows the turn later.
    pub(super) fn end_of(&self, turn: usize) -> Option<usize> {
        let span = self.turns.get(turn)?;
        (span.start + 1..=span.end)
            .rev()
            .find(|&at| self.may_stand(at))
    }

    /// The last places in the turns of the user, last turn first. A turn without any, such as one
    /// that is nothing but a video, is none of them.
    pub(super) fn user_ends(&self) -> impl Iterator<Item = usize> {
        self.user_turns().filter_map(|turn| self.end_of(turn))
    }

    /// The turns of the user, last first.
    pub(super) fn user_turns(&self) -> impl Iterator<Item = usize> {
        let turns = self.turns.iter().enumerate().rev();
        turns.filter_map(|(turn, span)| (span.role == Role::User).then_some(turn))
    }

    /// The last place at or before `limit`: in a message that is not instructions and not the
    /// beginning of the answer, else in the system prompt, else, if they take points, after the
    /// tools. `None` where there is none.
    pub(super) fn last_place(&self, limit: usize, tools: bool) -> Option<usize> {
        let open_end = self.turns.last().map(|turn| turn.role == Role::Assistant);
        let closed = self.turns.len() - usize::from(open_end == Some(true));
        for (turn, span) in self.turns[..closed].iter().enumerate().rev() {
            if span.start >= limit || span.role == Role::System {
                continue;
            }
            let place = if span.end <= limit {
                self.end_of(turn)
            } else {
                (span.start + 1..=limit)
                    .rev()
                    .find(|&at| self.may_stand(at))
            };
            if place.is_some() {
                return place;
            }
        }
        if limit > self.tools_end && self.system_end > self.tools_end {
            return Some(limit.min(self.system_end));
        }
        (tools && self.tools_end > 0 && limit >= self.tools_end).then_some(self.tools_end)
    }
}
