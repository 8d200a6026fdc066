//! Who drives for a company: a fleet's vehicles come with one of its drivers, whom check-in writes down and people call.
//! Drivers are found by name and telephone like the company; who leaves is archived with a reason.
pub(super) mod form;
pub(super) mod model;
mod pages;
mod parts;

pub use super::selectors::drivers as selectors;
use super::service::drivers as service;
pub(super) use model::DriverRow;
pub use model::{Driver, DriverChoice};
pub(super) use parts::{DriversView, drivers_card_view};

use crate::server::http::registry::Routes;

/// `/customers/{customer}/drivers` and below.
pub(super) fn routes(routes: Routes) -> Routes {
    routes
        .page("/customers/{customer}/drivers/new", pages::new)
        .form("/customers/{customer}/drivers/new", pages::create)
        .page("/customers/{customer}/drivers/{driver}/edit", pages::edit)
        .form("/customers/{customer}/drivers/{driver}/edit", pages::change)
        .form("/customers/{customer}/drivers/{driver}/archive", pages::archive)
        .form("/customers/{customer}/drivers/{driver}/restore", pages::restore)
}
