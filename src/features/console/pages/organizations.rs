//! The workshops, one of them, and what is done to it.
use super::super::form::{HistoryQuery, NoteForm, OrganizationQuery, Plan, PlanForm, StopForm};
use super::super::model::Organization;
use super::super::parts::{
    Facts, History, acts_view, jobs_view, last_moment, note_card_view, organizations_view, plan_card_view,
    stop_card_view, support_card_view,
};
use super::super::{selectors, service};
use super::framed;
use crate::features::support;
use crate::kernel::page::Cursor;
use crate::server::auth::platform::PlatformScope;
use crate::server::auth::session::{Token, set_cookie};
use crate::server::http::page::see_other;
use crate::server::prelude::*;
use crate::ui::prelude::*;
use axum::http::header;
use axum::response::Response;
use leptos::prelude::*;

pub(crate) async fn list(mut scope: PlatformScope, Search(query): Search<OrganizationQuery>) -> PageResult {
    let words: String = query.q.trim().chars().take(80).collect();
    let rows = selectors::organizations(&mut scope, &words, query.cursor()).await?;
    let frame = query
        .frame("Workshops", &rows)
        .search(query.controls().q.label("Find a workshop"), "Name or address")
        .empty(
            Empty::new(
                "building",
                "No workshops yet",
                "They show here once somebody signs up.",
            ),
            Empty::new("building", "No workshop", "No name or address matches."),
        );
    let jobs = selectors::job_lag(&mut scope).await?;
    let page = Page::new("Workshops");
    Ok(framed(scope, page, move || {
        view! { {organizations_view(frame, rows.rows)}{jobs_view(jobs)} }.into_any()
    }))
}

pub(crate) async fn history(mut scope: PlatformScope, Search(query): Search<HistoryQuery>) -> PageResult {
    let acts = selectors::history(&mut scope, None, query.cursor()).await?;
    let frame = query
        .frame("Activity", &acts)
        .crumbs(vec![("/platform".to_owned(), "Workshops".to_owned())])
        .empty(
            Empty::new("history", "No activity", "What we do shows here."),
            Empty::default(),
        );
    let page = Page::new("Activity");
    Ok(framed(scope, page, move || {
        view! { <ListPage frame>{acts_view(acts.rows, true)}</ListPage> }.into_any()
    }))
}

/// The forms of one workshop's page.
#[derive(Default)]
struct Forms {
    plan: Option<Filled<PlanForm>>,
    stop: Filled<StopForm>,
    note: Filled<NoteForm>,
}

pub(crate) async fn show(
    scope: PlatformScope,
    Id(id): Id<OrgId>,
    Search(query): Search<HistoryQuery>,
) -> PageResult {
    render(scope, id, query, Forms::default()).await
}

fn stored(org: &Organization) -> PlanForm {
    let last = |at| last_moment(at).date_naive();
    let plan = Plan {
        plan: org.on_trial,
        ends_on: org.expires_at.map(last),
    };
    PlanForm::of(&plan, &FormContext::PUBLIC)
}

async fn render(
    mut scope: PlatformScope,
    id: OrgId,
    query: HistoryQuery,
    forms: Forms,
) -> AppResult<Response> {
    let org = selectors::organization(&mut scope, id).await?;
    let acts = selectors::history(&mut scope, Some(id), query.cursor()).await?;
    let grants = support::selectors::grants_of(&mut scope, id).await?;
    let (now, path) = (scope.now(), format!("/platform/organizations/{id}"));
    let Forms { plan, stop, note } = forms;
    let plan = plan.unwrap_or_else(|| Filled::new(stored(&org)));
    let (title, suspended) = (org.name.clone(), org.suspended_at.is_some());
    let page = Page::new(title.clone()).shows(&plan).shows(&stop).shows(&note);
    let later = query.cursor() != Cursor::START;
    Ok(framed(scope, page, move || {
        view! {
            <PageHeader title=title crumbs=vec![("/platform".to_owned(), "Workshops".to_owned())]/>
            <Facts org/>
            {plan_card_view(path.clone(), plan)}
            {stop_card_view(path.clone(), suspended, stop)}
            {support_card_view(path.clone(), grants, now)}
            {note_card_view(path.clone(), note)}
            <History acts path later/>
        }
        .into_any()
    }))
}

fn place(id: OrgId) -> String {
    format!("/platform/organizations/{id}")
}

pub(crate) async fn set_plan(
    mut scope: PlatformScope,
    Id(id): Id<OrgId>,
    FormBody(form): FormBody<PlanForm>,
) -> PageResult {
    let saved = match form.parse(&FormContext::PUBLIC) {
        Ok(plan) => service::set_plan(&mut scope, id, &plan).await,
        Err(errors) => Err(errors.into()),
    };
    let again = async |scope, refused| {
        let plan = Some(Filled::again(form, refused));
        let forms = Forms {
            plan,
            ..Forms::default()
        };
        render(scope, id, HistoryQuery::default(), forms).await
    };
    scope.answer(saved, |()| (place(id), "Plan set"), again).await
}

pub(crate) async fn note(
    mut scope: PlatformScope,
    Id(id): Id<OrgId>,
    FormBody(form): FormBody<NoteForm>,
) -> PageResult {
    let saved = match form.parse(&FormContext::PUBLIC) {
        Ok(note) => service::note(&mut scope, id, &note).await,
        Err(errors) => Err(errors.into()),
    };
    let again = async |scope, refused| {
        let note = Filled::again(form, refused);
        let forms = Forms {
            note,
            ..Forms::default()
        };
        render(scope, id, HistoryQuery::default(), forms).await
    };
    scope.answer(saved, |()| (place(id), "Note saved"), again).await
}

pub(crate) async fn suspend(
    mut scope: PlatformScope,
    Id(id): Id<OrgId>,
    FormBody(form): FormBody<StopForm>,
) -> PageResult {
    let stopped = match form.parse(&FormContext::PUBLIC) {
        Ok(why) => service::suspend(&mut scope, id, &why).await,
        Err(errors) => Err(errors.into()),
    };
    stopped_or_not(scope, id, form, stopped, "Suspended").await
}

pub(crate) async fn resume(
    mut scope: PlatformScope,
    Id(id): Id<OrgId>,
    FormBody(form): FormBody<StopForm>,
) -> PageResult {
    let opened = match form.parse(&FormContext::PUBLIC) {
        Ok(why) => service::resume(&mut scope, id, &why).await,
        Err(errors) => Err(errors.into()),
    };
    stopped_or_not(scope, id, form, opened, "Reactivated").await
}

async fn stopped_or_not(
    scope: PlatformScope,
    id: OrgId,
    form: StopForm,
    result: AppResult<()>,
    flash: &str,
) -> PageResult {
    let again = async |scope, refused| {
        let stop = Filled::again(form, refused);
        let forms = Forms {
            stop,
            ..Forms::default()
        };
        render(scope, id, HistoryQuery::default(), forms).await
    };
    scope.answer(result, |()| (place(id), flash), again).await
}

/// Into the workshop, to read: its cookie replaces whatever workshop this browser was in.
pub(crate) async fn look(mut scope: PlatformScope, Id(id): Id<OrgId>) -> PageResult {
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
