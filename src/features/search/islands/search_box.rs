//! The search box of the header, on every page in the frame: with the browser's part it finds while somebody types.
//! A combobox with a list (WAI-ARIA 1.2): the focus stays in the input, arrow keys choose, Enter opens, Escape closes.
use super::super::api::find;
use super::super::model::{Hit, HitKind, grouped};
use super::super::parts::HitBody;
use crate::ui::island::{go, on_window, wakes};
use crate::ui::prelude::*;
use leptos::ev::KeyboardEvent;
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::time::Duration;

/// A pause in typing that is worth a question.
const PAUSE: Duration = Duration::from_millis(180);

/// What the box knows.
#[derive(Clone, Copy)]
struct Finder {
    hits: RwSignal<Vec<Hit>>,
    open: RwSignal<bool>,
    chosen: RwSignal<Option<usize>>,
    status: RwSignal<String>,
    /// Counts what was typed: an answer to an older question is dropped.
    turn: StoredValue<u32>,
}

impl Finder {
    fn typed(self, text: String) {
        self.turn.update_value(|turn| *turn += 1);
        let turn = self.turn.get_value();
        if text.trim().chars().count() < 2 {
            self.close();
            return;
        }
        let later = move || {
            if self.turn.try_get_value() == Some(turn) {
                self.ask(text, turn);
            }
        };
        set_timeout(later, PAUSE);
    }

    fn ask(self, text: String, turn: u32) {
        spawn_local(async move {
            let answer = find(text).await;
            if self.turn.try_get_value() != Some(turn) {
                return;
            }
            // Without an answer the box is still a form: Enter leads to the page.
            match answer {
                Ok(hits) => self.show(hits),
                Err(_) => self.close(),
            }
        });
    }

    fn show(self, hits: Vec<Hit>) {
        self.status.set(match hits.len() {
            0 => "No results".to_owned(),
            1 => "1 result".to_owned(),
            n => format!("{n} results"),
        });
        self.chosen.set(None);
        self.hits.set(hits);
        self.open.set(true);
    }

    fn close(self) {
        self.open.set(false);
        self.chosen.set(None);
    }

    fn pressed(self, ev: &KeyboardEvent) {
        let count = self.hits.with(Vec::len);
        match ev.key().as_str() {
            "ArrowDown" if count > 0 => self.choose(ev, |now| now.map_or(0, |i| (i + 1) % count)),
            "ArrowUp" if count > 0 => {
                self.choose(ev, |now| now.map_or(count - 1, |i| (i + count - 1) % count));
            }
            "Enter" if self.open.get_untracked() => self.go(ev),
            // The second Escape is the input's own and empties it.
            "Escape" if self.open.get_untracked() => {
                ev.prevent_default();
                self.close();
            }
            _ => {}
        }
    }

    fn choose(self, ev: &KeyboardEvent, next: impl FnOnce(Option<usize>) -> usize) {
        ev.prevent_default();
        let place = if self.open.get_untracked() {
            next(self.chosen.get_untracked())
        } else {
            0
        };
        self.open.set(true);
        self.chosen.set(Some(place));
        request_animation_frame(move || {
            if let Some(option) = document().get_element_by_id(&option_id(place)) {
                option.scroll_into_view_with_bool(false);
            }
        });
    }

    /// To the chosen one; without a choice the form leads to the page.
    fn go(self, ev: &KeyboardEvent) {
        let chosen = self.chosen.get_untracked();
        let href = chosen.and_then(|i| self.hits.with(|hits| hits.get(i).map(|hit| hit.href.clone())));
        if let Some(href) = href {
            ev.prevent_default();
            self.close();
            go(&href);
        }
    }
}

fn option_id(place: usize) -> String {
    format!("search-hit-{place}")
}

/// The box, and what it found under it.
#[island]
#[expect(unreachable_pub, reason = "what the macro makes is public")]
pub fn SearchBox(query: String, devices: bool) -> impl IntoView {
    let finder = Finder {
        hits: RwSignal::new(Vec::new()),
        open: RwSignal::new(false),
        chosen: RwSignal::new(None),
        status: RwSignal::new(String::new()),
        turn: StoredValue::new(0),
    };
    let (input, start) = (
        NodeRef::<leptos::html::Input>::new(),
        StoredValue::new(query.clone()),
    );
    // Another page: what was looked for is found.
    on_window("gantry:shown", move |_| {
        if let (Some(input), Some(start)) = (input.get_untracked(), start.try_get_value())
            && !is_at(&input)
        {
            input.set_value(&start);
            finder.close();
        }
    });
    let active = move || finder.chosen.get().map(option_id);
    view! {
        <form class="top-search" role="search" action="/search" method="get">
            <Icon name="search" />
            <input
                node_ref=input
                class="input"
                type="search"
                name="q"
                value=query
                placeholder=if devices { "Customer, serial, number" } else { "Plate, customer, number" }
                aria-label="Search"
                autocomplete="off"
                enterkeyhint="search"
                role="combobox"
                aria-autocomplete="list"
                aria-controls="search-hits"
                aria-expanded=move || finder.open.get().to_string()
                aria-activedescendant=active
                on:input=move |ev| finder.typed(event_target_value(&ev))
                on:keydown=move |ev| finder.pressed(&ev)
                on:blur=move |_| finder.close()
            />
            <p class="sr-only" role="status">{finder.status}</p>
            <Found finder />
        </form>
    }
}

wakes!(
    SearchBox,
    wake_SearchBox,
    SearchBoxProps,
    SearchBoxPropsSerialized { query, devices }
);

/// Whether somebody is at the field: the news change nothing there.
fn is_at(input: &web_sys::HtmlInputElement) -> bool {
    document().active_element().is_some_and(|now| now == ***input)
}

#[component]
fn Found(finder: Finder) -> impl IntoView {
    let groups = move || {
        let mut first = 0;
        let groups = grouped(finder.hits.get()).into_iter().map(|(kind, hits)| {
            let start = first;
            first += hits.len();
            view! { <Group finder kind hits start /> }
        });
        groups.collect_view()
    };
    let nothing = move || {
        finder
            .hits
            .with(Vec::is_empty)
            .then(|| view! { <p class="search-nothing">"No results. Press Enter to search everything."</p> })
    };
    // The pointer's press would take the focus away and close the list before the click.
    view! {
        <div
            id="search-hits"
            class="search-pop"
            role="listbox"
            aria-label="Results"
            hidden=move || !finder.open.get()
            on:pointerdown=|ev| ev.prevent_default()
            on:mousedown=|ev| ev.prevent_default()
        >
            {groups}
            {nothing}
        </div>
    }
}

#[component]
fn Group(finder: Finder, kind: HitKind, hits: Vec<Hit>, start: usize) -> impl IntoView {
    let options = hits
        .into_iter()
        .enumerate()
        .map(|(i, hit)| view! { <Choice finder hit place=start + i /> })
        .collect_view();
    view! {
        <div role="group" aria-label=kind.label()>
            <p class="search-head" aria-hidden="true">{kind.label()}</p>
            {options}
        </div>
    }
    .into_any()
}

#[component]
fn Choice(finder: Finder, hit: Hit, place: usize) -> impl IntoView {
    let href = hit.href.clone();
    view! {
        <a
            id=option_id(place)
            class="search-hit"
            role="option"
            tabindex="-1"
            href=href
            aria-selected=move || (finder.chosen.get() == Some(place)).to_string()
        >
            <HitBody hit />
        </a>
    }
    .into_any()
}
