//! What the buttons do.
use super::super::form::{DraftForm, VoidForm};
use super::super::service;
use super::show::{RejectedForm, show_again};
use crate::kernel::form::KeyForm;
use crate::kernel::permission::{IssueInvoices, VoidInvoices};
use crate::server::prelude::*;

pub(crate) async fn create(
    mut scope: Scope<IssueInvoices>,
    Id(order): Id<WorkOrderId>,
    FormBody(form): FormBody<KeyForm>,
) -> PageResult {
    let id = service::create(&mut scope, order, &form.key).await?;
    scope
        .done(format!("/invoices/{id}"), "Draft created from the approved work")
        .await
}

pub(crate) async fn edit(
    mut scope: Scope<IssueInvoices>,
    Id(id): Id<InvoiceId>,
    FormBody(form): FormBody<DraftForm>,
) -> PageResult {
    let saved = match form.parse(&scope.form_context()) {
        Ok(words) => service::edit(&mut scope, id, &words).await,
        Err(errors) => Err(errors.into()),
    };
    let done = |()| (format!("/invoices/{id}"), "Draft saved");
    let again =
        async |scope, refused| show_again(scope, id, RejectedForm::Edit(Filled::again(form, refused))).await;
    scope.answer(saved, done, again).await
}

pub(crate) async fn refresh(mut scope: Scope<IssueInvoices>, Id(id): Id<InvoiceId>) -> PageResult {
    service::refresh(&mut scope, id).await?;
    scope
        .done(format!("/invoices/{id}"), "Lines copied from the work order")
        .await
}

pub(crate) async fn delete(mut scope: Scope<IssueInvoices>, Id(id): Id<InvoiceId>) -> PageResult {
    service::delete(&mut scope, id).await?;
    scope.done("/invoices", "Draft discarded").await
}

pub(crate) async fn post(mut scope: Scope<IssueInvoices>, Id(id): Id<InvoiceId>) -> PageResult {
    let number = service::post(&mut scope, id).await?;
    scope
        .done(format!("/invoices/{id}"), &format!("Invoice {number} posted"))
        .await
}

pub(crate) async fn void(
    mut scope: Scope<VoidInvoices>,
    Id(id): Id<InvoiceId>,
    FormBody(form): FormBody<VoidForm>,
) -> PageResult {
    let voided = void_and_bill(&mut scope, id, &form).await;
    let done = |(to, flash): (InvoiceId, &'static str)| (format!("/invoices/{to}"), flash);
    let again =
        async |scope, refused| show_again(scope, id, RejectedForm::Void(Filled::again(form, refused))).await;
    scope.answer(voided, done, again).await
}

/// The document to go on at, and the word for it.
async fn void_and_bill(
    scope: &mut Scope<VoidInvoices>,
    id: InvoiceId,
    form: &VoidForm,
) -> AppResult<(InvoiceId, &'static str)> {
    let why = form.parse(&scope.form_context())?;
    let voided = service::void(scope, id, &why).await?;
    Ok(match voided.draft {
        None => (voided.credit, "Voided by this credit note"),
        Some(draft) => (draft, "Voided. This is the new draft."),
    })
}
