//! Reads.
mod list;
mod mentions;
mod show;
mod shown;

pub use list::{Filter, OpenOrder, list, narrowed, open_by, search};
pub(in crate::features::work_orders) use mentions::MOST as MOST_MENTIONS;
pub use mentions::mentions;
pub use show::show;
pub use shown::shown;
