//! The tokens of every prefix of a prompt.

use super::prompt::Prompt;

/// What a token of an estimate may turn out to be before the service has counted, the likeliest
/// first.
const UNCORRECTED: [f64; 4] = [1.05, 0.9, 1.4, 0.8];
/// And after.
const CORRECTED: [f64; 3] = [1.0, 1.1, 0.95];

/// The tokens of every prefix, as they are estimated and corrected.
pub(super) struct Scale {
    sums: Vec<u64>,
    /// What each token may turn out to be.
    errors: &'static [f64],
}

impl Scale {
    /// The correction is that of text; a guess stays one, until the service has counted a prefix
    /// with it: `counted` is so many blocks and their tokens.
    pub(super) fn new(
        prompt: &Prompt,
        correction: Option<f64>,
        counted: Option<(usize, u64)>,
    ) -> Self {
        let factor = correction.unwrap_or(1.0);
        let (mut text, mut guessed) = (0, 0);
        let mut sums = Vec::with_capacity(prompt.blocks.len() + 1);
        sums.push(0);
        for block in &prompt.blocks {
            text += u64::from(block.tokens - block.guessed);
            guessed += u64::from(block.guessed);
            sums.push((text as f64 * factor).round() as u64 + guessed);
        }
        if let Some((blocks, tokens)) = counted
            && let Some(&estimated) = sums.get(blocks)
        {
            let (before, after) = sums.split_at_mut(blocks);
            for sum in before {
                *sum = tokens.min(*sum);
            }
            for sum in after {
                *sum = tokens + (*sum - estimated);
            }
        }
        let errors: &[f64] = if correction.is_some() {
            &CORRECTED
        } else {
            &UNCORRECTED
        };
        Self { sums, errors }
    }

    /// The tokens of the first `at` blocks.
    pub(super) fn tokens(&self, at: usize) -> u64 {
        let sum = self.sums.get(at).or(self.sums.last());
        sum.copied().unwrap_or(0)
    }

    /// How many blocks are within a maximum, as they are estimated.
    pub(super) fn within(&self, maximum: u32) -> usize {
        self.within_if(maximum, 1.0)
    }

    /// The same for all that the estimate may turn out to be.
    pub(super) fn within_at_worst(&self, maximum: u32) -> impl Iterator<Item = usize> {
        let errors = self.errors.iter();
        errors.map(move |&error| self.within_if(maximum, error))
    }

    fn within_if(&self, maximum: u32, error: f64) -> usize {
        let is_within = |sum: &u64| *sum as f64 * error <= f64::from(maximum);
        self.sums.partition_point(is_within).saturating_sub(1)
    }

    /// The most that they may turn out to be.
    pub(super) fn at_most(&self, at: usize) -> u64 {
        let most = self.errors.iter().copied().fold(1.0, f64::max);
        (self.tokens(at) as f64 * most).round() as u64
    }
}
