//! When it will be ready: a few likely times in one tap, or any other.
use crate::features::branches::model::{Hours, Week};
use crate::kernel::{Locale, Problem, time};
use chrono::{
    DateTime, Datelike, Days, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta, TimeZone, Timelike, Utc,
    Weekday,
};
use chrono_tz::Tz;

/// Not promised yet.
pub(super) const NONE: &str = "none";
/// The time stands in the field beside.
pub(super) const OTHER: &str = "other";

/// A choice: the value that is posted, and its words.
pub(super) type Choice = (String, String);

/// How long before closing something can still be ready today, and how far apart two choices lie.
const APART: TimeDelta = TimeDelta::minutes(60);
const NOON: TimeDelta = TimeDelta::hours(12);
/// So far open days are looked for.
const DAYS_AHEAD: u64 = 14;

/// The likely times seen from now while the branch is open, then "another time" and "not yet".
pub(super) fn choices(now: DateTime<Utc>, locale: Locale, zone: Tz, week: &Week) -> Vec<Choice> {
    let local = now.with_timezone(&zone).naive_local();
    let mut times: Vec<NaiveDateTime> = Vec::new();
    let mut days = 0;
    for (ahead, day) in
        (0..DAYS_AHEAD).filter_map(|n| Some((n, local.date().checked_add_days(Days::new(n))?)))
    {
        let Some((opens, closes)) = open(day, week) else {
            continue;
        };
        let before = times.len();
        if ahead == 0 {
            times.extend(today(local, opens, closes));
        } else {
            times.extend(later(
                opens,
                closes,
                day.and_time(NaiveTime::MIN) + NOON,
                times.is_empty(),
                days < 1,
            ));
        }
        // Today counts for nothing: tomorrow and the day after it are offered in any case.
        days += usize::from(ahead > 0 && times.len() > before);
        if days == 2 {
            break;
        }
    }
    let mut choices: Vec<Choice> = times
        .into_iter()
        .map(|at| (time::minute_input(at), describe(at, local.date(), locale)))
        .collect();
    choices.push((OTHER.to_owned(), "Another time".to_owned()));
    choices.push((NONE.to_owned(), "No promise yet".to_owned()));
    choices
}

/// Opening and closing of a day. A branch that never said when it is open is taken to be open from eight to five, but for Sundays.
fn open(day: NaiveDate, week: &Week) -> Option<(NaiveDateTime, NaiveDateTime)> {
    let unsaid = Hours {
        opens: 480,
        closes: 1_020,
    };
    let weekday = day.weekday();
    let hours = if week.iter().all(Option::is_none) {
        Some(unsaid).filter(|_| weekday != Weekday::Sun)?
    } else {
        (*week.get(weekday.num_days_from_monday() as usize)?)?
    };
    let midnight = day.and_time(NaiveTime::MIN);
    let at = |minutes: i32| midnight.checked_add_signed(TimeDelta::minutes(minutes.into()));
    // Who is open until midnight closes a minute before: the next day may be a closed one.
    Some((at(hours.opens)?, at(hours.closes.min(1_439))?))
}

/// In an hour, and at closing time.
fn today(local: NaiveDateTime, opens: NaiveDateTime, closes: NaiveDateTime) -> Vec<NaiveDateTime> {
    let soon = rounded(local.max(opens) + APART);
    let mut times = vec![soon];
    if soon + APART <= closes {
        times.push(closes);
    }
    times.retain(|time| *time <= closes);
    times
}

/// Noon and closing time of another day; its opening where nothing earlier can be offered, noon alone where much is offered already.
fn later(
    opens: NaiveDateTime,
    closes: NaiveDateTime,
    noon: NaiveDateTime,
    first: bool,
    whole: bool,
) -> Vec<NaiveDateTime> {
    let has_noon = opens < noon && noon + APART <= closes;
    let mut times = Vec::new();
    if first {
        times.push(opens);
    }
    if has_noon {
        times.push(noon);
    }
    if whole || !has_noon {
        times.push(closes);
    }
    times
}

/// `Today 17:00`, `Monday 12:00`, `Mon 30 Nov 12:00`
fn describe(at: NaiveDateTime, today: NaiveDate, locale: Locale) -> String {
    let day = match at.date().signed_duration_since(today).num_days() {
        0 => "Today".to_owned(),
        1 => "Tomorrow".to_owned(),
        2..7 => locale.weekday(at.date()),
        _ => locale.weekday_and_day(at.date()),
    };
    format!("{day} {}", locale.time(at.time()))
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
        .ok_or_else(|| Problem::other("Choose when it will be ready, or “No promise yet”."))?;
    let at = zone
        .from_local_datetime(&local)
        .earliest()
        .ok_or_else(|| Problem::other("This time does not exist: the clocks go forward. Choose another."))?;
    let at = at.with_timezone(&Utc);
    if at <= now {
        return Err(Problem::other("This time has already passed."));
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

    fn hours(opens: i32, closes: i32) -> Option<Hours> {
        Some(Hours {
            opens: opens * 60,
            closes: closes * 60,
        })
    }

    /// Monday to Friday from eight to six, Saturday until one.
    fn usual() -> Week {
        let day = hours(8, 18);
        [day, day, day, day, day, hours(9, 13), None]
    }

    fn labels(now: &str, week: &Week) -> Vec<String> {
        let offered = choices(utc(now), Locale::NEUTRAL, BERLIN, week);
        assert!(
            offered
                .iter()
                .all(|(value, _)| value.len() < 16 || parse(value, "", utc(now), BERLIN).is_ok()),
            "nothing has passed: {offered:?}"
        );
        let labels = offered.into_iter().map(|(_, label)| label);
        labels
            .filter(|label| label.ends_with(|c: char| c.is_ascii_digit()))
            .collect()
    }

    #[test]
    fn a_morning_offers_today_and_the_next_two_open_days() {
        let friday = labels("2026-05-08T07:08:30Z", &usual());
        let saturday_and_monday = ["Tomorrow 12:00", "Tomorrow 13:00", "Monday 12:00"];
        assert_eq!(friday[..2], ["Today 10:15", "Today 18:00"]);
        assert_eq!(friday[2..], saturday_and_monday);
        let offered = choices(utc("2026-05-08T07:08:30Z"), Locale::NEUTRAL, BERLIN, &usual());
        assert_eq!(offered[4].0, "2026-05-11T12:00");
    }

    #[test]
    fn after_closing_the_next_opening_comes_first() {
        let tuesday_evening = [
            "Tomorrow 08:00",
            "Tomorrow 12:00",
            "Tomorrow 18:00",
            "Thursday 12:00",
        ];
        for now in ["2026-05-05T15:30:00Z", "2026-05-05T21:30:00Z"] {
            assert_eq!(labels(now, &usual()), tuesday_evening, "{now}");
        }
        let saturday_evening = ["Monday 08:00", "Monday 12:00", "Monday 18:00", "Tuesday 12:00"];
        assert_eq!(labels("2026-05-09T17:00:00Z", &usual()), saturday_evening);
    }

    #[test]
    fn before_opening_nothing_is_ready_earlier_than_an_hour_after_it() {
        assert_eq!(labels("2026-05-05T04:00:00Z", &usual())[0], "Today 09:00");
    }

    #[test]
    fn a_branch_that_opens_one_day_a_week_is_never_promised_for_another() {
        let mut week = Week::default();
        week[2] = hours(13, 24);
        assert_eq!(
            labels("2026-05-06T20:30:00Z", &week),
            ["Today 23:30", "Wed 13 May 23:59"],
            "the week after the next is too far"
        );
    }

    #[test]
    fn who_never_said_when_it_is_open_is_open_but_on_sundays() {
        let offered = labels("2026-05-08T07:08:30Z", &Week::default());
        let all = [
            "Today 10:15",
            "Today 17:00",
            "Tomorrow 12:00",
            "Tomorrow 17:00",
            "Monday 12:00",
        ];
        assert_eq!(offered, all);
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
