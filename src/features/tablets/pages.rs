//! Switching on a shared tablet, and an owner's or manager's list of them.
use super::form::{EnrolForm, RetireForm, SwitchForm};
use super::parts::{enrol_view, no_tablet_view, people_view, pin_pad_view, tablets_view};
use super::{selectors, service};
use crate::kernel::permission::{ManageTablets, RetireTablets};
use crate::server::auth::session::{Token, set_cookie};
use crate::server::db::tablet::{self, Tablet};
use crate::server::http::page::{own_path, see_other};
use crate::server::prelude::*;
use crate::ui::prelude::*;
use axum::http::header;
use axum::response::Response;
use leptos::prelude::*;

/// Everybody who works at the tablet's branch; with `member`, that person's PIN.
pub(super) async fn people(visitor: Visitor, Search(form): Search<SwitchForm>) -> PageResult {
    show(&visitor, Filled::new(form)).await
}

pub(super) async fn switch(visitor: Visitor, FormBody(form): FormBody<SwitchForm>) -> PageResult {
    if visitor.request.tablet.is_none() {
        return Ok(see_other("/switch"));
    }
    let who = match form.parse(&FormContext::PUBLIC) {
        Ok(who) => who,
        Err(errors) if errors.at("member").is_some() => return Err(AppError::NotFound),
        Err(errors) => {
            let refused = Refused::unkeyed(errors.into())?;
            return show(&visitor, Filled::again(form, refused)).await;
        }
    };
    match service::switch(&visitor, &who).await {
        Ok(Some(token)) => {
            let mut response = see_other(own_path(&form.next).unwrap_or("/dashboard"));
            let cookie = token.session_cookie(&visitor.state.settings);
            response.headers_mut().append(header::SET_COOKIE, cookie);
            Ok(response)
        }
        Ok(None) => Ok(see_other("/switch")),
        Err(error) => {
            let refused = Refused::unkeyed(error)?.at("pin");
            show(&visitor, Filled::again(form, refused)).await
        }
    }
}

async fn here(visitor: &Visitor) -> AppResult<Option<Tablet>> {
    match visitor.request.tablet.as_ref().map(Token::hash) {
        Some(secret) => tablet::look_at(&visitor.state.db, &secret).await,
        None => Ok(None),
    }
}

async fn show(visitor: &Visitor, filled: Filled<SwitchForm>) -> PageResult {
    let form = &filled.form;
    let Some(tablet) = here(visitor).await? else {
        let page = Page::new("Shared tablet").shows(&filled);
        return Ok(visitor.page(page, no_tablet_view));
    };
    let next = own_path(&form.next).unwrap_or_default().to_owned();
    let chosen = form.member.parse::<MemberId>().ok();
    let person = tablet
        .people
        .iter()
        .find(|person| Some(person.id()) == chosen && person.has_pin);
    Ok(match person.cloned() {
        Some(person) => visitor.page(Page::new(person.name.clone()).shows(&filled), move || {
            let foot = || view! { <a class="link tap" href="/switch">"Someone else"</a> };
            view! {
                <AuthFrame title=person.name.clone() lead="Your PIN" foot=foot>
                    {pin_pad_view(filled.fields(), next)}
                </AuthFrame>
            }
        }),
        None => visitor.page(Page::new("Who is working?").shows(&filled), move || {
            people_view(tablet, next)
        }),
    })
}

pub(super) async fn list(scope: Scope<ManageTablets>) -> PageResult {
    render(scope, Filled::default()).await
}

pub(super) async fn enrol(
    mut scope: Scope<ManageTablets>,
    FormBody(form): FormBody<EnrolForm>,
) -> PageResult {
    let enrolled = match form.parse(&scope.form_context()) {
        Ok(new) => service::enrol(&mut scope, &new).await,
        Err(errors) => Err(errors.into()),
    };
    let cookie = enrolled
        .as_ref()
        .ok()
        .map(|token| token.tablet_cookie(&scope.state.settings));
    let message = "This browser is now a shared tablet. Sign out before you hand it over.";
    let again = async |scope, refused| render(scope, Filled::again(form, refused)).await;
    let mut response = scope
        .answer(enrolled, |_| ("/settings/tablets", message), again)
        .await?;
    if let Some(cookie) = cookie {
        response.headers_mut().append(header::SET_COOKIE, cookie);
    }
    Ok(response)
}

pub(super) async fn retire(
    mut scope: Scope<RetireTablets>,
    FormBody(form): FormBody<RetireForm>,
) -> PageResult {
    let which = form.parse(&scope.form_context());
    let which = which.map_err(|_| AppError::NotFound)?;
    let name = service::retire(&mut scope, which.tablet).await?;
    let settings = scope.state.settings.clone();
    let shared = scope.request.tablet.clone();
    let db = scope.state.db.clone();
    let mut response: Response = scope
        .done(
            "/settings/tablets",
            &format!("{name} is no longer a shared tablet."),
        )
        .await?;
    // If it was this browser, it forgets.
    if let Some(secret) = shared
        && tablet::look_at(&db, &secret.hash()).await?.is_none()
    {
        let gone = set_cookie(&settings, settings.tablet_cookie(), "", 0);
        response.headers_mut().append(header::SET_COOKIE, gone);
    }
    Ok(response)
}

async fn render(mut scope: Scope<ManageTablets>, filled: Filled<EnrolForm>) -> PageResult {
    let tablets = selectors::all(&mut scope).await?;
    let (zone, branches) = (scope.session().zone(), scope.session().branches());
    let (shared, may_retire) = (scope.request.tablet.is_some(), scope.allows::<RetireTablets>());
    let page = Page::new("Shared tablets").nav("/settings").shows(&filled);
    Ok(scope.page(page, move || {
        view! {
            <PageHeader title="Shared tablets" subtitle="One tablet at the bay; everyone signs in with a PIN."
                crumbs=vec![("/settings".to_owned(), "Settings".to_owned())]/>
            <div class="stack">
                {tablets_view(tablets, zone, may_retire)}
                {enrol_view(filled, branches, shared)}
            </div>
        }
    }))
}
