//! What the forms of a document that take or give back money do.
use super::show::{RejectedForm, show_again};
use crate::features::payments::{self, PaymentForm, ReverseForm};
use crate::kernel::permission::{RecordPayments, ReversePayments};
use crate::server::prelude::*;

pub(crate) async fn record(
    mut scope: Scope<RecordPayments>,
    Id(invoice): Id<InvoiceId>,
    FormBody(form): FormBody<PaymentForm>,
) -> PageResult {
    let recorded = match form.parse(&scope.form_context()) {
        Ok(new) => payments::service::record(&mut scope, invoice, &new, &form.key).await,
        Err(errors) => Err(errors.into()),
    };
    let done = |_| (format!("/invoices/{invoice}"), "Payment recorded");
    let again = async |scope, refused| {
        show_again(scope, invoice, RejectedForm::Pay(Filled::again(form, refused))).await
    };
    scope.answer(recorded, done, again).await
}

pub(crate) async fn apply_credit(mut scope: Scope<RecordPayments>, Id(invoice): Id<InvoiceId>) -> PageResult {
    payments::service::apply_credit(&mut scope, invoice).await?;
    scope
        .done(format!("/invoices/{invoice}"), "Paid from the customer's credit")
        .await
}

pub(crate) async fn reverse(
    mut scope: Scope<ReversePayments>,
    Id(payment): Id<PaymentId>,
    FormBody(form): FormBody<ReverseForm>,
) -> PageResult {
    let reversed = match form.parse(&scope.form_context()) {
        Ok(why) => payments::service::reverse(&mut scope, payment, &why, &form.key).await,
        Err(errors) => Err(errors.into()),
    };
    let done = |invoice: Option<InvoiceId>| {
        let to = invoice.map_or_else(|| "/payments".to_owned(), |id| format!("/invoices/{id}"));
        (to, "Payment reversed")
    };
    let again = async |mut scope: Scope<ReversePayments>, refused: Refused| {
        let found = payments::selectors::first_invoice(&mut scope, payment).await;
        // What was never on an invoice has no page to be shown again on.
        let invoice = found.map_err(|missing| refused.conflict.clone().map_or(missing, AppError::from))?;
        let refused = RejectedForm::Reverse(payment, Filled::again(form, refused));
        show_again(scope, invoice, refused).await
    };
    scope.answer(reversed, done, again).await
}
