//! What the pages show.
pub(super) mod grant;
pub(super) mod list;
pub(super) mod member;
pub(super) mod request;
