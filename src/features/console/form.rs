//! What the console's forms hold.
use crate::form;
use crate::kernel::{Checker, FormContext, Problem};
use crate::list_query;
use chrono::{DateTime, Days, NaiveDate, NaiveTime, Utc};

form! {
    /// Address and password as typed.
    pub(super) struct SignInForm shows SignInFields;
    /// Who wants to come in.
    #[derive(Clone)]
    pub struct SignIn {
        email: String = as_typed("E-mail", Kind::Email).most(254).required(),
        password: String = secret("Password").required(),
    }
}

list_query! {
    /// The workshops.
    pub(super) struct OrganizationQuery shows OrganizationControls at "/platform" { tabs: [], filters: [q: "Search"] }
}

list_query! {
    /// What we did, to all workshops.
    pub(super) struct HistoryQuery shows HistoryControls at "/platform/history" { tabs: [], filters: [] }
}

form! {
    /// Plan and end as typed.
    pub(super) struct PlanForm shows PlanFields;
    /// Plan and end.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub struct Plan {
        /// Whether it is a trial.
        plan: bool = own("Plan", Kind::Choice, trial, |trial, _| plan(*trial).to_owned()).required(),
        /// The last day; nothing is never.
        ends_on: Option<NaiveDate> = date("Last day").optional(),
    }
    checked by ends;
}

fn plan(trial: bool) -> &'static str {
    if trial { "trial" } else { "standard" }
}

fn trial(raw: &str) -> Result<bool, Problem> {
    match raw {
        "trial" => Ok(true),
        "standard" => Ok(false),
        _ => Err(Problem::Missing),
    }
}

fn ends(form: &PlanForm, _: Option<&mut Plan>, check: &mut Checker, _: &FormContext) {
    if form.plan == "trial" && form.ends_on.trim().is_empty() {
        check.refuse("ends_on", Problem::other("A trial needs an end date."));
    }
}

impl Plan {
    /// When the last day is over.
    pub fn ends(&self) -> Option<DateTime<Utc>> {
        self.ends_on
            .map(|day| (day + Days::new(1)).and_time(NaiveTime::MIN).and_utc())
    }
}

form! {
    /// Why a workshop is stopped or opened, as typed.
    pub(super) struct StopForm shows StopFields;
    /// Why a workshop is stopped or opened.
    #[derive(Clone, Debug)]
    pub struct Stop {
        reason: String = line("Reason", 500).required().asks("Enter a reason."),
    }
}

form! {
    /// A note for whoever of us helps next, as typed.
    pub(super) struct NoteForm shows NoteFields;
    /// A note for whoever of us helps next.
    #[derive(Clone, Debug)]
    pub struct Note {
        note: String = line("Note", 2000).required(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kernel::Form;

    #[test]
    fn a_trial_ends_and_a_paid_plan_may_go_on() {
        let read = |plan: &str, ends_on: &str| {
            let form = PlanForm {
                plan: plan.to_owned(),
                ends_on: ends_on.to_owned(),
            };
            form.parse(&FormContext::PUBLIC)
        };
        let paid = read("standard", "").map(|plan| (plan.plan, plan.ends()));
        assert_eq!(paid, Ok((false, None)));
        let ends = DateTime::from_timestamp(1_775_088_000, 0);
        let trial = read("trial", "2026-04-01").map(|plan| (plan.plan, plan.ends()));
        assert_eq!(trial, Ok((true, ends)));
        for (plan, ends_on) in [("trial", ""), ("", "2026-04-01"), ("standard", "soon")] {
            assert!(read(plan, ends_on).is_err(), "{plan} {ends_on}");
        }
    }
}
