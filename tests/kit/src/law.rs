//! What laws of several features are made of.
use gantry::server::app::RouteInfo;

/// Whether a route is a server function, which islands call.
pub fn is_function(route: &RouteInfo) -> bool {
    route.path.starts_with("/api/")
}

/// Collects what broke a law, so that one run names all of it.
#[derive(Default)]
pub struct Violations(pub Vec<String>);

impl Violations {
    pub fn add(&mut self, breaches: impl IntoIterator<Item = String>) {
        self.0.extend(breaches);
    }

    pub fn unless(&mut self, holds: bool, breach: impl FnOnce() -> String) {
        if !holds {
            self.0.push(breach());
        }
    }

    #[track_caller]
    pub fn none(self) {
        assert!(self.0.is_empty(), "\n  {}", self.0.join("\n  "));
    }
}
