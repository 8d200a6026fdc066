//! Gantry: the software a repair workshop runs on.
//!
//! `kernel` is the shared language, `ui` the design system, `features` the product, `server` what a browser never sees.
//! The browser's build holds kernel, ui and what islands need; pages stay on the server.
// Views are nested types; a long page is deeper than the default of 128.
#![recursion_limit = "256"]

#[cfg(feature = "ssr")]
pub mod app;
pub mod features;
pub mod kernel;
#[cfg(feature = "ssr")]
pub mod server;
pub mod ui;

/// Wakes the islands of a server-rendered page.
#[cfg(feature = "hydrate")]
#[wasm_bindgen::prelude::wasm_bindgen]
pub fn hydrate() {
    console_error_panic_hook::set_once();
    leptos::mount::hydrate_islands();
}

/// On the server, an error of a server function sets the answer's status; the browser only reads it.
pub(crate) fn wire_status(error: &kernel::AppError) {
    #[cfg(feature = "ssr")]
    if let Some(wire) = leptos::prelude::use_context::<server::http::api::WireStatus>() {
        wire.set(error.status());
    }
    #[cfg(not(feature = "ssr"))]
    let _ = error;
}
