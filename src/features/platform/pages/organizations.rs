//! The workshops, one of them, and what is done to it.
use super::super::form::{ListSearch, NoteForm, PlanForm, ReasonForm};
use super::super::model::Organization;
use super::super::parts::{
    Facts, History, NoteCard, Organizations, PlanCard, StopCard, SupportCard, last_moment,
};
use super::super::{selectors, service};
use super::framed;
use crate::features::support;
use crate::kernel::page::Cursor;
use crate::kernel::time::day_input;
use crate::server::auth::platform::PlatformScope;
use crate::server::auth::session::{Token, set_cookie};
use crate::server::http::page::see_other;
use crate::server::prelude::*;
use crate::ui::prelude::*;
use axum::http::header;
use axum::response::Response;
use leptos::prelude::*;

pub async fn list(mut scope: PlatformScope, Search(search): Search<ListSearch>) -> PageResult {
    let query = search
        .q
        .trim()
        .chars()
        .take(80)
        .collect::<String>()
        .replace('\0', "");
    let rows = selectors::organizations(&mut scope, &query, Cursor::parse(search.before.as_deref())).await?;
    let later = search.before.is_some();
    let page = Page::new("Workshops");
    Ok(framed(scope, page, move || {
        view! { <Organizations rows query later/> }.into_any()
    }))
}

pub async fn history(mut scope: PlatformScope, Search(search): Search<ListSearch>) -> PageResult {
    let acts = selectors::history(&mut scope, None, Cursor::parse(search.before.as_deref())).await?;
    let later = search.before.is_some();
    let page = Page::new("Activity");
    Ok(framed(scope, page, move || {
        view! { <History acts named=true path="/platform/history".to_owned() later/> }.into_any()
    }))
}

/// What a refused form holds and what is wrong with it.
#[derive(Default)]
struct Refused {
    plan: Option<(PlanForm, FieldErrors)>,
    reason: Option<(ReasonForm, FieldErrors)>,
    note: Option<(NoteForm, FieldErrors)>,
}

pub async fn show(scope: PlatformScope, Id(id): Id<OrgId>, Search(search): Search<ListSearch>) -> PageResult {
    let from = Cursor::parse(search.before.as_deref());
    render(scope, id, from, search.before.is_some(), 200, Refused::default()).await
}

fn stored(org: &Organization) -> PlanForm {
    PlanForm {
        plan: if org.on_trial { "trial" } else { "standard" }.to_owned(),
        ends_on: org
            .expires_at
            .map(|at| day_input(last_moment(at).date_naive()))
            .unwrap_or_default(),
    }
}

async fn render(
    mut scope: PlatformScope,
    id: OrgId,
    from: Cursor,
    later: bool,
    status: u16,
    refused: Refused,
) -> AppResult<Response> {
    let org = selectors::organization(&mut scope, id).await?;
    let acts = selectors::history(&mut scope, Some(id), from).await?;
    let grants = support::selectors::grants_of(&mut scope, id).await?;
    let (now, path) = (scope.now(), format!("/platform/organizations/{id}"));
    let (plan, plan_errors) = refused
        .plan
        .unwrap_or_else(|| (stored(&org), FieldErrors::default()));
    let (reason, reason_errors) = refused.reason.unwrap_or_default();
    let (note, note_errors) = refused.note.unwrap_or_default();
    let (title, suspended) = (org.name.clone(), org.suspended_at.is_some());
    let page = Page::new(title.clone()).status(status);
    Ok(framed(scope, page, move || {
        view! {
            <PageHeader title=title crumbs=vec![("/platform".to_owned(), "Workshops".to_owned())]/>
            <Facts org/>
            <PlanCard path=path.clone() form=plan errors=plan_errors/>
            <StopCard path=path.clone() suspended form=reason errors=reason_errors/>
            <SupportCard path=path.clone() grants now/>
            <NoteCard path=path.clone() form=note errors=note_errors/>
            <History acts named=false path later/>
        }
        .into_any()
    }))
}

pub async fn set_plan(
    mut scope: PlatformScope,
    Id(id): Id<OrgId>,
    FormBody(form): FormBody<PlanForm>,
) -> PageResult {
    match service::set_plan(&mut scope, id, &form).await {
        Ok(()) => done(scope, id, "Plan set").await,
        Err(AppError::Invalid(errors)) => {
            let refused = Refused {
                plan: Some((form, errors)),
                ..Refused::default()
            };
            render(scope, id, Cursor::START, false, 422, refused).await
        }
        Err(other) => Err(other),
    }
}

pub async fn note(
    mut scope: PlatformScope,
    Id(id): Id<OrgId>,
    FormBody(form): FormBody<NoteForm>,
) -> PageResult {
    match service::note(&mut scope, id, &form).await {
        Ok(()) => done(scope, id, "Note saved").await,
        Err(AppError::Invalid(errors)) => {
            let refused = Refused {
                note: Some((form, errors)),
                ..Refused::default()
            };
            render(scope, id, Cursor::START, false, 422, refused).await
        }
        Err(other) => Err(other),
    }
}

pub async fn suspend(
    mut scope: PlatformScope,
    Id(id): Id<OrgId>,
    FormBody(form): FormBody<ReasonForm>,
) -> PageResult {
    match service::suspend(&mut scope, id, &form).await {
        Ok(()) => done(scope, id, "Suspended").await,
        Err(AppError::Invalid(errors)) => again(scope, id, form, errors).await,
        Err(other) => Err(other),
    }
}

pub async fn resume(
    mut scope: PlatformScope,
    Id(id): Id<OrgId>,
    FormBody(form): FormBody<ReasonForm>,
) -> PageResult {
    match service::resume(&mut scope, id, &form).await {
        Ok(()) => done(scope, id, "Reactivate").await,
        Err(AppError::Invalid(errors)) => again(scope, id, form, errors).await,
        Err(other) => Err(other),
    }
}

async fn again(scope: PlatformScope, id: OrgId, form: ReasonForm, errors: FieldErrors) -> PageResult {
    let refused = Refused {
        reason: Some((form, errors)),
        ..Refused::default()
    };
    render(scope, id, Cursor::START, false, 422, refused).await
}

async fn done(scope: PlatformScope, id: OrgId, flash: &str) -> PageResult {
    scope.done(format!("/platform/organizations/{id}"), flash).await
}

/// Into the workshop, to read: its cookie replaces whatever workshop this browser was in.
pub async fn look(mut scope: PlatformScope, Id(id): Id<OrgId>) -> PageResult {
    let token = Token::generate();
    let until = support::service::look(&mut scope, id, &token).await?;
    let (state, now) = (scope.state.clone(), scope.now());
    scope.commit().await?;
    let kept = (until - now).num_seconds();
    let mut response = see_other("/dashboard");
    let cookie = set_cookie(
        &state.settings,
        state.settings.session_cookie(),
        token.expose(),
        kept,
    );
    response.headers_mut().append(header::SET_COOKIE, cookie);
    Ok(response)
}
