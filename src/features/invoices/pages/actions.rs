//! What the buttons do.
use super::super::form::{DraftForm, KeyForm, VoidForm};
use super::super::service;
use super::show::{Answered, show_again};
use crate::kernel::permission::IssueInvoices;
use crate::server::http::page::field_errors;
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
    match field_errors(service::edit(&mut scope, id, &form).await)? {
        Ok(()) => scope.done(format!("/invoices/{id}"), "Draft saved").await,
        Err(errors) => show_again(scope.start_over().await?, id, Answered::Edit(form, errors)).await,
    }
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
    mut scope: Scope<IssueInvoices>,
    Id(id): Id<InvoiceId>,
    FormBody(form): FormBody<VoidForm>,
) -> PageResult {
    match field_errors(service::void(&mut scope, id, &form).await)? {
        Ok(credit) if form.again.is_empty() => {
            scope
                .done(format!("/invoices/{credit}"), "Voided by this credit note")
                .await
        }
        Ok(_) => {
            let draft = service::bill_again(&mut scope, id).await?;
            scope
                .done(format!("/invoices/{draft}"), "Voided. This is the new draft.")
                .await
        }
        Err(errors) => show_again(scope.start_over().await?, id, Answered::Void(form, errors)).await,
    }
}
