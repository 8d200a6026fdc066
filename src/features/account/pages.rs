//! One's own account: how to sign in, a new password, a PIN, and where one is signed in.
use super::form::SessionForm;
use super::parts::{Address, NewPassword, pin_view, second_factor_view, sessions_view, sign_ins_view};
use super::selectors;
use crate::features::identity::{PasswordForm, enter, service};
use crate::features::tablets::PinForm;
use crate::features::{second_factor, tablets};
use crate::kernel::form::NextForm;
use crate::kernel::permission::KeepAccount;
use crate::server::auth::flash;
use crate::server::db::tenant::Access;
use crate::server::http::page::{own_path, see_other};
use crate::server::prelude::*;
use crate::ui::prelude::*;
use axum::http::header;
use axum::response::Response;
use leptos::prelude::*;

pub(super) async fn page(scope: Scope<KeepAccount>) -> PageResult {
    show(scope, Filled::default(), Filled::default()).await
}

pub(super) async fn password(
    scope: Scope<KeepAccount>,
    FormBody(form): FormBody<PasswordForm>,
) -> PageResult {
    let session = scope.session().clone();
    // Passwords are changed over another connection than the workshop's: never hold both.
    let visitor = scope.into_visitor();
    let changed = match form.of_person(&[&session.org_name, &session.name, &session.login]) {
        Ok(change) => service::change_password(&visitor, &session, &change).await,
        Err(errors) => Err(errors.into()),
    };
    let refused = match changed {
        Ok(keys) => {
            let response = enter(&visitor, &keys, "/account");
            return Ok(with_message(
                &visitor,
                response,
                "Password changed. Other browsers are signed out.",
            ));
        }
        Err(pause @ AppError::SlowDown { .. }) => {
            Refused::unkeyed(AppError::field("current", Problem::other(pause.to_string())))?
        }
        Err(error) => Refused::unkeyed(error)?,
    };
    let scope = Scope::open(visitor.state, visitor.request, Access::Read).await?;
    show(scope, Filled::again(form, refused), Filled::default()).await
}

pub(super) async fn sign_out_elsewhere(mut scope: Scope<KeepAccount>) -> PageResult {
    let message = match service::end_other_sessions(&mut scope).await? {
        0 => "You were not signed in anywhere else.".to_owned(),
        1 => "Signed out of 1 other browser.".to_owned(),
        ended => format!("Signed out of {ended} other browsers."),
    };
    scope.done("/account", &message).await
}

pub(super) async fn end_session(
    mut scope: Scope<KeepAccount>,
    FormBody(form): FormBody<SessionForm>,
) -> PageResult {
    let choice = form.parse(&FormContext::PUBLIC).map_err(|_| AppError::NotFound)?;
    service::end_session(&mut scope, choice.session).await?;
    scope.done("/account", "Signed out of that browser.").await
}

/// Another letter to confirm the address.
pub(super) async fn confirm_address(scope: Scope<KeepAccount>) -> PageResult {
    let session = scope.session().clone();
    let visitor = scope.into_visitor();
    let message = if service::ask_again_to_confirm(&visitor, &session).await? {
        format!("We sent a new link to {}.", session.login)
    } else {
        "Your e-mail is already confirmed.".to_owned()
    };
    let from = visitor.request.sent_from.as_deref().and_then(own_path);
    Ok(with_message(
        &visitor,
        see_other(from.unwrap_or("/account")),
        &message,
    ))
}

/// Where the question for the password leads when there was no form to send again; the password itself was taken out on the way here.
pub(super) async fn confirm(_scope: Scope<KeepAccount>, FormBody(form): FormBody<NextForm>) -> PageResult {
    Ok(see_other(own_path(&form.next).unwrap_or("/account")))
}

pub(super) async fn set_pin(mut scope: Scope<KeepAccount>, FormBody(form): FormBody<PinForm>) -> PageResult {
    scope.confirmed()?;
    let saved = match form.parse(&scope.form_context()) {
        Ok(new) => tablets::service::set_pin(&mut scope, &new).await,
        Err(errors) => Err(errors.into()),
    };
    let again = async |scope, refused| show(scope, Filled::default(), Filled::again(form, refused)).await;
    scope
        .answer(saved, |()| ("/account#pin", "PIN saved."), again)
        .await
}

pub(super) async fn drop_pin(mut scope: Scope<KeepAccount>) -> PageResult {
    tablets::service::drop_pin(&mut scope).await?;
    scope.done("/account#pin", "PIN removed.").await
}

fn with_message(visitor: &Visitor, mut response: Response, message: &str) -> Response {
    response
        .headers_mut()
        .append(header::SET_COOKIE, flash::say(&visitor.state, message));
    response
}

async fn show(
    mut scope: Scope<KeepAccount>,
    password: Filled<PasswordForm>,
    new_pin: Filled<PinForm>,
) -> AppResult<Response> {
    let (token, idle) = (scope.token()?, scope.state.settings.session_idle);
    let sessions = selectors::own_sessions(&mut scope, &token, idle).await?;
    let tries = selectors::own_sign_ins(&mut scope, &token).await?;
    let factor = second_factor::selectors::own(&mut scope).await?;
    let factor = factor.and_then(|factor| factor.confirmed_at);
    let pin = tablets::selectors::own_pin(&mut scope).await?;
    let session = scope.session().clone();
    let zone = session.zone();
    let page = Page::new("Your account").shows(&password).shows(&new_pin);
    Ok(scope.page(page, move || {
        view! {
            <PageHeader title="Your account" subtitle=format!("{} at {}", session.role_label(), session.org_name)/>
            <div class="stack max-w-form">
                <Address name=session.name.clone() login=session.login.clone() unverified=session.unverified/>
                {second_factor_view(factor, zone)}
                <NewPassword fields=password.fields()/>
                {pin_view(pin, zone, new_pin.fields())}
                {sessions_view(sessions, zone)}
                {sign_ins_view(tries, zone)}
            </div>
        }
    }))
}
