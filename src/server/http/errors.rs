//! Errors on their way out: a page for people, JSON for programs, nothing internal for either.
use super::page::{Page, render, see_other};
use super::request::RequestInfo;
use crate::kernel::AppError;
use crate::server::state::AppState;
use crate::ui::feedback::ErrorPage;
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
    let (Some(info), Some(error)) = (info, response.extensions().get::<AppError>().cloned()) else {
        return response;
    };
    if !info.wants_html {
        return response;
    }
    if error == AppError::SignedOut {
        let next: String = serde_urlencoded::to_string([(
            "next",
            if is_get {
                info.target.as_str()
            } else {
                "/dashboard"
            },
        )])
        .unwrap_or_default();
        return see_other(&format!("/sign-in?{next}"));
    }
    let kept = response.headers().get(header::RETRY_AFTER).cloned();
    let status = error.status();
    let mut page = render(
        &state,
        &info.clone(),
        None,
        Page::new(title(status)).status(status).bare(),
        move || {
            let text = if matches!(status, 403 | 404 | 500) {
                None
            } else {
                Some(error.to_string())
            };
            let missing = missing(&error)
                .into_iter()
                .map(|(what, href)| view! { <li><a href=href>{what}</a></li> })
                .collect_view();
            view! {
                <main id="main">
                    <ErrorPage status=status text=text request_id=info.id.to_string()/>
                    <ul>{missing}</ul>
                </main>
            }
        },
    );
    if let Some(retry) = kept {
        page.headers_mut().insert(header::RETRY_AFTER, retry);
    }
    page
}

fn title(status: u16) -> &'static str {
    match status {
        403 => "Not allowed",
        404 => "Not found",
        409 => "Not possible now",
        422 => "Please check",
        429 => "Too many tries",
        503 => "Busy",
        400 => "Not understood",
        _ => "Something went wrong",
    }
}

/// What is missing, with the place to mend it.
fn missing(error: &AppError) -> Vec<(String, String)> {
    match error {
        AppError::Conflict(crate::kernel::Conflict::NotReady { missing }) => {
            missing.iter().map(|m| (m.what.clone(), m.href.clone())).collect()
        }
        AppError::Invalid(errors) => errors
            .list()
            .into_iter()
            .map(|(_, sentence)| (sentence, String::new()))
            .collect(),
        _ => Vec::new(),
    }
}

/// Everything that no route knows.
pub async fn not_found() -> AppError {
    AppError::NotFound
}

/// A panic is an incident like any other.
pub fn panicked(_: Box<dyn std::any::Any + Send + 'static>) -> Response {
    crate::server::db::constraint::incident(&"a handler panicked").into_response()
}
