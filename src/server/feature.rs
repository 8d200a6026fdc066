//! What a feature hands to the server: one manifest each. `features::list` lists them; the router, the frame, the settings page, the filter of the
//! audit log, the worker of background jobs and the law tests read that list. Words that customers read need no line here: a file under
//! `src/locales` is found by itself.
use super::app::{App, Notice, Parts};
use super::http::registry::Routes;
use super::invariants::Rule;
use super::jobs::{self, Work};
use super::orders::OrderExtension;
use super::state::AppState;
use axum::Router;
use chrono::{DateTime, Utc};
use leptos::prelude::AnyView;
use uuid::Uuid;

pub use super::app::{Menu, Setting};

/// Everything that others know of a feature.
#[derive(Clone, Copy)]
pub struct Feature {
    /// Its folder under `src/features`.
    pub name: &'static str,
    /// Its pages, forms and server functions, with the entries of menu and settings that lead to them.
    pub routes: fn(Routes) -> Routes,
    /// The tables that only its services write.
    pub tables: &'static [&'static str],
    /// What its audit events are about: as the rows say it, as people do.
    pub audit_kinds: &'static [(&'static str, &'static str)],
    /// What must hold of its rows: `rule!("src/features/tyre_sets/tyre_positions.sql")`.
    pub rules: &'static [Rule],
    /// Its background work.
    pub jobs: &'static [Work],
    /// What it adds to work orders.
    pub orders: Option<OrderExtension>,
    /// Its rows in a workshop to look at.
    pub seed: Option<fn(&mut SeedShop) -> SeedRows>,
    /// A line above every page.
    pub notice: Option<Notice>,
    /// The frame's search box, from what it holds and whether assets are devices.
    pub search_box: Option<fn(String, bool) -> AnyView>,
    /// The menu of a locked workshop, which stands for all others: address, label, icon.
    pub locked_menu: &'static [(&'static str, &'static str, &'static str)],
}

impl Feature {
    /// One that has routes and nothing else.
    pub const fn new(name: &'static str, routes: fn(Routes) -> Routes) -> Self {
        Self {
            name,
            routes,
            tables: &[],
            audit_kinds: &[],
            rules: &[],
            jobs: &[],
            orders: None,
            seed: None,
            notice: None,
            search_box: None,
            locked_menu: &[],
        }
    }
}

/// A workshop to look at, so far.
pub struct SeedShop<'a> {
    pub created_at: DateTime<Utc>,
    /// Whether it repairs devices.
    pub devices: bool,
    /// The member who owns it.
    pub owner: Uuid,
    pub orders: Vec<SeedOrder>,
    /// The same for the same seed.
    pub new_id: &'a mut (dyn FnMut(DateTime<Utc>) -> Uuid + Send),
}

/// One of its work orders.
pub struct SeedOrder {
    pub id: Uuid,
    pub phase: &'static str,
    /// When it went into its phase, and its advisor.
    pub since: DateTime<Utc>,
    pub member: Uuid,
}

/// Tables with their rows: a field is a column, and each row of a table has the same ones.
pub type SeedRows = Vec<(&'static str, Vec<serde_json::Value>)>;

/// The features, put together.
pub struct Product {
    pub features: Vec<Feature>,
    pub app: App,
    pub router: Router<AppState>,
}

impl Product {
    /// The features in the order of the menu and of the settings page.
    pub fn new(features: Vec<Feature>) -> Self {
        let add = |routes, feature: &Feature| (feature.routes)(routes).of(feature.name);
        let routes = features.iter().fold(Routes::default(), add);
        let parts = Parts {
            routes: [routes.list, routes.functions].concat(),
            platform_routes: routes.platform,
            menu: routes.menu,
            settings: routes.settings,
            locked_menu: features
                .iter()
                .flat_map(|feature| feature.locked_menu)
                .copied()
                .collect(),
            notices: features.iter().filter_map(|feature| feature.notice).collect(),
            audit_kinds: features
                .iter()
                .flat_map(|feature| feature.audit_kinds)
                .copied()
                .collect(),
            jobs: jobs::OWN
                .into_iter()
                .chain(features.iter().flat_map(|feature| feature.jobs).copied())
                .collect(),
            search_box: features.iter().find_map(|feature| feature.search_box),
            orders: features.iter().filter_map(|feature| feature.orders).collect(),
        };
        Self {
            features,
            app: parts.into(),
            router: routes.router,
        }
    }
}
