//! The YAML as a person writes it: typed entries, located diagnostics, JSON Schema.
//!
//! A file is a map with the key `models`, such as docker-agent has it. [`load`] reads the entries
//! whose provider is `amazon-bedrock`, or declared as such under `providers`, into
//! [`ModelConfig`]s, leaves all others alone, and says about
//! each problem of the text what it is, where it is, and what to write instead.
//!
//! ```
//! let loaded = outcrop_config::load(
//!     "models:
//!   bedrock-claude:
//!     provider: amazon-bedrock
//!     model: global.anthropic.claude-sonnet-4-5-20250929-v1:0
//!     thinking_budget: high
//!     provider_opts:
//!       regoin: us-east-1
//! ",
//! );
//! assert_eq!(
//!     loaded.diagnostics[0].to_string(),
//!     "7:7: error config.unknown-key: unknown key `regoin`; did you mean `region`?",
//! );
//! ```
//!
//! Reading is total: any text comes to an end, soon, and with every problem at once. [`keys`] lists
//! what an entry accepts, and [`SCHEMA`] describes it to editors.
//!
//! # What this crate does not do
//!
//! It reads no file, no environment and no AWS profile. It fills in no default and judges no value
//! against a model: that a budget exceeds `max_tokens` is for `outcrop-policy` to say. What a budget
//! or an effort *means* is defined there too; here it is only spelt.

mod conflict;
mod declared;
mod diagnostic;
mod doubt;
mod draft;
mod entry;
mod findings;
mod habits;
mod key;
mod load;
mod locate;
mod misplaced;
mod model_config;
mod nearest;
mod path;
mod problem;
mod problems;
mod provider;
mod provider_opts;
mod refused;
#[cfg(feature = "schema")]
mod schema;
mod source;
#[cfg(feature = "schema")]
mod suggestions;
mod unknown_key;
mod values;
mod yaml;

pub use diagnostic::{Code, Diagnostic, Severity};
pub use draft::Draft;
pub use key::{Effect, Key, keys};
pub use load::{Loaded, Model, load};
pub use locate::Location;
pub use model_config::{Ignored, ModelConfig};
pub use nearest::nearest;
pub use path::entry_path;
pub use provider_opts::ProviderOpts;
#[cfg(feature = "schema")]
pub use schema::generate_schema;
pub use values::{Accepted, CacheTtl, Choice, parse_thinking_budget};
pub use yaml::LARGEST_FILE;

/// The JSON Schema of a configuration file, draft-07, for editors and validators.
///
/// It refuses what [`load`] calls an error, and integer thinking budgets below 1024 other than 0,
/// for which [`load`] has no error and `outcrop check` a warning. It cannot see NaN and infinities,
/// keys that stand twice, nor that `8192.0` or `1e4` was written for an integer; of several documents
/// it judges each, where [`load`] reads the first; and it does not know that an entry's provider is
/// declared as Bedrock under `providers`.
pub const SCHEMA: &str = include_str!("../../../schemas/outcrop.schema.json");
