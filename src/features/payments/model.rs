//! What payments are.
use crate::domain::payment::Method;
use crate::kernel::{InvoiceId, Money, PaymentId};
use chrono::{DateTime, NaiveDate, Utc};

/// A row of the list: a payment, or the reversal of one.
#[derive(Clone, Debug)]
pub struct PaymentRow {
    pub id: PaymentId,
    pub received_on: NaiveDate,
    pub customer: String,
    pub method: Method,
    pub amount: Money,
    pub currency: String,
    pub reference: String,
    pub member: String,
    pub reverses: Option<PaymentId>,
    pub reason: String,
    pub reversed: bool,
    /// The invoice that it paid first.
    pub invoice: Option<InvoiceId>,
    pub invoice_number: Option<String>,
    pub at: DateTime<Utc>,
}

/// A payment as an invoice shows it.
#[derive(Clone, Debug)]
pub struct InvoicePayment {
    pub id: PaymentId,
    pub received_on: NaiveDate,
    pub method: Method,
    pub reference: String,
    pub member: String,
    /// The whole payment.
    pub amount: Money,
    /// What of it pays this invoice now; nothing after a reversal or when the invoice was voided.
    pub allocated: Money,
    pub reversed_on: Option<NaiveDate>,
    pub reversed_because: Option<String>,
}

/// What was collected by one method.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MethodSum {
    pub method: Method,
    pub payments: i64,
    pub amount: Money,
}
