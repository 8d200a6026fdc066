//! The list, one announcement, and the form for another one.
use super::form::{AnnouncementForm, ListSearch, ReadForm};
use super::parts::{FormView, List, ListView, Show, ShowView, Write};
use super::service::{self, Reading};
use super::{model, selectors};
use crate::kernel::page::Cursor;
use crate::kernel::permission::{Announce, UseWorkshop};
use crate::server::db::tenant::Session;
use crate::server::http::page::{field_errors, own_path};
use crate::server::prelude::*;
use axum::response::Response;
use leptos::prelude::*;

/// The member's branches by name.
fn branches(session: &Session) -> Vec<(BranchId, String)> {
    let all = session.branches().into_iter();
    all.map(|branch| (branch.id, branch.name)).collect()
}

pub(super) async fn list(mut scope: Scope<UseWorkshop>, Search(search): Search<ListSearch>) -> PageResult {
    let writes = scope.allows::<Announce>();
    let everything = writes && search.show == "all";
    let from = Cursor::parse(search.before.as_deref());
    let page = if everything {
        selectors::all(&mut scope, from).await?
    } else {
        selectors::mine(&mut scope, from).await?
    };
    let view = ListView {
        page,
        writes,
        everything,
        later: from != Cursor::START,
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
        reach: if scope.session().all_branches {
            "all"
        } else {
            "chosen"
        }
        .to_owned(),
        key: idempotency::fresh(&scope),
        ..AnnouncementForm::default()
    };
    Ok(write(scope, form, 200, FieldErrors::default()))
}

pub(super) async fn publish(
    mut scope: Scope<Announce>,
    FormBody(form): FormBody<AnnouncementForm>,
) -> PageResult {
    match field_errors(service::publish(&mut scope, &form).await)? {
        Ok(id) => {
            let told = "Announced. People see it on their start page until they read it.";
            scope.done(format!("/announcements/{id}"), told).await
        }
        Err(errors) => Ok(write(scope.start_over().await?, form, 422, errors)),
    }
}

fn write(scope: Scope<Announce>, form: AnnouncementForm, status: u16, errors: FieldErrors) -> Response {
    let view = FormView {
        form,
        errors,
        branches: branches(scope.session()),
        everywhere: scope.session().all_branches,
        today: scope.now().with_timezone(&scope.session().zone()).date_naive(),
    };
    let page = Page::new("New announcement").nav("/announcements").status(status);
    scope.page(page, move || view! { <Write view/> })
}

pub(super) async fn read(
    mut scope: Scope<UseWorkshop>,
    Id(id): Id<AnnouncementId>,
    FormBody(form): FormBody<ReadForm>,
) -> PageResult {
    let said = match service::read(&mut scope, id).await? {
        Reading::Noted => "",
        Reading::Withdrawn => "This announcement has been withdrawn.",
    };
    let next = own_path(&form.next).unwrap_or("/announcements").to_owned();
    scope.done(next, said).await
}

pub(super) async fn withdraw(mut scope: Scope<Announce>, Id(id): Id<AnnouncementId>) -> PageResult {
    service::withdraw(&mut scope, id).await?;
    let said = "Withdrawn. It is no longer shown.";
    scope.done(format!("/announcements/{id}"), said).await
}
