//! Background work: queued in the transaction that causes it, done by whichever server comes first, tried again when it fails, found again
//! when its server died. The queue is the library graphile_worker's; a [`Job`] is what it says and how it is done.
mod housekeeping;
mod worker;

pub use housekeeping::{CleanUp, ForgetFormKeys, MeasureStorage};
pub use worker::{run_due, start};

pub use super::db::jobs::{lag, queue};

use super::state::AppState;
use graphile_worker::JobDefinition;
use serde::Serialize;
use serde::de::DeserializeOwned;
use uuid::Uuid;

/// A kind of work. It may run twice, because a server can die after the work and before noting it: it has to check whether it was done.
pub trait Job: Serialize + DeserializeOwned + Send + Sync + 'static {
    /// As the queue stores it: never changed while such jobs wait.
    const NAME: &'static str;
    /// Tries before it is given up; the pauses between them grow from seconds to six hours.
    const TRIES: i32 = 12;
    /// Does it, for the workshop that it belongs to, if it belongs to one.
    fn run(self, state: &AppState, org: Option<Uuid>) -> impl Future<Output = anyhow::Result<()>> + Send;
}

/// A kind of work, as whoever knows it hands it in: `Work::of::<SendReminders>().at("7 * * * *")`.
#[derive(Clone, Copy)]
pub struct Work {
    /// As the queue stores it.
    pub name: &'static str,
    define: fn() -> JobDefinition,
    tries: i32,
    at: Option<&'static str>,
    made_up_within: Option<&'static str>,
}

impl Work {
    /// Done when somebody queues it.
    pub const fn of<J: Job>() -> Self {
        Self {
            name: J::NAME,
            define: worker::define::<J>,
            tries: J::TRIES,
            at: None,
            made_up_within: None,
        }
    }
    /// Also done by the clock, in UTC: minute, hour, day, month, weekday. One server of all queues it, without a value.
    #[must_use]
    pub const fn at(self, times: &'static str) -> Self {
        Self {
            at: Some(times),
            ..self
        }
    }
    /// One that was missed is made up for within this time: `1d`.
    #[must_use]
    pub const fn made_up_within(self, span: &'static str) -> Self {
        Self {
            made_up_within: Some(span),
            ..self
        }
    }
    /// Its line in the library's schedule.
    fn line(&self) -> Option<String> {
        let (at, name, tries) = (self.at?, self.name, self.tries);
        let fill = self.made_up_within.map(|span| format!("&fill={span}"));
        let fill = fill.unwrap_or_default();
        Some(format!(
            "{at} {name} ?job_key={name}&job_key_mode=preserve_run_at&max={tries}{fill} {{\"job\":{{}}}}\n"
        ))
    }
}

/// Every kind of work that the server itself knows; the others are the features'.
pub(in crate::server) const OWN: [Work; 4] = [
    Work::of::<super::mail::SendMail>(),
    Work::of::<MeasureStorage>().at("*/10 * * * *"),
    Work::of::<CleanUp>().at("7 * * * *").made_up_within("1d"),
    Work::of::<ForgetFormKeys>(),
];

/// What is done by the clock.
fn schedule(kinds: &[Work]) -> String {
    kinds.iter().filter_map(Work::line).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_done_by_the_clock_is_queued_once_and_tried_as_often_as_it_says() {
        assert_eq!(
            schedule(&OWN),
            "\
*/10 * * * * measure_storage ?job_key=measure_storage&job_key_mode=preserve_run_at&max=2 {\"job\":{}}
7 * * * * clean_up ?job_key=clean_up&job_key_mode=preserve_run_at&max=3&fill=1d {\"job\":{}}
"
        );
    }
}
