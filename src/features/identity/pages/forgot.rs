//! A new password without the old one: by a link to the mailbox. What is said is the same whether or not somebody has the address.
use crate::features::identity::form::{ForgotForm, NewPasswordForm};
use crate::features::identity::letters::RESET_MINUTES;
use crate::features::identity::service;
use crate::server::auth::flash;
use crate::server::auth::session::{Token, set_cookie};
use crate::server::http::page::see_other;
use crate::server::prelude::*;
use crate::ui::prelude::*;
use axum::http::header;
use axum::response::Response;
use leptos::prelude::*;

pub(crate) async fn page(visitor: Visitor) -> PageResult {
    Ok(ask(&visitor, Filled::default()))
}

pub(crate) async fn submit(visitor: Visitor, FormBody(form): FormBody<ForgotForm>) -> PageResult {
    let asked = match form.parse(&FormContext::PUBLIC) {
        Ok(whose) => service::forgot(&visitor, &whose).await,
        Err(errors) => Err(errors.into()),
    };
    match asked {
        Ok(()) => Ok(sent(&visitor, form.email.trim().to_owned())),
        Err(error) => {
            let refused = Refused::unkeyed(error)?.at("email");
            Ok(ask(&visitor, Filled::again(form, refused)))
        }
    }
}

/// The form behind the link. Looking at it uses nothing up: mail programs open links before people do.
pub(crate) async fn new_password(visitor: Visitor, Id(link): Id<Token>) -> PageResult {
    match service::reset_for(&visitor, &link).await? {
        Some((email, _)) => Ok(choose(&visitor, &link, email, Filled::default())),
        None => Ok(over(&visitor)),
    }
}

pub(crate) async fn set_password(
    visitor: Visitor,
    Id(link): Id<Token>,
    FormBody(form): FormBody<NewPasswordForm>,
) -> PageResult {
    let Some((email, name)) = service::reset_for(&visitor, &link).await? else {
        return Ok(over(&visitor));
    };
    let changed = match form.of_person(&[&email, &name]) {
        Ok(chosen) => service::reset(&visitor, &link, &chosen).await,
        Err(errors) => Err(errors.into()),
    };
    match changed {
        Ok(()) => {
            let mut response = see_other("/sign-in");
            let message =
                "Your password was changed, and you are signed out everywhere. Sign in with the new one.";
            let settings = &visitor.state.settings;
            for cookie in [
                flash::say(&visitor.state, message),
                set_cookie(settings, settings.session_cookie(), "", 0),
            ] {
                response.headers_mut().append(header::SET_COOKIE, cookie);
            }
            Ok(response)
        }
        Err(AppError::NotFound) => Ok(over(&visitor)),
        Err(error) => {
            let refused = Refused::unkeyed(error)?.at("new");
            Ok(choose(&visitor, &link, email, Filled::again(form, refused)))
        }
    }
}

fn ask(visitor: &Visitor, filled: Filled<ForgotForm>) -> Response {
    visitor.page(Page::new("Forgot your password?").shows(&filled), move || {
        let fields = filled.fields();
        let foot = || view! { <a class="link" href="/sign-in">"Back to sign-in"</a> };
        view! {
            <AuthFrame title="Forgot your password?" lead="We'll send you a link to set a new one." foot=foot>
                <form class="form" method="post" action="/forgot">
                    <Field of=fields.email autocomplete="username" inputmode="email" autofocus=true span=Span::Full/>
                    <SubmitButton label="Send the link"/>
                </form>
            </AuthFrame>
        }
    })
}

fn sent(visitor: &Visitor, email: String) -> Response {
    visitor.page(Page::new("Check your e-mail"), move || {
        let foot = || view! { <a class="link" href="/sign-in">"Back to sign-in"</a> };
        view! {
            <AuthFrame title="Check your e-mail" foot=foot>
                <p>"If there is an account for "<b>{email}</b>", we sent a link to it."</p>
                <p class="text-muted">
                    {format!("The link works once, for {RESET_MINUTES} minutes. Nothing there? Check your spam folder, or try another e-mail.")}
                </p>
            </AuthFrame>
        }
    })
}

fn choose(visitor: &Visitor, link: &Token, email: String, filled: Filled<NewPasswordForm>) -> Response {
    let action = format!("/reset/{}", link.expose());
    visitor.page(Page::new("Set a new password").shows(&filled), move || {
        let fields = filled.fields();
        view! {
            <AuthFrame title="Set a new password" lead="Changing it signs you out everywhere.">
                <form class="form" method="post" action=action>
                    <input type="hidden" autocomplete="username" value=email/>
                    <Field of=fields.new autocomplete="new-password" autofocus=true span=Span::Full
                        hint="At least 12 characters. Three unrelated words are easy to remember."/>
                    <SubmitButton label="Set password"/>
                </form>
            </AuthFrame>
        }
    })
}

/// Used, replaced by a newer one, too old, or never ours: it is all one.
fn over(visitor: &Visitor) -> Response {
    visitor.page(Page::new("This link has expired").status(404), || {
        view! {
            <AuthFrame title="This link has expired" lead="It was already used, replaced by a newer one, or is too old.">
                <div class="form-actions"><ButtonLink href="/forgot" label="Send a new link" variant=Variant::Primary/></div>
            </AuthFrame>
        }
    })
}
