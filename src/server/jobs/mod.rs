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

/// A kind of work. What it does may be done twice (a server can die between the deed and its note), so it has to look whether it was done.
pub trait Job: Serialize + DeserializeOwned + Send + Sync + 'static {
    /// As the queue stores it: never changed while such jobs wait.
    const NAME: &'static str;
    /// Tries before it is given up; the pauses between them grow from seconds to six hours.
    const TRIES: i32 = 12;
    /// Does it, for the workshop that it belongs to, if it belongs to one.
    fn run(self, state: &AppState, org: Option<Uuid>) -> impl Future<Output = anyhow::Result<()>> + Send;
}

/// Every kind of work that the server itself knows.
fn definitions() -> Vec<JobDefinition> {
    vec![
        worker::define::<super::mail::SendMail>(),
        worker::define::<MeasureStorage>(),
        worker::define::<CleanUp>(),
        worker::define::<ForgetFormKeys>(),
    ]
}

/// Their names, made known before anybody queues: a transaction that queues the first of a kind would keep workers waiting until its end.
pub(in crate::server) const NAMES: [&str; 4] = [
    super::mail::SendMail::NAME,
    MeasureStorage::NAME,
    CleanUp::NAME,
    ForgetFormKeys::NAME,
];

/// What is done by the clock, in UTC: minute, hour, day, month, weekday. One server of all queues it; a missed one is made up for within a day.
const SCHEDULE: &str = "\
*/10 * * * * measure_storage ?job_key=measure_storage&job_key_mode=preserve_run_at&max=2 {\"job\":{}}
7 * * * * clean_up ?job_key=clean_up&job_key_mode=preserve_run_at&max=3&fill=1d {\"job\":{}}
";
