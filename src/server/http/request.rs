//! What a request brings besides its route: made once, by the outermost layer.
use super::network::Network;
use super::{host, shown_for};
use crate::kernel::OrgId;
use crate::server::auth::flash;
use crate::server::auth::prove;
use crate::server::auth::session::{Token, cookie};
use crate::server::db::tenant::Effort;
use crate::server::events::Events;
use crate::server::state::AppState;
use crate::ui::layout::Theme;
use axum::extract::{ConnectInfo, MatchedPath, Request, State};
use axum::http::{HeaderValue, header, request::Parts};
use axum::middleware::Next;
use axum::response::Response;
use sha2::{Digest, Sha256};
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::sync::atomic::Ordering;
use std::sync::{Arc, OnceLock};

#[derive(Debug)]
pub struct RequestInfo {
    /// Quoted in logs, the trail and the `x-request-id` header.
    pub id: Arc<str>,
    pub path: String,
    /// Path and query, to come back to after signing in.
    pub target: String,
    pub token: Option<Token>,
    /// What an earlier sign-in with this browser left.
    pub device: Option<Token>,
    /// What a sign-in whose code is due left.
    pub pending: Option<Token>,
    /// The session of one of our own people, who are members of nothing.
    pub platform: Option<Token>,
    /// What makes this browser a tablet of a branch.
    pub tablet: Option<Token>,
    /// The workshop whose own address was used: `acme` of acme.example.com.
    pub workshop: Option<String>,
    /// The page of ours that a form was sent from, path and query.
    pub sent_from: Option<String>,
    pub theme: Theme,
    pub flash: Option<String>,
    /// The client's, also behind a proxy that we trust.
    pub address: IpAddr,
    pub user_agent: String,
    pub wants_html: bool,
    pub effort: Arc<Effort>,
    /// The workshop that the page of a write was shown for, as the page says.
    pub(super) shown_for: OnceLock<String>,
    /// A hash of a write's address and body: what tells a repeated request from another one.
    pub(super) fingerprint: OnceLock<[u8; 32]>,
}

impl RequestInfo {
    /// The client, as limits count it.
    pub fn network(&self) -> Network {
        Network::of(self.address)
    }

    /// Whether this comes from a page that was shown for another workshop: its session went there in a second tab.
    pub fn comes_from_another(&self, org: OrgId) -> bool {
        self.shown_for
            .get()
            .is_some_and(|shown| *shown != org.to_string())
    }

    /// What was sent, as a hash; nothing for a request without a body.
    pub fn fingerprint(&self) -> Option<[u8; 32]> {
        self.fingerprint.get().copied()
    }

    /// Remembers what a write sends, without a password that was asked for on the way.
    pub(super) fn note_body(&self, body: &[u8]) {
        let mut hash = Sha256::new().chain_update(&self.target);
        let password = format!("{}=", prove::FIELD);
        for pair in body.split(|byte| *byte == b'&') {
            if !pair.starts_with(password.as_bytes()) {
                hash = hash.chain_update([0]).chain_update(pair);
            }
        }
        let _ = self.fingerprint.set(hash.finalize().into());
    }

    /// The one that [`attach`] made.
    pub fn of(parts: &Parts) -> Arc<Self> {
        parts
            .extensions
            .get::<Arc<Self>>()
            .cloned()
            .unwrap_or_else(|| Arc::new(Self::bare()))
    }

    fn bare() -> Self {
        Self {
            id: "".into(),
            path: "/".into(),
            target: "/".into(),
            token: None,
            device: None,
            pending: None,
            platform: None,
            tablet: None,
            workshop: None,
            sent_from: None,
            theme: Theme::System,
            flash: None,
            address: IpAddr::V4(Ipv4Addr::LOCALHOST),
            user_agent: String::new(),
            wants_html: true,
            effort: Arc::default(),
            shown_for: OnceLock::new(),
            fingerprint: OnceLock::new(),
        }
    }

    fn read(request: &Request, state: &AppState) -> Self {
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
        Self {
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
            effort: Arc::default(),
            shown_for: headers
                .get(shown_for::HEADER)
                .and_then(|value| value.to_str().ok())
                .map_or_else(OnceLock::new, |org| org.to_owned().into()),
            fingerprint: OnceLock::new(),
        }
    }
}

/// Whether a server function is called: it is answered in JSON, whatever the caller would rather have.
pub(super) fn is_call(path: &str) -> bool {
    path.starts_with("/api/")
}

/// Outermost layer: makes the [`RequestInfo`], names the answer, logs one line.
pub async fn attach(State(state): State<AppState>, mut request: Request, next: Next) -> Response {
    let info = Arc::new(RequestInfo::read(&request, &state));
    request.extensions_mut().insert(info.clone());
    // The pattern and not the path: in /reset/{secret} the path is the secret.
    let route = request.extensions().get::<MatchedPath>().cloned();
    let (method, started) = (request.method().clone(), std::time::Instant::now());
    let mut response = next.run(request).await;
    let (statements, trips) = (
        info.effort.statements.load(Ordering::Relaxed),
        info.effort.round_trips.load(Ordering::Relaxed),
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
