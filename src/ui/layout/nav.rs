//! Navigation: beside the page on a desk, under the thumb on phones and tablets.

use leptos::prelude::*;

use super::frame_data::{FrameData, NavItem};
use super::menus::{BranchButton, UserButton};
use crate::ui::icon::Icon;

/// How many places fit into the bottom bar.
const DOCK_PLACES: usize = 5;

/// The product's sign and name.
#[component]
pub fn Brand(
    /// Where it leads.
    #[prop(into)]
    href: String,
) -> impl IntoView {
    view! {
        <a class="brand" href=href aria-label="Gantry, home">
            <span class="brand-mark">
                <Icon name="gantry" />
            </span>
            <span class="brand-name">"Gantry"</span>
        </a>
    }
}

/// The side navigation.
#[component]
pub(super) fn SideNav<'a>(frame: &'a FrameData) -> impl IntoView + use<> {
    let links = frame
        .nav
        .iter()
        .cloned()
        .map(|item| view! { <SideLink item /> })
        .collect_view();
    view! {
        <aside class="side">
            <Brand href="/" />
            <BranchButton frame=frame narrow=false />
            <nav class="side-nav" aria-label="Main">
                {links}
            </nav>
            <UserButton frame=frame narrow=false />
        </aside>
    }
}

#[component]
fn SideLink(item: NavItem) -> impl IntoView {
    let current = item.current();
    view! {
        {item.group.map(|heading| view! { <p class="side-group">{heading}</p> })}
        <a class="side-link" href=item.href aria-current=current>
            <Icon name=item.icon />
            {item.label}
            {item.badge.map(|count| view! { <span class="count">{count}</span> })}
        </a>
    }
}

/// The bottom bar: the first places, and a sheet with the rest.
#[component]
pub(super) fn Dock(nav: Vec<NavItem>) -> impl IntoView {
    let all_fit = nav.len() <= DOCK_PLACES;
    let mut first = nav;
    let rest = if all_fit {
        Vec::new()
    } else {
        first.split_off(DOCK_PLACES - 1)
    };
    let inside_rest = rest.iter().any(|item| item.active);
    let first = first
        .into_iter()
        .map(|item| view! { <DockItem item /> })
        .collect_view();
    let more = (!rest.is_empty()).then(|| view! { <More rest current=inside_rest /> });
    view! {
        <nav class="dock" aria-label="Main">
            {first}
            {more}
        </nav>
    }
}

#[component]
fn DockItem(item: NavItem) -> impl IntoView {
    let current = item.current();
    let label = item.short.map_or(item.label, ToOwned::to_owned);
    view! {
        <a class="dock-item" href=item.href aria-current=current>
            <Icon name=item.icon />
            <span>{label}</span>
            {item.badge.map(|count| view! { <span class="count">{count}</span> })}
        </a>
    }
}

#[component]
fn More(rest: Vec<NavItem>, current: bool) -> impl IntoView {
    let rest = rest
        .into_iter()
        .map(|item| view! { <DockItem item /> })
        .collect_view();
    view! {
        <button
            class="dock-item"
            type="button"
            popovertarget="more-menu"
            aria-current=current.then_some("page")
        >
            <Icon name="menu" />
            <span>"More"</span>
        </button>
        <div id="more-menu" class="pop pop-more" popover="auto">
            <div class="more-grid">{rest}</div>
        </div>
    }
}
