//! Somebody who asks to join: with which role, or not.
use super::super::form::GrantForm;
use super::super::parts::request::{RequestPage, RequestView};
use super::super::{selectors, service};
use super::{choices, crumbs};
use crate::kernel::permission::ManageMembers;
use crate::server::http::page::field_errors;
use crate::server::prelude::*;
use crate::ui::prelude::*;
use axum::response::Response;
use leptos::prelude::*;

pub(crate) async fn show(scope: Scope<ManageMembers>, Id(id): Id<JoinRequestId>) -> PageResult {
    let form = GrantForm {
        reach: "chosen".to_owned(),
        ..GrantForm::default()
    };
    render(scope, id, 200, form, FieldErrors::default()).await
}

pub(crate) async fn approve(
    mut scope: Scope<ManageMembers>,
    Id(id): Id<JoinRequestId>,
    FormBody(form): FormBody<GrantForm>,
) -> PageResult {
    match field_errors(service::approve(&mut scope, id, &form).await)? {
        Ok(()) => {
            scope
                .done("/settings/members", "Approved. An e-mail is on its way.")
                .await
        }
        Err(errors) => render(scope.start_over().await?, id, 422, form, errors).await,
    }
}

pub(crate) async fn refuse(mut scope: Scope<ManageMembers>, Id(id): Id<JoinRequestId>) -> PageResult {
    service::refuse(&mut scope, id).await?;
    scope.done("/settings/members", "Request refused").await
}

async fn render(
    mut scope: Scope<ManageMembers>,
    id: JoinRequestId,
    status: u16,
    form: GrantForm,
    errors: FieldErrors,
) -> AppResult<Response> {
    let view = RequestView {
        request: selectors::request(&mut scope, id).await?,
        choices: choices(&mut scope).await?,
        zone: scope.session().zone(),
        form,
        errors,
    };
    let title = format!("{} asks to join", view.request.name);
    let page = Page::new(title.clone()).nav("/settings").status(status);
    Ok(scope.page(page, move || {
        view! {
            <PageHeader title subtitle=view.request.email.clone() crumbs=crumbs()/>
            <RequestPage view/>
        }
    }))
}
