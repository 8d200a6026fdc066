//! Sign-in and sign-out.
use super::form::{SignInForm, SignInSearch};
use super::service;
use crate::server::auth::scope::Visitor;
use crate::server::auth::session::set_cookie;
use crate::server::http::page::{field_errors, see_other};
use crate::server::prelude::*;
use axum::http::header;
use axum::response::Response;
use leptos::prelude::*;

pub(super) async fn sign_in_page(visitor: Visitor, Search(search): Search<SignInSearch>) -> PageResult {
    let form = SignInForm {
        next: search.next,
        ..SignInForm::default()
    };
    Ok(show(&visitor, form, FieldErrors::default(), 200))
}

pub(super) async fn sign_in(visitor: Visitor, FormBody(form): FormBody<SignInForm>) -> PageResult {
    match field_errors(service::sign_in(&visitor, &form).await)? {
        Ok(token) => {
            let mut response = see_other(if form.next.is_empty() {
                "/dashboard"
            } else {
                &form.next
            });
            response
                .headers_mut()
                .append(header::SET_COOKIE, token.set_cookie(&visitor.state.settings));
            Ok(response)
        }
        Err(errors) => Ok(show(&visitor, form, errors, 422)),
    }
}

fn show(visitor: &Visitor, form: SignInForm, errors: FieldErrors, status: u16) -> Response {
    let SignInForm { email, next, .. } = form;
    visitor.page(Page::new("Sign in").status(status), move || {
        view! {
            <form method="post" action="/sign-in">
                <input type="hidden" name="next" value=next/>
                <input name="email" value=email/>
                <input name="password" type="password"/>
                <p>{errors.at("password")}</p>
                <button>"Sign in"</button>
            </form>
        }
    })
}

pub(super) async fn sign_out(visitor: Visitor) -> PageResult {
    let state = &visitor.state;
    if let Some(token) = &visitor.request.token {
        crate::server::db::identity::revoke_session(&state.db, &token.hash(), state.clock.now()).await?;
    }
    let mut response = see_other("/sign-in");
    response.headers_mut().append(
        header::SET_COOKIE,
        set_cookie(&state.settings, state.settings.session_cookie(), "", 0),
    );
    response.headers_mut().insert(
        "clear-site-data",
        axum::http::HeaderValue::from_static("\"cache\""),
    );
    Ok(response)
}
