//! The page, and its buttons. Every answer is the same page again.
use super::form::{NoteForm, RejectedForm};
use super::parts::{Day, JobCard, finished_today_view};
use super::pool::pool_view;
use super::selectors;
use crate::features::announcements::{self, unread_card_view};
use crate::features::work_orders::selectors::mentions;
use crate::features::work_orders::{FindingForm, mentions_view, service as orders};
use crate::kernel::permission::{RecordWork, WriteNotes};
use crate::server::prelude::*;
use crate::ui::prelude::*;
use axum::response::Response;
use leptos::prelude::*;

pub(super) async fn list(scope: Scope<RecordWork>) -> PageResult {
    page(scope, None).await
}

pub(super) async fn start(
    mut scope: Scope<RecordWork>,
    Ids(order, job): Ids<WorkOrderId, JobId>,
) -> PageResult {
    orders::start_seen(&mut scope, order, job).await?;
    scope.done(format!("/my-jobs#{order}"), "Started").await
}

pub(super) async fn finish(
    mut scope: Scope<RecordWork>,
    Ids(order, job): Ids<WorkOrderId, JobId>,
) -> PageResult {
    let checked = orders::finish_job(&mut scope, order, job).await?;
    let message = if checked {
        "Finished. Moved to quality check."
    } else {
        "Finished"
    };
    scope.done("/my-jobs", message).await
}

pub(super) async fn take(
    mut scope: Scope<RecordWork>,
    Ids(order, job): Ids<WorkOrderId, JobId>,
) -> PageResult {
    match orders::take_job(&mut scope, order, job).await {
        Ok(()) => scope.done(format!("/my-jobs#{order}"), "Job taken").await,
        Err(AppError::NotFound) => Ok(gone(scope)),
        Err(other) => Err(other),
    }
}

/// Who was slower sees what anybody sees who asks for a job that never was.
fn gone<P: Permission>(scope: Scope<P>) -> Response {
    let page = Page::new("No available jobs").nav("/my-jobs").status(404);
    scope.page(page, || {
        view! {
            <EmptyState icon="hand" title="This job is taken" text="Someone else may have taken it. Nothing was changed.">
                <ButtonLink label="Back to my jobs" href="/my-jobs" size=Size::Bay/>
            </EmptyState>
        }
    })
}

pub(super) async fn see(mut scope: Scope<RecordWork>, Id(order): Id<WorkOrderId>) -> PageResult {
    orders::see_changes(&mut scope, order).await?;
    scope.done(format!("/my-jobs#{order}"), "").await
}

pub(super) async fn add_note(
    mut scope: Scope<WriteNotes>,
    Id(order): Id<WorkOrderId>,
    FormBody(form): FormBody<NoteForm>,
) -> PageResult {
    let added = match form.parse(&scope.form_context()) {
        Ok(note) => orders::add_note(&mut scope, order, &note.note(), &form.key).await,
        Err(errors) => Err(orders::refuse(&mut scope, order, None, errors).await),
    };
    let done = |()| (format!("/my-jobs#{order}"), "Note added");
    let again = async |scope, refused| {
        page(
            scope,
            Some(RejectedForm::Note(order, Filled::again(form, refused))),
        )
        .await
    };
    scope.answer(added, done, again).await
}

pub(super) async fn record_finding(
    mut scope: Scope<RecordWork>,
    Ids(order, concern): Ids<WorkOrderId, ConcernId>,
    FormBody(form): FormBody<FindingForm>,
) -> PageResult {
    let recorded = match form.parse(&scope.form_context()) {
        Ok(new) => {
            let was = (form.was_cause.as_str(), form.was_correction.as_str());
            orders::record_finding(&mut scope, order, concern, &new, was).await
        }
        Err(errors) => Err(orders::refuse(&mut scope, order, None, errors).await),
    };
    // The card shows a colleague's words above the form.
    let recorded = match recorded {
        Err(AppError::Conflict(Conflict::ChangedMeanwhile)) => Err(AppError::field("cause", meanwhile())),
        other => other,
    };
    let done = |()| (format!("/my-jobs#{order}"), "Findings saved");
    let again = async |scope, refused| {
        page(
            scope,
            Some(RejectedForm::Finding(concern, Filled::again(form, refused))),
        )
        .await
    };
    scope.answer(recorded, done, again).await
}

fn meanwhile() -> Problem {
    Problem::other(
        "A colleague changed this in the meantime: their text is above. Add what is missing from yours, then save again.",
    )
}

async fn page<P: Permission>(mut scope: Scope<P>, draft: Option<RejectedForm>) -> AppResult<Response> {
    let mut works = selectors::mine(&mut scope).await?;
    let pool = selectors::pool(&mut scope).await?;
    let unread = announcements::selectors::unread(&mut scope).await?;
    let mentions = mentions(&mut scope).await?;
    let finished = selectors::finished_today(&mut scope).await?;
    let cut = works.len() > selectors::MOST;
    works.truncate(selectors::MOST);
    let (now, zone) = (scope.now(), scope.session().working_branch()?.time_zone);
    let subtitle = format!(
        "{} · {}",
        scope
            .session()
            .locale()
            .long_weekday_and_day(now.with_timezone(&zone).date_naive()),
        summary(&works)
    );
    let sheets: Vec<JobCard> = works
        .into_iter()
        .map(|work| JobCard {
            key: idempotency::fresh(&scope),
            now,
            draft: draft.clone(),
            work,
        })
        .collect();
    let nothing = sheets.is_empty();
    let status = draft.as_ref().map_or(200, RejectedForm::status);
    let conflict = draft.as_ref().and_then(RejectedForm::conflict);
    let (today, later): (Vec<_>, Vec<_>) = sheets.into_iter().partition(|sheet| sheet.work.for_today(now));
    let title = Page::new("My jobs")
        .nav("/my-jobs")
        .news_of_orders()
        .status(status);
    Ok(scope.page(title, move || {
        view! {
            <PageHeader title="My jobs" subtitle/>
            <div class="bay stack">
                <FormConflict of=conflict/>
                {cut.then(|| view! { <Alert tone=Tone::Warning>{format!("Only the next {} are shown.", selectors::MOST)}</Alert> })}
                {unread_card_view(unread, now, zone, "/my-jobs")}
                {mentions_view(mentions, now, "/my-jobs")}
                {nothing.then(|| view! { <Nothing/> })}
                <Day title="Today" sheets=today/>
                <Day title="Later" sheets=later/>
                {pool_view(pool, now)}
                {finished_today_view(finished)}
            </div>
        }
    }))
}

fn summary(works: &[super::model::Work]) -> String {
    let jobs = works.iter().flat_map(|work| &work.jobs);
    let (all, running) = (jobs.clone().count(), jobs.filter(|job| job.running()).count());
    match (all, running) {
        (0, _) => "nothing to do".to_owned(),
        (n, 0) => format!("{n} to do"),
        (n, r) => format!("{n} to do, {r} running"),
    }
}

#[component]
fn Nothing() -> impl IntoView {
    view! {
        <Card>
            <EmptyState icon="wrench" title="No jobs assigned" text="New jobs show here automatically."/>
        </Card>
    }
}
