//! A page that shows itself anew when something changed.
use super::listen::on_change_of;
use crate::ui::prelude::*;
use leptos::ev::{self, PointerEvent};
use leptos::prelude::*;
use std::time::Duration;
use wasm_bindgen::JsCast;

/// Changes that come together are one change.
const TOGETHER: Duration = Duration::from_millis(350);
/// How soon to look again whether somebody still types.
const AGAIN: Duration = Duration::from_secs(2);
/// "In 40 minutes" is not true for long.
const AGES: Duration = Duration::from_secs(300);
/// The next page comes within this, or it was a file, which leaves the page where it is.
const ANSWERED: Duration = Duration::from_secs(20);

/// Shows the page anew when a work order changed (`only` one, by its id, or any), but never under somebody's hands: while a field has
/// the focus, something is typed, or a form or dialog stands open, it offers a button instead. `at` is the page's own path: an
/// answer to a form is not asked for twice. Once somebody follows a link or sends a form it stays out of the way. `held` says that the
/// page holds something typed from the start.
#[island]
#[expect(unreachable_pub, reason = "what the macro makes is public")]
pub fn LiveReload(at: String, only: String, held: bool) -> impl IntoView {
    let page = Page {
        at: StoredValue::new(at),
        typed: StoredValue::new(held),
        changed: RwSignal::new(false),
        held: RwSignal::new(false),
        leaving: StoredValue::new(false),
    };
    let any = only.is_empty();
    Effect::new(move |_| {
        let typing = window_event_listener(ev::input, move |_| page.typed.set_value(true));
        let pressing = window_event_listener(ev::pointerdown, move |ev| {
            if works_on_form(&ev) {
                page.typed.set_value(true);
            }
        });
        // Before a link's page or a form's answer comes: to read this page now would call that off.
        let leaving = window_event_listener(ev::beforeunload, move |_| {
            page.leaving.set_value(true);
            set_timeout(move || page.leaving.set_value(false), ANSWERED);
        });
        on_cleanup(move || {
            typing.remove();
            pressing.remove();
            leaving.remove();
        });
        if any {
            set_interval(move || page.note(), AGES);
        }
    });
    on_change_of(only, move || page.note());
    view! {
        <div class="live-bar" role="status">
            {move || page.held.get().then(|| view! {
                <button class=button_class(Variant::Primary, Size::Bay) type="button" on:click=move |_| page.reload()>
                    <Icon name="refresh"/>
                    "Show what is new"
                </button>
            })}
        </div>
    }
}

#[derive(Clone, Copy)]
struct Page {
    at: StoredValue<String>,
    typed: StoredValue<bool>,
    changed: RwSignal<bool>,
    held: RwSignal<bool>,
    leaving: StoredValue<bool>,
}

impl Page {
    fn note(self) {
        if !self.changed.get_untracked() {
            self.changed.set(true);
            set_timeout(move || self.reload_when_free(), TOGETHER);
        }
    }

    fn reload_when_free(self) {
        if self.leaving.get_value() {
            set_timeout(move || self.reload_when_free(), AGAIN);
        } else if self.typed.get_value() || in_use() {
            self.held.set(true);
            set_timeout(move || self.reload_when_free(), AGAIN);
        } else {
            self.reload();
        }
    }

    /// The same address is read again in place; the answer to a form leads back to its page. A browser that refuses keeps what it shows.
    fn reload(self) {
        let location = window().location();
        // Taken out first: going away calls what listens for it, which writes to the same store.
        let at = self.at.get_value();
        let _ = if location.pathname().is_ok_and(|here| here == at) {
            location.reload()
        } else {
            location.assign(&at)
        };
    }
}

/// Whether somebody is at a field, or has a form or dialog open.
fn in_use() -> bool {
    const OPEN: &str =
        "details[open] textarea, dialog[open], [popover]:popover-open, :is(input, textarea, select):focus";
    document().query_selector(OPEN).is_ok_and(|found| found.is_some())
}

/// Signing, or a button that changes a form without sending it: adding or removing a line.
fn works_on_form(ev: &PointerEvent) -> bool {
    let on = ev
        .target()
        .and_then(|target| target.dyn_into::<web_sys::Element>().ok());
    on.and_then(|element| {
        element
            .closest(".signature, form button[type=button]:not([popovertarget])")
            .ok()
            .flatten()
    })
    .is_some()
}
