//! What a request brings besides its route: made once, by the outermost layer.
use super::auth::prove;
use super::auth::session::Token;
use super::db::tenant::QueryStats;
use super::network::Network;
use crate::kernel::OrgId;
use crate::ui::layout::Theme;
use axum::http::request::Parts;
use sha2::{Digest, Sha256};
use std::net::{IpAddr, Ipv4Addr};
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
    pub query_stats: Arc<QueryStats>,
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

    /// The one that `http::request::attach` made.
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
            query_stats: Arc::default(),
            shown_for: OnceLock::new(),
            fingerprint: OnceLock::new(),
        }
    }
}
