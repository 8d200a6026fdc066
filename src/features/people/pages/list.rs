//! Everybody, those who are invited, those who wait, and the code.
use super::super::code;
use super::super::form::{GrantForm, InviteForm};
use super::super::parts::list::{PeopleView, people_lists_view};
use super::super::{selectors, service};
use super::choices;
use crate::kernel::permission::ManageMembers;
use crate::server::prelude::*;
use crate::ui::prelude::*;
use axum::response::Response;
use leptos::prelude::*;

pub(crate) async fn show(scope: Scope<ManageMembers>) -> PageResult {
    let form = InviteForm {
        grant: GrantForm::blank(),
        ..InviteForm::default()
    };
    render(scope, Filled::new(form)).await
}

pub(crate) async fn invite(
    mut scope: Scope<ManageMembers>,
    FormBody(form): FormBody<InviteForm>,
) -> PageResult {
    let invited = match form.parse(&scope.form_context()) {
        Ok(new) => service::invite(&mut scope, &new).await,
        Err(errors) => Err(errors.into()),
    };
    let flash = format!("Invitation sent to {}", form.email.trim());
    let again = async |scope, refused| render(scope, Filled::again(form, refused)).await;
    scope
        .answer(invited, |_| ("/settings/members#invites", flash), again)
        .await
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

async fn render(mut scope: Scope<ManageMembers>, filled: Filled<InviteForm>) -> AppResult<Response> {
    let (branches, seed) = selectors::branches(&mut scope).await?;
    let view = PeopleView {
        members: selectors::members(&mut scope).await?,
        invites: selectors::invites(&mut scope).await?,
        requests: selectors::requests(&mut scope).await?,
        branches,
        choices: choices(&mut scope).await?,
        code: seed.map(|seed| code::grouped(&code::of_seed(&scope.state.keys, seed))),
        join_address: format!("{}/join", scope.state.settings.base_url),
        now: scope.now(),
        zone: scope.session().zone(),
        filled,
    };
    let active = view.members.iter().filter(|member| member.active()).count();
    let subtitle = match active {
        1 => "1 active member".to_owned(),
        many => format!("{many} active members"),
    };
    let page = Page::new("People").nav("/settings").shows(&view.filled);
    Ok(scope.page(page, move || {
        view! {
            <PageHeader title="People" subtitle crumbs=vec![("/settings".to_owned(), "Settings".to_owned())]/>
            {people_lists_view(view)}
        }
    }))
}
