//! The three trails, one tab each.
pub(super) mod events;
pub(super) mod exports;
pub(super) mod sign_ins;

use crate::kernel::MemberId;
use crate::kernel::form::FieldView;
use crate::kernel::page::Slice;
use crate::server::prelude::ListQuery;
use crate::ui::prelude::*;
use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use leptos::prelude::*;

/// Which trail; each is a list of its own.
fn framed<Q: ListQuery, T>(query: &Q, page: &Slice<T>, title: &str, subtitle: &str) -> ListFrame {
    let tabs = [
        ("/trail", "Activity"),
        ("/trail/sign-ins", "Sign-ins"),
        ("/trail/exports", "Exports and prints"),
    ];
    let tabs = tabs.map(|(href, label)| Tab::new(href, label, href == Q::PATH));
    query
        .frame(title, page)
        .subtitle(subtitle)
        .crumbs(vec![("/settings".to_owned(), "Settings".to_owned())])
        .tabs(tabs.to_vec())
}

/// A form that narrows a list by its address.
#[component]
fn FilterForm(path: &'static str, clear: Option<String>, children: Children) -> impl IntoView {
    let clear = clear.map(|href| view! { <ButtonLink href label="Clear" variant=Variant::Ghost/> });
    view! {
        <form class="filters items-end border-b border-line p-3" method="get" action=path role="search">
            {children()}
            <Button label="Show" icon="filter"/>
            {clear}
        </form>
    }
    .into_any()
}

/// Whose rows.
fn whose_view(people: Vec<(MemberId, String)>, person: FieldView) -> impl IntoView {
    let people = people.into_iter().map(|(id, name)| (id.to_string(), name));
    let options: Vec<(String, String)> = std::iter::once((String::new(), "Everyone".to_owned()))
        .chain(people)
        .collect();
    view! { <Select of=person options/> }.into_any()
}

/// A moment on the clock on the wall there.
#[component]
fn When(at: DateTime<Utc>, zone: Tz) -> impl IntoView {
    let machine = at.to_rfc3339();
    view! { <Cell label="When"><time class="whitespace-nowrap" datetime=machine>{locale().moment(at, &zone)}</time></Cell> }
        .into_any()
}
