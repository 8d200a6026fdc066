//! The history of sign-ins.
use super::super::form::SignInSearch;
use super::super::parts::sign_ins::{SignIns, SignInsView};
use super::super::selectors;
use super::insist;
use crate::kernel::page::Cursor;
use crate::kernel::permission::ViewTrails;
use crate::server::db::sign_ins::SignInOutcome;
use crate::server::prelude::*;
use leptos::prelude::*;

pub(crate) async fn sign_ins(
    mut scope: Scope<ViewTrails>,
    Search(search): Search<SignInSearch>,
) -> PageResult {
    insist(&scope)?;
    let from = Cursor::parse(search.before.as_deref());
    let outcome = SignInOutcome::parse(&search.outcome);
    let person = search.person.parse().ok();
    let view = SignInsView {
        page: selectors::sign_ins(&mut scope, person, outcome, from).await?,
        people: selectors::people(&mut scope).await?,
        search,
        zone: scope.session().zone(),
    };
    let page = Page::new("Sign-ins").nav("/settings");
    Ok(scope.page(page, move || view! { <SignIns view/> }))
}
