//! A simulator of the service's prompt cache.
//!
//! [`Simulator::call`] takes the requests of a conversation one after another and says what each
//! would read from the cache, write to it and pay in full. The emulator has one behind its
//! endpoint; it needs no server, no network and no clock of its own.
//!
//! # The rules
//!
//! From the Bedrock user guide ("Prompt caching") and Anthropic's page of the same name, unless
//! another source is named.
//!
//! - **The prompt** is a row of blocks: each tool, then each system block, then each content block
//!   of each message. Cache points stand between blocks and are none themselves.
//! - **A prefix** is cached under the exact content of its blocks, roles included, for one model
//!   identifier as the caller writes it: the same model under another geography or profile is
//!   another cache. Keys of JSON count in the order in which they are written.
//! - **Writes** happen at cache points alone, up to four a request, and only where the prefix, from
//!   its very start, has the model's minimum of tokens. A point below it costs nothing and does
//!   nothing.
//! - **Reads.** Each point looks for the longest cached prefix that ends at it or at one of the 19
//!   block ends before it: 20 places, the point's own being the first. The service documents "about
//!   20 blocks". What an earlier request wrote at a place in that window is found, also where this
//!   request has no point; what lies further back is not, unless another point reaches it. The
//!   longest find of all points is read.
//! - **Charges.** Up to the end of what is read, tokens are read; from there to the last point,
//!   written, each part for the lifetime of the point that ends it; after it, at full price.
//! - **Lifetime.** Five minutes, or an hour where the point says so. A prefix that is used, as a
//!   whole or as part of a longer one, lives its lifetime again. It is gone at the end of the last
//!   second.
//! - **Changes.** Another tool, or another order, changes every prefix. The tool choice and the
//!   thinking parameter are part of the prefix from the messages on, so that changing them leaves
//!   tools and system prompt cached.
//! - **Nova** caches system prompt and messages for five minutes, from 1,000 tokens (one table of
//!   the guide says 1,500) up to 20,000. A point beyond does nothing. That writing is free shows on
//!   the bill, not in the usage.
//! - **OpenAI's and xAI's models** cache by themselves, without points: the longest prefix of at
//!   least 1,024 tokens that was sent in the last five minutes (OpenAI's guide, "Prompt caching"),
//!   and nothing is written at a charge.
//! - **An opaque ARN** that says no model is taken for a Claude with the minimum of 1,024 tokens.
//!
//! Where no source says anything, this is how it is here: a point within what is read becomes a
//! place that can be found, at no charge, for as long as what was read lives at most; and an hour
//! asked for what lives five minutes does not make it live longer.
//!
//! # Tokens
//!
//! Counts are estimates, made block by block so that they add up: four characters a token, at least
//! one a block. For text these are its own characters; for tools, calls and results those of their
//! JSON or text. An image counts 1,500, a document the tokens of its text, or one for every 40 bytes
//! where it is no plain text, as video and audio do; what is in S3 counts 1,500.

mod estimate;
mod prompt;
mod scopes;
mod simulator;
mod usage;

pub use prompt::Prefix;
pub(crate) use scopes::{Scopes, Ticket};
pub use simulator::{Lookup, Simulator, limits, prefixes};
pub use usage::Usage;
