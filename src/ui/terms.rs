//! The workshop's own words on a page.
use crate::kernel::Terms;
use leptos::prelude::use_context;

/// What the workshop calls things, as the page was given it; islands are given it as a property.
pub fn terms() -> Terms {
    use_context().unwrap_or_default()
}
