//! Handlers: read the form, call one service, answer. A refused form comes back inside the page it was on.
mod content;
mod list;
mod show;
mod shown;
mod writes;

pub(super) use content::*;
pub(super) use list::list;
pub use show::answer_for;
pub(super) use show::{answer, show};
pub(super) use shown::shown;
pub(super) use writes::*;
