//! What every request can reach.
use super::app::App;
use super::auth::password::Hasher;
use super::clock::SharedClock;
use super::db::Db;
use super::events::Events;
use super::http::limits::Limits;
use super::mail::Mailer;
use super::secrets::Keys;
use super::site::SiteFiles;
use super::slug::Slugs;
use super::turns::ConcurrencyLimit;
use std::sync::Arc;

pub use super::settings::Settings;

#[derive(Clone)]
pub struct AppState {
    /// The product's features.
    pub app: App,
    pub db: Db,
    pub clock: SharedClock,
    pub settings: Arc<Settings>,
    pub site: Arc<SiteFiles>,
    pub hasher: Hasher,
    pub events: Events,
    pub keys: Keys,
    pub mailer: Mailer,
    pub slugs: Slugs,
    /// What sessions and workshops ask of this process.
    pub limits: Limits,
    /// Downloads of everything that are being put together.
    pub data_exports: ConcurrencyLimit,
}
