//! Adding and changing a customer.
use super::super::form::CustomerForm;
use super::super::model::Customer;
use super::super::parts::form::{CustomerFormPage, FormView};
use super::super::{selectors, service};
use crate::kernel::permission::EditCustomers;
use crate::server::http::page::field_errors;
use crate::server::prelude::*;
use axum::response::Response;
use leptos::prelude::*;

pub(crate) async fn new(scope: Scope<EditCustomers>) -> PageResult {
    let form = CustomerForm::blank(idempotency::fresh(&scope));
    Ok(show(scope, FormView::new(form), 200))
}

pub(crate) async fn create(
    mut scope: Scope<EditCustomers>,
    FormBody(form): FormBody<CustomerForm>,
) -> PageResult {
    let errors = match field_errors(service::add(&mut scope, &form).await)? {
        Ok(id) => return created(scope, id, &form.then).await,
        Err(errors) => errors,
    };
    let mut scope = scope.start_over().await?;
    let twins = if errors.at("anyway").is_some() {
        selectors::twins(&mut scope, &form.phone, &form.email).await?
    } else {
        Vec::new()
    };
    let view = FormView {
        errors,
        twins,
        ..FormView::new(form)
    };
    Ok(show(scope, view, 422))
}

async fn created(scope: Scope<EditCustomers>, id: CustomerId, then: &str) -> PageResult {
    let to = if then == "vehicle" {
        format!("/vehicles/new?customer={id}")
    } else {
        format!("/customers/{id}")
    };
    scope.done(to, "Customer saved").await
}

pub(crate) async fn edit(mut scope: Scope<EditCustomers>, Id(id): Id<CustomerId>) -> PageResult {
    let customer = selectors::get(&mut scope, id).await?;
    let view = FormView::of(&customer, CustomerForm::of(&customer));
    Ok(show(scope, view, 200))
}

pub(crate) async fn change(
    mut scope: Scope<EditCustomers>,
    Id(id): Id<CustomerId>,
    FormBody(form): FormBody<CustomerForm>,
) -> PageResult {
    match service::change(&mut scope, id, &form).await {
        Ok(()) => scope.done(format!("/customers/{id}"), "Changes saved").await,
        Err(AppError::Invalid(errors)) => {
            let mut scope = scope.start_over().await?;
            let customer = selectors::get(&mut scope, id).await?;
            let view = FormView {
                errors,
                ..FormView::of(&customer, form)
            };
            Ok(show(scope, view, 422))
        }
        Err(AppError::Conflict(Conflict::ChangedMeanwhile)) => {
            let mut scope = scope.start_over().await?;
            let customer = selectors::get(&mut scope, id).await?;
            Ok(show(scope, told(&customer, form), 409))
        }
        Err(other) => Err(other),
    }
}

/// Somebody saved meanwhile: what was typed stays, what they wrote stands beside it, and saving again is a decision.
fn told(customer: &Customer, mut form: CustomerForm) -> FormView {
    let theirs = form
        .validate()
        .map(|ours| ours.differences(&customer.data))
        .unwrap_or_default();
    form.version = customer.version.to_string();
    FormView {
        theirs: Some(theirs),
        ..FormView::of(customer, form)
    }
}

fn show(scope: Scope<EditCustomers>, view: FormView, status: u16) -> Response {
    let page = Page::new(view.title()).nav("/customers").status(status);
    scope.page(page, move || view! { <CustomerFormPage view /> })
}
