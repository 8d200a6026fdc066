//! Errors on their way out: a page for people, JSON for programs, nothing internal for either.
use super::page::{Page, render, see_other};
use super::request::{RequestInfo, is_call};
use crate::kernel::{AppError, Conflict, Terms};
use crate::server::auth::scope::peek;
use crate::server::auth::session::set_cookie;
use crate::server::state::AppState;
use crate::ui::feedback::ErrorPage;
use crate::ui::layout::PublicFrame;
use axum::Json;
use axum::extract::{Request, State};
use axum::http::{HeaderValue, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use leptos::prelude::*;
use std::sync::Arc;

impl IntoResponse for AppError {
    fn into_response(self) -> Response {
        let status = StatusCode::from_u16(self.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let retry = if let Self::SlowDown { retry_after_s } = self {
            Some(retry_after_s)
        } else {
            None
        };
        let mut response = (status, Json(&self)).into_response();
        if let Some(value) = retry.or((status == StatusCode::SERVICE_UNAVAILABLE).then_some(2)) {
            response
                .headers_mut()
                .insert(header::RETRY_AFTER, HeaderValue::from(value));
        }
        response.extensions_mut().insert(self);
        response
    }
}

/// Gives a browser the page of an error; a visitor who asked for a page is sent to sign in and back.
pub async fn show(State(state): State<AppState>, request: Request, next: Next) -> Response {
    let info = request.extensions().get::<Arc<RequestInfo>>().cloned();
    let is_get = request.method() == Method::GET;
    let response = next.run(request).await;
    let Some(info) = info else {
        return response;
    };
    if is_call(&info.path) {
        return as_json(response);
    }
    if !info.wants_html {
        return response;
    }
    let error = match response.extensions().get::<AppError>() {
        Some(AppError::SignedOut) if is_console(&info.path) => return see_other("/platform/sign-in"),
        Some(AppError::SignedOut) => return to_sign_in(&state, &info, is_get),
        Some(AppError::FactorDue) => return see_other("/account/second-factor"),
        Some(AppError::Closed(_)) if is_get => return see_other("/standing"),
        Some(error) => Some(error.clone()),
        // What the layers refuse has a status and a sentence, no error of ours.
        None if matches!(response.status().as_u16(), 405 | 408 | 413) => None,
        None => return response,
    };
    let mut page = page(&state, &info, response.status(), error.as_ref(), is_get).await;
    for name in [header::RETRY_AFTER, header::ALLOW] {
        if let Some(kept) = response.headers().get(&name) {
            page.headers_mut().insert(name, kept.clone());
        }
    }
    page
}

/// What a layer refused in plain text, as a server function's error.
fn as_json(response: Response) -> Response {
    let status = response.status();
    let kind = response.headers().get(header::CONTENT_TYPE);
    let is_json = kind.is_some_and(|kind| kind.as_bytes().starts_with(b"application/json"));
    if status.is_success() || is_json {
        return response;
    }
    let error = match status.as_u16() {
        404 => AppError::NotFound,
        408 => AppError::BadRequest("it took too long to arrive".to_owned()),
        413 => AppError::BadRequest("it is more than fits here".to_owned()),
        _ => AppError::BadRequest("nothing here answers to that".to_owned()),
    };
    let mut json = (status, Json(error)).into_response();
    if let Some(methods) = response.headers().get(header::ALLOW) {
        json.headers_mut().insert(header::ALLOW, methods.clone());
    }
    json
}

/// Console users have a sign-in page of their own.
fn is_console(path: &str) -> bool {
    path == "/platform" || path.starts_with("/platform/")
}

/// Removes the cookie of a session that has ended.
fn to_sign_in(state: &AppState, info: &RequestInfo, is_get: bool) -> Response {
    let next = if is_get {
        info.target.as_str()
    } else {
        "/dashboard"
    };
    let query = serde_urlencoded::to_string([("next", next)]).unwrap_or_default();
    // On a shared tablet the next person is one touch away.
    let door = if info.tablet.is_some() {
        "/switch"
    } else {
        "/sign-in"
    };
    let mut response = see_other(&format!("{door}?{query}"));
    if info.token.is_some() {
        let gone = set_cookie(&state.settings, state.settings.session_cookie(), "", 0);
        response.headers_mut().append(header::SET_COOKIE, gone);
    }
    response
}

/// Inside the frame of whoever is signed in, as far as asking for it cannot fail again.
async fn page(
    state: &AppState,
    info: &Arc<RequestInfo>,
    status: StatusCode,
    error: Option<&AppError>,
    is_get: bool,
) -> Response {
    let closed = matches!(error, Some(AppError::Closed(_)));
    // Whoever is too fast gets an answer that costs little.
    let session = if closed
        || is_console(&info.path)
        || status.is_server_error()
        || status == StatusCode::TOO_MANY_REQUESTS
    {
        None
    } else {
        peek(state, info).await
    };
    let (code, signed_in) = (status.as_u16(), session.is_some());
    let terms = session
        .as_ref()
        .map(|session| session.terms())
        .unwrap_or_default();
    let (title, text) = words(code, error, signed_in, terms);
    let next = if closed {
        Some(("/standing".to_owned(), "Subscription".to_owned()))
    } else {
        way_on(code, info, is_get, signed_in)
    };
    let (missing, request_id) = (missing(error), info.id.to_string());
    render(state, info, session, Page::new(title).status(code), move || {
        let content = view! {
            <ErrorPage status=code title text next request_id>
                <Missing list=missing/>
            </ErrorPage>
        };
        if signed_in {
            content.into_any()
        } else {
            view! { <PublicFrame>{content}</PublicFrame> }.into_any()
        }
    })
}

/// Everything that is missing at once, each with the place to mend it.
#[component]
fn Missing(list: Vec<(String, Option<String>)>) -> impl IntoView {
    let line = |(what, href): (String, Option<String>)| match href {
        Some(href) => view! { <li><a class="link tap" href=href>{what}</a></li> }.into_any(),
        None => view! { <li>{what}</li> }.into_any(),
    };
    (!list.is_empty())
        .then(|| view! { <ul class="error-list">{list.into_iter().map(line).collect_view()}</ul> })
}

/// Title and sentence, where the general ones of the page do not fit.
fn words(
    status: u16,
    error: Option<&AppError>,
    signed_in: bool,
    terms: Terms,
) -> (&'static str, Option<String>) {
    let (title, text) = match (status, error) {
        (_, Some(AppError::Conflict(Conflict::NotReady { .. }))) => ("Not ready yet", "Still missing:"),
        (_, Some(AppError::Conflict(Conflict::ChangedMeanwhile))) => {
            return ("Someone else changed this", None);
        }
        (_, Some(AppError::Conflict(conflict @ Conflict::OtherWorkshop))) => {
            return ("You switched workshops", Some(conflict.to_string()));
        }
        (_, Some(AppError::Conflict(conflict @ Conflict::ReadOnly))) => {
            return ("Read-only", Some(conflict.to_string()));
        }
        (_, Some(error @ AppError::Closed(_))) => return ("Not available", Some(error.to_string())),
        (_, Some(AppError::Conflict(conflict))) => return ("Not possible", Some(conflict.to_string())),
        (_, Some(error @ AppError::SlowDown { .. })) => {
            return ("Too many attempts", Some(error.to_string()));
        }
        (_, Some(AppError::Forbidden(action))) if signed_in => {
            let action = terms.say(action);
            let text =
                format!("Your role does not include the right to {action}. Ask an owner of your workshop.");
            return ("You don't have access", Some(text));
        }
        (403, _) => (
            "Request refused",
            "This request came from another site. Open the page again and repeat it there.",
        ),
        (404, _) if signed_in => (
            "Page not found",
            "The page does not exist, or you do not have access to it. Try the search above.",
        ),
        (404, _) => (
            "Page not found",
            "The page does not exist, or you have to sign in to see it.",
        ),
        (405, _) => ("Page not found", "This address does not support that request."),
        (408, _) => ("Request timed out", "The request timed out. Try again."),
        (413, _) => ("Too large", "Try a smaller file or a shorter text."),
        (422, _) => ("Please check your input", "Some fields are not right:"),
        (400, Some(error)) => return ("Request not understood", Some(error.to_string())),
        (503, _) => return ("Server is busy", None),
        _ => return ("Something went wrong", None),
    };
    (title, Some(text.to_owned()))
}

/// Back to the form that was sent, or to where everybody starts.
fn way_on(status: u16, info: &RequestInfo, is_get: bool, signed_in: bool) -> Option<(String, String)> {
    let to = |href: &str, label: &str| Some((href.to_owned(), label.to_owned()));
    match &info.sent_from {
        Some(page) if !is_get => to(page, "Back to the page"),
        _ if is_get && matches!(status, 429 | 500 | 503 | 408) => to(&info.target, "Try again"),
        _ if signed_in => to("/dashboard", "Open the dashboard"),
        _ => to("/", "Go to the start page"),
    }
}

fn missing(error: Option<&AppError>) -> Vec<(String, Option<String>)> {
    match error {
        Some(AppError::Conflict(Conflict::NotReady { missing })) => missing
            .iter()
            .map(|m| {
                (
                    m.what.clone(),
                    Some(m.href.clone()).filter(|href| !href.is_empty()),
                )
            })
            .collect(),
        Some(AppError::Invalid(errors)) => errors
            .summary()
            .into_iter()
            .map(|(_, sentence)| (sentence, None))
            .collect(),
        _ => Vec::new(),
    }
}

/// Requests that match no route.
pub async fn not_found() -> AppError {
    AppError::NotFound
}

/// A route that exists, asked in another way than it answers to. The router adds which ones it knows.
pub async fn wrong_method() -> Response {
    (
        StatusCode::METHOD_NOT_ALLOWED,
        "This address does not support that request.\n",
    )
        .into_response()
}

/// A panic is answered and logged like any other internal error.
pub fn panicked(_: Box<dyn std::any::Any + Send + 'static>) -> Response {
    crate::server::db::constraint::incident(&"a handler panicked").into_response()
}
