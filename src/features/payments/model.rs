//! What payments are.
use crate::kernel::{Currency, InvoiceId, Locale, Money, PaymentId, text_enum};
use chrono::{DateTime, NaiveDate, Utc};

text_enum! {
    /// How money came.
    pub enum Method in { "payments.method" } {
        Card = "card", "Card";
        Cash = "cash", "Cash";
        Transfer = "transfer", "Bank transfer";
        Upi = "upi", "UPI";
        Cheque = "cheque", "Check";
        Other = "other", "Other";
    }
}

impl Method {
    /// As the country says it.
    pub fn word(self, locale: Locale) -> &'static str {
        locale.word(self.label())
    }
    /// Value and label of each that is usual where this currency is, for a select.
    pub fn usual(currency: Currency, locale: Locale) -> Vec<(String, String)> {
        let usual = |method: &&Self| **method != Self::Upi || currency.code() == "INR";
        Self::ALL
            .iter()
            .filter(usual)
            .map(|m| (m.name().to_owned(), m.word(locale).to_owned()))
            .collect()
    }
}

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
