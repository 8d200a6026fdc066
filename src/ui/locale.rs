//! How the page that is rendered writes dates, times and numbers.
use crate::kernel::Locale;
use leptos::prelude::*;

/// That of the session's organization; neutral where nobody is signed in.
pub fn locale() -> Locale {
    use_context().unwrap_or_default()
}
