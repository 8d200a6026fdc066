//! Writes and their rules. A work order's row is locked before its drafts, a document's row before anything that it owes.
mod draft;
mod locked;
mod post;
mod void;
mod work;

pub use draft::{bill_again, create, delete, edit, refresh};
pub(crate) use locked::{Locked, lock_money_of};
pub use post::post;
pub use void::void;
