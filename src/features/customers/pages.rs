//! The list and the form.
use super::form::CustomerForm;
use super::{selectors, service};
use crate::kernel::page::Cursor;
use crate::kernel::permission::{EditCustomers, ViewCustomers};
use crate::server::http::page::field_errors;
use crate::server::prelude::*;
use axum::response::Response;
use leptos::prelude::*;
use serde::Deserialize;

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct ListSearch {
    before: Option<String>,
}

pub(super) async fn list(mut scope: Scope<ViewCustomers>, Search(search): Search<ListSearch>) -> PageResult {
    let page = selectors::newest(&mut scope, Cursor::parse(search.before.as_deref())).await?;
    Ok(scope.page(Page::new("Customers").nav("/customers"), move || {
        view! { <h1>"Customers"</h1><ul>{page.rows.into_iter().map(|row| view! { <li>{row.name}</li> }).collect_view()}</ul> }
    }))
}

pub(super) async fn new(scope: Scope<EditCustomers>) -> PageResult {
    Ok(form_page(
        scope,
        CustomerForm {
            kind: "person".into(),
            ..CustomerForm::default()
        },
        FieldErrors::default(),
        200,
    ))
}

pub(super) async fn create(
    mut scope: Scope<EditCustomers>,
    FormBody(form): FormBody<CustomerForm>,
) -> PageResult {
    match field_errors(service::add(&mut scope, &form).await)? {
        Ok(_) => scope.done("/customers", "Customer saved").await,
        Err(errors) => Ok(form_page(scope, form, errors, 422)),
    }
}

fn form_page(scope: Scope<EditCustomers>, form: CustomerForm, errors: FieldErrors, status: u16) -> Response {
    scope.page(
        Page::new("New customer").nav("/customers").status(status),
        move || {
            view! {
                <form method="post" action="/customers/new">
                    <input type="hidden" name="kind" value=form.kind/>
                    <input name="name" value=form.name/>
                    <p>{errors.at("name")}</p>
                    <button>"Save"</button>
                </form>
            }
        },
    )
}
