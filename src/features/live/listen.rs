//! The browser's end of `/events`.
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{EventSource, MessageEvent};

/// What a page listens for: a changed work order, or "look at everything again" after a gap.
const KINDS: [&str; 2] = ["work_order", "all"];

/// Calls back whenever something of the member's branches changed, and when the stream comes back after a break.
pub fn on_change(changed: impl Fn() + Copy + 'static) {
    on_change_of(String::new(), changed);
}

/// As [`on_change`], of one work order; of all where `only` is empty.
pub fn on_change_of(only: String, changed: impl Fn() + Copy + 'static) {
    Effect::new(move |_| {
        let Ok(source) = EventSource::new("/events") else {
            return;
        };
        let only = only.clone();
        let heard = Closure::<dyn Fn(MessageEvent)>::new(move |event: MessageEvent| {
            let about = event.data().as_string().unwrap_or_default();
            // No id is "everything".
            if only.is_empty() || about.is_empty() || about == only {
                changed();
            }
        });
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
