//! Everybody, those who are invited, those who wait, and the code.
use super::super::code;
use super::super::form::{GrantForm, InviteForm};
use super::super::parts::list::{PeopleLists, PeopleView};
use super::super::{selectors, service};
use super::choices;
use crate::kernel::permission::ManageMembers;
use crate::server::http::page::field_errors;
use crate::server::prelude::*;
use crate::ui::prelude::*;
use axum::response::Response;
use leptos::prelude::*;

pub(crate) async fn show(scope: Scope<ManageMembers>) -> PageResult {
    let form = InviteForm {
        grant: GrantForm {
            reach: "chosen".to_owned(),
            ..GrantForm::default()
        },
        ..InviteForm::default()
    };
    render(scope, 200, form, FieldErrors::default()).await
}

pub(crate) async fn invite(
    mut scope: Scope<ManageMembers>,
    FormBody(form): FormBody<InviteForm>,
) -> PageResult {
    match field_errors(service::invite(&mut scope, &form).await)? {
        Ok(_) => {
            let said = format!("Invitation sent to {}", form.email.trim());
            scope.done("/settings/members#invites", &said).await
        }
        Err(errors) => render(scope.start_over().await?, 422, form, errors).await,
    }
}

pub(crate) async fn resend(mut scope: Scope<ManageMembers>, Id(id): Id<InviteId>) -> PageResult {
    service::resend(&mut scope, id).await?;
    scope
        .done(
            "/settings/members#invites",
            "Sent again. The old link no longer works.",
        )
        .await
}

pub(crate) async fn revoke(mut scope: Scope<ManageMembers>, Id(id): Id<InviteId>) -> PageResult {
    service::revoke(&mut scope, id).await?;
    scope
        .done("/settings/members#invites", "Invitation revoked")
        .await
}

pub(crate) async fn rotate_code(mut scope: Scope<ManageMembers>) -> PageResult {
    service::rotate(&mut scope).await?;
    scope
        .done(
            "/settings/members#code",
            "New join code. The old one no longer works.",
        )
        .await
}

pub(crate) async fn switch_code_off(mut scope: Scope<ManageMembers>) -> PageResult {
    service::switch_off(&mut scope).await?;
    scope
        .done("/settings/members#code", "Join code switched off")
        .await
}

async fn render(
    mut scope: Scope<ManageMembers>,
    status: u16,
    form: InviteForm,
    errors: FieldErrors,
) -> AppResult<Response> {
    let (branches, seed) = selectors::branches(&mut scope).await?;
    let view = PeopleView {
        members: selectors::members(&mut scope).await?,
        invites: selectors::invites(&mut scope).await?,
        requests: selectors::requests(&mut scope).await?,
        branches,
        choices: choices(&mut scope).await?,
        code: seed.map(|seed| code::shown(&code::of_seed(&scope.state.keys, seed))),
        join_address: format!("{}/join", scope.state.settings.base_url),
        now: scope.now(),
        zone: scope.session().zone(),
        form,
        errors,
    };
    let active = view.members.iter().filter(|member| member.active()).count();
    let subtitle = match active {
        1 => "1 active member".to_owned(),
        many => format!("{many} active members"),
    };
    let page = Page::new("People").nav("/settings").status(status);
    Ok(scope.page(page, move || {
        view! {
            <PageHeader title="People" subtitle crumbs=vec![("/settings".to_owned(), "Settings".to_owned())]/>
            <PeopleLists view/>
        }
    }))
}
