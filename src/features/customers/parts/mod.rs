//! What the pages are made of.
mod facts;
pub(super) mod form;
mod history;
pub(super) mod list;
pub(super) mod show;
mod view;

pub(super) use view::ShowView;
