//! Text that means nothing, the same on every machine.

/// Words from a seed (xorshift, Marsaglia 2003).
pub(super) struct Words(u64);

#[rustfmt::skip]
const VOCABULARY: [&str; 64] = [
    "the", "a", "of", "to", "and", "in", "for", "with", "that", "this", "from", "when", "after",
    "before", "each", "only", "request", "answer", "value", "table", "index", "column", "customer",
    "invoice", "branch", "module", "function", "argument", "result", "error", "service", "message",
    "river", "granite", "harbour", "lantern", "window", "garden", "winter", "morning", "letter",
    "returns", "contains", "describes", "follows", "requires", "replaces", "measures", "connects",
    "is", "has", "was", "can", "must", "small", "late", "quiet", "exact", "second", "common",
    "whole", "plain", "early", "last",
];

impl Words {
    pub(super) fn new(seed: u64) -> Self {
        // Zero is the one state that xorshift never leaves.
        Self(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1)
    }

    pub(super) fn number(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }

    /// A number below a bound, which is small.
    pub(super) fn below(&mut self, bound: u64) -> u64 {
        // The upper bits of a xorshift are its better ones.
        (self.number() >> 32) % bound
    }

    /// So many words; about one and a half tokens each.
    pub(super) fn text(&mut self, count: usize) -> String {
        let mut text = String::with_capacity(count * 7);
        for _ in 0..count {
            if !text.is_empty() {
                text.push(' ');
            }
            let index = self.number() >> 58;
            text.push_str(VOCABULARY[index as usize]);
        }
        text
    }

    /// So many bytes that are no text.
    pub(super) fn bytes(&mut self, count: usize) -> Vec<u8> {
        let numbers = std::iter::repeat_with(|| self.number().to_le_bytes());
        numbers.flatten().take(count).collect()
    }
}
