//! Notes that name whoever looks, until he says that he read them.
use crate::features::work_orders::format;
use crate::features::work_orders::view::Mention;
use crate::ui::prelude::*;
use chrono::{DateTime, Utc};
use leptos::prelude::*;

/// A card of unread notes; nothing where there are none. `next` is the page it stands on.
#[component]
pub fn Mentions(mentions: Vec<Mention>, now: DateTime<Utc>, next: &'static str) -> impl IntoView {
    if mentions.is_empty() {
        return ().into_any();
    }
    let title = match mentions.len() {
        1 => "A note for you".to_owned(),
        n => format!("{n} notes for you"),
    };
    let items = mentions
        .into_iter()
        .map(|mention| view! { <Item mention now next/> })
        .collect_view();
    view! { <Card title flush=true><ul class="mentions">{items}</ul></Card> }.into_any()
}

#[component]
fn Item(mention: Mention, now: DateTime<Utc>, next: &'static str) -> impl IntoView {
    let meta = format!(
        "{} · {}",
        mention.by,
        format::moment(mention.at, now, mention.zone)
    );
    let href = format!("/work-orders/{}#notes", mention.order);
    view! {
        <li>
            <div class="mention-what">
                <p class="mention-head"><a class="link" href=href>{mention.number}</a>{(!mention.mark.is_empty()).then(|| view! { <Plate text=mention.mark/> })}</p>
                <p class="note-body">{mention.body}</p>
                <p class="sub">{meta}</p>
            </div>
            <PostButton action=format!("/work-orders/{}/mentions/seen", mention.order) label="Read" icon="check"
                fields=vec![("next".to_owned(), next.to_owned())]/>
        </li>
    }
    .into_any()
}
