//! What is neither a feature nor a browser's business: configuration, database, sessions, HTTP, the command line.
pub mod audit_chain;
pub mod auth;
pub mod bench;
pub mod cli;
pub mod clock;
pub mod config;
pub mod contact;
pub mod db;
pub mod doctor;
pub mod embedded;
pub mod events;
pub mod fold;
pub mod http;
pub mod invariants;
pub mod jobs;
pub mod mail;
pub mod measure;
pub mod messages;
pub mod options;
pub mod platform_admin;
pub mod secrets;
pub mod seed;
pub mod serve;
pub mod state;
pub mod supervise;
pub mod telemetry;

/// What services, selectors, pages and server functions of every feature need.
pub mod prelude {
    pub use super::auth::scope::{Scope, Visitor};
    pub use super::clock::{Clock, SharedClock};
    pub use super::db::audit::{self, Deed};
    pub use super::db::constraint::OnConstraint;
    pub use super::db::exports;
    pub use super::db::idempotency;
    pub use super::db::tenant::TenantTx;
    pub use super::http::extract::{FormBody, Id, Ids, Search};
    pub use super::http::list::ListQuery;
    pub use super::http::page::{Page, PageResult};
    pub use super::http::registry::Routes;
    pub use super::state::AppState;
    pub use crate::kernel::*;
}
