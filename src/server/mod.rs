//! What is neither a feature nor a browser's business: configuration, database, sessions, HTTP, mail. It knows no feature by name.
pub mod app;
pub mod audit_chain;
pub mod auth;
pub mod clock;
pub mod config;
pub mod contact;
pub mod db;
pub mod doctor;
pub mod embedded;
pub mod events;
pub mod feature;
pub mod fold;
pub mod http;
pub mod invariants;
pub mod jobs;
pub mod mail;
pub mod measure;
pub mod messages;
pub mod network;
pub mod options;
pub mod orders;
pub mod platform_admin;
pub mod proxies;
pub mod request;
pub mod secrets;
pub mod serve;
pub mod settings;
pub mod site;
pub mod slug;
pub mod state;
pub mod supervise;
pub mod telemetry;
pub mod turns;

/// What services, selectors, pages and server functions of every feature need.
pub mod prelude {
    pub use super::auth::scope::{Scope, Visitor};
    pub use super::clock::{Clock, SharedClock};
    pub use super::db::audit::{self, AuditEvent};
    pub use super::db::constraint::OnConstraint;
    pub use super::db::exports;
    pub use super::db::idempotency;
    pub use super::db::tenant::TenantTx;
    pub use super::http::extract::{FormBody, Id, Ids, Search};
    pub use super::http::list::ListQuery;
    pub use super::http::page::{Page, PageResult};
    pub use super::state::AppState;
    pub use crate::kernel::*;
}
