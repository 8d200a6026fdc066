//! Reads.
mod list;
mod mentions;
mod show;
mod shown;

pub use list::{Filter, list, search};
pub use mentions::mentions;
pub use show::show;
pub use shown::shown;
