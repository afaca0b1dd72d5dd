//! How often in a row something has to go wrong before a write is left out.
//!
//! A write that nobody reads costs a quarter of the prompt; one that is missing costs nearly the
//! whole. So leaving one out is a bet, and to lose it again and again would cost more than any way
//! of placing points that learns nothing. Each lost bet doubles what has to be seen before the next
//! one, so that a conversation without a habit loses a few at most, whatever its rhythm.

use super::outlook::Run;

/// Late calls may come by chance, as around a break. So many writes in vain have cost as much as
/// one that is missing.
const LATE: u32 = 4;
/// A prompt that changes does so because a program changes it.
const CHANGED: u32 = 2;
/// So many bets that were won take back one that was lost: what they saved pays for it.
const WON: u8 = 4;
/// Beyond this nothing is remembered that could be waited for.
const LONGEST: u32 = 16;

/// What the bets of a conversation taught.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Patience {
    /// By what the length of a run is multiplied.
    factor: u32,
    /// How many bets were won since that changed.
    won: u8,
}

impl Default for Patience {
    fn default() -> Self {
        Self { factor: 1, won: 0 }
    }
}

impl Patience {
    /// Whether a run of calls that could not have read a prefix is long enough to bet on one more.
    pub(super) fn is_over(self, run: Run) -> bool {
        let least = if run.late > 0 { LATE } else { CHANGED };
        run.length >= least * self.factor
    }

    /// Takes in how a bet ended.
    pub(super) fn learn(&mut self, won: bool) {
        if !won {
            self.factor = (self.factor * 2).min(LONGEST);
            self.won = 0;
            return;
        }
        self.won += 1;
        if self.won >= WON {
            self.factor = (self.factor / 2).max(1);
            self.won = 0;
        }
    }
}
