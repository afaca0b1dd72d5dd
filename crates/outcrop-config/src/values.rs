//! How values are spelt: for each kind what [`load`](crate::load) accepts, what it answers to
//! anything else, and what the JSON Schema says about it, on one screen.

mod additional_request_fields;
mod cache_ttl;
mod number;
mod pattern;
mod seconds;
mod stop_sequences;
mod switch;
mod text;
mod thinking_budget;
mod thinking_display;

pub use cache_ttl::CacheTtl;
pub use thinking_budget::parse_thinking_budget;

pub(crate) use additional_request_fields::AdditionalRequestFields;
pub(crate) use cache_ttl::CacheTtlWord;
pub(crate) use number::{Fraction, Integer};
pub(crate) use pattern::Pattern;
pub(crate) use seconds::Seconds;
pub(crate) use stop_sequences::StopSequences;
pub(crate) use switch::Switch;
pub(crate) use thinking_budget::ThinkingBudgetSpelling;
pub(crate) use thinking_display::ThinkingDisplayWord;

pub(crate) mod texts {
    //! The texts that a service or the system constrains, one row each.
    pub(crate) use super::text::{
        ENDPOINT_URL, EXTERNAL_ID, MODEL, PROFILE, REGION, ROLE_ARN, ROLE_SESSION_NAME, TOKEN_KEY,
    };
}

use crate::problem::Problem;
use crate::source::Source;

/// How the value of a key is spelt.
pub(crate) trait Spelling {
    /// What a well-spelt value means.
    type Meaning;

    /// The meaning of a value. A null never gets here: it leaves its key unset.
    fn read(&self, source: Source<'_>) -> Result<Self::Meaning, Problem>;

    /// What the JSON Schema says about the value, null left out.
    #[cfg(feature = "schema")]
    fn schema(&self) -> schemars::Schema;
}
