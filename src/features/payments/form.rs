//! What people type when money comes or goes.
use super::model::Method;
use crate::kernel::{Checker, Currency, FieldErrors, Money, Problem, text, time};
use chrono::{Days, NaiveDate};
use serde::Deserialize;

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct PaymentForm {
    pub method: String,
    pub amount: String,
    pub received_on: String,
    pub reference: String,
    /// Answers a double click once.
    pub key: String,
}

/// A valid payment, about to be written.
#[derive(Clone, Debug)]
pub struct NewPayment {
    pub method: Method,
    pub amount: Money,
    pub received_on: NaiveDate,
    pub reference: String,
}

impl PaymentForm {
    /// # Errors
    /// Every field's problem at once; more than `open` is one of them.
    pub fn validate(
        &self,
        currency: Currency,
        today: NaiveDate,
        open: Money,
    ) -> Result<NewPayment, FieldErrors> {
        let mut check = Checker::new();
        let method = check.check(
            "method",
            Method::parse(&self.method).ok_or(Problem::other("Choose a payment method.")),
        );
        let amount = check.check("amount", amount(&self.amount, currency, open));
        let received_on = check.check("received_on", received_on(&self.received_on, today));
        let reference = check.check("reference", text::optional(&self.reference, 60));
        let value = (|| {
            Some(NewPayment {
                method: method?,
                amount: amount?,
                received_on: received_on?,
                reference: reference?,
            })
        })();
        check.finish(value)
    }
}

fn amount(raw: &str, currency: Currency, open: Money) -> Result<Money, Problem> {
    let amount = Money::parse(raw, currency)?;
    if amount <= Money::ZERO {
        Err(Problem::OutOfRange("more than nothing".into()))
    } else if amount > open {
        Err(Problem::other(format!(
            "Only {} is due. Enter at most that.",
            currency.show(open)
        )))
    } else {
        Ok(amount)
    }
}

fn received_on(raw: &str, today: NaiveDate) -> Result<NaiveDate, Problem> {
    let day = if raw.trim().is_empty() {
        today
    } else {
        time::day(raw)?
    };
    if day > today || day < today - Days::new(366) {
        Err(Problem::OutOfRange("today or earlier, and within a year".into()))
    } else {
        Ok(day)
    }
}

/// Why a payment is taken back.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct ReverseForm {
    pub reason: String,
    pub key: String,
}

impl ReverseForm {
    /// # Errors
    /// When no reason is given.
    pub fn validate(&self) -> Result<String, FieldErrors> {
        let mut check = Checker::new();
        let reason = check.check("reason", text::required(&self.reason, 200));
        check.finish(reason)
    }
}
