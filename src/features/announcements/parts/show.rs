//! One announcement, and for writers who read it.
use super::super::model::{Announcement, Reader, Readers};
use super::{Words, byline, read_button_view};
use crate::kernel::BranchId;
use crate::ui::prelude::*;
use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use leptos::prelude::*;

/// What the page shows.
pub(in super::super) struct ShowView {
    pub announcement: Announcement,
    /// Whether whoever looks has not read it.
    pub waits: bool,
    pub may_withdraw: bool,
    /// For writers.
    pub readers: Option<Readers>,
    pub branches: Vec<(BranchId, String)>,
    pub now: DateTime<Utc>,
    pub zone: Tz,
}

#[component]
#[expect(unreachable_pub, reason = "what the macro makes is public")]
pub(in super::super) fn Show(view: ShowView) -> AnyView {
    let ShowView {
        announcement: of,
        waits,
        may_withdraw,
        readers,
        branches,
        now,
        zone,
    } = view;
    let mut subtitle = byline(&of, now, zone);
    if readers.is_some() {
        subtitle = format!("{subtitle} · {}", of.audience(&branches));
    }
    let crumbs = vec![("/announcements".to_owned(), "Announcements".to_owned())];
    let read = waits.then(|| read_button_view(of.id, "/announcements".to_owned()));
    let withdraw = may_withdraw.then(|| view! { <Button label="Withdraw" opens="withdraw"/> });
    let asked = may_withdraw.then(|| {
        view! {
            <Confirm id="withdraw" title="Withdraw this announcement?" action=format!("/announcements/{}/withdraw", of.id) label="Withdraw"
                text="It is no longer shown to anyone. You still see it here, with who read it. To change it, withdraw it and write a new one."/>
        }
    });
    let gone = of.withdrawn_at.map(|at| withdrawn(&of, at, now, zone));
    let until = format!(
        "Shown until {}; it stays in the list after that.",
        locale().day(of.until_on)
    );
    let until = (!of.withdrawn()).then(|| view! { <p class="text-sm text-muted mt-4">{until}</p> });
    view! {
        <PageHeader title=of.title.clone() subtitle crumbs>{withdraw}{read}</PageHeader>
        <div class="stack">
            {gone}
            <Card><Words text=of.body.clone() rest=None/>{until}</Card>
            {readers.map(|readers| read_view(readers, now, zone))}
        </div>
        {asked}
    }
    .into_any()
}

fn withdrawn(of: &Announcement, at: DateTime<Utc>, now: DateTime<Utc>, zone: Tz) -> AnyView {
    let by = of.withdrawn_by.as_deref().unwrap_or("a colleague");
    let summary = format!(
        "By {by}, {}. It is no longer shown.",
        locale().near(at, now, &zone)
    );
    view! { <Alert tone=Tone::Warning title="Withdrawn"><p>{summary}</p></Alert> }.into_any()
}

fn read_view(readers: Readers, now: DateTime<Utc>, zone: Tz) -> AnyView {
    let Readers { people, cut } = readers;
    if people.is_empty() {
        return view! {
            <Card title="Who read it"><EmptyState icon="users" title="No readers yet" text="No one else works in these roles and branches yet."/></Card>
        }
        .into_any();
    }
    let (all, read) = (
        people.len(),
        people.iter().filter(|one| one.read_at.is_some()).count(),
    );
    let subtitle = if cut {
        format!("The first {all} people, unread first.")
    } else {
        format!("Read by {read} of {all}.")
    };
    let rows = people
        .into_iter()
        .map(|one| reader(one, now, zone))
        .collect_view();
    let columns = vec!["Name".into(), "Role".into(), "Read".into()];
    view! {
        <Card title="Who read it" subtitle flush=true><Table caption="Who read it" columns>{rows}</Table></Card>
    }
    .into_any()
}

fn reader(one: Reader, now: DateTime<Utc>, zone: Tz) -> AnyView {
    let read = match one.read_at {
        Some(at) => {
            view! { <time datetime=at.to_rfc3339()>{locale().near(at, now, &zone)}</time> }.into_any()
        }
        None => view! { <Badge label="Not yet" tone=Tone::Warning/> }.into_any(),
    };
    let sub = one.left.then_some("No longer here");
    view! {
        <Row>
            <MainCell text=one.name sub/>
            <Cell label="Role">{one.role}</Cell>
            <Cell label="Read" date=true>{read}</Cell>
        </Row>
    }
    .into_any()
}
