//! Our own sign-in. No page of a workshop leads here.
use super::super::form::SignInForm;
use super::super::service;
use crate::server::auth::platform::PlatformScope;
use crate::server::auth::session::set_cookie;
use crate::server::db::platform;
use crate::server::http::page::see_other;
use crate::server::prelude::*;
use crate::ui::prelude::*;
use axum::http::header;
use axum::response::Response;
use leptos::prelude::*;

pub(crate) async fn page(visitor: Visitor) -> PageResult {
    elsewhere(&visitor)?;
    let here = PlatformScope::open(visitor.state.clone(), visitor.request.clone()).await;
    if here.is_ok() {
        return Ok(see_other("/platform"));
    }
    Ok(show(&visitor, Filled::default()))
}

pub(crate) async fn submit(visitor: Visitor, FormBody(form): FormBody<SignInForm>) -> PageResult {
    elsewhere(&visitor)?;
    let opened = match form.parse(&FormContext::PUBLIC) {
        Ok(with) => service::sign_in(&visitor, &with).await,
        Err(errors) => Err(errors.into()),
    };
    match opened {
        Ok(token) => {
            let settings = &visitor.state.settings;
            let kept = service::SHIFT.num_seconds();
            let cookie = set_cookie(settings, settings.platform_cookie(), token.expose(), kept);
            let mut response = see_other("/platform");
            response.headers_mut().append(header::SET_COOKIE, cookie);
            Ok(response)
        }
        Err(error) => {
            let refused = Refused::unkeyed(error)?.at("password");
            Ok(show(&visitor, Filled::again(form, refused)))
        }
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

fn show(visitor: &Visitor, filled: Filled<SignInForm>) -> Response {
    visitor.page(Page::new("Console").shows(&filled), move || {
        let fields = filled.fields();
        // Whoever mistyped a password types it again.
        let again = fields.email.is_set();
        let wrong = filled.errors.at("password");
        view! {
            <AuthFrame title="Gantry console" lead="For Gantry staff.">
                <form class="form" method="post" action="/platform/sign-in">
                    {wrong.map(|text| view! { <Alert tone=Tone::Danger>{text}</Alert> })}
                    <Field of=fields.email autocomplete="username" inputmode="email" autofocus=!again span=Span::Full/>
                    <Field of=fields.password.without_error() autocomplete="current-password" autofocus=again span=Span::Full/>
                    <SubmitButton label="Sign in"/>
                </form>
            </AuthFrame>
        }
    })
}

/// Ends the session here and in the database.
pub(crate) async fn sign_out(scope: PlatformScope) -> PageResult {
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
