//! Who is signed in and which branch is in view: two buttons and the menus they open, without script.

use leptos::prelude::*;

use super::frame_data::{FrameData, Theme};
use crate::ui::data::Avatar;
use crate::ui::icon::Icon;

/// Opens the user menu: a name at the foot of the side navigation, an avatar in the header of narrow screens.
#[component]
pub(super) fn UserButton<'a>(frame: &'a FrameData, narrow: bool) -> impl IntoView + use<> {
    let name = frame.user_name.clone();
    if narrow {
        return view! {
            <button
                class="btn btn-ghost btn-icon only-narrow"
                type="button"
                popovertarget="user-menu"
                aria-label="Account"
            >
                <Avatar name=name />
            </button>
        }
        .into_any();
    }
    view! {
        <button class="whoami" type="button" popovertarget="user-menu">
            <Avatar name=name.clone() />
            <span class="whoami-text">
                <b>{name}</b>
                <small>{frame.role_label.clone()}</small>
            </span>
            <Icon name="chevrons-up-down" class="icon-sm" />
        </button>
    }
    .into_any()
}

/// Account, theme, sign-out.
#[component]
pub(super) fn UserMenu<'a>(frame: &'a FrameData) -> impl IntoView + use<> {
    let themes = Theme::ALL.map(|theme| {
        let (label, icon) = (theme.label(), theme.icon());
        view! { <Choice name="theme" value=theme.name() label icon chosen=theme == frame.theme /> }
    });
    let who = format!("{} · {}", frame.user_name, frame.role_label);
    let shared = frame.shared;
    view! {
        <div id="user-menu" class="pop pop-user" popover="auto">
            <p class="pop-title">{who}</p>
            <a class="pop-item" href="/account">
                <Icon name="user" />
                "Your account"
            </a>
            {shared
                .then(|| {
                    view! {
                        <a class="pop-item" href="/switch">
                            <Icon name="users" />
                            "Next person"
                        </a>
                    }
                })}
            <div class="pop-rule"></div>
            <form method="post" action="/session/theme">
                {themes.into_iter().collect_view()}
            </form>
            <div class="pop-rule"></div>
            <form method="post" action="/sign-out" data-native="">
                <button class="pop-item" type="submit">
                    <Icon name="log-out" />
                    "Sign out"
                </button>
            </form>
        </div>
    }
}

/// Opens the branch menu, or only names the branch when there is nothing to switch.
#[component]
pub(super) fn BranchButton<'a>(frame: &'a FrameData, narrow: bool) -> impl IntoView + use<> {
    let branch = frame.branch_name().to_owned();
    if narrow {
        return frame
            .can_switch()
            .then(|| {
                let spoken = format!("Branch: {branch}");
                view! {
                    <button
                        class="btn btn-icon only-narrow sm:w-auto sm:px-3"
                        type="button"
                        popovertarget="branch-menu"
                        aria-label=spoken
                    >
                        <Icon name="map-pin" />
                        <span class="hidden sm:inline">{branch}</span>
                    </button>
                }
            })
            .into_any();
    }
    let text = view! {
        <span class="whoami-text">
            <b>{frame.org_name.clone()}</b>
            <small>{branch}</small>
        </span>
    };
    if !frame.can_switch() {
        return view! { <div class="whoami">{text}</div> }.into_any();
    }
    view! {
        <button class="whoami" type="button" popovertarget="branch-menu">
            {text}
            <Icon name="chevrons-up-down" class="icon-sm" />
        </button>
    }
    .into_any()
}

/// The branches, each a button that posts its id to `/session/branch`.
#[component]
pub(super) fn BranchMenu<'a>(frame: &'a FrameData) -> impl IntoView + use<> {
    let current = frame.current_branch.clone().unwrap_or_default();
    let everywhere = frame
        .all_branches
        .then(|| (String::new(), "All branches".to_owned()));
    let choices = everywhere
        .into_iter()
        .chain(frame.branches.iter().cloned())
        .map(|(id, name)| {
            let chosen = id == current;
            view! { <Choice name="branch" value=id label=name icon="map-pin" chosen /> }
        });
    let branches = frame.can_switch_branch().then(|| {
        view! {
            <p class="pop-title">"Branch in view"</p>
            <form method="post" action="/session/branch">
                {choices.collect_view()}
            </form>
        }
    });
    let workshops = frame.can_switch_workshop().then(|| view! { <Workshops frame /> });
    frame.can_switch().then(|| {
        view! {
            <div id="branch-menu" class="pop pop-branch" popover="auto">
                {branches} {workshops}
            </div>
        }
    })
}

/// The person's workshops. From wherever it is pressed, it means what it says: no page of another workshop stands in its way.
#[component]
fn Workshops<'a>(frame: &'a FrameData) -> impl IntoView + use<> {
    let choices = frame.workshops.iter().map(|(id, name)| {
        let chosen = *id == frame.org;
        view! { <Choice name="workshop" value=id.clone() label=name.clone() icon="building" chosen /> }
    });
    let choices = choices.collect_view();
    view! {
        <p class="pop-title">"Workshop"</p>
        <form method="post" action="/session/workshop" data-anywhere="">
            {choices}
        </form>
    }
}

/// One choice of a menu that posts itself.
#[component]
fn Choice(
    name: &'static str,
    #[prop(into)] value: String,
    #[prop(into)] label: String,
    icon: &'static str,
    chosen: bool,
) -> impl IntoView {
    view! {
        <button class="pop-item" name=name value=value aria-current=chosen.then_some("true")>
            <Icon name=icon />
            {label}
            {chosen.then(|| view! { <Icon name="check" class="icon-end" /> })}
        </button>
    }
}
