//! What stands in the address of the trails' pages.
use super::model::{Filter, KINDS};
use crate::kernel::time;
use chrono::{DateTime, Days, NaiveDate, NaiveTime, TimeZone, Utc};
use chrono_tz::Tz;
use serde::Deserialize;

/// The filters of the activity log; what cannot be read filters nothing.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct TrailSearch {
    pub person: String,
    pub kind: String,
    pub customer: String,
    /// Days in the workshop's zone, both of them counted.
    pub from: String,
    pub to: String,
    #[serde(deserialize_with = "crate::kernel::text::asked")]
    pub q: String,
    pub before: Option<String>,
}

impl TrailSearch {
    pub fn filter(&self, zone: Tz) -> Filter {
        let kind = KINDS.iter().find(|(name, _)| *name == self.kind);
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

    /// The page with these filters, from another row on.
    pub fn href(&self, before: Option<&str>) -> String {
        let filters = [
            ("person", self.person.as_str()),
            ("kind", &self.kind),
            ("customer", &self.customer),
            ("from", &self.from),
            ("to", &self.to),
            ("q", &self.q),
        ];
        href("/trail", &filters, before)
    }

    pub fn narrows(&self) -> bool {
        self.href(None) != "/trail"
    }
}

/// The filters of the sign-ins.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct SignInSearch {
    pub person: String,
    pub outcome: String,
    pub before: Option<String>,
}

impl SignInSearch {
    pub fn href(&self, before: Option<&str>) -> String {
        let filters = [("person", self.person.as_str()), ("outcome", &self.outcome)];
        href("/trail/sign-ins", &filters, before)
    }
}

/// Where the exports go on.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct ExportSearch {
    pub before: Option<String>,
}

/// A path with the parameters that say something.
pub fn href(path: &str, filters: &[(&str, &str)], before: Option<&str>) -> String {
    let set = filters.iter().copied().filter(|(_, value)| !value.is_empty());
    let pairs: Vec<(&str, &str)> = set.chain(before.map(|key| ("before", key))).collect();
    match serde_urlencoded::to_string(&pairs) {
        Ok(query) if !query.is_empty() => format!("{path}?{query}"),
        _ => path.to_owned(),
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
