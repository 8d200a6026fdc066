//! The frame around every signed-in page: navigation, search, who and where, and the page itself.

use leptos::prelude::*;

use super::frame_data::{Banner, FrameData};
use super::menus::{BranchButton, BranchMenu, UserButton, UserMenu};
use super::nav::{Brand, Dock, SideNav};
use crate::ui::feedback::Toast;
use crate::ui::form::{PostButton, Size};
use crate::ui::icon::Icon;

/// Side navigation from 1024 px on, a bottom bar below it; a header with search; the page in `<main id="main">`.
#[component]
pub fn AppFrame(
    /// What the frame shows.
    frame: FrameData,
    /// Replaces the plain search form, for example with an island that searches while typing.
    #[prop(optional, into)]
    search: Option<ViewFnOnce>,
    /// Buttons at the end of the header, for example "New work order".
    #[prop(optional, into)]
    header_actions: Option<ViewFnOnce>,
    /// The page.
    children: Children,
) -> impl IntoView {
    let query = frame.search.clone();
    let search = match search {
        _ if frame.closed => ().into_any(),
        Some(search) => search.run(),
        None => view! { <SearchForm query /> }.into_any(),
    };
    view! {
        <a class="skip" href="#main">
            "Skip to content"
        </a>
        <div class="app">
            <SideNav frame=&frame />
            <header class="top">
                <Brand href="/" />
                {search}
                <div class="top-end">
                    {header_actions.map(|actions| actions.run())} <BranchButton frame=&frame narrow=true />
                    <UserButton frame=&frame narrow=true />
                </div>
            </header>
            <main id="main" class="main" tabindex="-1">
                <p class="print-head">{frame.org_name.clone()}</p>
                {frame.banners.clone().into_iter().map(|banner| view! { <BannerLine banner /> }).collect_view()}
                {children()}
            </main>
            <Dock nav=frame.nav.clone() />
        </div>
        <p id="said" class="sr-only" role="status" data-keep=""></p>
        <UserMenu frame=&frame />
        <BranchMenu frame=&frame />
        {frame.flash.map(|flash| view! { <Toast tone=flash.tone text=flash.text /> })}
    }
}

/// The search box of the header. A plain GET form to `/search?q=`.
#[component]
fn SearchForm(query: String) -> impl IntoView {
    view! {
        <form class="top-search" role="search" action="/search" method="get">
            <Icon name="search" />
            <input
                class="input"
                type="search"
                name="q"
                value=query
                placeholder="Plate, customer, number"
                aria-label="Search"
                autocomplete="off"
                enterkeyhint="search"
            />
        </form>
    }
}

/// A line above a page.
#[component]
pub fn BannerLine(
    /// What it says.
    banner: Banner,
) -> impl IntoView {
    view! {
        <div class=format!("banner {}", banner.tone.class()) role="note" data-native="">
            <Icon name=banner.tone.icon() />
            <span>{banner.text}</span>
            {banner.action.map(|(href, label)| view! { <a href=href>{label}</a> })}
            {banner.post.map(|(action, label)| view! { <PostButton action label size=Size::Small /> })}
        </div>
    }
}
