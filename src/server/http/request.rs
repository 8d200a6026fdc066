//! The outermost layer: what a request brings besides its route is read once.
use super::{host, shown_for};
use crate::server::auth::flash;
use crate::server::auth::session::{Token, cookie};
use crate::server::events::Events;
use crate::server::state::AppState;
use crate::ui::layout::Theme;
use axum::extract::{ConnectInfo, MatchedPath, Request, State};
use axum::http::{HeaderValue, header};
use axum::middleware::Next;
use axum::response::Response;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::sync::atomic::Ordering;
use std::sync::{Arc, OnceLock};

pub use crate::server::request::RequestInfo;

fn read(request: &Request, state: &AppState) -> RequestInfo {
    let headers = request.headers();
    let text = |name| {
        headers
            .get(name)
            .and_then(|v: &HeaderValue| v.to_str().ok())
            .unwrap_or_default()
    };
    let connection = request
        .extensions()
        .get::<ConnectInfo<SocketAddr>>()
        .map_or(IpAddr::V4(Ipv4Addr::LOCALHOST), |c| c.0.ip());
    RequestInfo {
        id: Events::name_at(Events::mark()).into(),
        path: request.uri().path().to_owned(),
        target: request
            .uri()
            .path_and_query()
            .map_or_else(|| "/".to_owned(), ToString::to_string),
        token: Token::from_cookie(headers, state.settings.session_cookie()),
        device: Token::from_cookie(headers, state.settings.device_cookie()),
        pending: Token::from_cookie(headers, state.settings.pending_cookie()),
        platform: Token::from_cookie(headers, state.settings.platform_cookie()),
        tablet: Token::from_cookie(headers, state.settings.tablet_cookie()),
        workshop: host::workshop(host::of(request), &state.settings),
        sent_from: host::sent_from(text(header::REFERER), host::of(request)),
        theme: cookie(headers, "theme")
            .and_then(Theme::parse)
            .unwrap_or_default(),
        flash: flash::heard(state, headers),
        address: state
            .settings
            .trusted_proxies
            .client(connection, headers)
            .to_canonical(),
        user_agent: text(header::USER_AGENT).chars().take(300).collect(),
        wants_html: text(header::ACCEPT).contains("text/html") && !is_call(request.uri().path()),
        query_stats: Arc::default(),
        shown_for: headers
            .get(shown_for::HEADER)
            .and_then(|value| value.to_str().ok())
            .map_or_else(OnceLock::new, |org| org.to_owned().into()),
        fingerprint: OnceLock::new(),
    }
}

/// Whether a server function is called: it is answered in JSON, whatever the caller would rather have.
pub(super) fn is_call(path: &str) -> bool {
    path.starts_with("/api/")
}

/// Outermost layer: makes the [`RequestInfo`], names the answer, logs one line.
pub async fn attach(State(state): State<AppState>, mut request: Request, next: Next) -> Response {
    let info = Arc::new(read(&request, &state));
    request.extensions_mut().insert(info.clone());
    // The pattern and not the path: in /reset/{secret} the path is the secret.
    let route = request.extensions().get::<MatchedPath>().cloned();
    let (method, started) = (request.method().clone(), std::time::Instant::now());
    let mut response = next.run(request).await;
    let (statements, trips) = (
        info.query_stats.statements.load(Ordering::Relaxed),
        info.query_stats.round_trips.load(Ordering::Relaxed),
    );
    let millis = started.elapsed().as_secs_f64() * 1000.0;
    let route = route.as_ref().map_or("none", MatchedPath::as_str);
    tracing::debug!(request = %info.id, %method, route, status = response.status().as_u16(), ms = millis, statements, trips, "Answered");
    if let Ok(id) = HeaderValue::from_str(&info.id) {
        response.headers_mut().insert("x-request-id", id);
    }
    if state.settings.dev {
        let timing = format!("app;dur={millis:.1}, statements;desc=\"{statements}\", trips;desc=\"{trips}\"");
        if let Ok(timing) = HeaderValue::from_str(&timing) {
            response.headers_mut().insert("server-timing", timing);
        }
    }
    response
}
