//! Handlers: read or write through the scope, then show.
mod edit;
mod history;
mod list;
mod show;

pub(super) use edit::{change, create, edit, new};
pub(super) use history::{history, print_history};
pub(super) use list::{CustomerQuery, CustomerSort, list};
pub(super) use show::{archive, restore, show};
