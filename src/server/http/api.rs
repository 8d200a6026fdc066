//! Server functions: what islands call.
use super::request::RequestInfo;
use crate::kernel::AppError;
use crate::kernel::error::on_crossing;
use crate::server::state::AppState;
use axum::extract::{Request, State};
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use leptos::prelude::{provide_context, use_context};
use std::sync::Arc;
use std::sync::atomic::{AtomicU16, Ordering};

/// Where an error's status waits until the response exists: in Leptos 0.8 every error of a server function is a 500 by itself.
#[derive(Clone, Default)]
pub struct WireStatus(Arc<AtomicU16>);

impl WireStatus {
    fn note(error: &AppError) {
        if let Some(waiting) = use_context::<Self>() {
            waiting.0.store(error.status(), Ordering::Relaxed);
        }
    }
}

/// Runs a server function with the request's context.
pub async fn handle(State(state): State<AppState>, mut request: Request) -> Response {
    let info = request.extensions().get::<Arc<RequestInfo>>().cloned();
    on_crossing(WireStatus::note);
    let status = WireStatus::default();
    let known = leptos::server_fn::axum::server_fn_paths()
        .any(|(path, method)| path == request.uri().path() && method == request.method());
    let Some(info) = info.filter(|_| known) else {
        return AppError::NotFound.into_response();
    };
    let provided = status.clone();
    // To a form Leptos answers with the way back to its Referer, which may be anybody's. Ours are called by islands only.
    let headers = request.headers_mut();
    headers.insert(header::ACCEPT, HeaderValue::from_static("application/json"));
    headers.remove(header::REFERER);
    let mut response = leptos_axum::handle_server_fns_with_context(
        move || {
            provide_context(state.clone());
            provide_context(info.clone());
            provide_context(provided.clone());
        },
        request,
    )
    .await
    .into_response();
    response.headers_mut().remove(header::LOCATION);
    if let Ok(code) = StatusCode::from_u16(status.0.load(Ordering::Relaxed)) {
        *response.status_mut() = code;
    }
    response
}
