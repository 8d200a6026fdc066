//! Gantry: the software a repair workshop runs on.

#[cfg(feature = "ssr")]
pub mod server;
pub mod ui;
