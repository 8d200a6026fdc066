//! What the console's forms hold.
use crate::kernel::{Checker, FieldErrors, Problem, text, time};
use chrono::{DateTime, Days, NaiveTime, Utc};
use serde::Deserialize;

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct SignInForm {
    pub email: String,
    pub password: String,
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct ListSearch {
    #[serde(deserialize_with = "crate::kernel::text::asked")]
    pub q: String,
    pub before: Option<String>,
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct PlanForm {
    pub plan: String,
    /// The last day; empty is never.
    pub ends_on: String,
}

impl PlanForm {
    /// Whether it is a trial, and when it ends.
    ///
    /// # Errors
    /// Every field's problem at once.
    pub fn validate(&self) -> Result<(bool, Option<DateTime<Utc>>), FieldErrors> {
        let mut check = Checker::new();
        let trial = match self.plan.as_str() {
            "trial" => Ok(true),
            "standard" => Ok(false),
            _ => Err(Problem::Missing),
        };
        let trial = check.check("plan", trial);
        let ends = match self.ends_on.trim() {
            "" if trial == Some(true) => Err(Problem::other("A trial needs an end date.")),
            "" => Ok(None),
            day => time::day(day).map(Some),
        };
        let ends = check.check("ends_on", ends);
        let value = (|| {
            Some((
                trial?,
                ends?.map(|day| (day + Days::new(1)).and_time(NaiveTime::MIN).and_utc()),
            ))
        })();
        check.finish(value)
    }
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct ReasonForm {
    pub reason: String,
}

impl ReasonForm {
    /// # Errors
    /// At `reason`.
    pub fn validate(&self) -> Result<String, FieldErrors> {
        let mut check = Checker::new();
        let reason = check.check("reason", text::required(&self.reason, 500));
        check.finish(reason)
    }
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct NoteForm {
    pub note: String,
}

impl NoteForm {
    /// # Errors
    /// At `note`.
    pub fn validate(&self) -> Result<String, FieldErrors> {
        let mut check = Checker::new();
        let note = check.check("note", text::required(&self.note, 2000));
        check.finish(note)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_trial_ends_and_a_paid_plan_may_go_on() {
        let form = |plan: &str, ends_on: &str| PlanForm {
            plan: plan.to_owned(),
            ends_on: ends_on.to_owned(),
        };
        assert_eq!(form("standard", "").validate(), Ok((false, None)));
        let ends = DateTime::from_timestamp(1_775_088_000, 0);
        assert_eq!(form("trial", "2026-04-01").validate(), Ok((true, ends)));
        for bad in [
            form("trial", ""),
            form("", "2026-04-01"),
            form("standard", "soon"),
        ] {
            assert!(bad.validate().is_err(), "{bad:?}");
        }
    }
}
