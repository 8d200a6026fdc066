//! Sign-in.
use super::{WELCOME, enter};
use crate::features::identity::form::{SignInForm, SignInSearch};
use crate::features::identity::service;
use crate::server::http::page::{own_path, see_other};
use crate::server::prelude::*;
use crate::ui::prelude::*;
use axum::response::Response;
use leptos::prelude::*;

pub(crate) async fn page(visitor: Visitor, Search(search): Search<SignInSearch>) -> PageResult {
    let next = own_path(&search.next).unwrap_or_default().to_owned();
    if visitor.session().await.is_some() {
        return Ok(see_other(if next.is_empty() { "/dashboard" } else { &next }));
    }
    let form = SignInForm {
        next,
        ..SignInForm::default()
    };
    Ok(show(&visitor, Filled::new(form)))
}

pub(crate) async fn submit(visitor: Visitor, FormBody(form): FormBody<SignInForm>) -> PageResult {
    let opened = match form.parse(&FormContext::PUBLIC) {
        Ok(typed) => service::sign_in(&visitor, &typed).await,
        Err(errors) => Err(errors.into()),
    };
    match opened {
        Ok(keys) => Ok(enter(&visitor, &keys, &form.next)),
        Err(error) => Ok(show(&visitor, Filled::again(form, Refused::unkeyed(error)?))),
    }
}

fn show(visitor: &Visitor, filled: Filled<SignInForm>) -> Response {
    let founded = visitor.request.flash.as_deref() == Some(WELCOME);
    let message = visitor.request.flash.clone().filter(|_| !founded);
    let on_tablet = visitor.request.tablet.is_some();
    let own_host = visitor.request.workshop.is_some();
    visitor.page(Page::new("Sign in").shows(&filled), move || {
        let foot = move || {
            (!own_host).then(|| {
                view! {
                    "No account yet? " <a class="link" href="/sign-up">"Start a free trial"</a> " · "
                    <a class="link" href="/join">"Join with a code"</a>
                }
            })
        };
        let pause = filled.errors.at("");
        view! {
            <AuthFrame title="Sign in" lead="Welcome back" foot=foot>
                {founded.then(already_view)}
                {message.map(|message| view! { <Alert tone=Tone::Success>{message}</Alert> })}
                {pause.map(pause_view)}
                <SignIn filled/>
                {on_tablet.then(|| view! { <p><a class="link tap" href="/switch">"Sign in with name and PIN"</a></p> })}
            </AuthFrame>
        }
    })
}

#[component]
fn SignIn(filled: Filled<SignInForm>) -> impl IntoView {
    let fields = filled.fields();
    let wrong = filled.errors.at("password");
    // Whoever mistyped a password types it again.
    let again = fields.email.is_set();
    view! {
        <form class="form" method="post" action="/sign-in">
            <Hidden of=fields.next/>
            {wrong.map(|text| view! { <Alert tone=Tone::Danger>{text}</Alert> })}
            <Field of=fields.email autocomplete="username" inputmode="email" autofocus=!again span=Span::Full/>
            <Field of=fields.password.without_error() autocomplete="current-password" autofocus=again span=Span::Full/>
            <p><a class="link tap" href="/forgot">"Forgot your password?"</a></p>
            <SubmitButton label="Sign in"/>
        </form>
    }
}

/// Somebody who signs up with an address that has an account gets here, and so does a new owner whose browser keeps no cookies.
fn already_view() -> impl IntoView {
    view! {
        <Alert tone=Tone::Info title="One more step">
            <p>"Sign in with your e-mail and password. If you already had an account, use its password."</p>
        </Alert>
    }
}

fn pause_view(pause: String) -> impl IntoView {
    view! {
        <Alert tone=Tone::Warning title="Too many attempts">
            <p>{pause}" A browser you signed in with before does not have to wait."</p>
        </Alert>
    }
}
