//! The first page after signing in: what came in, what is late, what can be collected, and how the month goes.
//! Every figure leads to the rows that it counts, and says by which date it counts them.
#[cfg(feature = "ssr")]
mod model;
#[cfg(feature = "ssr")]
mod pages;
#[cfg(feature = "ssr")]
mod parts;
#[cfg(feature = "ssr")]
mod routes;
#[cfg(feature = "ssr")]
mod selectors;

#[cfg(feature = "ssr")]
pub use routes::routes;
