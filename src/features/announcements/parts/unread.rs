//! What waits to be read, on top of the first page.
use super::super::model::{Announcement, Unread};
use super::{Words, byline, read_button_view};
use crate::ui::prelude::*;
use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use leptos::prelude::*;

/// A card with the newest announcements that were not read; nothing where there are none. `next` is the page it stands on.
pub fn unread_card_view(unread: Unread, now: DateTime<Utc>, zone: Tz, next: &'static str) -> impl IntoView {
    if unread.newest.is_empty() {
        return ().into_any();
    }
    let title = match (unread.newest.len(), unread.more) {
        (_, true) => "Announcements for you".to_owned(),
        (1, false) => "An announcement for you".to_owned(),
        (n, false) => format!("{n} announcements for you"),
    };
    let label = if unread.more { "More" } else { "See all" };
    let items = unread.newest.into_iter();
    let items = items.map(|of| view! { <Item of now zone next/> }).collect_view();
    view! {
        <Card title flush=true actions=move || view! { <a class="link-quiet" href="/announcements">{label}</a> }>
            <ul class="mentions">{items}</ul>
        </Card>
    }
    .into_any()
}

#[component]
fn Item(of: Announcement, now: DateTime<Utc>, zone: Tz, next: &'static str) -> impl IntoView {
    let href = format!("/announcements/{}", of.id);
    let rest = of.cut.then(|| href.clone());
    let meta = byline(&of, now, zone);
    let read = read_button_view(of.id, next.to_owned());
    view! {
        <li>
            <div class="mention-what">
                <p class="mention-head"><a class="link" href=href>{of.title}</a></p>
                <Words text=of.body rest/>
                <p class="text-sm text-muted mt-1">{meta}</p>
            </div>
            {read}
        </li>
    }
    .into_any()
}
