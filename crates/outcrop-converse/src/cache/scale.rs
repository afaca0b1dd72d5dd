//! The tokens of every prefix of a prompt.

use super::prompt::Prompt;

/// What an estimate may fall short of before the service has counted, and after.
const UNCORRECTED: f64 = 1.4;
const CORRECTED: f64 = 1.1;

/// The tokens of every prefix, as they are estimated and corrected.
pub(super) struct Scale {
    sums: Vec<u64>,
    factor: f64,
    slack: f64,
}

impl Scale {
    pub(super) fn new(prompt: &Prompt, correction: Option<f64>) -> Self {
        let mut sum = 0;
        let mut sums = Vec::with_capacity(prompt.blocks.len() + 1);
        sums.push(0);
        for block in &prompt.blocks {
            sum += u64::from(block.tokens);
            sums.push(sum);
        }
        Self {
            sums,
            factor: correction.unwrap_or(1.0),
            slack: if correction.is_some() {
                CORRECTED
            } else {
                UNCORRECTED
            },
        }
    }

    /// The tokens of the first `at` blocks.
    pub(super) fn tokens(&self, at: usize) -> u64 {
        let sum = self.sums.get(at).or(self.sums.last());
        (sum.copied().unwrap_or(0) as f64 * self.factor).round() as u64
    }

    /// How many blocks are within a maximum: as they are estimated, and at the most that they may
    /// turn out to be.
    pub(super) fn within(&self, maximum: u32) -> [usize; 2] {
        [1.0, self.slack].map(|slack| {
            let within = |sum: &u64| *sum as f64 * self.factor * slack <= f64::from(maximum);
            self.sums.partition_point(within).saturating_sub(1)
        })
    }

    /// The most that they may turn out to be.
    pub(super) fn at_most(&self, at: usize) -> u64 {
        (self.tokens(at) as f64 * self.slack).round() as u64
    }
}
