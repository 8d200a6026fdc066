//! The matrix as an owner sees and switches it.
use super::form::{RightsForm, RoleForm};
use super::parts::{RightsTable, add_role_view, own_roles_view};
use super::{selectors, service};
use crate::features::second_factor::{self, who_needs_one_view};
use crate::kernel::permission::ManageRoles;
use crate::server::prelude::*;
use crate::ui::prelude::*;
use leptos::prelude::*;

pub(super) async fn show(scope: Scope<ManageRoles>) -> PageResult {
    render(scope, Filled::default()).await
}

pub(super) async fn save(mut scope: Scope<ManageRoles>, FormBody(form): FormBody<RightsForm>) -> PageResult {
    let table = form.parse(&scope.form_context())?;
    let message = match service::save(&mut scope, &table.wishes()).await? {
        0 => "Nothing was changed.",
        _ => "Rights saved. They apply from everyone's next click.",
    };
    scope.done("/settings/roles", message).await
}

pub(super) async fn create(mut scope: Scope<ManageRoles>, FormBody(form): FormBody<RoleForm>) -> PageResult {
    let created = match form.parse(&scope.form_context()) {
        Ok(new) => service::create(&mut scope, &new).await,
        Err(errors) => Err(errors.into()),
    };
    let done = |_| ("/settings/roles", "Role added. Select its rights below.");
    let again = async |scope, refused| render(scope, Filled::again(form, refused)).await;
    scope.answer(created, done, again).await
}

pub(super) async fn archive(mut scope: Scope<ManageRoles>, Id(id): Id<CustomRoleId>) -> PageResult {
    service::archive(&mut scope, id).await?;
    scope.done("/settings/roles", "Role archived").await
}

async fn render(mut scope: Scope<ManageRoles>, filled: Filled<RoleForm>) -> PageResult {
    let roles = selectors::all(&mut scope).await?;
    let required = second_factor::selectors::required(&mut scope).await?;
    let switches = scope.session().switches();
    let page = Page::new("Roles and rights").nav("/settings").shows(&filled);
    Ok(scope.page(page, move || {
        view! {
            <PageHeader title="Roles and rights" subtitle="What each role can do. Owners can do everything."
                crumbs=vec![("/settings".to_owned(), "Settings".to_owned())]/>
            <div class="stack">
                <RightsTable roles=roles.clone() switches/>
                {own_roles_view(roles)}
                {add_role_view(filled)}
                {who_needs_one_view(required)}
            </div>
        }
    }))
}
