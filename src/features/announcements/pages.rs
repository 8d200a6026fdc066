//! The list, one announcement, and the form for another one.
use super::form::{AnnouncementForm, AnnouncementQuery, reach};
use super::parts::{FormView, List, ListView, Show, ShowView, write_view};
use super::service::{self, Reading};
use super::{model, selectors};
use crate::kernel::form::NextForm;
use crate::kernel::permission::{Announce, UseWorkshop};
use crate::server::db::tenant::Session;
use crate::server::http::page::own_path;
use crate::server::prelude::*;
use axum::response::Response;
use leptos::prelude::*;

/// The member's branches by name.
fn branches(session: &Session) -> Vec<(BranchId, String)> {
    let all = session.branches().into_iter();
    all.map(|branch| (branch.id, branch.name)).collect()
}

pub(super) async fn list(
    mut scope: Scope<UseWorkshop>,
    Search(query): Search<AnnouncementQuery>,
) -> PageResult {
    let writes = scope.allows::<Announce>();
    let everything = writes && query.show == "all";
    let page = if everything {
        selectors::all(&mut scope, query.cursor()).await?
    } else {
        selectors::mine(&mut scope, query.cursor()).await?
    };
    let view = ListView {
        page,
        query,
        writes,
        everything,
        branches: branches(scope.session()),
        now: scope.now(),
        zone: scope.session().zone(),
    };
    let page = Page::new("Announcements").nav("/announcements");
    Ok(scope.page(page, move || view! { <List view/> }))
}

pub(super) async fn show(mut scope: Scope<UseWorkshop>, Id(id): Id<AnnouncementId>) -> PageResult {
    let writes = scope.allows::<Announce>();
    let found = selectors::one(&mut scope, id).await?;
    let readable = |found: &model::Announcement| !found.withdrawn() && found.is_for(scope.session());
    let found = found.filter(|found| writes || readable(found));
    let announcement = found.ok_or(AppError::NotFound)?;
    let readers = if writes {
        Some(selectors::readers(&mut scope, &announcement).await?)
    } else {
        None
    };
    let view = ShowView {
        waits: announcement.waits_for(scope.session()),
        may_withdraw: writes && !announcement.withdrawn() && announcement.within_reach_of(scope.session()),
        branches: branches(scope.session()),
        now: scope.now(),
        zone: scope.session().zone(),
        announcement,
        readers,
    };
    let page = Page::new(view.announcement.title.clone()).nav("/announcements");
    Ok(scope.page(page, move || view! { <Show view/> }))
}

pub(super) async fn new(scope: Scope<Announce>) -> PageResult {
    let form = AnnouncementForm {
        reach: reach(scope.session().all_branches).to_owned(),
        key: idempotency::fresh(&scope),
        ..AnnouncementForm::default()
    };
    Ok(write(scope, Filled::new(form)))
}

pub(super) async fn publish(
    mut scope: Scope<Announce>,
    FormBody(form): FormBody<AnnouncementForm>,
) -> PageResult {
    let published = match form.parse(&scope.form_context()) {
        Ok(new) => service::publish(&mut scope, &new, &form.key).await,
        Err(errors) => Err(errors.into()),
    };
    let message = "Announced. People see it on their start page until they read it.";
    let done = |id| (format!("/announcements/{id}"), message);
    let again = async |scope, refused| Ok(write(scope, Filled::again(form, refused)));
    scope.answer(published, done, again).await
}

fn write(scope: Scope<Announce>, filled: Filled<AnnouncementForm>) -> Response {
    let page = Page::new("New announcement")
        .nav("/announcements")
        .status(filled.status());
    let view = FormView {
        filled,
        branches: branches(scope.session()),
        everywhere: scope.session().all_branches,
        today: scope.now().with_timezone(&scope.session().zone()).date_naive(),
    };
    scope.page(page, move || write_view(view))
}

pub(super) async fn read(
    mut scope: Scope<UseWorkshop>,
    Id(id): Id<AnnouncementId>,
    FormBody(form): FormBody<NextForm>,
) -> PageResult {
    let message = match service::read(&mut scope, id).await? {
        Reading::Noted => "",
        Reading::Withdrawn => "This announcement has been withdrawn.",
    };
    let next = own_path(&form.next).unwrap_or("/announcements").to_owned();
    scope.done(next, message).await
}

pub(super) async fn withdraw(mut scope: Scope<Announce>, Id(id): Id<AnnouncementId>) -> PageResult {
    service::withdraw(&mut scope, id).await?;
    let message = "Withdrawn. It is no longer shown.";
    scope.done(format!("/announcements/{id}"), message).await
}
