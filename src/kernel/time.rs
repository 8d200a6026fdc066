//! Dates and times as people write them. There is no "now" here: the clock is a parameter of whoever asks.
use super::form::Problem;
use chrono::{DateTime, Datelike, NaiveDate, NaiveDateTime, TimeZone, Utc};
use std::fmt::Display;

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

/// `21 Nov 2026`.
pub fn day_words(day: NaiveDate) -> String {
    day.format("%-d %b %Y").to_string()
}

/// `21 Nov 2026, 17:30`, where it happened.
pub fn moment_words<Zone: TimeZone>(at: DateTime<Utc>, zone: &Zone) -> String
where
    Zone::Offset: Display,
{
    at.with_timezone(zone).format("%-d %b %Y, %H:%M").to_string()
}

/// The fiscal year that a day lies in, named by the calendar year in which it starts. `start_month` 1 to 12.
pub fn fiscal_year(day: NaiveDate, start_month: u32) -> i32 {
    if day.month() >= start_month {
        day.year()
    } else {
        day.year() - 1
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fiscal_year_from_april_holds_the_march_after_it() {
        let march = NaiveDate::from_ymd_opt(2026, 3, 31).expect("a day");
        assert_eq!(fiscal_year(march, 4), 2025);
        assert_eq!(fiscal_year(march, 1), 2026);
    }
}
