//! The three trails, one tab each.
pub(super) mod deeds;
pub(super) mod exports;
pub(super) mod sign_ins;

use crate::kernel::MemberId;
use crate::ui::prelude::*;
use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use leptos::prelude::*;

/// Title and tabs; `path` is the tab that is shown.
#[component]
fn Head(title: &'static str, subtitle: &'static str, path: &'static str) -> impl IntoView {
    let tabs = [
        ("/trail", "Activity"),
        ("/trail/sign-ins", "Sign-ins"),
        ("/trail/exports", "Exports"),
    ];
    let items = tabs
        .into_iter()
        .map(|(href, label)| Tab::new(href, label, href == path))
        .collect();
    view! {
        <PageHeader title subtitle crumbs=vec![("/settings".to_owned(), "Settings".to_owned())]/>
        <Tabs label="Logs" items/>
    }
    .into_any()
}

/// Whose rows.
#[component]
fn Whose(people: Vec<(MemberId, String)>, selected: String) -> impl IntoView {
    let people = people.into_iter().map(|(id, name)| (id.to_string(), name));
    let options: Vec<(String, String)> = std::iter::once((String::new(), "Everyone".to_owned()))
        .chain(people)
        .collect();
    view! { <Select label="Person" name="person" options selected/> }.into_any()
}

/// A moment on the clock on the wall there.
#[component]
fn When(at: DateTime<Utc>, zone: Tz) -> impl IntoView {
    let machine = at.to_rfc3339();
    view! { <Cell label="When"><time class="whitespace-nowrap" datetime=machine>{locale().moment(at, &zone)}</time></Cell> }
        .into_any()
}
