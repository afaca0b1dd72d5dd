//! The cache point, as it stands in a request.

use std::time::Duration;

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

impl CacheTtl {
    /// The word on the wire.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::FiveMinutes => "5m",
            Self::OneHour => "1h",
        }
    }

    /// How long that is.
    #[must_use]
    pub const fn duration(self) -> Duration {
        match self {
            Self::FiveMinutes => Duration::from_secs(300),
            Self::OneHour => Duration::from_secs(3600),
        }
    }

    /// Whether a prefix is still kept after so many seconds without use.
    pub(super) fn outlasts(self, seconds: f64) -> bool {
        seconds <= self.duration().as_secs_f64()
    }
}

impl CachePoint {
    /// A point of this lifetime. Five minutes are said by silence, since older models know no
    /// `ttl` at all.
    #[must_use]
    pub const fn lasting(ttl: CacheTtl) -> Self {
        Self {
            kind: CachePointKind::Default,
            ttl: match ttl {
                CacheTtl::FiveMinutes => None,
                CacheTtl::OneHour => Some(ttl),
            },
        }
    }

    /// How long the prefix is kept.
    #[must_use]
    pub fn lifetime(&self) -> CacheTtl {
        self.ttl.unwrap_or(CacheTtl::FiveMinutes)
    }
}
