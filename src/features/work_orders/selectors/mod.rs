//! Reads.
mod list;
mod show;
mod shown;

pub use list::{Filter, list, search};
pub use show::show;
pub use shown::shown;
