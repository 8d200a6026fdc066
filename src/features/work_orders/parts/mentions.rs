//! Notes that name whoever looks, until they say that they read them.
use crate::features::work_orders::selectors::MOST_MENTIONS as MOST;
use crate::features::work_orders::view::Mention;
use crate::ui::prelude::*;
use chrono::{DateTime, Utc};
use leptos::prelude::*;

/// A card of unread notes; nothing where there are none. `next` is the page it stands on.
pub fn mentions_view(mentions: Vec<Mention>, now: DateTime<Utc>, next: &'static str) -> impl IntoView {
    if mentions.is_empty() {
        return ().into_any();
    }
    let more = mentions.len() > MOST;
    let title = match mentions.len() {
        1 => "A note for you".to_owned(),
        _ if more => format!("More than {MOST} notes for you"),
        n => format!("{n} notes for you"),
    };
    let items = mentions
        .into_iter()
        .take(MOST)
        .map(|mention| view! { <Item mention now next/> })
        .collect_view();
    let older =
        more.then(|| view! { <p class="mentions-more sub">"Older ones show when these are read."</p> });
    view! { <Card title flush=true><ul class="mentions">{items}</ul>{older}</Card> }.into_any()
}

#[component]
fn Item(mention: Mention, now: DateTime<Utc>, next: &'static str) -> impl IntoView {
    let meta = format!(
        "{} · {}",
        mention.by,
        locale().near(mention.at, now, &mention.zone)
    );
    let href = format!("/work-orders/{}#notes", mention.order);
    let mark = match (mention.mark.is_empty(), mention.plated) {
        (true, _) => ().into_any(),
        (false, true) => view! { <Plate text=mention.mark/> }.into_any(),
        (false, false) => view! { <span class="font-mono">{mention.mark}</span> }.into_any(),
    };
    let fields = vec![
        ("next".to_owned(), next.to_owned()),
        ("note[]".to_owned(), mention.note.to_string()),
    ];
    view! {
        <li>
            <div class="mention-what">
                <p class="mention-head"><a class="link" href=href>{mention.number}</a>{mark}</p>
                <p class="note-body">{mention.body}</p>
                <p class="sub">{meta}</p>
            </div>
            <PostButton action=format!("/work-orders/{}/mentions/seen", mention.order) label="Read" icon="check" fields/>
        </li>
    }
    .into_any()
}
