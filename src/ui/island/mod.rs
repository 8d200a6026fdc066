//! The life of an island: woken by the script that shows its page, told of new props, freed when it is gone from the document.
//!
//! Nothing outlives its island: listeners end with it, and what comes back after it is gone (a timer, an answer) finds nobody: it
//! reads and writes by `try_get_value`, `try_set` and `try_update`.
//!
//! Beside an island stands what wakes it so that it can be freed; `#[island]`'s own function keeps it for ever:
//! `wakes!(LiveBoard, wake_LiveBoard, LiveBoardProps, LiveBoardPropsSerialized { start, may_move })`. [`on_props`] takes new props where
//! the page was read again: the island stays, with what its user is doing. What cannot be read is not taken, and the island is made anew.
#[cfg(feature = "hydrate")]
mod browser;
#[cfg(not(feature = "hydrate"))]
mod server;

use leptos::prelude::*;

#[cfg(feature = "hydrate")]
pub(crate) use browser::wakes;
#[cfg(feature = "hydrate")]
pub use browser::{Alive, on_props, remember_root, wake};
#[cfg(not(feature = "hydrate"))]
pub use server::on_props;
#[cfg(not(feature = "hydrate"))]
pub(crate) use server::wakes;

/// Calls back at an event of the page's script (`gantry:news`, `gantry:shown`) for as long as the island lives.
pub fn on_window(name: &'static str, heard: impl Fn(web_sys::Event) + Clone + 'static) {
    Effect::new(move |_| {
        let listener = window_event_listener_untyped(name, heard.clone());
        on_cleanup(move || listener.remove());
    });
}

/// Opens an address in place, or as the browser does where nobody takes it.
pub fn go(href: &str) {
    let init = web_sys::CustomEventInit::new();
    init.set_cancelable(true);
    init.set_detail(&href.into());
    let taken = web_sys::CustomEvent::new_with_event_init_dict("gantry:go", &init)
        .and_then(|event| window().dispatch_event(&event))
        .is_ok_and(|untaken| !untaken);
    if !taken {
        // A refused navigation leaves the page as it is.
        let _ = window().location().set_href(href);
    }
}
