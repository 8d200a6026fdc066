//! One member: role, branches, and the way out and back.
use super::super::form::{GrantForm, MemberForm, ReasonForm};
use super::super::model::Member;
use super::super::parts::member::{MemberPage, MemberView};
use super::super::{selectors, service};
use super::{branch_names, choices, crumbs};
use crate::kernel::permission::{DismissMembers, ManageMembers, Permission};
use crate::server::http::page::field_errors;
use crate::server::prelude::*;
use crate::ui::prelude::*;
use axum::response::Response;
use leptos::prelude::*;

pub(crate) async fn show(scope: Scope<ManageMembers>, Id(id): Id<MemberId>) -> PageResult {
    render(scope, id, 200, None, FieldErrors::default()).await
}

pub(crate) async fn change(
    mut scope: Scope<ManageMembers>,
    Id(id): Id<MemberId>,
    FormBody(form): FormBody<MemberForm>,
) -> PageResult {
    match field_errors(service::change(&mut scope, id, &form).await)? {
        Ok(()) => {
            scope
                .done("/settings/members", "Saved. It applies from the next click.")
                .await
        }
        Err(errors) => render(scope.start_over().await?, id, 422, Some(form), errors).await,
    }
}

pub(crate) async fn deactivate(
    mut scope: Scope<DismissMembers>,
    Id(id): Id<MemberId>,
    FormBody(form): FormBody<ReasonForm>,
) -> PageResult {
    match field_errors(service::deactivate(&mut scope, id, &form).await)? {
        Ok(()) => {
            scope
                .done("/settings/members", "Deactivated, and signed out everywhere here")
                .await
        }
        Err(errors) => render(scope.start_over().await?, id, 422, None, errors).await,
    }
}

pub(crate) async fn reactivate(mut scope: Scope<ManageMembers>, Id(id): Id<MemberId>) -> PageResult {
    service::reactivate(&mut scope, id).await?;
    scope.done(format!("/settings/members/{id}"), "Reactivated").await
}

async fn render<P: Permission>(
    mut scope: Scope<P>,
    id: MemberId,
    status: u16,
    form: Option<MemberForm>,
    errors: FieldErrors,
) -> AppResult<Response> {
    let member = selectors::member(&mut scope, id).await?;
    let view = MemberView {
        branches: branch_names(&mut scope).await?,
        choices: choices(&mut scope).await?,
        zone: scope.session().zone(),
        may_dismiss: scope.allows::<DismissMembers>(),
        form: form.unwrap_or_else(|| filled(&member)),
        errors,
        member,
    };
    let page = Page::new(view.member.name.clone())
        .nav("/settings")
        .status(status);
    Ok(scope.page(page, move || {
        view! {
            <PageHeader title=view.member.name.clone() subtitle=view.member.email.clone() crumbs=crumbs()/>
            <MemberPage view/>
        }
    }))
}

fn filled(member: &Member) -> MemberForm {
    MemberForm {
        version: member.version.to_string(),
        grant: GrantForm::of(&member.grant),
    }
}
