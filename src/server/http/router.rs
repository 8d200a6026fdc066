//! The router: features' routes, server functions, files, health, and the layers in their order.
use super::bodies::{self, Bodies};
use super::{api, csrf, errors, files, host, in_place, limits, request, shell, step_up};
use crate::server::jobs;
use crate::server::state::AppState;
use axum::Router;
use axum::extract::{Request, State};
use axum::http::{Method, StatusCode};
use axum::middleware::{Next, from_fn, from_fn_with_state};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use std::path::Path;
use std::time::Duration;
use tower::ServiceBuilder;
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::compression::CompressionLayer;
use tower_http::compression::predicate::{DefaultPredicate, NotForContentType, Predicate};

/// The largest head of a request.
const MOST_HEAD: usize = 32 * 1024;
/// A request that waits longer than this is answered "busy".
const LONGEST: Duration = Duration::from_secs(20);

/// The whole service.
pub fn router(features: Router<AppState>, state: AppState, site_dir: &Path) -> Router {
    let dynamic = features
        .route("/api/{*function}", post(api::handle))
        .fallback(errors::not_found)
        .method_not_allowed_fallback(errors::wrong_method)
        .layer(
            ServiceBuilder::new()
                .layer(
                    CompressionLayer::new()
                        .br(true)
                        .gzip(true)
                        .quality(tower_http::CompressionLevel::Fastest)
                        .compress_when(
                            DefaultPredicate::new().and(NotForContentType::const_new("application/zip")),
                        ),
                )
                .layer(from_fn_with_state(state.clone(), errors::show))
                .layer(from_fn_with_state(state.clone(), host::resolve_org_host))
                .layer(from_fn_with_state(state.clone(), limits::pace))
                .layer(CatchPanicLayer::custom(errors::panicked))
                .layer(from_fn_with_state(state.clone(), csrf::same_origin))
                .layer(from_fn_with_state(Bodies::new(state.clone()), bodies::whole))
                .layer(from_fn_with_state(state.clone(), step_up::ask))
                .layer(from_fn(finish_after_disconnect)),
        );
    files::serve(dynamic, &state.app, site_dir)
        .layer(from_fn_with_state(state.clone(), host::known))
        .route("/livez", get(|| async { "ok" }))
        .route("/readyz", get(ready))
        .with_state(state.clone())
        .layer(from_fn(files::cache_hashed))
        .layer(from_fn(small_head))
        .layer(from_fn(shell::common_headers))
        .layer(from_fn(in_place::lead))
        .layer(from_fn_with_state(state, request::attach))
}

async fn ready(State(state): State<AppState>) -> Response {
    if state.db.ready().await {
        format!("ready\n{}", jobs_stand(&state).await).into_response()
    } else {
        (StatusCode::SERVICE_UNAVAILABLE, "the database does not answer").into_response()
    }
}

/// How background work stands, in a line for whoever watches; work that is late makes no server unready.
async fn jobs_stand(state: &AppState) -> String {
    match tokio::time::timeout(Duration::from_millis(200), jobs::lag(&state.db)).await {
        Ok(Ok(lag)) => format!(
            "jobs: {} waiting, oldest {:.0} s, {} given up
",
            lag.waiting, lag.oldest_s, lag.given_up
        ),
        _ => String::new(),
    }
}

/// Browsers send a few thousand bytes of headers; more is refused.
async fn small_head(request: Request, next: Next) -> Response {
    let head: usize = request
        .headers()
        .iter()
        .map(|(name, value)| name.as_str().len() + value.len())
        .sum();
    if head + request.uri().path().len() > MOST_HEAD {
        let text = "The request headers are too large.\n";
        return (StatusCode::REQUEST_HEADER_FIELDS_TOO_LARGE, text).into_response();
    }
    next.run(request).await
}

/// Runs a write to its end even if the client has disconnected, so that nothing is left half done. Bounds every request's time.
async fn finish_after_disconnect(request: Request, next: Next) -> Response {
    let read = matches!(*request.method(), Method::GET | Method::HEAD);
    let work = tokio::time::timeout(LONGEST, next.run(request));
    let outcome = if read {
        Ok(work.await)
    } else {
        tokio::spawn(work).await
    };
    match outcome {
        Ok(Ok(response)) => response,
        Ok(Err(_)) => crate::kernel::AppError::Busy.into_response(),
        Err(panic) => crate::server::db::constraint::incident(&panic).into_response(),
    }
}
