//! Clock and random ids are passed in: the system's in production, a test's own in tests.
use chrono::{DateTime, TimeDelta, Utc};
use std::sync::{Arc, Mutex};
use uuid::Uuid;

/// Where "now" and new ids come from.
pub trait Clock: Send + Sync + 'static {
    fn now(&self) -> DateTime<Utc>;
    /// A time-ordered id (UUID version 7).
    fn new_uuid(&self) -> Uuid;
}

pub type SharedClock = Arc<dyn Clock>;

#[derive(Debug, Default)]
pub struct SystemClock;

impl Clock for SystemClock {
    #[expect(
        clippy::disallowed_methods,
        reason = "the one place where the machine's clock is read"
    )]
    fn now(&self) -> DateTime<Utc> {
        // PostgreSQL keeps microseconds: what we return must equal what we read back.
        let now = Utc::now();
        DateTime::from_timestamp_micros(now.timestamp_micros()).unwrap_or(now)
    }
    #[expect(clippy::disallowed_methods, reason = "the one place where ids are made")]
    fn new_uuid(&self) -> Uuid {
        Uuid::now_v7()
    }
}

/// A clock that a test moves by hand; ids are random as in production.
#[derive(Debug)]
pub struct ManualClock(Mutex<DateTime<Utc>>);

impl ManualClock {
    pub fn at(start: DateTime<Utc>) -> Arc<Self> {
        Arc::new(Self(Mutex::new(start)))
    }
    pub fn advance(&self, by: TimeDelta) {
        let mut now = self.0.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        *now += by;
    }
}

impl Clock for ManualClock {
    fn now(&self) -> DateTime<Utc> {
        *self.0.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
    }
    fn new_uuid(&self) -> Uuid {
        SystemClock.new_uuid()
    }
}
