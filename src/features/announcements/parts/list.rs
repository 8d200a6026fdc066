//! The list: what was announced to somebody, or everything for those who write.
use super::super::form::AnnouncementQuery;
use super::super::model::Announcement;
use super::{Words, byline, read_button_view};
use crate::kernel::BranchId;
use crate::kernel::page::Slice;
use crate::server::prelude::ListQuery;
use crate::ui::prelude::*;
use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use leptos::prelude::*;

/// What the page shows.
pub(in super::super) struct ListView {
    pub page: Slice<Announcement>,
    pub query: AnnouncementQuery,
    /// Whether the member may announce something.
    pub writes: bool,
    /// Everything, not only what is for the member.
    pub everything: bool,
    pub branches: Vec<(BranchId, String)>,
    pub now: DateTime<Utc>,
    pub zone: Tz,
}

#[component]
#[expect(unreachable_pub, reason = "what the macro makes is public")]
pub(in super::super) fn List(view: ListView) -> AnyView {
    let frame = frame(&view);
    let ListView {
        page,
        writes,
        everything,
        branches,
        now,
        zone,
        ..
    } = view;
    let actions = move || {
        writes.then(|| view! { <ButtonLink href="/announcements/new" label="New announcement" icon="plus" variant=Variant::Primary/> })
    };
    let items = page.rows.into_iter().map(|of| {
        let audience = everything.then(|| of.audience(&branches));
        view! { <Item of audience now zone/> }
    });
    let items = items.collect_view();
    view! { <ListPage frame actions><ul class="mentions">{items}</ul></ListPage> }.into_any()
}

fn frame(view: &ListView) -> ListFrame {
    let mut tabs = Vec::new();
    if view.writes {
        let all = view.query.href_with(|query| query.show = "all".to_owned());
        tabs.push(Tab::new("/announcements", "For you", !view.everything));
        tabs.push(Tab::new(all, "All", view.everything));
    }
    let text = if view.everything {
        "Holidays, a new price list, a change of hours: write it once and see who has read it."
    } else {
        "Announcements for you show here, and on your start page until you read them."
    };
    let yet = Empty::new("megaphone", "No announcements yet", text);
    let yet = if view.writes {
        yet.start("/announcements/new", "New announcement")
    } else {
        yet
    };
    view.query
        .frame("Announcements", &view.page)
        .subtitle("News for your team.")
        .tabs(tabs)
        .empty(yet, Empty::default())
}

/// `audience` is said where writers look at everything; otherwise whether whoever looks read it.
#[component]
fn Item(of: Announcement, audience: Option<String>, now: DateTime<Utc>, zone: Tz) -> AnyView {
    let href = format!("/announcements/{}", of.id);
    let today = now.with_timezone(&zone).date_naive();
    let waits = audience.is_none() && !of.mine && of.read_at.is_none();
    let badge = if of.withdrawn() {
        Some(("Withdrawn", Tone::Neutral))
    } else if waits && of.until_on >= today {
        Some(("New", Tone::Info))
    } else if waits {
        Some(("Not read", Tone::Neutral))
    } else {
        None
    };
    let badge = badge.map(|(label, tone)| view! { <Badge label tone/> });
    let mut meta = vec![byline(&of, now, zone)];
    match audience {
        Some(audience) => {
            meta.push(audience);
            meta.push(match of.reads {
                0 => "not read yet".to_owned(),
                1 => "read by 1".to_owned(),
                n => format!("read by {n}"),
            });
        }
        None => meta.extend(of.read_at.map(|_| "you read it".to_owned())),
    }
    let read = waits.then(|| read_button_view(of.id, "/announcements".to_owned()));
    let rest = of.cut.then(|| href.clone());
    view! {
        <li>
            <div class="mention-what">
                <p class="mention-head"><a class="link" href=href>{of.title}</a>{badge}</p>
                <Words text=of.body rest/>
                <p class="text-sm text-muted mt-1">{meta.join(" · ")}</p>
            </div>
            {read}
        </li>
    }
    .into_any()
}
