//! The start page: what Gantry is, for whom, and what it costs. No script, no database for strangers.
mod pages;
mod parts;
mod routes;
pub use routes::routes;
