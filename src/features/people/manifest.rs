use super::pages::{invite, join, list, member, request};
use crate::server::feature::{Feature, Setting};
use crate::server::http::registry::Routes;

/// What others know of this feature.
pub const FEATURE: Feature = Feature {
    tables: &["members", "member_branches", "invites", "join_requests"],
    audit_kinds: &[
        ("member", "Members and sign-ins"),
        ("invite", "Invitations"),
        ("join_request", "Requests to join"),
    ],
    ..Feature::new("people", routes)
};

/// `/settings/members` and what it changes, `/invite/{secret}`, `/join`.
fn routes(routes: Routes) -> Routes {
    routes
        .page("/settings/members", list::show)
        .setting(Setting::new(
            "People",
            "Members, invitations and the join code",
            "users",
        ))
        .form("/settings/members/invites", list::invite)
        .form("/settings/members/invites/{invite}/resend", list::resend)
        .form("/settings/members/invites/{invite}/revoke", list::revoke)
        .form("/settings/members/code", list::rotate_code)
        .form("/settings/members/code/off", list::switch_code_off)
        .page("/settings/members/requests/{join_request}", request::show)
        .form("/settings/members/requests/{join_request}", request::approve)
        .form(
            "/settings/members/requests/{join_request}/refuse",
            request::refuse,
        )
        .page("/settings/members/{member}", member::show)
        .form("/settings/members/{member}", member::change)
        .form("/settings/members/{member}/deactivate", member::deactivate)
        .form("/settings/members/{member}/reactivate", member::reactivate)
        .public_page("/invite/{secret}", invite::page)
        .public_form("/invite/{secret}", invite::submit)
        .public_page("/join", join::page)
        .public_form("/join", join::submit)
}
