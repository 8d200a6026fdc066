//! What the pages show: rows as read, and what follows from them.
use super::form::NewJob;
pub(super) use super::noted::NoteFacts;
pub use super::noted::{Mention, Note};
use crate::domain::billing::InvoiceState;
use crate::domain::order::{
    DecisionMethod, JobDecision, LineKind, Payer, Phase, WorkState, authorized, chargeable, number_text,
};
use crate::domain::totals::{LineAmounts, Totals, totals};
use crate::kernel::*;
use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use serde::{Deserialize, Deserializer};
use uuid::Uuid;

/// Everything about one work order.
#[derive(Clone, Debug)]
pub struct WorkOrderView {
    pub id: WorkOrderId,
    pub number: String,
    pub branch: BranchId,
    pub branch_name: String,
    pub zone: Tz,
    pub phase: Phase,
    pub waiting: bool,
    pub flags: Flags,
    /// A note calls for attention since then.
    pub attention_since: Option<DateTime<Utc>>,
    pub promised_at: Option<DateTime<Utc>>,
    pub created_at: DateTime<Utc>,
    pub phase_since: DateTime<Utc>,
    pub finished_at: Option<DateTime<Utc>>,
    pub closed_at: Option<DateTime<Utc>>,
    pub version: i32,
    pub odometer_in: Option<i32>,
    pub odometer_out: Option<i32>,
    pub total: Money,
    pub customer: CustomerFacts,
    pub asset: AssetFacts,
    pub advisor: Option<Person>,
    pub concerns: Vec<Concern>,
    pub jobs: Vec<Job>,
    pub hand_over: Option<HandedOver>,
    pub history: Vec<Entry>,
    pub authorizations: Vec<Authorization>,
    /// Who can be assigned or advise: active members of the branch.
    pub members: Vec<Member>,
    pub tax_rates: Vec<TaxRate>,
    pub invoices: Vec<InvoiceFacts>,
}

/// What somebody has to know before they go to the vehicle.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Flags {
    pub urgent: bool,
    /// The vehicle is not here.
    pub off_site: bool,
    /// Where its key hangs; may be empty.
    pub key_tag: String,
}

#[derive(Clone, Debug)]
pub struct CustomerFacts {
    pub id: CustomerId,
    pub name: String,
    pub contact_name: String,
    pub phone: String,
    pub email: String,
    /// Name and telephone of the driver who brought it.
    pub driver: Option<(String, String)>,
}

#[derive(Clone, Debug)]
pub struct AssetFacts {
    pub id: AssetId,
    pub is_vehicle: bool,
    pub plate: String,
    pub serial: String,
    pub vin: String,
    /// Make, model, year.
    pub name: String,
    pub color: String,
    pub engine: String,
    pub odometer: Option<i32>,
}

#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Person {
    #[serde(deserialize_with = "member_id")]
    pub id: MemberId,
    pub name: String,
}

#[derive(Clone, Debug, Deserialize)]
pub struct Member {
    #[serde(deserialize_with = "member_id")]
    pub id: MemberId,
    pub name: String,
    pub role: Role,
    /// Whether the order is theirs to see: a technician without a job on it may not.
    pub sees: bool,
    /// What the workshop decided about this role's right to record work, if it did.
    pub departs: Option<bool>,
    /// Whether the role may record work: who may not is assigned to none.
    #[serde(skip)]
    pub may_work: bool,
}

#[derive(Clone, Debug, Deserialize)]
pub struct Concern {
    #[serde(deserialize_with = "concern_id")]
    pub id: ConcernId,
    pub concern: String,
    pub cause: String,
    pub correction: String,
}

#[derive(Clone, Debug, Deserialize)]
pub struct Job {
    #[serde(deserialize_with = "job_id")]
    pub id: JobId,
    /// What people type of it.
    #[serde(flatten)]
    pub data: NewJob,
    pub decision: JobDecision,
    pub work_state: WorkState,
    /// On an invoice, draft or posted, that was not voided.
    pub billed: bool,
    /// On a posted one.
    pub invoiced: bool,
    /// Was billed before, by an invoice that was voided.
    pub credited: bool,
    pub started_at: Option<DateTime<Utc>>,
    pub finished_at: Option<DateTime<Utc>>,
    pub lines: Vec<Line>,
    pub technicians: Vec<Person>,
}

#[derive(Clone, Debug, Deserialize)]
pub struct Line {
    #[serde(deserialize_with = "line_id")]
    pub id: LineId,
    pub kind: LineKind,
    pub description: String,
    pub part_number: String,
    pub quantity: Quantity,
    pub unit_price: Money,
    pub tax_rate: BasisPoints,
}

#[derive(Clone, Debug, Deserialize)]
pub struct TaxRate {
    pub name: String,
    pub rate: BasisPoints,
    pub is_default: bool,
}

#[derive(Clone, Debug, Deserialize)]
pub struct InvoiceFacts {
    #[serde(deserialize_with = "invoice_id")]
    pub id: InvoiceId,
    pub number: Option<String>,
    pub total: Money,
    /// What is still owed; nothing for drafts and credit notes.
    pub open: Option<Money>,
    pub state: InvoiceState,
}

#[derive(Clone, Debug)]
pub struct HandedOver {
    pub collected_by: String,
    pub signature: String,
    pub at: DateTime<Utc>,
}

/// What the customer said, once.
#[derive(Clone, Debug)]
pub struct Authorization {
    pub id: AuthorizationId,
    pub decision: JobDecision,
    pub method: DecisionMethod,
    pub contact_name: String,
    pub note: String,
    pub amount: Money,
    pub jobs: Vec<JobId>,
    /// What they were called then.
    pub titles: Vec<String>,
    pub by: String,
    pub at: DateTime<Utc>,
}

/// One thing that happened.
#[derive(Clone, Debug)]
pub struct Entry {
    pub at: DateTime<Utc>,
    pub who: String,
    pub what: Event,
}

#[derive(Clone, Debug)]
pub enum Event {
    Moved {
        from: Option<Phase>,
        to: Phase,
        reason: String,
    },
    Noted(Note),
    /// A row of the trail: its action and sentence.
    Did {
        action: String,
        summary: String,
    },
}

impl Line {
    pub fn amounts(&self) -> LineAmounts {
        LineAmounts {
            kind: self.kind,
            quantity: self.quantity,
            unit_price: self.unit_price,
            tax_rate: self.tax_rate,
            declined: false,
        }
    }
}

impl Job {
    pub fn totals(&self) -> Totals {
        totals(&self.lines.iter().map(Line::amounts).collect::<Vec<_>>())
    }
    /// Whether it may be worked on.
    pub fn authorized(&self) -> bool {
        authorized(self.data.payer, self.decision)
    }
    /// Whether the customer approved it and pays for it.
    pub fn chargeable(&self) -> bool {
        chargeable(self.data.payer, self.decision)
    }
    /// Whether it waits for the customer.
    pub fn undecided(&self) -> bool {
        self.data.payer == Payer::Customer && self.decision == JobDecision::Open
    }
}

impl WorkOrderView {
    pub fn is_open(&self) -> bool {
        self.phase.is_open()
    }
    pub fn path(&self) -> String {
        format!("/work-orders/{}", self.id)
    }
    /// The newest note that still calls for attention, and since when one does.
    pub fn call(&self) -> Option<(DateTime<Utc>, Note)> {
        let since = self.attention_since.filter(|_| self.is_open())?;
        self.history.iter().find_map(|entry| match &entry.what {
            Event::Noted(note) if note.attention && entry.at >= since => Some((since, note.clone())),
            _ => None,
        })
    }
    /// The sums of the jobs that pass.
    pub fn totals_of(&self, pass: impl Fn(&Job) -> bool) -> Totals {
        let lines: Vec<LineAmounts> = self
            .jobs
            .iter()
            .filter(|job| pass(job))
            .flat_map(|job| job.lines.iter().map(Line::amounts))
            .collect();
        totals(&lines)
    }
    /// What the customer said and nobody answered.
    pub fn unanswered(&self) -> impl Iterator<Item = &Concern> {
        let silent = |c: &&Concern| c.cause.is_empty() && c.correction.is_empty();
        self.concerns.iter().filter(silent)
    }
    /// The rate that a new line starts with.
    pub fn default_rate(&self) -> BasisPoints {
        self.tax_rates
            .iter()
            .find(|rate| rate.is_default)
            .or(self.tax_rates.first())
            .map_or(BasisPoints(0), |rate| rate.rate)
    }
    /// Who can be assigned to a job.
    pub fn member_options(&self, terms: Terms) -> Vec<(String, String)> {
        self.members
            .iter()
            .filter(|m| m.may_work)
            .map(|m| (m.id.to_string(), format!("{} · {}", m.name, terms.role(m.role))))
            .collect()
    }

    /// Who can take care of the customer; whoever does so now stays on the list.
    pub fn advisor_options(&self) -> Vec<(String, String)> {
        let now = self.advisor.as_ref().map(|advisor| advisor.id);
        let advises = |m: &&Member| {
            matches!(m.role, Role::Owner | Role::Manager | Role::Receptionist) || now == Some(m.id)
        };
        self.members
            .iter()
            .filter(advises)
            .map(|m| (m.id.to_string(), m.name.clone()))
            .collect()
    }
}

/// A row of the list.
#[derive(Clone, Debug)]
pub struct ListRow {
    pub id: WorkOrderId,
    pub number: i64,
    pub branch_code: String,
    pub branch: BranchId,
    pub phase: Phase,
    pub waiting: bool,
    pub urgent: bool,
    pub attention: bool,
    pub promised_at: Option<DateTime<Utc>>,
    pub created_at: DateTime<Utc>,
    pub total_minor: i64,
    pub customer: String,
    pub plate: String,
    pub asset: String,
    pub technicians: String,
}

impl ListRow {
    pub fn number_text(&self) -> String {
        number_text(&self.branch_code, self.number)
    }
}

macro_rules! raw_ids {
    ($($name:ident $id:ident;)*) => {$(
        /// In JSON that the database made, ids are plain.
        fn $name<'de, D: Deserializer<'de>>(d: D) -> Result<$id, D::Error> {
            Uuid::deserialize(d).map($id::new)
        }
    )*};
}
raw_ids! {
    member_id MemberId;
    concern_id ConcernId;
    job_id JobId;
    line_id LineId;
    invoice_id InvoiceId;
}

/// A decision with the version that was shown.
#[derive(Clone, Debug)]
pub struct Shown {
    pub number: String,
    pub zone: Tz,
    pub decision: JobDecision,
    pub method: DecisionMethod,
    pub contact_name: String,
    pub note: String,
    pub amount: Money,
    pub at: DateTime<Utc>,
    pub by: String,
    /// `None` where what was kept is in a form that this program does not know.
    pub version: Option<ShownVersion>,
}

/// The kept version, as the service wrote it.
#[derive(Clone, Debug, Deserialize)]
pub struct ShownVersion {
    pub currency: Currency,
    pub asked: ShownAsked,
    pub jobs: Vec<ShownJob>,
}

#[derive(Clone, Debug, Deserialize)]
pub struct ShownAsked {
    pub jobs: Vec<JobId>,
    pub totals: Totals,
}

#[derive(Clone, Debug, Deserialize)]
pub struct ShownJob {
    pub id: JobId,
    pub title: String,
    pub totals: Totals,
    pub lines: Vec<ShownLine>,
}

#[derive(Clone, Debug, Deserialize)]
pub struct ShownLine {
    pub description: String,
    pub part_number: String,
    pub amounts: LineAmounts,
    pub net: Money,
}
