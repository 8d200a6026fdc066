//! Dates and times as forms and links carry them. There is no "now" here: the clock is a parameter of whoever asks.
use super::form::Problem;
use chrono::{Datelike, Months, NaiveDate, NaiveDateTime};
use std::fmt::{self, Display};

/// A calendar day, as `2026-11-21`.
pub fn day(raw: &str) -> Result<NaiveDate, Problem> {
    NaiveDate::parse_from_str(raw.trim(), "%Y-%m-%d")
        .ok()
        .filter(|d| (1900..=2200).contains(&d.year()))
        .ok_or_else(|| Problem::malformed("2026-11-21"))
}

/// A local wall-clock time as `<input type="datetime-local">` sends it; empty is `None`.
pub fn local_minute(raw: &str) -> Result<Option<NaiveDateTime>, Problem> {
    let text = raw.trim();
    if text.is_empty() {
        return Ok(None);
    }
    NaiveDateTime::parse_from_str(text, "%Y-%m-%dT%H:%M")
        .or_else(|_| NaiveDateTime::parse_from_str(text, "%Y-%m-%dT%H:%M:%S"))
        .ok()
        .filter(|t| (1900..=2200).contains(&t.year()))
        .map(Some)
        .ok_or_else(|| Problem::malformed("2026-11-21T17:30"))
}

/// As `<input type="datetime-local">` wants it.
pub fn minute_input(at: NaiveDateTime) -> String {
    at.format("%Y-%m-%dT%H:%M").to_string()
}

/// As `<input type="date">` wants it.
pub fn day_input(day: NaiveDate) -> String {
    day.format("%Y-%m-%d").to_string()
}

/// The fiscal year that a day lies in, named by the calendar year in which it starts. `start_month` 1 to 12.
pub fn fiscal_year(day: NaiveDate, start_month: u32) -> i32 {
    if day.month() >= start_month {
        day.year()
    } else {
        day.year() - 1
    }
}

/// A calendar month; in links as `2026-11`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Month(NaiveDate);

impl Month {
    /// The month that a day lies in.
    pub fn of(day: NaiveDate) -> Self {
        Self(day.with_day(1).unwrap_or(day))
    }
    pub fn parse(raw: &str) -> Option<Self> {
        day(&format!("{}-01", raw.trim())).ok().map(Self)
    }
    pub const fn first(self) -> NaiveDate {
        self.0
    }
    /// The first day that is not in it any more.
    pub fn end(self) -> NaiveDate {
        self.next().0
    }
    pub fn next(self) -> Self {
        Self(self.0.checked_add_months(Months::new(1)).unwrap_or(self.0))
    }
    pub fn previous(self) -> Self {
        Self(self.0.checked_sub_months(Months::new(1)).unwrap_or(self.0))
    }
}

impl Display for Month {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.0.format("%Y-%m"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_month_survives_its_link_and_ends_where_the_next_begins() {
        let december = Month::parse("2026-12").expect("a month");
        assert_eq!(december.to_string(), "2026-12");
        assert_eq!(december.end().to_string(), "2027-01-01");
        assert_eq!(december.next().previous(), december);
        for bad in ["", "2026", "2026-13", "2026-12-01", "x"] {
            assert_eq!(Month::parse(bad), None, "{bad}");
        }
    }

    #[test]
    fn a_fiscal_year_from_april_holds_the_march_after_it() {
        let march = NaiveDate::from_ymd_opt(2026, 3, 31).expect("a day");
        assert_eq!(fiscal_year(march, 4), 2025);
        assert_eq!(fiscal_year(march, 1), 2026);
    }
}
