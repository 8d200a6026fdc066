//! Between axum and the features: routes that know their right, pages that know their frame, one place for headers and errors.
pub mod api;
pub mod bodies;
pub mod connections;
pub mod csrf;
pub mod errors;
pub mod extract;
pub mod files;
pub mod host;
mod in_place;
pub mod limits;
pub mod list;
pub mod page;
pub mod registry;
pub mod request;
pub mod router;
pub mod shell;
pub mod shown_for;
pub mod step_up;
