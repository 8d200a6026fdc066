//! The demonstration: a garage and a device service centre in the middle of a working day, whatever day it is.
mod nordwind;
mod pixelfix;

use super::charge::Bill;
use super::dice::Dice;
use super::visit::{Verdict, Visit};
use super::works::Work;
use super::workshop::Workshop;
use chrono::{DateTime, Datelike, Days, NaiveTime, TimeDelta, TimeZone, Timelike, Utc, Weekday};
use chrono_tz::Tz;

/// A moment, told from today.
#[derive(Debug, Clone, Copy)]
enum When {
    /// Minutes from now, or before it.
    In(i64),
    /// This share (percent) of today's time so far.
    Today(i64),
    /// Days before today (negative: after), at this hour and minute; never a Sunday.
    Day(i64, u32, u32),
}
use When::{Day, In, Today};

/// A stay in the demonstration.
#[derive(Debug, Clone, Copy)]
struct Tale {
    asset: usize,
    branch: usize,
    phase: &'static str,
    arrived: When,
    since: When,
    promised: Option<When>,
    waiting: bool,
    works: &'static [(&'static Work, Verdict)],
    technicians: &'static [usize],
    charge: Charge,
    /// Member, audience, text, when.
    notes: &'static [(usize, &'static str, &'static str, When)],
}

/// How a tale is charged; times follow from the tale's end.
#[derive(Debug, Clone, Copy)]
enum Charge {
    None,
    Draft,
    /// Posted at the end, not paid.
    Posted,
    /// Paid at once.
    Paid(&'static str),
    /// Paid so many days after the end.
    PaidLater(&'static str, i64),
    /// A share in percent paid at once.
    Part(&'static str, i64),
    /// Posted, then credited a day later.
    Void,
}

/// What a tale is unless it says otherwise.
const TALE: Tale = Tale {
    asset: 0,
    branch: 0,
    phase: "received",
    arrived: Today(50),
    since: Today(50),
    promised: None,
    waiting: false,
    works: &[],
    technicians: &[],
    charge: Charge::None,
    notes: &[],
};

/// Both demonstration workshops.
pub(super) fn workshops(now: DateTime<Utc>, seed: u64) -> Vec<Workshop> {
    let mut dice = Dice::new(seed);
    let (first, second) = (
        dice.between(0, i64::MAX - 1).unsigned_abs(),
        dice.between(0, i64::MAX - 1).unsigned_abs(),
    );
    vec![
        nordwind::workshop(now, Dice::new(first)),
        pixelfix::workshop(now, Dice::new(second)),
    ]
}

fn moment(when: When, now: DateTime<Utc>, zone: Tz) -> DateTime<Utc> {
    let today = now.with_timezone(&zone).date_naive();
    let local = |day: chrono::NaiveDate, hour, minute| {
        let time = NaiveTime::from_hms_opt(hour, minute, 0).unwrap_or_default();
        zone.from_local_datetime(&day.and_time(time))
            .earliest()
            .map_or(now, |at| at.with_timezone(&Utc))
    };
    match when {
        In(minutes) => now + TimeDelta::minutes(minutes),
        Today(percent) => {
            let (midnight, opening) = (local(today, 0, 0), local(today, 7, 0));
            let start = if now > opening + TimeDelta::minutes(30) {
                opening
            } else {
                midnight
            };
            start + (now - start) * i32::try_from(percent).unwrap_or(0) / 100
        }
        Day(ago, hour, minute) => {
            let day = if ago >= 0 {
                today - Days::new(ago.unsigned_abs())
            } else {
                today + Days::new(ago.unsigned_abs())
            };
            let open = match (day.weekday(), ago >= 0) {
                (Weekday::Sun, true) => day - Days::new(1),
                (Weekday::Sun, false) => day + Days::new(1),
                _ => day,
            };
            local(open, hour, minute)
        }
    }
}

/// A promise that is not for the next two hours is for a time when the workshop is open, also where the demonstration begins at night.
fn in_hours(promised: DateTime<Utc>, now: DateTime<Utc>, zone: Tz) -> DateTime<Utc> {
    let local = promised.with_timezone(&zone);
    let mut day = local.date_naive();
    if promised - now <= TimeDelta::hours(2)
        || ((8..18).contains(&local.hour()) && day.weekday() != Weekday::Sun)
    {
        return promised;
    }
    if local.hour() >= 18 {
        day = day + Days::new(1);
    }
    if day.weekday() == Weekday::Sun {
        day = day + Days::new(1);
    }
    // Spread over the day, so that not everything is for one moment.
    let time = NaiveTime::from_hms_opt(9 + local.hour() % 8, 0, 0).unwrap_or_default();
    let opened = zone.from_local_datetime(&day.and_time(time)).earliest();
    opened.map_or(promised, |at| at.with_timezone(&Utc))
}

/// Tells the tales in the order of arrival.
fn tell(shop: &mut Workshop, tales: &[Tale]) {
    let mut visits: Vec<Visit> = tales.iter().map(|tale| visit(shop, tale)).collect();
    visits.sort_by_key(|visit| visit.arrived);
    for visit in &visits {
        shop.tell(visit);
    }
    shop.finish();
}

fn visit(shop: &Workshop, tale: &Tale) -> Visit {
    let (now, zone) = (shop.now, shop.zones[tale.branch]);
    let at = |when| moment(when, now, zone);
    let arrived = at(tale.arrived);
    let since = at(tale.since).max(arrived).min(now);
    let days_ago = i32::try_from((now - arrived).num_days()).unwrap_or(0);
    let advisor = if tale.branch == 0 {
        "receptionist"
    } else {
        "manager"
    };
    Visit {
        branch: tale.branch,
        asset: tale.asset,
        phase: tale.phase,
        arrived,
        since,
        promised: tale.promised.map(|when| in_hours(at(when), now, zone)),
        waiting: tale.waiting,
        odometer: shop.rows.assets[tale.asset]
            .odometer
            .map(|value| value - days_ago * 38),
        works: tale.works.to_vec(),
        technicians: tale.technicians.to_vec(),
        advisor: shop.someone(advisor),
        notes: tale
            .notes
            .iter()
            .map(|(member, audience, body, when)| {
                (
                    *member,
                    *audience,
                    (*body).to_owned(),
                    at(*when).clamp(arrived, now),
                )
            })
            .collect(),
        bill: bill(tale.charge, since),
    }
}

fn bill(charge: Charge, end: DateTime<Utc>) -> Bill {
    let posted = |paid, void| Bill::Posted { at: end, paid, void };
    match charge {
        Charge::None => Bill::None,
        Charge::Draft => Bill::Draft,
        Charge::Posted => posted(vec![], None),
        Charge::Paid(method) => posted(vec![(end, method, 100)], None),
        Charge::PaidLater(method, days) => posted(vec![(end + TimeDelta::days(days), method, 100)], None),
        Charge::Part(method, percent) => posted(vec![(end, method, percent)], None),
        Charge::Void => posted(vec![], Some(end + TimeDelta::hours(20))),
    }
}

/// `Sabine Krüger` has `sabine.krueger@mail.example`.
fn mailbox(name: &str) -> String {
    let plain: String = name
        .trim_start_matches("Dr. ")
        .to_lowercase()
        .chars()
        .map(|c| match c {
            'ä' => "ae".to_owned(),
            'ö' => "oe".to_owned(),
            'ü' => "ue".to_owned(),
            'ß' => "ss".to_owned(),
            'ı' => "i".to_owned(),
            ' ' => ".".to_owned(),
            c if c.is_ascii() => c.to_string(),
            _ => String::new(),
        })
        .collect();
    format!("{plain}@mail.example")
}
