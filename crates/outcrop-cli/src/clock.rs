//! The day, which nothing below the command line knows.

use std::time::{SystemTime, UNIX_EPOCH};

use outcrop::policy::Date;

/// The day by the machine's clock, in UTC. A clock before 1970 says 1 January of it.
pub(crate) fn today() -> Date {
    const DAY: u64 = 24 * 60 * 60;
    let since = SystemTime::now().duration_since(UNIX_EPOCH);
    let days = since.unwrap_or_default().as_secs() / DAY;
    Date::from_unix_days(u32::try_from(days).unwrap_or(u32::MAX))
}
