//! The router: features' routes, server functions, files, health, and the layers in their order.
use super::{api, csrf, errors, host, registry::RouteInfo, request, shell, shown_for, step_up};
use crate::server::state::AppState;
use axum::Router;
use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::{HeaderValue, Method, StatusCode, header};
use axum::middleware::{Next, from_fn, from_fn_with_state};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use std::path::Path;
use std::time::Duration;
use tower::ServiceBuilder;
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::compression::CompressionLayer;
use tower_http::compression::predicate::{DefaultPredicate, NotForContentType, Predicate};
use tower_http::services::{ServeDir, ServeFile};

/// No form or server function of ours is larger.
const MOST_BODY: usize = 1024 * 1024;
/// Nor is any head of a request.
const MOST_HEAD: usize = 32 * 1024;
/// A request that waits longer than this is answered "busy".
const LONGEST: Duration = Duration::from_secs(20);

/// Every page, form and server function, for `gantry routes` and the law tests.
pub fn route_list(dev: bool) -> Vec<RouteInfo> {
    let mut list = crate::app::routes(dev).list;
    list.extend(crate::app::server_functions());
    list
}

/// Every page and form of the console.
pub fn platform_route_list() -> Vec<RouteInfo> {
    crate::app::routes(false).platform
}

/// The whole service.
pub fn router(state: AppState, site_dir: &Path) -> Router {
    let pages = crate::app::routes(state.settings.dev).router;
    let dynamic = pages
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
                .layer(from_fn_with_state(state.clone(), host::inhabited))
                .layer(CatchPanicLayer::custom(errors::panicked))
                .layer(from_fn_with_state(state.clone(), csrf::same_origin))
                .layer(from_fn(whole_body))
                .layer(from_fn_with_state(state.clone(), step_up::ask))
                .layer(from_fn(detached)),
        );
    with_files(dynamic, site_dir)
        .layer(from_fn_with_state(state.clone(), host::known))
        .route("/livez", get(|| async { "ok" }))
        .route("/readyz", get(ready))
        .with_state(state.clone())
        .layer(from_fn(cache_hashed))
        .layer(from_fn(small_head))
        .layer(from_fn(shell::common_headers))
        .layer(from_fn_with_state(state, request::attach))
}

/// The built files by their own routes, so that no page's path ever touches the disk.
fn with_files(router: Router<AppState>, site_dir: &Path) -> Router<AppState> {
    let serve = |path: &Path| {
        ServeDir::new(path)
            .precompressed_br()
            .precompressed_gzip()
            .append_index_html_on_directories(false)
    };
    let mut router = router;
    for entry in std::fs::read_dir(site_dir).into_iter().flatten().flatten() {
        let name = entry.file_name().to_string_lossy().into_owned();
        if entry.path().is_dir() {
            router = router.nest_service(&format!("/{name}"), serve(&entry.path()));
        } else if !name.ends_with(".br") && !name.ends_with(".gz") && name != "manifest.json" {
            router = router.route_service(
                &format!("/{name}"),
                ServeFile::new(entry.path())
                    .precompressed_br()
                    .precompressed_gzip(),
            );
        }
    }
    router
}

async fn ready(State(state): State<AppState>) -> Response {
    if state.db.ready().await {
        "ready".into_response()
    } else {
        (StatusCode::SERVICE_UNAVAILABLE, "the database does not answer").into_response()
    }
}

/// Files whose name holds their hash never change.
async fn cache_hashed(request: Request, next: Next) -> Response {
    let hashed = request.uri().path().starts_with("/pkg/");
    let own = !request.uri().path().contains('.');
    let mut response = next.run(request).await;
    if hashed && response.status().is_success() {
        response.headers_mut().insert(
            header::CACHE_CONTROL,
            HeaderValue::from_static("public, max-age=31536000, immutable"),
        );
    } else if !own && response.status().is_success() {
        response
            .headers_mut()
            .entry(header::CACHE_CONTROL)
            .or_insert(HeaderValue::from_static("public, max-age=3600"));
    }
    response
}

/// No browser sends more than a few thousand bytes of headers; who does wants something else.
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

/// Reads a write's body before anything holds a connection, so that a slow sender holds none.
async fn whole_body(request: Request, next: Next) -> Response {
    if matches!(*request.method(), Method::GET | Method::HEAD) {
        return next.run(request).await;
    }
    let (parts, body) = request.into_parts();
    match tokio::time::timeout(Duration::from_secs(10), axum::body::to_bytes(body, MOST_BODY)).await {
        Ok(Ok(bytes)) => {
            shown_for::note(&parts, &bytes);
            next.run(Request::from_parts(parts, Body::from(bytes))).await
        }
        Ok(Err(_)) => (StatusCode::PAYLOAD_TOO_LARGE, "The request is too large.").into_response(),
        Err(_) => (
            StatusCode::REQUEST_TIMEOUT,
            "The request took too long to arrive.",
        )
            .into_response(),
    }
}

/// Lets a write run to its end although the sender left: half a deed is worse than an unread answer. Bounds every request's time.
async fn detached(request: Request, next: Next) -> Response {
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
