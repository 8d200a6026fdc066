//! Pieces of the pages, and the card on everybody's first page.
mod form;
mod list;
mod show;
mod unread;

pub(super) use form::{FormView, write_view};
pub(super) use list::{List, ListView};
pub(super) use show::{Show, ShowView};
pub use unread::unread_card_view;

use super::model::Announcement;
use crate::kernel::AnnouncementId;
use crate::ui::prelude::*;
use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use leptos::prelude::*;

/// The text as it was typed; where it goes on, a link to the rest.
#[component]
fn Words(text: String, rest: Option<String>) -> impl IntoView {
    let rest = rest.map(|href| view! { " "<a class="link" href=href>"Read all of it"</a> });
    let text = if rest.is_some() {
        format!("{text}…")
    } else {
        text
    };
    view! { <p class="note-body">{text}{rest}</p> }
}

/// Says that it was read, and leads back to `next`.
fn read_button_view(of: AnnouncementId, next: String) -> impl IntoView {
    let action = format!("/announcements/{of}/read");
    view! { <PostButton action label="Read" icon="check" fields=vec![("next".to_owned(), next)]/> }
}

/// `Katharina Brandt · Today, 09:00`.
fn byline(of: &Announcement, now: DateTime<Utc>, zone: Tz) -> String {
    let by = if of.mine { "You" } else { of.by.as_str() };
    format!("{by} · {}", locale().near(of.at, now, &zone))
}
