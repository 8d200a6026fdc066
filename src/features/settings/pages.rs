use crate::features::trail;
use crate::kernel::permission::{
    GrantSupport, LeaveGantry, ManageBranches, ManageMembers, ManageRoles, ManageTablets, ManageWorkshop,
    TakeData, UseWorkshop,
};
use crate::server::db::tenant::Session;
use crate::server::http::registry::Routes;
use crate::server::prelude::*;
use crate::ui::icon::Icon;
use crate::ui::prelude::*;
use leptos::prelude::*;

/// `/settings`.
pub fn routes(routes: Routes) -> Routes {
    routes.page("/settings", show)
}

/// A place to go: address, name, what it is for, icon.
type Place = (&'static str, &'static str, &'static str, &'static str);

/// What this member may change.
fn places(session: &Session) -> Vec<Place> {
    let all: [(bool, Place); 10] = [
        (
            session.allows::<ManageMembers>(),
            (
                "/settings/members",
                "People",
                "Members, invitations and the join code",
                "users",
            ),
        ),
        (
            session.allows::<ManageRoles>(),
            (
                "/settings/roles",
                "Roles and rights",
                "Rights by role and custom roles",
                "sliders",
            ),
        ),
        (
            session.allows::<ManageBranches>(),
            (
                "/settings/branches",
                "Branches",
                "Addresses, hours and number series",
                "building",
            ),
        ),
        (
            session.allows::<ManageWorkshop>(),
            (
                "/settings/workshop",
                "Workshop",
                "Name, currency and rules for all branches",
                "settings",
            ),
        ),
        (
            session.allows::<ManageTablets>(),
            (
                "/settings/tablets",
                "Shared tablets",
                "One tablet at the bay, sign-in by PIN",
                "smartphone",
            ),
        ),
        (
            trail::may_read(session),
            (
                "/trail",
                "Activity log",
                "All changes, sign-ins and exports",
                "history",
            ),
        ),
        (
            session.allows::<TakeData>(),
            (
                "/settings/data",
                "Your data",
                "Download everything as one file",
                "download",
            ),
        ),
        (
            session.allows::<GrantSupport>(),
            (
                "/settings/support",
                "Support access",
                "Let Gantry support view your workshop",
                "search",
            ),
        ),
        (
            session.allows::<LeaveGantry>(),
            (
                "/standing",
                "Subscription",
                "Plan, renewal, and leaving",
                "receipt",
            ),
        ),
        (
            true,
            (
                "/account",
                "Your account",
                "Password, second factor, PIN and sessions",
                "user",
            ),
        ),
    ];
    all.into_iter()
        .filter(|(may, _)| *may)
        .map(|(_, place)| place)
        .collect()
}

/// Whether the menu shows the settings: somebody who may only change their own account finds it in their own menu.
pub fn may_settle_something(session: &Session) -> bool {
    places(session).len() > 1
}

async fn show(scope: Scope<UseWorkshop>) -> PageResult {
    let places = places(scope.session());
    Ok(scope.page(Page::new("Settings").nav("/settings"), move || {
        let cards = places.into_iter().map(|(href, name, about, icon)| {
            view! {
                <li>
                    <a class="card flex h-full items-start gap-4 p-5" href=href>
                        <Icon name=icon class="icon-lg"/>
                        <span class="grid gap-1"><span class="font-semibold">{name}</span><span class="text-muted">{about}</span></span>
                    </a>
                </li>
            }
        });
        view! {
            <PageHeader title="Settings"/>
            <ul class="grid gap-4 sm:grid-cols-2 lg:grid-cols-3">{cards.collect_view()}</ul>
        }
    }))
}
