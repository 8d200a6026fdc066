//! One member: what they are, and the way out and back.
use super::super::form::{GrantForm, MemberForm, NewGrant};
use super::super::model::{Grant, Member};
use super::super::parts::member::{MemberView, member_page_view};
use super::super::{selectors, service};
use super::{branch_names, choices, crumbs};
use crate::kernel::form::{ReasonForm, version};
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
    let saved = match form.parse(&scope.form_context()) {
        Ok(new) => service::change(&mut scope, id, &new, version(&form.version)).await,
        Err(errors) => Err(errors.into()),
    };
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
    let filled = match again {
        None => Filled::new(stored(&member)),
        Some((form, refused)) => beside(Filled::again(form, refused), &member, &branches),
    };
    let page = Page::new(member.name.clone())
        .nav("/settings")
        .shows(&leaving)
        .shows(&filled);
    let view = MemberView {
        branches,
        choices: choices(&mut scope).await?,
        zone: scope.session().zone(),
        may_dismiss: scope.allows::<DismissMembers>(),
        filled,
        leaving,
        member,
    };
    Ok(scope.page(page, move || {
        view! {
            <PageHeader title=view.member.name.clone() subtitle=view.member.email.clone() crumbs=crumbs()/>
            {member_page_view(view)}
        }
    }))
}

fn stored(member: &Member) -> MemberForm {
    MemberForm {
        version: member.version.to_string(),
        grant: GrantForm::of(&NewGrant::from(&member.grant), &FormContext::PUBLIC),
    }
}

/// Beside what is given now; if somebody changed it meanwhile, with what they gave, in the workshop's own words.
fn beside(
    mut filled: Filled<MemberForm>,
    member: &Member,
    branches: &[(BranchId, String)],
) -> Filled<MemberForm> {
    filled = filled.going_by("version", &member.version.to_string());
    if filled.conflict == Some(Conflict::ChangedMeanwhile)
        && let Ok(chosen) = filled.form.parse(&FormContext::PUBLIC)
    {
        filled.theirs = Some(differences(chosen.grant, &member.grant, branches));
    }
    filled
}

/// What somebody else gave meanwhile, where it is not what was chosen.
fn differences(
    mut chosen: NewGrant,
    saved: &Grant,
    branches: &[(BranchId, String)],
) -> Vec<(String, String)> {
    let mut theirs = NewGrant::from(saved);
    for grant in [&mut chosen, &mut theirs] {
        grant.branches.sort_unstable();
        grant.branch_roles.sort_unstable_by_key(|(branch, _)| *branch);
    }
    let mut differences = Vec::new();
    if chosen.role != theirs.role {
        differences.push(("Role".to_owned(), saved.label.clone()));
    }
    if (chosen.reach, chosen.branches, chosen.branch_roles)
        != (theirs.reach, theirs.branches, theirs.branch_roles)
    {
        differences.push(("Branches".to_owned(), saved.places(branches)));
    }
    differences
}
