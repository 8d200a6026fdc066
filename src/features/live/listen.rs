//! The browser's end of `/events`.
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::EventSource;

/// What a page listens for: a changed work order, or "look at everything again" after a gap.
const KINDS: [&str; 2] = ["work_order", "all"];

/// Calls back whenever something of the member's branches changed, and when the stream comes back after a break.
pub fn on_change(changed: impl Fn() + Copy + 'static) {
    Effect::new(move |_| {
        let Ok(source) = EventSource::new("/events") else {
            return;
        };
        let heard = Closure::<dyn Fn()>::new(changed);
        for kind in KINDS {
            // A browser without this event would have refused the stream already.
            let _ = source.add_event_listener_with_callback(kind, heard.as_ref().unchecked_ref());
        }
        heard.forget();
        let met = StoredValue::new(false);
        let ready = Closure::<dyn Fn()>::new(move || {
            if met.get_value() {
                changed();
            }
            met.set_value(true);
        });
        let _ = source.add_event_listener_with_callback("ready", ready.as_ref().unchecked_ref());
        ready.forget();
        let leave = StoredValue::new_local(source);
        on_cleanup(move || leave.with_value(EventSource::close));
    });
}
