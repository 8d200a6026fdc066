//! The matrix as an owner sees and switches it.
use super::form::{RightsForm, RoleForm};
use super::parts::{NewRole, OwnRoles, RightsTable};
use super::{selectors, service};
use crate::features::second_factor::{self, WhoNeedsOne};
use crate::kernel::permission::ManageRoles;
use crate::server::http::page::field_errors;
use crate::server::prelude::*;
use crate::ui::prelude::*;
use leptos::prelude::*;

pub(super) async fn show(scope: Scope<ManageRoles>) -> PageResult {
    render(scope, 200, RoleForm::default(), FieldErrors::default()).await
}

pub(super) async fn save(mut scope: Scope<ManageRoles>, FormBody(form): FormBody<RightsForm>) -> PageResult {
    let said = match service::save(&mut scope, &form).await? {
        0 => "Nothing was changed.",
        _ => "Rights saved. They apply from everyone's next click.",
    };
    scope.done("/settings/roles", said).await
}

pub(super) async fn create(mut scope: Scope<ManageRoles>, FormBody(form): FormBody<RoleForm>) -> PageResult {
    match field_errors(service::create(&mut scope, &form).await)? {
        Ok(_) => {
            scope
                .done("/settings/roles", "Role added. Select its rights below.")
                .await
        }
        Err(errors) => render(scope.start_over().await?, 422, form, errors).await,
    }
}

pub(super) async fn archive(mut scope: Scope<ManageRoles>, Id(id): Id<CustomRoleId>) -> PageResult {
    service::archive(&mut scope, id).await?;
    scope.done("/settings/roles", "Role archived").await
}

async fn render(
    mut scope: Scope<ManageRoles>,
    status: u16,
    form: RoleForm,
    errors: FieldErrors,
) -> PageResult {
    let roles = selectors::all(&mut scope).await?;
    let required = second_factor::selectors::required(&mut scope).await?;
    let switches = scope.session().switches();
    let page = Page::new("Roles and rights").nav("/settings").status(status);
    Ok(scope.page(page, move || {
        view! {
            <PageHeader title="Roles and rights" subtitle="What each role can do. Owners can do everything."
                crumbs=vec![("/settings".to_owned(), "Settings".to_owned())]/>
            <div class="stack">
                <RightsTable roles=roles.clone() switches/>
                <OwnRoles roles/>
                <NewRole form errors/>
                <WhoNeedsOne required/>
            </div>
        }
    }))
}
