//! Places in a conversation, as adjustments and errors name them.

use std::fmt;

/// A part of a conversation.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub enum Place {
    /// The system prompt.
    System,
    /// A message, by its place among those that were given.
    Message(usize),
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::System => f.write_str("system"),
            Self::Message(index) => write!(f, "messages[{index}]"),
        }
    }
}

/// A block of a message, both by their place among those that were given.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub struct BlockPlace {
    /// The message.
    pub message: usize,
    /// The block in it.
    pub block: usize,
}

impl fmt::Display for BlockPlace {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "messages[{}].content[{}]", self.message, self.block)
    }
}
