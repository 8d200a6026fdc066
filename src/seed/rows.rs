//! The rows of one workshop as they go into the database: a field is a column.
use chrono::{DateTime, NaiveDate, Utc};
use serde::Serialize;
use serde_json::Value;
use uuid::Uuid;

type At = DateTime<Utc>;

/// Everything of one workshop.
#[derive(Debug, Default)]
pub(super) struct Rows {
    pub branches: Vec<Branch>,
    pub members: Vec<Member>,
    pub member_branches: Vec<MemberBranch>,
    pub tax_rates: Vec<TaxRate>,
    pub series: Vec<Series>,
    pub customers: Vec<Customer>,
    pub drivers: Vec<Driver>,
    pub assets: Vec<Asset>,
    pub orders: Vec<WorkOrder>,
    pub concerns: Vec<Concern>,
    pub jobs: Vec<Job>,
    pub lines: Vec<Line>,
    pub job_technicians: Vec<JobTechnician>,
    pub moves: Vec<Move>,
    pub authorizations: Vec<Authorization>,
    pub notes: Vec<Note>,
    pub odometer_readings: Vec<OdometerReading>,
    pub hand_overs: Vec<HandOver>,
    pub invoices: Vec<Invoice>,
    pub invoice_lines: Vec<InvoiceLine>,
    pub invoice_work_orders: Vec<InvoiceWorkOrder>,
    pub invoiced_jobs: Vec<InvoicedJob>,
    pub payments: Vec<Payment>,
    pub allocations: Vec<Allocation>,
    pub announcements: Vec<Announcement>,
    pub announcement_addresses: Vec<AnnouncementAddress>,
    pub announcement_receipts: Vec<AnnouncementReceipt>,
    pub audit: Vec<AuditEvent>,
}

macro_rules! rows {
    ($($name:ident { $($field:ident: $kind:ty),* $(,)? })*) => {$(
        #[derive(Debug, Clone, Serialize)]
        pub(super) struct $name { $(pub $field: $kind),* }
    )*};
}

rows! {
    Branch { id: Uuid, name: String, code: String, address: String, phone: String, email: String, tax_id: String, time_zone: String, fiscal_year_start: u32, created_at: At }
    Member { id: Uuid, user_id: Uuid, name: String, email: String, role: &'static str, all_branches: bool, created_at: At }
    MemberBranch { member_id: Uuid, branch_id: Uuid, role: Option<&'static str> }
    TaxRate { id: Uuid, name: String, basis_points: i32, is_default: bool, position: i32 }
    Series { branch_id: Uuid, series: &'static str, fiscal_year: i32, last_number: i64 }
    Customer {
        id: Uuid, kind: &'static str, name: String, contact_name: String, tax_id: String, phone: String, phone_norm: String, email: String,
        street: String, postal_code: String, city: String, notes: String, home_branch_id: Uuid, created_at: At, updated_at: At,
    }
    Driver { id: Uuid, customer_id: Uuid, name: &'static str, phone: &'static str, phone_norm: String, created_at: At, updated_at: At }
    Asset {
        id: Uuid, customer_id: Uuid, kind: &'static str, plate: String, plate_norm: String, vin: String, serial: String, make: String, model: String,
        model_year: i32, color: String, engine: String, unit_number: String, odometer: Option<i32>, odometer_at: Option<At>, created_at: At, updated_at: At,
    }
    WorkOrder {
        id: Uuid, branch_id: Uuid, number: i64, customer_id: Uuid, asset_id: Uuid, phase: &'static str, waiting: bool, promised_at: Option<At>,
        advisor_id: Uuid, odometer_in: Option<i32>, odometer_out: Option<i32>, total_minor: i64, created_at: At, phase_since: At,
        finished_at: Option<At>, closed_at: Option<At>, driver_id: Option<Uuid>,
    }
    Concern { id: Uuid, work_order_id: Uuid, position: usize, concern: String, cause: String, correction: String }
    Job {
        id: Uuid, work_order_id: Uuid, position: usize, title: String, payer: &'static str, decision: &'static str, work_state: &'static str,
        started_at: Option<At>, finished_at: Option<At>, created_at: At,
    }
    Line {
        id: Uuid, work_order_id: Uuid, job_id: Uuid, position: usize, kind: &'static str, description: String, part_number: String,
        quantity_milli: i64, unit_price_minor: i64, tax_basis_points: i32,
    }
    JobTechnician { job_id: Uuid, work_order_id: Uuid, member_id: Uuid, seen_at: Option<At> }
    Move { id: Uuid, work_order_id: Uuid, from_phase: Option<&'static str>, to_phase: &'static str, reason: String, member_id: Uuid, at: At }
    Authorization {
        id: Uuid, work_order_id: Uuid, decision: &'static str, method: &'static str, contact_name: String, note: String, amount_minor: i64,
        shown: Value, member_id: Uuid, at: At,
    }
    Note { id: Uuid, work_order_id: Uuid, audience: &'static str, body: String, attention: bool, member_id: Uuid, at: At }
    OdometerReading { id: Uuid, asset_id: Uuid, work_order_id: Option<Uuid>, value: i32, unit: &'static str, source: &'static str, member_id: Uuid, at: At }
    HandOver { work_order_id: Uuid, collected_by: String, signature: String, member_id: Uuid, at: At }
    Invoice {
        id: Uuid, branch_id: Uuid, kind: &'static str, state: &'static str, customer_id: Uuid, corrects_id: Option<Uuid>, reason: String,
        fiscal_year: Option<i32>, number: Option<i64>, number_text: Option<String>, issued_on: Option<NaiveDate>, due_on: Option<NaiveDate>,
        currency: String, seller: Option<Value>, buyer: Option<Value>, covers: Value, subject: String, net_minor: i64, tax_minor: i64, total_minor: i64,
        created_at: At, posted_at: Option<At>, posted_by: Option<Uuid>,
    }
    InvoiceLine {
        id: Uuid, invoice_id: Uuid, position: usize, job_id: Uuid, job_title: String, kind: &'static str, description: String, part_number: String,
        quantity_milli: i64, unit_price_minor: i64, tax_basis_points: i32, net_minor: i64, tax_minor: i64,
    }
    InvoiceWorkOrder { invoice_id: Uuid, work_order_id: Uuid }
    InvoicedJob { invoice_id: Uuid, job_id: Uuid }
    Payment {
        id: Uuid, branch_id: Uuid, customer_id: Uuid, method: &'static str, amount_minor: i64, currency: String, reference: String,
        received_on: NaiveDate, member_id: Uuid, at: At,
    }
    Allocation { id: Uuid, payment_id: Uuid, invoice_id: Uuid, amount_minor: i64, at: At }
    Announcement { id: Uuid, title: &'static str, body: &'static str, until_on: NaiveDate, roles: Vec<&'static str>, member_id: Uuid, at: At }
    AnnouncementAddress { announcement_id: Uuid, of_role: Option<&'static str>, at: At, until_on: NaiveDate }
    AnnouncementReceipt { announcement_id: Uuid, member_id: Uuid, at: At }
    AuditEvent {
        id: Uuid, at: At, member_id: Uuid, member_name: String, action: &'static str, entity: &'static str, entity_id: Uuid,
        work_order_id: Option<Uuid>, customer_id: Option<Uuid>, summary: String,
    }
}

/// A person who can sign in; outside the workshop's own tables.
#[derive(Debug, Clone)]
pub(super) struct User {
    pub id: Uuid,
    pub email: String,
    pub name: String,
    pub member: Uuid,
}
