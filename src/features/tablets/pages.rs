//! Switching on a shared tablet, and an owner's or manager's list of them.
use super::form::{EnrolForm, RetireForm, SwitchForm};
use super::parts::{Enrol, NoTablet, People, PinPad, Tablets};
use super::{selectors, service};
use crate::kernel::permission::{ManageTablets, RetireTablets};
use crate::server::auth::session::{Token, set_cookie};
use crate::server::db::tablet::{self, Tablet};
use crate::server::http::errors::wait;
use crate::server::http::page::{field_errors, own_path, see_other};
use crate::server::prelude::*;
use crate::ui::prelude::*;
use axum::http::{HeaderValue, header};
use axum::response::Response;
use leptos::prelude::*;

/// Everybody who works at the tablet's branch; with `member`, that person's PIN.
pub(super) async fn people(visitor: Visitor, Search(form): Search<SwitchForm>) -> PageResult {
    show(&visitor, &form, 200, FieldErrors::default()).await
}

pub(super) async fn switch(visitor: Visitor, FormBody(form): FormBody<SwitchForm>) -> PageResult {
    match service::switch(&visitor, &form).await {
        Ok(Some(token)) => {
            let mut response = see_other(own_path(&form.next).unwrap_or("/dashboard"));
            let cookie = token.session_cookie(&visitor.state.settings);
            response.headers_mut().append(header::SET_COOKIE, cookie);
            Ok(response)
        }
        Ok(None) => Ok(see_other("/switch")),
        Err(AppError::Invalid(errors)) => show(&visitor, &form, 422, errors).await,
        Err(AppError::SlowDown { retry_after_s }) => {
            let sentence = format!(
                "Too many wrong PINs. Wait {}, or sign in with your password.",
                wait(retry_after_s)
            );
            let errors = FieldErrors::one("pin", Problem::other(sentence));
            let mut response = show(&visitor, &form, 429, errors).await?;
            response
                .headers_mut()
                .insert(header::RETRY_AFTER, HeaderValue::from(retry_after_s));
            Ok(response)
        }
        Err(other) => Err(other),
    }
}

async fn here(visitor: &Visitor) -> AppResult<Option<Tablet>> {
    match visitor.request.tablet.as_ref().map(Token::hash) {
        Some(secret) => tablet::look_at(&visitor.state.db, &secret).await,
        None => Ok(None),
    }
}

async fn show(visitor: &Visitor, form: &SwitchForm, status: u16, errors: FieldErrors) -> PageResult {
    let Some(tablet) = here(visitor).await? else {
        let page = Page::new("Shared tablet").status(status);
        return Ok(visitor.page(page, || view! { <NoTablet/> }));
    };
    let next = own_path(&form.next).unwrap_or_default().to_owned();
    let chosen = form.member.parse::<MemberId>().ok();
    let person = tablet
        .people
        .iter()
        .find(|person| Some(person.id()) == chosen && person.has_pin);
    Ok(match person.cloned() {
        Some(person) => visitor.page(Page::new(person.name.clone()).status(status), move || {
            let foot = || view! { <a class="link tap" href="/switch">"Someone else"</a> };
            view! {
                <AuthFrame title=person.name.clone() lead="Your PIN" foot=foot>
                    <PinPad member=person.id() next errors/>
                </AuthFrame>
            }
        }),
        None => visitor.page(Page::new("Who is working?").status(status), move || {
            view! { <People tablet next/> }
        }),
    })
}

pub(super) async fn list(scope: Scope<ManageTablets>) -> PageResult {
    render(scope, 200, EnrolForm::default(), FieldErrors::default()).await
}

pub(super) async fn enrol(
    mut scope: Scope<ManageTablets>,
    FormBody(form): FormBody<EnrolForm>,
) -> PageResult {
    match field_errors(service::enrol(&mut scope, &form).await)? {
        Ok(token) => {
            let cookie = token.tablet_cookie(&scope.state.settings);
            let said = "This browser is now a shared tablet. Sign out before you hand it over.";
            let mut response = scope.done("/settings/tablets", said).await?;
            response.headers_mut().append(header::SET_COOKIE, cookie);
            Ok(response)
        }
        Err(errors) => render(scope.start_over().await?, 422, form, errors).await,
    }
}

pub(super) async fn retire(
    mut scope: Scope<RetireTablets>,
    FormBody(form): FormBody<RetireForm>,
) -> PageResult {
    let id: TabletId = form.tablet.parse().map_err(|_| AppError::NotFound)?;
    let name = service::retire(&mut scope, id).await?;
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

async fn render(
    mut scope: Scope<ManageTablets>,
    status: u16,
    form: EnrolForm,
    errors: FieldErrors,
) -> PageResult {
    let tablets = selectors::all(&mut scope).await?;
    let (zone, branches) = (scope.session().zone(), scope.session().branches());
    let (shared, may_retire) = (scope.request.tablet.is_some(), scope.allows::<RetireTablets>());
    let page = Page::new("Shared tablets").nav("/settings").status(status);
    Ok(scope.page(page, move || {
        view! {
            <PageHeader title="Shared tablets" subtitle="One tablet at the bay; everyone signs in with a PIN."
                crumbs=vec![("/settings".to_owned(), "Settings".to_owned())]/>
            <div class="stack">
                <Tablets tablets zone may_retire/>
                <Enrol form errors branches shared/>
            </div>
        }
    }))
}
