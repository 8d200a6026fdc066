//! What people type when money comes or goes.
use crate::domain::payment::Method;
use crate::form;
use crate::kernel::{Checker, FormContext, Money, Problem};
use chrono::NaiveDate;

form! {
    /// A payment as typed.
    pub struct PaymentForm shows PaymentFields;
    /// A payment, about to be written.
    #[derive(Clone, Debug)]
    pub struct NewPayment {
        amount: Money = money("Amount"),
        method: Method = own("Method", Kind::Choice, method, |method, _| method.name().to_owned()).required(),
        /// Nothing is today.
        received_on: Option<NaiveDate> = date("Received on").optional(),
        reference: String = line("Reference", 60),
    }
    with {
        /// Answers a double click once.
        key,
    }
    checked by something;
}

fn method(raw: &str) -> Result<Method, Problem> {
    Method::parse(raw).ok_or_else(|| Problem::other("Choose a payment method."))
}

fn something(form: &PaymentForm, _: Option<&mut NewPayment>, check: &mut Checker, context: &FormContext) {
    if Money::parse(&form.amount, context.currency).is_ok_and(|amount| amount <= Money::ZERO) {
        check.refuse("amount", Problem::OutOfRange("more than nothing".into()));
    }
}

form! {
    /// Why a payment is taken back, as typed.
    pub struct ReverseForm shows ReverseFields;
    /// Why a payment is taken back.
    #[derive(Clone, Debug)]
    pub struct Reversal {
        reason: String = line("Reason", 200).required().asks("Enter a reason."),
    }
    with {
        key,
    }
}
