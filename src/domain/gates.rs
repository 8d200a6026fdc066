//! What has to be there before a move: pure rules over the facts, so that everything missing is told at once.
use super::order::{JobDecision, Payer, Phase, WorkState, authorized};
use crate::kernel::WorkOrderId;
use crate::kernel::error::Missing;

/// For who needs an invoice and may not make one.
pub const WHO_INVOICES: &str = "Ask a manager or accountant to create the invoice";

/// What the gates look at.
#[derive(Clone, Debug, Default)]
pub struct Facts {
    pub is_vehicle: bool,
    /// The workshop's setting.
    pub require_odometer: bool,
    pub odometer_in: bool,
    pub odometer_out: bool,
    pub jobs: Vec<JobFacts>,
}

#[derive(Clone, Debug)]
pub struct JobFacts {
    pub title: String,
    pub payer: Payer,
    pub decision: JobDecision,
    pub work_state: WorkState,
    pub technicians: i64,
}

impl JobFacts {
    fn authorized(&self) -> bool {
        authorized(self.payer, self.decision)
    }
    fn undecided(&self) -> bool {
        self.payer == Payer::Customer && self.decision == JobDecision::Open
    }
}

/// Everything that is missing for a move, each with its place on the order's page. A reason is not among them: it is a field.
pub fn missing(id: WorkOrderId, from: Phase, to: Phase, facts: &Facts) -> Vec<Missing> {
    let mut list = List {
        id,
        missing: Vec::new(),
    };
    if to == Phase::Cancelled {
        return list.missing;
    }
    let metered = facts.is_vehicle && facts.require_odometer;
    if from == Phase::Received && metered && !facts.odometer_in {
        list.need("odometer", "Enter the odometer in");
    }
    match to {
        Phase::AwaitingApproval if facts.jobs.is_empty() => {
            list.need("jobs", "Add a job for the customer to approve");
        }
        Phase::Approved => approved(&mut list, facts),
        Phase::InProgress => in_progress(&mut list, facts),
        Phase::QualityCheck => done(&mut list, facts),
        Phase::Ready => {
            done(&mut list, facts);
            if metered && !facts.odometer_out {
                list.need("odometer", "Enter the odometer out");
            }
        }
        _ => {}
    }
    list.missing
}

struct List {
    id: WorkOrderId,
    missing: Vec<Missing>,
}

impl List {
    fn need(&mut self, anchor: &str, what: impl Into<String>) {
        self.missing.push(Missing {
            what: what.into(),
            href: format!("/work-orders/{}#{anchor}", self.id),
        });
    }
}

fn approved(list: &mut List, facts: &Facts) {
    if facts.jobs.is_empty() {
        return list.need("jobs", "Add at least one job");
    }
    undecided(list, facts);
    let nothing_to_do = !facts.jobs.iter().any(|job| job.authorized() || job.undecided());
    if nothing_to_do {
        list.need("decisions", "Get at least one job approved");
    }
}

/// What is asked for wherever a job waits for its customer.
pub fn decision_due(title: &str) -> String {
    format!("Record the customer's decision on “{title}”")
}

fn undecided(list: &mut List, facts: &Facts) {
    for job in facts.jobs.iter().filter(|job| job.undecided()) {
        list.need("decisions", decision_due(&job.title));
    }
}

fn in_progress(list: &mut List, facts: &Facts) {
    if !facts.jobs.iter().any(JobFacts::authorized) {
        list.need("decisions", "Get at least one job approved");
    }
    for job in facts
        .jobs
        .iter()
        .filter(|job| job.authorized() && job.technicians == 0)
    {
        list.need("technicians", format!("Assign a technician to “{}”", job.title));
    }
}

/// Nothing undecided, and everything authorized is finished.
fn done(list: &mut List, facts: &Facts) {
    undecided(list, facts);
    for job in facts
        .jobs
        .iter()
        .filter(|job| job.authorized() && job.work_state != WorkState::Finished)
    {
        list.need("jobs", format!("Finish “{}”", job.title));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn job(payer: Payer, decision: JobDecision) -> JobFacts {
        JobFacts {
            title: "Brakes".into(),
            payer,
            decision,
            work_state: WorkState::NotStarted,
            technicians: 0,
        }
    }
    fn tell(from: Phase, to: Phase, facts: &Facts) -> Vec<String> {
        missing(WorkOrderId::new(uuid::Uuid::nil()), from, to, facts)
            .into_iter()
            .map(|m| m.href.rsplit('#').next().unwrap_or_default().to_owned())
            .collect()
    }

    #[test]
    fn everything_missing_is_told_at_once() {
        let facts = Facts {
            is_vehicle: true,
            require_odometer: true,
            jobs: vec![
                job(Payer::Customer, JobDecision::Open),
                job(Payer::Customer, JobDecision::Approved),
                job(Payer::Warranty, JobDecision::Open),
            ],
            ..Facts::default()
        };
        assert_eq!(
            tell(Phase::Received, Phase::Approved, &facts),
            ["odometer", "decisions"]
        );
        assert_eq!(
            tell(Phase::Approved, Phase::InProgress, &facts),
            ["technicians", "technicians"]
        );
        assert_eq!(
            tell(Phase::InProgress, Phase::Ready, &facts),
            ["decisions", "jobs", "jobs", "odometer"]
        );
        assert_eq!(
            tell(Phase::InProgress, Phase::QualityCheck, &facts),
            ["decisions", "jobs", "jobs"]
        );
        assert!(tell(Phase::Received, Phase::Cancelled, &facts).is_empty());
    }

    #[test]
    fn a_device_has_no_odometer_and_an_order_without_jobs_is_not_approved() {
        let facts = Facts {
            require_odometer: true,
            ..Facts::default()
        };
        assert_eq!(tell(Phase::Received, Phase::Approved, &facts), ["jobs"]);
        assert!(tell(Phase::Received, Phase::Diagnosing, &facts).is_empty());
        assert!(
            tell(Phase::AwaitingApproval, Phase::Ready, &facts).is_empty(),
            "declined: goes back unrepaired"
        );
    }
}
