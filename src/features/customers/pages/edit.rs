//! Adding and changing a customer.
use super::super::form::CustomerForm;
use super::super::parts::form::{FormView, customer_form_page_view};
use super::super::{selectors, service};
use crate::kernel::permission::EditCustomers;
use crate::server::prelude::*;
use axum::response::Response;

pub(crate) async fn new(scope: Scope<EditCustomers>) -> PageResult {
    let form = CustomerForm::blank().keyed(&idempotency::fresh(&scope));
    Ok(show(scope, FormView::new(Filled::new(form))))
}

pub(crate) async fn create(
    mut scope: Scope<EditCustomers>,
    FormBody(form): FormBody<CustomerForm>,
) -> PageResult {
    let saved = add(&mut scope, &form).await;
    let to = |id| match form.then.as_str() {
        "vehicle" => format!("/vehicles/new?customer={id}"),
        _ => format!("/customers/{id}"),
    };
    let again = async |mut scope: Scope<EditCustomers>, refused: Refused| {
        let twins = if refused.errors.at("anyway").is_some() {
            selectors::possible_duplicates(&mut scope, &form.phone, &form.email).await?
        } else {
            Vec::new()
        };
        let view = FormView::new(Filled::again(form.clone(), refused));
        Ok(show(scope, FormView { twins, ..view }))
    };
    scope.answer(saved, |id| (to(id), "Customer saved"), again).await
}

async fn add(scope: &mut Scope<EditCustomers>, form: &CustomerForm) -> AppResult<CustomerId> {
    let new = form.parse(&scope.form_context())?;
    service::add(scope, &new, !form.anyway.is_empty(), &form.key).await
}

pub(crate) async fn edit(mut scope: Scope<EditCustomers>, Id(id): Id<CustomerId>) -> PageResult {
    let customer = selectors::get(&mut scope, id).await?;
    let form = CustomerForm::of(&customer.data, &scope.form_context()).versioned(customer.version);
    let view = FormView::of(&customer, Filled::new(form));
    Ok(show(scope, view))
}

pub(crate) async fn change(
    mut scope: Scope<EditCustomers>,
    Id(id): Id<CustomerId>,
    FormBody(form): FormBody<CustomerForm>,
) -> PageResult {
    let saved = save(&mut scope, id, &form).await;
    let done = |()| (format!("/customers/{id}"), "Changes saved");
    let again = async |mut scope: Scope<EditCustomers>, refused: Refused| {
        let customer = selectors::get(&mut scope, id).await?;
        let context = scope.form_context();
        let filled = Filled::again(form, refused).beside(&customer.data, customer.version, &context);
        Ok(show(scope, FormView::of(&customer, filled)))
    };
    scope.answer(saved, done, again).await
}

async fn save(scope: &mut Scope<EditCustomers>, id: CustomerId, form: &CustomerForm) -> AppResult<()> {
    let new = form.parse(&scope.form_context())?;
    service::change(scope, id, &new, form::version(&form.version)).await
}

fn show(scope: Scope<EditCustomers>, view: FormView) -> Response {
    let page = Page::new(view.title())
        .nav("/customers")
        .status(view.filled.status());
    scope.page(page, move || customer_form_page_view(view))
}
