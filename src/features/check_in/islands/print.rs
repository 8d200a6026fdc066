//! Prints the page; where no script runs, the browser's own menu does.
use crate::ui::prelude::*;
use leptos::prelude::*;

#[island]
pub fn PrintButton() -> impl IntoView {
    let awake = RwSignal::new(false);
    Effect::new(move |_| awake.set(true));
    view! {
        <button class=button_class(Variant::Primary, Size::Normal) type="button" hidden=move || !awake.get()
            on:click=|_| {
                // A browser that cannot print says so itself.
                let _ = window().print();
            }>
            <Icon name="printer"/>
            "Print"
        </button>
    }
}
