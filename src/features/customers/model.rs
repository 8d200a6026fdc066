//! What a customer is.
use super::drivers::Driver;
use super::form::NewCustomer;
use crate::domain::billing::InvoiceState;
use crate::domain::order::Phase;
use crate::domain::past::PastJob;
use crate::kernel::{AssetId, BranchId, CustomerId, InvoiceId, Money, WorkOrderId};
use chrono::{DateTime, NaiveDate, Utc};

/// Visits on a customer's page.
pub(super) const VISITS_SHOWN: i32 = 30;
/// Visits in the history on paper.
pub(super) const VISITS_PRINTED: i32 = 50;

/// A customer as the page shows it.
#[derive(Clone, Debug)]
pub struct Customer {
    pub id: CustomerId,
    pub data: NewCustomer,
    pub branch: String,
    pub created_at: DateTime<Utc>,
    pub archived_at: Option<DateTime<Utc>>,
    pub archived_reason: String,
    pub version: i32,
    /// What is owed on the invoices of the branches that the member sees.
    pub open: Money,
    /// What was paid and pays nothing yet, so that it can be used for the next invoice. Read for the customer's page only.
    pub credit: Money,
    /// Who drives for a company, those who left last. Read where they are shown or chosen only.
    pub drivers: Vec<Driver>,
}

/// A row of the list.
#[derive(Clone, Debug)]
pub struct CustomerRow {
    pub id: CustomerId,
    pub name: String,
    pub kind: String,
    pub contact_name: String,
    pub phone: String,
    pub email: String,
    pub city: String,
    pub assets: i64,
    /// What is owed on the invoices of the branches that the member sees.
    pub open: Money,
    pub created_at: DateTime<Utc>,
}

/// Somebody who has the same telephone or e-mail.
#[derive(Clone, Debug)]
pub struct PossibleDuplicate {
    pub id: CustomerId,
    pub name: String,
    pub phone: String,
    pub email: String,
    pub city: String,
    pub archived: bool,
}

/// What a customer brings, with the last time it was here.
#[derive(Clone, Debug)]
pub struct AssetSummary {
    pub id: AssetId,
    pub plate: String,
    pub serial: String,
    pub vin: String,
    pub make: String,
    pub model: String,
    pub model_year: Option<i32>,
    pub odometer: Option<i32>,
    pub last_visit: Option<DateTime<Utc>>,
}

/// A work order in a customer's history.
#[derive(Clone, Debug)]
pub struct OrderSummary {
    pub id: WorkOrderId,
    pub branch: BranchId,
    pub branch_name: String,
    pub branch_code: String,
    pub number: i64,
    pub phase: Phase,
    pub plate: String,
    pub asset: String,
    pub odometer_in: Option<i32>,
    pub total: Money,
    pub created_at: DateTime<Utc>,
    pub work: Vec<PastJob>,
}

/// A posted invoice or credit note in a customer's history.
#[derive(Clone, Debug)]
pub struct InvoiceSummary {
    pub id: InvoiceId,
    pub number: String,
    pub state: InvoiceState,
    pub issued_on: NaiveDate,
    pub due_on: NaiveDate,
    pub total: Money,
    pub open: Money,
}

/// One thing that happened, from the trail.
#[derive(Clone, Debug)]
pub struct FeedLine {
    pub at: DateTime<Utc>,
    pub who: String,
    pub action: String,
    pub summary: String,
    /// The work order it is about, where the member may see it.
    pub order: Option<WorkOrderId>,
    pub number: Option<String>,
}

/// Everything on a customer's page.
#[derive(Clone, Debug)]
pub struct CustomerDetail {
    pub customer: Customer,
    pub assets: Vec<AssetSummary>,
    /// Open ones first, then newest first.
    pub orders: Vec<OrderSummary>,
    pub invoices: Vec<InvoiceSummary>,
    pub feed: Vec<FeedLine>,
}
