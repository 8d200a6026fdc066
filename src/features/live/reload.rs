//! A page that shows itself anew when something changed.
use super::listen::on_change;
use crate::ui::prelude::*;
use leptos::ev;
use leptos::prelude::*;
use std::time::Duration;

/// Changes that come together are one change.
const TOGETHER: Duration = Duration::from_millis(350);
/// How soon to look again whether somebody still types.
const AGAIN: Duration = Duration::from_secs(2);
/// "In 40 minutes" is not true for long.
const AGES: Duration = Duration::from_secs(300);

/// Reloads the page when a work order changed, but never under somebody's hands: while a field has the focus, something is typed, or a
/// form or dialog stands open, it offers a button instead. For pages whose content is the server's alone.
#[island]
pub fn LiveReload() -> impl IntoView {
    let typed = StoredValue::new(false);
    let (changed, held) = (RwSignal::new(false), RwSignal::new(false));
    Effect::new(move |_| {
        let listening = window_event_listener(ev::input, move |_| typed.set_value(true));
        on_cleanup(move || listening.remove());
        set_interval(move || note(changed, held, typed), AGES);
    });
    on_change(move || note(changed, held, typed));
    view! {
        <div class="live-bar" role="status">
            {move || held.get().then(|| view! {
                <button class=button_class(Variant::Primary, Size::Bay) type="button" on:click=|_| reload()>
                    <Icon name="refresh"/>
                    "Something changed. Show it"
                </button>
            })}
        </div>
    }
}

fn note(changed: RwSignal<bool>, held: RwSignal<bool>, typed: StoredValue<bool>) {
    if !changed.get_untracked() {
        changed.set(true);
        set_timeout(move || reload_when_free(held, typed), TOGETHER);
    }
}

fn reload_when_free(held: RwSignal<bool>, typed: StoredValue<bool>) {
    if !typed.get_value() && !in_use() {
        reload();
    } else {
        held.set(true);
        set_timeout(move || reload_when_free(held, typed), AGAIN);
    }
}

fn reload() {
    // A browser that refuses to reload keeps what it shows.
    let _ = window().location().reload();
}

/// Whether somebody is at a field, or has a form or dialog open.
fn in_use() -> bool {
    const OPEN: &str =
        "details[open] textarea, dialog[open], [popover]:popover-open, :is(input, textarea, select):focus";
    document().query_selector(OPEN).is_ok_and(|found| found.is_some())
}
