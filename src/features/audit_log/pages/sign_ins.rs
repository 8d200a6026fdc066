//! The history of sign-ins.
use super::super::form::SignInQuery;
use super::super::parts::sign_ins::{SignInsView, sign_ins_view};
use super::super::selectors;
use super::insist;
use crate::kernel::permission::ViewTrails;
use crate::server::db::sign_ins::SignInOutcome;
use crate::server::prelude::*;

pub(crate) async fn sign_ins(mut scope: Scope<ViewTrails>, Search(query): Search<SignInQuery>) -> PageResult {
    insist(&scope)?;
    let outcome = SignInOutcome::parse(&query.outcome);
    let person = query.person.parse().ok();
    let view = SignInsView {
        page: selectors::sign_ins(&mut scope, person, outcome, query.cursor()).await?,
        people: selectors::people(&mut scope).await?,
        query,
        zone: scope.session().zone(),
    };
    let page = Page::new("Sign-ins").nav("/settings");
    Ok(scope.page(page, move || sign_ins_view(view)))
}
