//! When it will be ready: a few likely times in one tap, or any other.
use crate::kernel::{Problem, time};
use chrono::{DateTime, Days, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta, Timelike, Utc, Weekday};
use chrono::{Datelike, TimeZone};
use chrono_tz::Tz;

/// Not promised yet.
pub(super) const NONE: &str = "none";
/// The time stands in the field beside.
pub(super) const OTHER: &str = "other";

/// A choice: the value that is posted, and its words.
pub(super) type Choice = (String, String);

/// The likely times seen from now, then "another time" and "not yet".
pub(super) fn choices(now: DateTime<Utc>, zone: Tz) -> Vec<Choice> {
    let local = now.with_timezone(&zone).naive_local();
    let today = local.date();
    let mut times = Vec::new();
    let soon = rounded(local + TimeDelta::minutes(60));
    if soon.date() == today {
        times.push((soon, format!("Today {}", soon.format("%H:%M"))));
    }
    if local.hour() < 16 {
        times.extend(at(today, 17, "Today"));
    }
    if let Some(tomorrow) = today.checked_add_days(Days::new(1)) {
        times.extend(at(tomorrow, 12, "Tomorrow"));
        times.extend(at(tomorrow, 17, "Tomorrow"));
        times.extend(after_weekend(tomorrow));
    }
    let mut choices: Vec<Choice> = times
        .into_iter()
        .map(|(time, label)| (time.format("%Y-%m-%dT%H:%M").to_string(), label))
        .collect();
    choices.push((OTHER.to_owned(), "Another time".to_owned()));
    choices.push((NONE.to_owned(), "Not yet".to_owned()));
    choices
}

fn at(day: NaiveDate, hour: u32, word: &str) -> Option<(NaiveDateTime, String)> {
    let time = NaiveTime::from_hms_opt(hour, 0, 0)?;
    Some((day.and_time(time), format!("{word} {hour}:00")))
}

/// Where tomorrow is a Saturday or Sunday, the Monday after it.
fn after_weekend(tomorrow: NaiveDate) -> Option<(NaiveDateTime, String)> {
    let days = match tomorrow.weekday() {
        Weekday::Sat => 2,
        Weekday::Sun => 1,
        _ => return None,
    };
    at(tomorrow.checked_add_days(Days::new(days))?, 12, "Monday")
}

/// Up to the next quarter of an hour.
fn rounded(time: NaiveDateTime) -> NaiveDateTime {
    let over = time.minute() % 15;
    let up = if over == 0 { 0 } else { 15 - over };
    time - TimeDelta::seconds(time.second().into()) + TimeDelta::minutes(up.into())
}

/// The promise of a form: a choice, or the field's time where that was chosen or nothing was.
pub(super) fn parse(
    choice: &str,
    field: &str,
    now: DateTime<Utc>,
    zone: Tz,
) -> Result<Option<DateTime<Utc>>, Problem> {
    let raw = match choice {
        NONE => return Ok(None),
        OTHER | "" => field,
        chosen => chosen,
    };
    let local = time::local_minute(raw)?
        .ok_or_else(|| Problem::other("Choose when it will be ready, or “Not yet”."))?;
    let at = zone
        .from_local_datetime(&local)
        .earliest()
        .ok_or_else(|| Problem::other("The clocks change then; this time does not exist. Choose another."))?;
    let at = at.with_timezone(&Utc);
    if at <= now {
        return Err(Problem::other("This time has passed already."));
    }
    Ok(Some(at))
}

#[cfg(test)]
mod tests {
    use super::*;

    const BERLIN: Tz = chrono_tz::Europe::Berlin;

    fn utc(text: &str) -> DateTime<Utc> {
        text.parse().expect("a time")
    }

    #[test]
    fn a_friday_morning_offers_today_tomorrow_and_monday() {
        let offered = choices(utc("2026-05-08T07:08:30Z"), BERLIN);
        let labels: Vec<&str> = offered.iter().map(|(_, label)| label.as_str()).collect();
        assert_eq!(
            labels,
            [
                "Today 10:15",
                "Today 17:00",
                "Tomorrow 12:00",
                "Tomorrow 17:00",
                "Monday 12:00",
                "Another time",
                "Not yet"
            ]
        );
        assert_eq!(offered[4].0, "2026-05-11T12:00");
    }

    #[test]
    fn a_late_evening_offers_nothing_of_today() {
        let offered = choices(utc("2026-05-05T21:30:00Z"), BERLIN);
        assert_eq!(offered[0].1, "Tomorrow 12:00");
    }

    #[test]
    fn a_promise_is_local_time_in_the_future() {
        let now = utc("2026-05-08T07:00:00Z");
        let parsed = |choice, field| parse(choice, field, now, BERLIN);
        assert_eq!(
            parsed("2026-05-08T17:00", ""),
            Ok(Some(utc("2026-05-08T15:00:00Z")))
        );
        assert_eq!(
            parsed("", "2026-05-08T17:00"),
            Ok(Some(utc("2026-05-08T15:00:00Z")))
        );
        assert_eq!(parsed(NONE, "2026-05-08T17:00"), Ok(None));
        assert!(parsed(OTHER, "").is_err() && parsed("", "").is_err());
        assert!(parsed("2026-05-08T08:59", "").is_err(), "past");
        let spring = utc("2026-03-01T00:00:00Z");
        assert!(
            parse("2026-03-29T02:30", "", spring, BERLIN).is_err(),
            "skipped by the clocks"
        );
    }
}
