//! Gantry: the software a repair workshop runs on.
//!
//! `kernel` is the shared language, `domain` the business's rules, `ui` the design system, `server` what a browser never sees and
//! `features` the product. The browser's build holds kernel, domain, ui and what islands need; pages stay on the server.
// Views are nested types; a long page is deeper than the default of 128.
#![recursion_limit = "256"]

#[cfg(feature = "ssr")]
pub mod app;
#[cfg(feature = "ssr")]
pub mod bench;
#[cfg(feature = "ssr")]
pub mod cli;
pub mod domain;
pub mod features;
pub mod kernel;
#[cfg(feature = "ssr")]
pub mod seed;
#[cfg(feature = "ssr")]
pub mod server;
#[expect(unreachable_pub, reason = "what a component's macro makes is public")]
pub mod ui;

/// Makes ready for islands, which the script of the page wakes one by one.
#[cfg(feature = "hydrate")]
#[wasm_bindgen::prelude::wasm_bindgen]
pub fn hydrate() {
    console_error_panic_hook::set_once();
    leptos::mount::hydrate_islands();
    ui::island::remember_root();
}
