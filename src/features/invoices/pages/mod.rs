//! The list, the document, its print view and what can be done with it.
pub(super) mod actions;
pub(super) mod list;
pub(super) mod money;
pub(super) mod print;
pub(super) mod show;
