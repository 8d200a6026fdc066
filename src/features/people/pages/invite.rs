//! The door that a mail leads to. Looking at it uses nothing up.
use super::super::form::AcceptForm;
use super::super::service;
use crate::features::identity::enter;
use crate::server::db::joining::Invitation;
use crate::server::prelude::*;
use crate::ui::prelude::*;
use axum::http::{HeaderValue, header};
use axum::response::Response;
use leptos::prelude::*;
use std::convert::Infallible;
use std::str::FromStr;

/// Whatever stands in the address: everything but the right secret is the same wrong one.
pub(crate) struct Secret(String);

impl FromStr for Secret {
    type Err = Infallible;
    fn from_str(text: &str) -> Result<Self, Infallible> {
        Ok(Self(text.to_owned()))
    }
}

pub(crate) async fn page(visitor: Visitor, Id(secret): Id<Secret>) -> PageResult {
    match service::invitation(&visitor, &secret.0).await? {
        Some(invitation) => Ok(show(
            &visitor,
            &secret,
            invitation,
            AcceptForm::default(),
            200,
            FieldErrors::default(),
        )),
        None => Ok(dead(&visitor)),
    }
}

pub(crate) async fn submit(
    visitor: Visitor,
    Id(secret): Id<Secret>,
    FormBody(form): FormBody<AcceptForm>,
) -> PageResult {
    let (status, errors) = match service::accept(&visitor, &secret.0, &form).await {
        Ok(Some(keys)) => return Ok(enter(&visitor, &keys, "/dashboard")),
        Ok(None) => return Ok(dead(&visitor)),
        Err(AppError::Invalid(errors)) => (422, errors),
        Err(error @ AppError::SlowDown { .. }) => {
            let pause = error.to_string();
            (429, FieldErrors::one("password", Problem::other(pause)))
        }
        Err(other) => return Err(other),
    };
    match service::invitation(&visitor, &secret.0).await? {
        Some(invitation) => Ok(show(&visitor, &secret, invitation, form, status, errors)),
        None => Ok(dead(&visitor)),
    }
}

/// One page for secrets that are unknown, used, expired or revoked.
fn dead(visitor: &Visitor) -> Response {
    visitor.page(Page::new("Invitation").status(404), || {
        view! {
            <AuthFrame title="This invitation is not valid" lead="It was already used or revoked, is more than a week old, or the link is incomplete.">
                <p>"Ask the person who invited you to send it again. If you already accepted it, sign in."</p>
                <ButtonLink href="/sign-in" label="Sign in" variant=Variant::Primary/>
            </AuthFrame>
        }
    })
}

fn show(
    visitor: &Visitor,
    secret: &Secret,
    invitation: Invitation,
    form: AcceptForm,
    status: u16,
    errors: FieldErrors,
) -> Response {
    let action = format!("/invite/{}", secret.0);
    let mut response = visitor.page(Page::new("Invitation").status(status), move || {
        let title = format!("Join {}", invitation.org_name);
        let lead = format!("{} is invited as {}.", invitation.email, invitation.role);
        let known = invitation.account.is_some();
        let name = if form.name.is_empty() {
            invitation.person
        } else {
            form.name
        };
        view! {
            <AuthFrame title lead>
                <FormErrors errors=errors.summary()/>
                <form class="form" method="post" action=action>
                    // For password managers: whose password this is.
                    <input type="hidden" name="email" value=invitation.email autocomplete="username"/>
                    {if known {
                        view! { <Known errors/> }.into_any()
                    } else {
                        view! { <Newcomer name errors/> }.into_any()
                    }}
                    <SubmitButton label="Join"/>
                </form>
            </AuthFrame>
        }
    });
    // It names somebody's address.
    response
        .headers_mut()
        .insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}

#[component]
fn Known(errors: FieldErrors) -> impl IntoView {
    view! {
        <p class="text-muted">"You already have an account with this e-mail. Sign in with its password; your other workshops stay as they are."</p>
        <Field label="Your password" name="password" kind="password" error=errors.at("password") autocomplete="current-password"
            required=true autofocus=true span=Span::Full/>
    }
}

#[component]
fn Newcomer(name: String, errors: FieldErrors) -> impl IntoView {
    view! {
        <Field label="Your name" name="name" value=name error=errors.at("name") autocomplete="name" maxlength=120u32 required=true
            autofocus=true span=Span::Full/>
        <Field label="Choose a password" name="password" kind="password" error=errors.at("password") autocomplete="new-password"
            hint="At least 12 characters. Three unrelated words are easy to remember." maxlength=128u32 required=true
            span=Span::Full/>
    }
}
