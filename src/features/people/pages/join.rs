//! The door for those who have the workshop's code.
use super::super::form::JoinForm;
use super::super::service;
use crate::server::db::tenant::Session;
use crate::server::prelude::*;
use crate::ui::prelude::*;
use axum::http::{HeaderValue, header};
use axum::response::Response;
use leptos::prelude::*;
use std::sync::Arc;

/// Who asks, if they are signed in; four digits on a shared tablet speak for nobody elsewhere.
async fn asking(visitor: &Visitor) -> Option<Arc<Session>> {
    visitor.session().await.filter(|session| !session.by_pin)
}

pub(crate) async fn page(visitor: Visitor) -> PageResult {
    let session = asking(&visitor).await;
    Ok(show(
        &visitor,
        session.as_deref(),
        JoinForm::default(),
        200,
        FieldErrors::default(),
    ))
}

pub(crate) async fn submit(visitor: Visitor, FormBody(form): FormBody<JoinForm>) -> PageResult {
    let session = asking(&visitor).await;
    match service::ask_to_join(&visitor, session.as_deref(), &form).await {
        Ok(workshop) => Ok(sent(&visitor, workshop, session.is_some())),
        Err(AppError::Invalid(errors)) => Ok(show(&visitor, session.as_deref(), form, 422, errors)),
        Err(error @ AppError::SlowDown { retry_after_s }) => {
            let pause = error.to_string();
            let errors = FieldErrors::one("code", Problem::other(pause));
            let mut response = show(&visitor, session.as_deref(), form, 429, errors);
            response
                .headers_mut()
                .insert(header::RETRY_AFTER, HeaderValue::from(retry_after_s));
            Ok(response)
        }
        Err(other) => Err(other),
    }
}

/// The same words for everybody: they do not tell who has an account, or who works there already.
fn sent(visitor: &Visitor, workshop: String, known: bool) -> Response {
    let next = if known {
        "Once they approve, the workshop appears in your menu."
    } else {
        "Once they approve, you get an e-mail with a link to choose your password."
    };
    visitor.page(Page::new("Request sent"), move || {
        view! {
            <AuthFrame title="Request sent" lead=format!("{workshop} will review it.")>
                <p>{next}</p>
                <ButtonLink href="/" label="Go to the start page"/>
            </AuthFrame>
        }
    })
}

fn show(
    visitor: &Visitor,
    session: Option<&Session>,
    form: JoinForm,
    status: u16,
    errors: FieldErrors,
) -> Response {
    let who = session.map(|session| format!("{} ({})", session.name, session.email));
    let lead = "Enter your workshop's code. Someone there approves your request.";
    let mut response = visitor.page(Page::new("Join a workshop").status(status), move || {
        let known = who.is_some();
        let foot = move || {
            (!known).then(|| {
                view! { "Already have an account? " <a class="link" href="/sign-in?next=/join">"Sign in first"</a> }
            })
        };
        view! {
            <AuthFrame title="Join a workshop" lead foot=foot>
                <FormErrors errors=errors.summary()/>
                <form class="form" method="post" action="/join">
                    <Field label="Code" name="code" value=form.code.clone() error=errors.at("code") placeholder="ABCD-2345" class="input-code"
                        autocomplete="off" maxlength=20u32 required=true autofocus=true span=Span::Full/>
                    {match who {
                        Some(who) => view! { <p class="text-muted">"Signed in as " {who} "."</p> }.into_any(),
                        None => view! { <Stranger form errors/> }.into_any(),
                    }}
                    <SubmitButton label="Ask to join"/>
                </form>
            </AuthFrame>
        }
    });
    response
        .headers_mut()
        .insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}

#[component]
fn Stranger(form: JoinForm, errors: FieldErrors) -> impl IntoView {
    view! {
        <Field label="Your name" name="name" value=form.name error=errors.at("name") autocomplete="name" maxlength=120u32 required=true
            span=Span::Full/>
        <Field label="E-mail" name="email" kind="email" value=form.email error=errors.at("email") autocomplete="email"
            inputmode="email" maxlength=254u32 required=true span=Span::Full/>
    }
}
