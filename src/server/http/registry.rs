//! Routes that know their right. The right is taken from the type of the handler's first argument, so a route cannot claim
//! another one than it enforces; `gantry routes --json` and the law tests read this list.
use crate::kernel::Permission;
use crate::server::app::{Entry, Menu, Right, RouteInfo, Setting, holds};
use crate::server::auth::platform::PlatformScope;
use crate::server::auth::scope::{OnlyReads, Scope, Visitor};
use crate::server::state::AppState;
use axum::handler::Handler;
use axum::routing::{get, post};
use axum::{Extension, Router};
use leptos::server_fn::ServerFn;

/// A handler whose first argument is `Scope<P>`; `A` are its arguments.
pub trait Scoped<P, A>: Handler<A, AppState> {}

macro_rules! scoped {
    ($($arg:ident)*) => {
        impl<F, P, M, $($arg),*> Scoped<P, (M, Scope<P>, $($arg,)*)> for F where F: Handler<(M, Scope<P>, $($arg,)*), AppState> {}
    };
}
scoped!();
scoped!(T1);
scoped!(T1 T2);
scoped!(T1 T2 T3);

/// A handler whose first argument is `Visitor`.
pub trait Open<A>: Handler<A, AppState> {}

macro_rules! open {
    ($($arg:ident)*) => {
        impl<F, M, $($arg),*> Open<(M, Visitor, $($arg,)*)> for F where F: Handler<(M, Visitor, $($arg,)*), AppState> {}
    };
}
open!();
open!(T1);
open!(T1 T2);

/// A handler whose first argument is `PlatformScope`: for our own people.
pub trait Ours<A>: Handler<A, AppState> {}

macro_rules! ours {
    ($($arg:ident)*) => {
        impl<F, M, $($arg),*> Ours<(M, PlatformScope, $($arg,)*)> for F where F: Handler<(M, PlatformScope, $($arg,)*), AppState> {}
    };
}
ours!();
ours!(T1);
ours!(T1 T2);

/// Collects features' routes, with the entries of menu and settings that lead to them.
#[derive(Default)]
pub struct Routes {
    pub(in crate::server) router: Router<AppState>,
    pub(in crate::server) list: Vec<RouteInfo>,
    /// What islands call.
    pub(in crate::server) functions: Vec<RouteInfo>,
    /// The console's: no member of any workshop gets there.
    pub(in crate::server) platform: Vec<RouteInfo>,
    pub(in crate::server) menu: Vec<Entry<Menu>>,
    pub(in crate::server) settings: Vec<Entry<Setting>>,
    /// The last page and who may open it: what the next entry hangs on.
    page: Option<(String, Right)>,
}

impl Routes {
    /// Says whose the routes are that were added last.
    pub(in crate::server) fn of(mut self, feature: &'static str) -> Self {
        let added = self
            .list
            .iter_mut()
            .chain(&mut self.functions)
            .chain(&mut self.platform);
        for route in added.filter(|route| route.feature.is_empty()) {
            route.feature = feature;
        }
        self
    }

    /// A page: GET, reads only.
    #[must_use]
    pub fn page<P: Permission, A: 'static>(mut self, path: &str, handler: impl Scoped<P, A>) -> Self {
        self.list.push(RouteInfo::new("GET", path, P::NAME, false));
        self.router = self.router.route(path, get(handler));
        self.page = Some((path.to_owned(), holds::<P>));
        self
    }

    /// An entry of the menu that leads to the page before it, for everybody who may open that.
    #[must_use]
    pub fn menu(mut self, menu: Menu) -> Self {
        let entry = |(href, right)| Entry {
            href,
            right,
            of: menu,
        };
        self.menu.extend(self.page.clone().map(entry));
        self
    }

    /// A card of the settings page that leads to the page before it, for everybody who may open that.
    #[must_use]
    pub fn setting(mut self, setting: Setting) -> Self {
        let entry = |(href, right)| Entry {
            href,
            right,
            of: setting,
        };
        self.settings.extend(self.page.clone().map(entry));
        self
    }

    /// A server function with the right that it opens its scope for, which the law tests compare with what it enforces.
    #[must_use]
    pub fn server_function<F: ServerFn, P: Permission>(mut self, writes: bool) -> Self {
        self.functions
            .push(RouteInfo::new("POST", F::PATH, P::NAME, writes));
        self
    }

    /// A form's target: POST, writes.
    #[must_use]
    pub fn form<P: Permission, A: 'static>(mut self, path: &str, handler: impl Scoped<P, A>) -> Self {
        self.list.push(RouteInfo::new("POST", path, P::NAME, true));
        self.router = self.router.route(path, post(handler));
        self
    }

    /// A search whose words must not appear in addresses or logs: POST, reads only.
    #[must_use]
    pub fn question<P: Permission, A: 'static>(mut self, path: &str, handler: impl Scoped<P, A>) -> Self {
        self.list.push(RouteInfo::new("POST", path, P::NAME, false));
        self.router = self.router.route(path, post(handler).layer(Extension(OnlyReads)));
        self
    }

    /// A page for everybody.
    #[must_use]
    pub fn public_page<A: 'static>(mut self, path: &str, handler: impl Open<A>) -> Self {
        self.list.push(RouteInfo::new("GET", path, "public", false));
        self.router = self.router.route(path, get(handler));
        self
    }

    /// A form for everybody: sign-in, sign-up.
    #[must_use]
    pub fn public_form<A: 'static>(mut self, path: &str, handler: impl Open<A>) -> Self {
        self.list.push(RouteInfo::new("POST", path, "public", true));
        self.router = self.router.route(path, post(handler));
        self
    }

    /// A page of the console.
    #[must_use]
    pub fn platform_page<A: 'static>(mut self, path: &str, handler: impl Ours<A>) -> Self {
        self.platform.push(RouteInfo::new("GET", path, "platform", false));
        self.router = self.router.route(path, get(handler));
        self
    }

    /// A form of the console.
    #[must_use]
    pub fn platform_form<A: 'static>(mut self, path: &str, handler: impl Ours<A>) -> Self {
        self.platform.push(RouteInfo::new("POST", path, "platform", true));
        self.router = self.router.route(path, post(handler));
        self
    }

    /// The console's sign-in: page and form for somebody who is not signed in.
    #[must_use]
    pub fn platform_door<A: 'static, B: 'static>(
        mut self,
        path: &str,
        page: impl Open<A>,
        form: impl Open<B>,
    ) -> Self {
        self.platform.push(RouteInfo::new("GET", path, "public", false));
        self.platform.push(RouteInfo::new("POST", path, "public", true));
        self.router = self.router.route(path, get(page).post(form));
        self
    }
}
