//! The door for those who have the workshop's code.
use super::super::form::{JoinFields, JoinForm};
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
    Ok(show(&visitor, session.as_deref(), Filled::default()))
}

pub(crate) async fn submit(visitor: Visitor, FormBody(form): FormBody<JoinForm>) -> PageResult {
    let session = asking(&visitor).await;
    let asked = match form.asked_by(session.as_deref()) {
        Ok(who) => service::ask_to_join(&visitor, session.as_deref(), &who).await,
        Err(errors) => Err(errors.into()),
    };
    match asked {
        Ok(workshop) => Ok(sent(&visitor, workshop, session.is_some())),
        Err(error) => {
            let refused = Refused::unkeyed(error)?.at("code");
            Ok(show(&visitor, session.as_deref(), Filled::again(form, refused)))
        }
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

fn show(visitor: &Visitor, session: Option<&Session>, filled: Filled<JoinForm>) -> Response {
    let who = session.map(|session| format!("{} ({})", session.name, session.email));
    let lead = "Enter your workshop's code. Someone there approves your request.";
    let mut response = visitor.page(Page::new("Join a workshop").shows(&filled), move || {
        let fields = filled.fields();
        let known = who.is_some();
        let foot = move || {
            (!known).then(|| {
                view! { "Already have an account? " <a class="link" href="/sign-in?next=/join">"Sign in first"</a> }
            })
        };
        view! {
            <AuthFrame title="Join a workshop" lead foot=foot>
                <FormErrors errors=filled.errors.summary()/>
                <form class="form" method="post" action="/join">
                    <Field of=fields.code.clone() placeholder="ABCD-2345" class="input-code" autofocus=true span=Span::Full/>
                    {match who {
                        Some(who) => view! { <p class="text-muted">"Signed in as " {who} "."</p> }.into_any(),
                        None => stranger_view(fields).into_any(),
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

fn stranger_view(fields: JoinFields) -> impl IntoView {
    view! {
        <Field of=fields.name autocomplete="name" span=Span::Full/>
        <Field of=fields.email autocomplete="email" inputmode="email" span=Span::Full/>
    }
}
