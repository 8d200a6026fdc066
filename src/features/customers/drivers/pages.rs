//! Handlers: read or write through the scope, then show.
use super::form::DriverForm;
use super::parts::{FormView, driver_form_page_view};
use super::{selectors, service};
use crate::features::customers;
use crate::kernel::form::ReasonForm;
use crate::kernel::permission::EditCustomers;
use crate::server::prelude::*;
use axum::response::Response;

pub(super) async fn new(mut scope: Scope<EditCustomers>, Id(customer): Id<CustomerId>) -> PageResult {
    let form = DriverForm::default().keyed(&idempotency::fresh(&scope));
    let company = company(&mut scope, customer).await?;
    Ok(show(scope, FormView::new(customer, company, Filled::new(form))))
}

pub(super) async fn create(
    mut scope: Scope<EditCustomers>,
    Id(customer): Id<CustomerId>,
    FormBody(form): FormBody<DriverForm>,
) -> PageResult {
    let saved = match form.parse(&scope.form_context()) {
        Ok(driver) => service::add(&mut scope, customer, &driver, &form.key).await,
        Err(errors) => Err(errors.into()),
    };
    let again = async |mut scope: Scope<EditCustomers>, refused: Refused| {
        let company = company(&mut scope, customer).await?;
        Ok(show(
            scope,
            FormView::new(customer, company, Filled::again(form, refused)),
        ))
    };
    scope
        .answer(saved, |()| (list(customer), "Driver saved"), again)
        .await
}

pub(super) async fn edit(
    mut scope: Scope<EditCustomers>,
    Ids(customer, id): Ids<CustomerId, DriverId>,
) -> PageResult {
    let view = stored(&mut scope, customer, id).await?;
    Ok(show(scope, view))
}

pub(super) async fn change(
    mut scope: Scope<EditCustomers>,
    Ids(customer, id): Ids<CustomerId, DriverId>,
    FormBody(form): FormBody<DriverForm>,
) -> PageResult {
    let saved = match form.parse(&scope.form_context()) {
        Ok(driver) => service::change(&mut scope, customer, id, &driver, form::version(&form.version)).await,
        Err(errors) => Err(errors.into()),
    };
    let again = async |mut scope: Scope<EditCustomers>, refused: Refused| {
        let driver = selectors::get(&mut scope, customer, id).await?;
        let context = scope.form_context();
        let filled = Filled::again(form, refused).beside(&driver.data, driver.version, &context);
        Ok(show(scope, FormView::of(driver, filled)))
    };
    scope
        .answer(saved, |()| (list(customer), "Changes saved"), again)
        .await
}

pub(super) async fn archive(
    mut scope: Scope<EditCustomers>,
    Ids(customer, id): Ids<CustomerId, DriverId>,
    FormBody(form): FormBody<ReasonForm>,
) -> PageResult {
    let archived = match form.parse(&scope.form_context()) {
        Ok(why) => service::archive(&mut scope, customer, id, &why).await,
        Err(errors) => Err(errors.into()),
    };
    let again = async |mut scope: Scope<EditCustomers>, refused: Refused| {
        let view = FormView {
            leaving: Filled::again(form, refused),
            ..stored(&mut scope, customer, id).await?
        };
        Ok(show(scope, view))
    };
    scope
        .answer(archived, |()| (list(customer), "Driver archived"), again)
        .await
}

pub(super) async fn restore(
    mut scope: Scope<EditCustomers>,
    Ids(customer, id): Ids<CustomerId, DriverId>,
) -> PageResult {
    service::restore(&mut scope, customer, id).await?;
    scope.done(list(customer), "Driver restored").await
}

/// Where the company's drivers stand.
fn list(customer: CustomerId) -> String {
    format!("/customers/{customer}#drivers")
}

async fn company(scope: &mut Scope<EditCustomers>, customer: CustomerId) -> AppResult<String> {
    Ok(customers::selectors::get(scope, customer).await?.data.name)
}

async fn stored(scope: &mut Scope<EditCustomers>, customer: CustomerId, id: DriverId) -> AppResult<FormView> {
    let driver = selectors::get(scope, customer, id).await?;
    let form = DriverForm::of(&driver.data, &scope.form_context()).versioned(driver.version);
    Ok(FormView::of(driver, Filled::new(form)))
}

fn show(scope: Scope<EditCustomers>, view: FormView) -> Response {
    let title = if view.driver.is_some() {
        "Edit driver"
    } else {
        "New driver"
    };
    let page = Page::new(title)
        .nav("/customers")
        .shows(&view.filled)
        .shows(&view.leaving);
    scope.page(page, move || driver_form_page_view(view, title))
}
