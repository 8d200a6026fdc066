//! What a feature hands to the server: one manifest each. `features::list` lists them; the router, the frame, the settings page, the filter of the
//! audit log, the worker of background jobs and the law tests read that list. Words that customers read need no line here: a file under
//! `src/locales` is found by itself.
use super::app::{App, Notice, Parts};
use super::http::registry::Routes;
use super::jobs::{self, Work};
use super::state::AppState;
use axum::Router;
use leptos::prelude::AnyView;

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
    /// Its background work.
    pub jobs: &'static [Work],
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
            jobs: &[],
            notice: None,
            search_box: None,
            locked_menu: &[],
        }
    }
}

/// The features, put together.
pub struct Product {
    pub features: Vec<Feature>,
    pub app: App,
    pub router: Router<AppState>,
}

impl Product {
    /// The features in the order of the menu and of the settings page.
    pub fn new(features: Vec<Feature>) -> Self {
        let add = |routes, feature: &Feature| (feature.routes)(routes);
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
        };
        Self {
            features,
            app: parts.into(),
            router: routes.router,
        }
    }
}
