//! What the pages are made of.
pub(super) mod form;
mod history;
pub(super) mod list;
mod odometer;
pub(super) mod owner;
pub(super) mod show;
mod view;

pub(super) use view::ShowView;
