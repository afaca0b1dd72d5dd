//! What each model on Amazon Bedrock accepts, and the thinking decision.
//!
//! A model identifier becomes a [`Model`], the settings of a call a [`Request`], and [`decide`]
//! makes of both a [`Decision`]: the settings as they are sent, with an [`Adjustment`] for
//! everything that was changed, dropped or predicted. What a model accepts is a row of a table,
//! [`TABLE`], with its source and date.
//!
//! # What this crate does not do
//! It has no dependencies and never will have any. It reads no files, knows no YAML and no JSON,
//! and does not place cache points: where those go depends on the conversation.
//!
//! You probably want the crate `outcrop`, which wires this one to the rest.

mod adjustment;
mod caching;
mod callable;
mod claude;
mod date;
mod decide;
mod decision;
mod families;
mod geography;
mod lifecycle;
mod model;
mod model_id;
mod price;
mod region;
mod replay;
mod report;
mod request;
mod route;
mod row;
mod table;
mod thinking;
mod wording;

pub use adjustment::{Adjustment, Asked, Assumed, OutputLimit, SamplingNames, Severity};
pub use caching::{CacheRates, CacheRule, Caching, Multiplier};
pub use callable::{nearest_known, profiles_from};
pub use claude::{Line, Version};
pub use date::{Date, NotADate};
pub use decide::decide;
pub use decision::{Decision, Sampling, Thinking, TokenBudget};
pub use families::{FAMILIES, Family, TopKField};
pub use geography::Geography;
pub use lifecycle::{Ending, Stage, lifecycle, successor};
pub use model::{BaseModel, Kind, Model};
pub use model_id::{Form, ModelId};
pub use price::{LongRates, Price, Rates, TokenCounts, Usd};
pub use region::region_meant;
pub use replay::{PrefillRefusal, ReasoningReplay};
pub use request::{Effort, Level, Request, ThinkingBudget, ThinkingDisplay};
pub use route::{check_identifier, check_route};
pub use row::{Row, SamplingRule, ThinkingClass, Unasked};
pub use table::TABLE;
