//! Prompt caching: where the cache points of a request go, why, and what they are expected to save.
//!
//! [`prepare`](crate::prepare) plans every request, and [`plan_cache`](crate::plan_cache) a request
//! that is not written. A [`CacheMemory`] makes the plans of one conversation learn from its calls.

mod estimate;
mod expected;
mod fingerprint;
mod goal;
mod memory;
mod missed;
mod outlook;
mod own;
mod patience;
mod places;
mod plan;
mod planner;
mod point;
mod points;
mod prompt;
mod scale;
mod settings;

pub use memory::CacheMemory;
pub use missed::{CacheMiss, MissCause, ToolsChange};
pub use plan::{
    CachePlan, CacheStanding, ExpectedInput, PassedOver, PassedOverReason, PlannedPoint,
    PointReason,
};
pub use point::{CachePoint, CachePointKind, CacheTtl};
pub use prompt::{CachePlace, Misplaced};
pub use settings::{CacheSettings, CacheTtlChoice, Remembered};

pub(crate) use fingerprint::fingerprint;
pub(crate) use plan::OwnPoints;
pub(crate) use planner::plan;
pub(crate) use prompt::{Fingerprints, Prompt};
