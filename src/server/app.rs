//! The product as the server sees it: what its features handed in, put together once.
use super::db::tenant::Session;
use super::jobs::Work;
use super::orders::OrderExtension;
use crate::kernel::Permission;
use crate::ui::layout::{Banner, NavItem};
use chrono::{DateTime, Utc};
use leptos::prelude::AnyView;
use serde::Serialize;
use std::sync::Arc;

/// One page, form or server function.
#[derive(Clone, Debug, Serialize)]
pub struct RouteInfo {
    pub method: &'static str,
    pub path: String,
    /// The permission's name; "public" where none is needed.
    pub right: &'static str,
    pub writes: bool,
    /// Names of the path's parameters, which are typed ids.
    pub params: Vec<String>,
    /// The feature whose manifest names it.
    #[serde(skip)]
    pub feature: &'static str,
}

impl RouteInfo {
    pub(super) fn new(method: &'static str, path: &str, right: &'static str, writes: bool) -> Self {
        let params = path
            .split('/')
            .filter_map(|s| s.strip_prefix('{')?.strip_suffix('}'))
            .map(ToOwned::to_owned)
            .collect();
        Self {
            method,
            path: path.to_owned(),
            right,
            writes,
            params,
            feature: "",
        }
    }
}

/// What stands above pages, where there is something to say.
#[derive(Clone, Copy)]
pub struct Notice {
    pub banner: fn(&Session, DateTime<Utc>) -> Option<Banner>,
    /// Also on pages without a frame, as those on paper.
    pub everywhere: bool,
}

/// Whether somebody has a page's right.
pub(super) type Right = fn(&Session) -> bool;

/// Whether an entry is shown to somebody who has the route's right.
pub type When = fn(&App, &Session) -> bool;

/// An entry of the menu, hung on a page's route: `.page("/customers", pages::list).menu(Menu::new("Customers", "users"))`.
#[derive(Clone, Copy)]
pub struct Menu {
    words: Words,
    /// On narrow screens.
    short: Option<&'static str>,
    when: When,
}

#[derive(Clone, Copy)]
enum Words {
    /// Label and icon.
    Fixed(&'static str, &'static str),
    By(fn(&Session) -> (String, &'static str)),
}

impl Menu {
    pub const fn new(label: &'static str, icon: &'static str) -> Self {
        Self {
            words: Words::Fixed(label, icon),
            short: None,
            when: |_, _| true,
        }
    }
    /// Label and icon in the workshop's own words.
    pub const fn by(words: fn(&Session) -> (String, &'static str)) -> Self {
        Self {
            words: Words::By(words),
            short: None,
            when: |_, _| true,
        }
    }
    /// A shorter label for where there is little room.
    #[must_use]
    pub const fn short(self, label: &'static str) -> Self {
        Self {
            short: Some(label),
            ..self
        }
    }
    /// Only then.
    #[must_use]
    pub const fn when(self, when: When) -> Self {
        Self { when, ..self }
    }
}

/// A card of the settings page, hung on a page's route.
#[derive(Clone, Copy)]
pub struct Setting {
    pub name: &'static str,
    pub about: &'static str,
    pub icon: &'static str,
    when: When,
}

impl Setting {
    pub const fn new(name: &'static str, about: &'static str, icon: &'static str) -> Self {
        Self {
            name,
            about,
            icon,
            when: |_, _| true,
        }
    }
    /// Only then.
    #[must_use]
    pub const fn when(self, when: When) -> Self {
        Self { when, ..self }
    }
}

/// An entry and the page that it leads to, whose right it takes over.
#[derive(Clone)]
pub(crate) struct Entry<T> {
    pub(super) href: String,
    pub(super) right: Right,
    pub(super) of: T,
}

impl<T> Entry<T> {
    fn visible(&self, app: &App, session: &Session, when: When) -> bool {
        (self.right)(session) && when(app, session)
    }
}

/// Whether a page of the right `P` opens for somebody, as a plain function.
pub(super) fn holds<P: Permission>(session: &Session) -> bool {
    session.opens::<P>()
}

/// The features in the order of the menu and of the settings page.
#[derive(Clone)]
pub struct App(Arc<Parts>);

/// What the features handed in, by kind.
#[derive(Default)]
pub(super) struct Parts {
    pub(super) routes: Vec<RouteInfo>,
    pub(super) platform_routes: Vec<RouteInfo>,
    pub(super) menu: Vec<Entry<Menu>>,
    pub(super) settings: Vec<Entry<Setting>>,
    /// Address, label, icon.
    pub(super) locked_menu: Vec<(&'static str, &'static str, &'static str)>,
    pub(super) notices: Vec<Notice>,
    pub(super) audit_kinds: Vec<(&'static str, &'static str)>,
    /// The server's own and the features'.
    pub(super) jobs: Vec<Work>,
    pub(super) search_box: Option<fn(String, bool) -> AnyView>,
    pub(super) orders: Vec<OrderExtension>,
}

impl From<Parts> for App {
    fn from(parts: Parts) -> Self {
        Self(Arc::new(parts))
    }
}

impl App {
    /// Every page, form and server function of workshops, for `gantry routes` and the law tests.
    pub fn routes(&self) -> Vec<RouteInfo> {
        self.0.routes.clone()
    }

    /// Every page and form of the console.
    pub fn platform_routes(&self) -> Vec<RouteInfo> {
        self.0.platform_routes.clone()
    }

    /// The menu, from the same rights that the server refuses by.
    pub(super) fn menu(&self, session: &Session, active: &str) -> Vec<NavItem> {
        let entries = self.0.menu.iter();
        let visible = entries.filter(|entry| entry.visible(self, session, entry.of.when));
        let item = |entry: &Entry<Menu>| {
            let (label, icon) = match entry.of.words {
                Words::Fixed(label, icon) => (label.to_owned(), icon),
                Words::By(words) => words(session),
            };
            let item = NavItem::new(&entry.href, &label, icon).active(entry.href == active);
            match entry.of.short {
                Some(short) => item.short(short),
                None => item,
            }
        };
        visible.map(item).collect()
    }

    /// Where somebody can go in a locked workshop.
    pub(super) fn locked_menu(&self, active: &str) -> Vec<NavItem> {
        let item = |(href, label, icon): &(&'static str, &'static str, &'static str)| {
            NavItem::new(href, label, icon).active(*href == active)
        };
        self.0.locked_menu.iter().map(item).collect()
    }

    /// What somebody may change under Settings: address and card.
    pub(crate) fn settings(&self, session: &Session) -> Vec<(String, Setting)> {
        let entries = self.0.settings.iter();
        let visible = entries.filter(|entry| entry.visible(self, session, entry.of.when));
        visible.map(|entry| (entry.href.clone(), entry.of)).collect()
    }

    /// Lines above a page; on one without a frame only those that stand everywhere.
    pub(super) fn banners(&self, session: &Session, now: DateTime<Utc>, framed: bool) -> Vec<Banner> {
        let notices = self.0.notices.iter();
        let visible = notices.filter(|notice| framed || notice.everywhere);
        visible
            .filter_map(|notice| (notice.banner)(session, now))
            .collect()
    }

    /// What audit events are about: as the rows say it, as people do.
    pub fn audit_kinds(&self) -> Vec<(&'static str, &'static str)> {
        self.0.audit_kinds.clone()
    }

    /// Every kind of background work.
    pub fn jobs(&self) -> &[Work] {
        &self.0.jobs
    }

    /// What features add to work orders.
    pub(super) fn orders(&self) -> &[OrderExtension] {
        &self.0.orders
    }

    pub(super) fn search_box(&self, query: String, devices: bool) -> Option<AnyView> {
        Some((self.0.search_box?)(query, devices))
    }
}
