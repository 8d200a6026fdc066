//! Writes and their rules. A work order's row is locked before its drafts, a document's row before anything that it owes.
mod draft;
mod post;
mod void;
mod work;

pub use draft::{create, delete, edit, refresh};
pub use post::post;
pub use void::{Voided, void};
