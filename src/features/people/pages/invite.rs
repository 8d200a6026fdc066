//! The door that a mail leads to. Looking at it uses nothing up.
use super::super::form::{AcceptFields, AcceptForm};
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
        Some(invitation) => Ok(show(&visitor, &secret, invitation, Filled::default())),
        None => Ok(dead(&visitor)),
    }
}

pub(crate) async fn submit(
    visitor: Visitor,
    Id(secret): Id<Secret>,
    FormBody(form): FormBody<AcceptForm>,
) -> PageResult {
    let Some(invitation) = service::invitation(&visitor, &secret.0).await? else {
        return Ok(dead(&visitor));
    };
    let accepted = match form.of_invited(&invitation) {
        Ok(who) => service::accept(&visitor, &secret.0, &invitation, &who).await,
        Err(errors) => Err(errors.into()),
    };
    let refused = match accepted {
        Ok(Some(keys)) => return Ok(enter(&visitor, &keys, "/dashboard")),
        Ok(None) => return Ok(dead(&visitor)),
        Err(error) => Refused::unkeyed(error)?.at("password"),
    };
    match service::invitation(&visitor, &secret.0).await? {
        Some(invitation) => Ok(show(&visitor, &secret, invitation, Filled::again(form, refused))),
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

fn show(visitor: &Visitor, secret: &Secret, invitation: Invitation, filled: Filled<AcceptForm>) -> Response {
    let action = format!("/invite/{}", secret.0);
    let mut response = visitor.page(Page::new("Invitation").shows(&filled), move || {
        let title = format!("Join {}", invitation.org_name);
        let lead = format!("{} is invited as {}.", invitation.email, invitation.role);
        let known = invitation.account.is_some();
        let mut fields = filled.fields();
        if !fields.name.is_set() {
            fields.name = fields.name.holding(invitation.person);
        }
        view! {
            <AuthFrame title lead>
                <FormErrors errors=filled.errors.summary()/>
                <form class="form" method="post" action=action>
                    // For password managers: whose password this is.
                    <input type="hidden" name="email" value=invitation.email autocomplete="username"/>
                    {if known {
                        view! { <Known fields/> }.into_any()
                    } else {
                        view! { <Newcomer fields/> }.into_any()
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
fn Known(fields: AcceptFields) -> impl IntoView {
    view! {
        <p class="text-muted">"You already have an account with this e-mail. Sign in with its password; your other workshops stay as they are."</p>
        <Field of=fields.password.label("Your password") autocomplete="current-password" autofocus=true span=Span::Full/>
    }
}

#[component]
fn Newcomer(fields: AcceptFields) -> impl IntoView {
    view! {
        <Field of=fields.name autocomplete="name" autofocus=true span=Span::Full/>
        <Field of=fields.password autocomplete="new-password" span=Span::Full
            hint="At least 12 characters. Three unrelated words are easy to remember."/>
    }
}
