//! One's own account: how to sign in, a new password, a PIN, and where one is signed in.
use super::form::{NextForm, PinForm, SessionForm};
use super::parts::{Address, NewPassword, Pin, SecondFactor, Sessions, SignIns};
use super::selectors;
use crate::features::identity::{PasswordForm, enter, service};
use crate::features::{second_factor, tablets};
use crate::kernel::permission::KeepAccount;
use crate::server::auth::flash;
use crate::server::db::tenant::Access;
use crate::server::http::page::{field_errors, own_path, see_other};
use crate::server::prelude::*;
use crate::ui::prelude::*;
use axum::http::header;
use axum::response::Response;
use leptos::prelude::*;

pub async fn page(scope: Scope<KeepAccount>) -> PageResult {
    show(scope, 200, FieldErrors::default()).await
}

pub async fn password(scope: Scope<KeepAccount>, FormBody(form): FormBody<PasswordForm>) -> PageResult {
    let session = scope.session().clone();
    // Passwords are changed over another connection than the workshop's: never hold both.
    let visitor = scope.into_visitor();
    let errors = match service::change_password(&visitor, &session, &session.login, &form).await {
        Ok(keys) => {
            let response = enter(&visitor, &keys, "/account");
            return Ok(saying(
                &visitor,
                response,
                "Password changed. Other browsers are signed out.",
            ));
        }
        Err(AppError::Invalid(errors)) => errors,
        Err(error @ AppError::SlowDown { .. }) => {
            FieldErrors::one("current", Problem::other(error.to_string()))
        }
        Err(other) => return Err(other),
    };
    let scope = Scope::open(visitor.state, visitor.request, Access::Read).await?;
    show(scope, 422, errors).await
}

pub async fn sign_out_elsewhere(mut scope: Scope<KeepAccount>) -> PageResult {
    let said = match service::end_other_sessions(&mut scope).await? {
        0 => "You were not signed in anywhere else.".to_owned(),
        1 => "Signed out of 1 other browser.".to_owned(),
        ended => format!("Signed out of {ended} other browsers."),
    };
    scope.done("/account", &said).await
}

pub async fn end_session(mut scope: Scope<KeepAccount>, FormBody(form): FormBody<SessionForm>) -> PageResult {
    let session: SessionId = form.session.parse().map_err(|_| AppError::NotFound)?;
    service::end_session(&mut scope, session).await?;
    scope.done("/account", "Signed out of that browser.").await
}

/// Another letter to confirm the address.
pub async fn confirm_address(scope: Scope<KeepAccount>) -> PageResult {
    let session = scope.session().clone();
    let visitor = scope.into_visitor();
    let said = if service::ask_again_to_confirm(&visitor, &session).await? {
        format!("We sent a new link to {}.", session.login)
    } else {
        "Your e-mail is already confirmed.".to_owned()
    };
    let from = visitor.request.sent_from.as_deref().and_then(own_path);
    Ok(saying(&visitor, see_other(from.unwrap_or("/account")), &said))
}

/// Where the question for the password leads when there was no form to send again; the password itself was taken out on the way here.
pub async fn confirm(_scope: Scope<KeepAccount>, FormBody(form): FormBody<NextForm>) -> PageResult {
    Ok(see_other(own_path(&form.next).unwrap_or("/account")))
}

pub async fn set_pin(mut scope: Scope<KeepAccount>, FormBody(form): FormBody<PinForm>) -> PageResult {
    scope.confirmed()?;
    match field_errors(tablets::service::set_pin(&mut scope, &form.pin).await)? {
        Ok(()) => scope.done("/account#pin", "PIN saved.").await,
        Err(errors) => show(scope.start_over().await?, 422, errors).await,
    }
}

pub async fn drop_pin(mut scope: Scope<KeepAccount>) -> PageResult {
    tablets::service::drop_pin(&mut scope).await?;
    scope.done("/account#pin", "PIN removed.").await
}

fn saying(visitor: &Visitor, mut response: Response, said: &str) -> Response {
    response
        .headers_mut()
        .append(header::SET_COOKIE, flash::say(&visitor.state, said));
    response
}

async fn show(mut scope: Scope<KeepAccount>, status: u16, errors: FieldErrors) -> AppResult<Response> {
    let (token, idle) = (scope.token()?, scope.state.settings.session_idle);
    let sessions = selectors::own_sessions(&mut scope, &token, idle).await?;
    let tries = selectors::own_sign_ins(&mut scope, &token).await?;
    let factor = second_factor::selectors::own(&mut scope).await?;
    let factor = factor.and_then(|factor| factor.confirmed_at);
    let pin = tablets::selectors::own_pin(&mut scope).await?;
    let session = scope.session().clone();
    let zone = session.zone();
    let page = Page::new("Your account").status(status);
    Ok(scope.page(page, move || {
        view! {
            <PageHeader title="Your account" subtitle=format!("{} at {}", session.role_label(), session.org_name)/>
            <div class="stack max-w-form">
                <Address name=session.name.clone() login=session.login.clone() unverified=session.unverified/>
                <SecondFactor since=factor zone/>
                <NewPassword errors=errors.clone()/>
                <Pin since=pin zone errors/>
                <Sessions sessions zone/>
                <SignIns tries zone/>
            </div>
        }
    }))
}
