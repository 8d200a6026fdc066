//! What stands in the address of the trails' pages.
use super::model::Filter;
use crate::kernel::time;
use crate::list_query;
use chrono::{DateTime, Days, NaiveDate, NaiveTime, TimeZone, Utc};
use chrono_tz::Tz;

list_query! {
    /// The activity log; what cannot be read filters nothing. `from` and `to` are days in the workshop's zone, both of them counted.
    pub(super) struct TrailQuery shows TrailControls at "/trail" {
        tabs: [], filters: [person: "Person", kind: "About", customer: "Customer", from: "From", to: "To", q: "Text"]
    }
}

list_query! {
    /// The sign-ins.
    pub(super) struct SignInQuery shows SignInControls at "/trail/sign-ins" { tabs: [], filters: [person: "Person", outcome: "Result"] }
}

list_query! {
    /// The exports.
    pub(super) struct ExportQuery shows ExportControls at "/trail/exports" { tabs: [], filters: [] }
}

impl TrailQuery {
    pub(super) fn filter(&self, kinds: &[(&'static str, &'static str)], zone: Tz) -> Filter {
        let kind = kinds.iter().find(|(name, _)| *name == self.kind);
        Filter {
            person: self.person.parse().ok(),
            kind: kind.map(|(name, _)| *name),
            customer: self.customer.parse().ok(),
            from: time::day(&self.from).ok().map(|day| midnight(day, zone)),
            until: time::day(&self.to)
                .ok()
                .and_then(|day| day.checked_add_days(Days::new(1)))
                .map(|day| midnight(day, zone)),
            words: self.q.trim().to_lowercase(),
        }
    }
}

/// When a day begins there; where the clocks skip midnight, an hour later.
fn midnight(day: NaiveDate, zone: Tz) -> DateTime<Utc> {
    let local = day.and_time(NaiveTime::MIN);
    let later = local + chrono::TimeDelta::hours(1);
    [local, later]
        .iter()
        .find_map(|time| zone.from_local_datetime(time).earliest())
        .map_or_else(|| local.and_utc(), |at| at.with_timezone(&Utc))
}
