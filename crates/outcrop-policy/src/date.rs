//! Days of the calendar, for what a table says about models and time.

use std::fmt;

/// A day of the Gregorian calendar.
///
/// ```
/// use outcrop_policy::Date;
///
/// let day = Date::from_unix_days(20_779);
/// assert_eq!(day, Date::new(2026, 11, 22));
/// assert_eq!(day.days_until(Date::new(2027, 1, 1)), 40);
/// assert_eq!("2026-11-22".parse(), Ok(day));
/// ```
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub struct Date {
    year: u16,
    month: u8,
    day: u8,
}

impl Date {
    /// The day of that year, month (from 1) and day (from 1). A day that no calendar has is taken
    /// as it is.
    #[must_use]
    pub const fn new(year: u16, month: u8, day: u8) -> Self {
        Self { year, month, day }
    }

    /// The year.
    #[must_use]
    pub const fn year(self) -> u16 {
        self.year
    }

    /// The month, from 1.
    #[must_use]
    pub const fn month(self) -> u8 {
        self.month
    }

    /// The day of the month, from 1.
    #[must_use]
    pub const fn day(self) -> u8 {
        self.day
    }

    /// The day so many days after 1 January 1970. Years are counted in eras of 400 that begin in
    /// March (`civil_from_days`, H. Hinnant, "chrono-Compatible Low-Level Date Algorithms").
    #[must_use]
    pub fn from_unix_days(days: u32) -> Self {
        let shifted = u64::from(days) + 719_468;
        let (era, of_era) = (shifted / 146_097, shifted % 146_097);
        let year = (of_era - of_era / 1460 + of_era / 36_524 - of_era / 146_096) / 365;
        let of_year = of_era - (365 * year + year / 4 - year / 100);
        let from_march = (5 * of_year + 2) / 153;
        let day = of_year - (153 * from_march + 2) / 5 + 1;
        let month = if from_march < 10 {
            from_march + 3
        } else {
            from_march - 9
        };
        let year = era * 400 + year + u64::from(month <= 2);
        Self {
            year: u16::try_from(year).unwrap_or(u16::MAX),
            month: u8::try_from(month).unwrap_or(1),
            day: u8::try_from(day).unwrap_or(1),
        }
    }

    /// The days from this day to `later`; negative when that is earlier.
    #[must_use]
    pub fn days_until(self, later: Self) -> i64 {
        later.unix_days() - self.unix_days()
    }

    /// The inverse of [`from_unix_days`](Self::from_unix_days), by the same source.
    fn unix_days(self) -> i64 {
        let (month, day) = (i64::from(self.month), i64::from(self.day));
        let year = i64::from(self.year) - i64::from(month <= 2);
        let (era, year) = (year.div_euclid(400), year.rem_euclid(400));
        let from_march = (month + 9) % 12;
        let of_year = (153 * from_march + 2) / 5 + day - 1;
        era * 146_097 + year * 365 + year / 4 - year / 100 + of_year - 719_468
    }
}

/// `YYYY-MM-DD`.
impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.year, self.month, self.day)
    }
}

/// A text that is not a day of the calendar, written as `YYYY-MM-DD`.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct NotADate;

impl fmt::Display for NotADate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("expected a day such as 2026-11-22")
    }
}

impl std::error::Error for NotADate {}

impl std::str::FromStr for Date {
    type Err = NotADate;

    fn from_str(text: &str) -> Result<Self, NotADate> {
        let mut parts = text.splitn(3, '-');
        let mut next = |digits: usize| {
            let part = parts.next().filter(|part| part.len() == digits);
            let part = part.filter(|part| part.bytes().all(|byte| byte.is_ascii_digit()));
            part.and_then(|part| part.parse::<u16>().ok())
                .ok_or(NotADate)
        };
        let (year, month, day) = (next(4)?, next(2)?, next(2)?);
        let small = |number| u8::try_from(number).map_err(|_| NotADate);
        let date = Self::new(year, small(month)?, small(day)?);
        let days = u32::try_from(date.unix_days()).map_err(|_| NotADate)?;
        // A day that the calendar has survives being counted.
        if Self::from_unix_days(days) == date {
            Ok(date)
        } else {
            Err(NotADate)
        }
    }
}
