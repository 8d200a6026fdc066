//! Somebody who asks to join: with which role, or not.
use super::super::form::GrantForm;
use super::super::parts::request::{RequestView, request_page_view};
use super::super::{selectors, service};
use super::{choices, crumbs};
use crate::kernel::permission::ManageMembers;
use crate::server::prelude::*;
use crate::ui::prelude::*;
use axum::response::Response;
use leptos::prelude::*;

pub(crate) async fn show(scope: Scope<ManageMembers>, Id(id): Id<JoinRequestId>) -> PageResult {
    render(scope, id, Filled::new(GrantForm::blank())).await
}

pub(crate) async fn approve(
    mut scope: Scope<ManageMembers>,
    Id(id): Id<JoinRequestId>,
    FormBody(form): FormBody<GrantForm>,
) -> PageResult {
    let approved = match form.parse(&scope.form_context()) {
        Ok(wish) => service::approve(&mut scope, id, &wish).await,
        Err(errors) => Err(errors.into()),
    };
    let done = |()| ("/settings/members", "Approved. An e-mail is on its way.");
    let again = async |scope, refused| render(scope, id, Filled::again(form, refused)).await;
    scope.answer(approved, done, again).await
}

pub(crate) async fn refuse(mut scope: Scope<ManageMembers>, Id(id): Id<JoinRequestId>) -> PageResult {
    service::refuse(&mut scope, id).await?;
    scope.done("/settings/members", "Request refused").await
}

async fn render(
    mut scope: Scope<ManageMembers>,
    id: JoinRequestId,
    filled: Filled<GrantForm>,
) -> AppResult<Response> {
    let view = RequestView {
        request: selectors::request(&mut scope, id).await?,
        choices: choices(&mut scope).await?,
        zone: scope.session().zone(),
        filled,
    };
    let title = format!("{} asks to join", view.request.name);
    let page = Page::new(title.clone()).nav("/settings").shows(&view.filled);
    Ok(scope.page(page, move || {
        view! {
            <PageHeader title subtitle=view.request.email.clone() crumbs=crumbs()/>
            {request_page_view(view)}
        }
    }))
}
