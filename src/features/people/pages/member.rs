//! One member: what they are, and the way out and back.
use super::super::form::{GrantForm, MemberForm};
use super::super::model::{Grant, Member};
use super::super::parts::member::{MemberPage, MemberView};
use super::super::{selectors, service};
use super::{branch_names, choices, crumbs};
use crate::kernel::form::{FormHead, ReasonForm};
use crate::kernel::permission::{DismissMembers, ManageMembers, Permission};
use crate::server::prelude::*;
use crate::ui::prelude::PageHeader;
use axum::response::Response;
use leptos::prelude::*;

pub(crate) async fn show(scope: Scope<ManageMembers>, Id(id): Id<MemberId>) -> PageResult {
    render(scope, id, None, Filled::default()).await
}

pub(crate) async fn change(
    mut scope: Scope<ManageMembers>,
    Id(id): Id<MemberId>,
    FormBody(form): FormBody<MemberForm>,
) -> PageResult {
    let saved = service::change(&mut scope, id, &form).await;
    let done = |()| ("/settings/members", "Saved. It applies from the next click.");
    let again = async |scope, refused| render(scope, id, Some((form, refused)), Filled::default()).await;
    scope.answer(saved, done, again).await
}

pub(crate) async fn deactivate(
    mut scope: Scope<DismissMembers>,
    Id(id): Id<MemberId>,
    FormBody(form): FormBody<ReasonForm>,
) -> PageResult {
    let left = match form.parse(&scope.form_context()) {
        Ok(why) => service::deactivate(&mut scope, id, &why).await,
        Err(errors) => Err(errors.into()),
    };
    let done = |()| ("/settings/members", "Deactivated, and signed out everywhere here");
    let again = async |scope, refused| render(scope, id, None, Filled::again(form, refused)).await;
    scope.answer(left, done, again).await
}

pub(crate) async fn reactivate(mut scope: Scope<ManageMembers>, Id(id): Id<MemberId>) -> PageResult {
    service::reactivate(&mut scope, id).await?;
    scope.done(format!("/settings/members/{id}"), "Reactivated").await
}

/// The page; `again` is the form that was refused, and why.
async fn render<P: Permission>(
    mut scope: Scope<P>,
    id: MemberId,
    again: Option<(MemberForm, Refused)>,
    leaving: Filled<ReasonForm>,
) -> AppResult<Response> {
    let member = selectors::member(&mut scope, id).await?;
    let branches = branch_names(&mut scope).await?;
    let page = Page::new(member.name.clone()).nav("/settings").shows(&leaving);
    let (page, form, head) = match again {
        None => (page, stored(&member), FormHead::default()),
        Some((form, refused)) => {
            let page = page.status(refused.status());
            let theirs = (refused.conflict == Some(Conflict::ChangedMeanwhile))
                .then(|| differences(&form.grant, &member.grant, &branches));
            let form = MemberForm {
                version: member.version.to_string(),
                ..form
            };
            let head = FormHead {
                errors: refused.errors,
                conflict: refused.conflict,
                theirs,
            };
            (page, form, head)
        }
    };
    let view = MemberView {
        branches,
        choices: choices(&mut scope).await?,
        zone: scope.session().zone(),
        may_dismiss: scope.allows::<DismissMembers>(),
        form,
        head,
        leaving,
        member,
    };
    Ok(scope.page(page, move || {
        view! {
            <PageHeader title=view.member.name.clone() subtitle=view.member.email.clone() crumbs=crumbs()/>
            <MemberPage view/>
        }
    }))
}

fn stored(member: &Member) -> MemberForm {
    MemberForm {
        version: member.version.to_string(),
        grant: GrantForm::of(&member.grant),
    }
}

/// What somebody else gave meanwhile, where it is not what was chosen.
fn differences(
    chosen: &GrantForm,
    saved: &Grant,
    branches: &[(BranchId, String)],
) -> Vec<(&'static str, String)> {
    let theirs = GrantForm::of(saved);
    let sorted = |of: &GrantForm| {
        let mut branches = of.branches.clone();
        branches.sort();
        branches
    };
    let mut differences = Vec::new();
    if chosen.role != theirs.role {
        differences.push(("Role", saved.label.clone()));
    }
    if chosen.reach != theirs.reach
        || sorted(chosen) != sorted(&theirs)
        || chosen.roles_by_branch() != theirs.roles_by_branch()
    {
        differences.push(("Branches", saved.places(branches)));
    }
    differences
}
