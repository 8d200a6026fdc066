//! The browser's end of `/events`.
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{EventSource, MessageEvent};

/// What a page listens for: a changed work order, or "look at everything again" after a gap.
const KINDS: [&str; 2] = ["work_order", "all"];

/// The stream, from the mark at which this page was rendered: what changed since then comes first.
fn open() -> Option<EventSource> {
    let page = document().document_element()?;
    let since = page.get_attribute("data-at").unwrap_or_default();
    EventSource::new(&format!("/events?since={since}")).ok()
}

/// Calls back whenever something of the member's branches changed, and when the stream comes back after a break.
pub fn on_change(changed: impl Fn() + Copy + 'static) {
    on_change_of(String::new(), changed);
}

/// As [`on_change`], of one work order; of all where `only` is empty. A page that nobody looks at holds no stream (a browser lends
/// a site six connections); shown again, it counts as changed.
pub(super) fn on_change_of(only: String, changed: impl Fn() + Copy + 'static) {
    Effect::new(move |_| {
        let only = only.clone();
        let heard = Closure::<dyn Fn(MessageEvent)>::new(move |event: MessageEvent| {
            let about = event.data().as_string().unwrap_or_default();
            // A star is "everything".
            if only.is_empty() || about == "*" || about == only {
                changed();
            }
        });
        let met = StoredValue::new(false);
        let ready = Closure::<dyn Fn()>::new(move || {
            if met.get_value() {
                changed();
            }
            met.set_value(true);
        });
        let stream = StoredValue::new_local(None::<EventSource>);
        let ears = StoredValue::new_local((heard, ready));
        let listen = move || {
            let is_open = stream.with_value(Option::is_some);
            if document().hidden() {
                stream.update_value(|stream| close(stream.take()));
            } else if !is_open && let Some(source) = open() {
                ears.with_value(|(heard, ready)| {
                    // A browser without these events would have refused the stream already.
                    for kind in KINDS {
                        let _ = source.add_event_listener_with_callback(kind, heard.as_ref().unchecked_ref());
                    }
                    let _ = source.add_event_listener_with_callback("ready", ready.as_ref().unchecked_ref());
                });
                stream.set_value(Some(source));
            }
        };
        listen();
        let looked_at = Closure::<dyn Fn()>::new(listen);
        let _ = document()
            .add_event_listener_with_callback("visibilitychange", looked_at.as_ref().unchecked_ref());
        let looked_at = StoredValue::new_local(looked_at);
        on_cleanup(move || {
            looked_at.with_value(|looked_at| {
                let _ = document().remove_event_listener_with_callback(
                    "visibilitychange",
                    looked_at.as_ref().unchecked_ref(),
                );
            });
            stream.update_value(|stream| close(stream.take()));
        });
    });
}

fn close(stream: Option<EventSource>) {
    if let Some(stream) = stream {
        stream.close();
    }
}
