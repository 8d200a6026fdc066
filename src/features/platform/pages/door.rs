//! Our own sign-in. No page of a workshop leads here.
use super::super::form::SignInForm;
use super::super::service;
use crate::server::auth::platform::PlatformScope;
use crate::server::auth::session::set_cookie;
use crate::server::db::platform;
use crate::server::http::errors::wait;
use crate::server::http::page::see_other;
use crate::server::prelude::*;
use crate::ui::prelude::*;
use axum::http::{HeaderValue, header};
use axum::response::Response;
use leptos::prelude::*;

pub async fn page(visitor: Visitor) -> PageResult {
    elsewhere(&visitor)?;
    let here = PlatformScope::open(visitor.state.clone(), visitor.request.clone()).await;
    if here.is_ok() {
        return Ok(see_other("/platform"));
    }
    Ok(show(&visitor, SignInForm::default(), 200, None))
}

pub async fn submit(visitor: Visitor, FormBody(form): FormBody<SignInForm>) -> PageResult {
    elsewhere(&visitor)?;
    match service::sign_in(&visitor, &form).await {
        Ok(token) => {
            let settings = &visitor.state.settings;
            let kept = service::SHIFT.num_seconds();
            let cookie = set_cookie(settings, settings.platform_cookie(), token.expose(), kept);
            let mut response = see_other("/platform");
            response.headers_mut().append(header::SET_COOKIE, cookie);
            Ok(response)
        }
        Err(AppError::Invalid(errors)) => Ok(show(&visitor, form, 422, errors.at("password"))),
        Err(AppError::SlowDown { retry_after_s }) => {
            let pause = format!("Too many attempts. Wait {}, then try again.", wait(retry_after_s));
            let mut response = show(&visitor, form, 429, Some(pause));
            response
                .headers_mut()
                .insert(header::RETRY_AFTER, HeaderValue::from(retry_after_s));
            Ok(response)
        }
        Err(other) => Err(other),
    }
}

/// A workshop's own address knows nothing of the console.
fn elsewhere(visitor: &Visitor) -> AppResult<()> {
    if visitor.request.workshop.is_some() {
        Err(AppError::NotFound)
    } else {
        Ok(())
    }
}

fn show(visitor: &Visitor, form: SignInForm, status: u16, wrong: Option<String>) -> Response {
    let again = !form.email.is_empty();
    visitor.page(Page::new("Console").status(status), move || {
        view! {
            <AuthFrame title="Gantry console" lead="For Gantry staff.">
                <form class="form" method="post" action="/platform/sign-in">
                    {wrong.map(|text| view! { <Alert tone=Tone::Danger>{text}</Alert> })}
                    <Field label="E-mail" name="email" kind="email" value=form.email autocomplete="username" inputmode="email"
                        maxlength=254u32 required=true autofocus=!again span=Span::Full/>
                    <Field label="Password" name="password" kind="password" autocomplete="current-password" required=true autofocus=again
                        span=Span::Full/>
                    <SubmitButton label="Sign in"/>
                </form>
            </AuthFrame>
        }
    })
}

/// Ends the session here and in the database.
pub async fn sign_out(scope: PlatformScope) -> PageResult {
    let (state, request) = (scope.state.clone(), scope.request.clone());
    // The session ends over another connection: never hold both.
    drop(scope);
    if let Some(token) = &request.platform {
        let (event, now) = (state.clock.new_uuid(), state.clock.now());
        platform::sign_out(&state.db, &token.hash(), now, event, &request.id).await?;
    }
    let mut response = see_other("/platform/sign-in");
    let gone = set_cookie(&state.settings, state.settings.platform_cookie(), "", 0);
    response.headers_mut().append(header::SET_COOKIE, gone);
    Ok(response)
}
