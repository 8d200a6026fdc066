//! Sensitive acts ask for the password, unless it was given a moment ago. The question holds the whole form that was sent, so that
//! nothing typed is lost: with the right password it goes on to where it was going.
use super::page::{Page, render};
use super::request::RequestInfo;
use crate::kernel::form::{FieldView, Kind};
use crate::kernel::{AppError, FieldErrors, Problem};
use crate::server::auth::prove::{self, FIELD};
use crate::server::auth::scope::peek;
use crate::server::state::AppState;
use crate::ui::prelude::*;
use axum::body::{Body, Bytes, to_bytes};
use axum::extract::{Request, State};
use axum::http::{HeaderMap, Method, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use leptos::prelude::*;
use std::sync::Arc;

/// What is sent again with the password.
struct Again {
    action: String,
    fields: Vec<(String, String)>,
    /// The form cannot be kept, as one with files.
    lost: bool,
}

/// Asks where a handler refused for want of the password, and reads the answer wherever one is sent.
pub async fn ask(State(state): State<AppState>, request: Request, next: Next) -> Response {
    let info = request.extensions().get::<Arc<RequestInfo>>().cloned();
    let Some(info) = info.filter(|info| info.wants_html) else {
        return next.run(request).await;
    };
    if request.method() != Method::POST || !is_plain_form(request.headers()) {
        let lost = request.method() == Method::POST;
        let response = next.run(request).await;
        if !refused(&response) {
            return response;
        }
        let back = if lost {
            info.sent_from.as_deref()
        } else {
            Some(info.target.as_str())
        };
        let again = Again {
            action: "/account/confirm".to_owned(),
            fields: vec![("next".to_owned(), back.unwrap_or("/dashboard").to_owned())],
            lost,
        };
        return page(&state, &info, again, 403, FieldErrors::default()).await;
    }
    sent(state, info, request, next).await
}

/// A form: with a password in it, that is verified first and taken out.
async fn sent(state: AppState, info: Arc<RequestInfo>, request: Request, next: Next) -> Response {
    let (mut parts, body) = request.into_parts();
    // An outer layer bounded it.
    let Ok(bytes) = to_bytes(body, usize::MAX).await else {
        return AppError::BadRequest("the form".into()).into_response();
    };
    let (password, bytes) = taken_out(bytes);
    if let Some(password) = password
        && let Some(session) = peek(&state, &info).await
        && let Err(error) = prove::password(&state, &info, &session, &password).await
    {
        let (status, errors) = match error {
            AppError::Invalid(errors) => (422, errors),
            error @ AppError::SlowDown { .. } => {
                let sentence = error.to_string();
                (429, FieldErrors::one(FIELD, Problem::other(sentence)))
            }
            other => return other.into_response(),
        };
        return page(&state, &info, again(&info, &bytes), status, errors).await;
    }
    parts.headers.remove(header::CONTENT_LENGTH);
    let response = next
        .run(Request::from_parts(parts, Body::from(bytes.clone())))
        .await;
    if refused(&response) {
        return page(&state, &info, again(&info, &bytes), 403, FieldErrors::default()).await;
    }
    response
}

fn refused(response: &Response) -> bool {
    response.extensions().get::<AppError>() == Some(&AppError::StepUp)
}

fn is_plain_form(headers: &HeaderMap) -> bool {
    headers
        .get(header::CONTENT_TYPE)
        .and_then(|kind| kind.to_str().ok())
        .is_some_and(|kind| kind.starts_with("application/x-www-form-urlencoded"))
}

/// The password that was sent along, and the form without it.
fn taken_out(bytes: Bytes) -> (Option<String>, Bytes) {
    let named = bytes.windows(FIELD.len()).any(|part| part == FIELD.as_bytes());
    let Some(pairs) = named.then(|| pairs(&bytes)) else {
        return (None, bytes);
    };
    let (own, rest): (Vec<_>, Vec<_>) = pairs.into_iter().partition(|(name, _)| name == FIELD);
    let rest = serde_urlencoded::to_string(rest).unwrap_or_default();
    (own.into_iter().next().map(|(_, value)| value), Bytes::from(rest))
}

fn pairs(bytes: &Bytes) -> Vec<(String, String)> {
    serde_urlencoded::from_bytes(bytes).unwrap_or_default()
}

fn again(info: &RequestInfo, bytes: &Bytes) -> Again {
    Again {
        action: info.target.clone(),
        fields: pairs(bytes),
        lost: false,
    }
}

async fn page(
    state: &AppState,
    info: &Arc<RequestInfo>,
    again: Again,
    status: u16,
    errors: FieldErrors,
) -> Response {
    let login = peek(state, info).await.map(|session| session.login.clone());
    let login = login.unwrap_or_default();
    let page = Page::new("Enter your password to continue").status(status).bare();
    let mut response = render(state, info, None, page, move || {
        let lead = "This page needs your password again.";
        let password = FieldView {
            error: errors.at(FIELD),
            ..FieldView::plain(FIELD, "Password", "")
                .kind(Kind::Password)
                .demanded()
        };
        let fields = again
            .fields
            .into_iter()
            .map(|(name, value)| view! { <Hidden of=FieldView::hidden(&name, value)/> });
        view! {
            <AuthFrame title="Enter your password to continue" lead>
                <form class="form" method="post" action=again.action>
                    {fields.collect_view()}
                    {again.lost.then(|| view! { <Alert tone=Tone::Info>"Then submit your form again."</Alert> })}
                    <input type="hidden" autocomplete="username" value=login/>
                    <Field of=password autocomplete="current-password" autofocus=true span=Span::Full/>
                    <SubmitButton label="Continue"/>
                </form>
            </AuthFrame>
        }
    });
    response.headers_mut().insert(
        header::CACHE_CONTROL,
        header::HeaderValue::from_static("no-store"),
    );
    response
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_password_is_taken_out_and_everything_else_stays_as_it_was() {
        let body = Bytes::from_static(b"shown[]=a&shown[]=b&confirm_password=p%26q&x=1");
        let (password, rest) = taken_out(body);
        assert_eq!(password.as_deref(), Some("p&q"));
        assert_eq!(
            pairs(&rest),
            pairs(&Bytes::from_static(b"shown[]=a&shown[]=b&x=1"))
        );
        let plain = Bytes::from_static(b"x=1&y=2");
        assert_eq!(taken_out(plain.clone()), (None, plain));
    }
}
