//! Cache points: the places up to which the service keeps a prompt.
//!
//! The types are here; where points go is decided over a whole conversation and lives beside them.

use serde::{Deserialize, Serialize};

/// A cache point.
#[derive(Clone, Copy, Debug, Default, Eq, Hash, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CachePoint {
    /// The only kind there is.
    #[serde(rename = "type")]
    pub kind: CachePointKind,
    /// How long the prefix is kept; absent means five minutes, and older models take nothing else.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ttl: Option<CacheTtl>,
}

/// The kind of a cache point.
#[derive(Clone, Copy, Debug, Default, Eq, Hash, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum CachePointKind {
    /// `default`.
    #[default]
    Default,
}

/// How long a prefix is kept after its last use.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd, Serialize, Deserialize)]
pub enum CacheTtl {
    /// Five minutes.
    #[serde(rename = "5m")]
    FiveMinutes,
    /// One hour.
    #[serde(rename = "1h")]
    OneHour,
}
