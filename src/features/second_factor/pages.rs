//! The code at sign-in, and setting a second factor up.
use super::codes::Seed;
use super::form::{CodeForm, PolicyForm, RemoveForm};
use super::parts::{begun_view, codes_view, off_view, on_view, sign_in_code_view};
use super::{selectors, service};
use crate::kernel::permission::{KeepAccount, ManageRoles};
use crate::server::auth::flash;
use crate::server::auth::session::set_cookie;
use crate::server::db::tenant::Access;
use crate::server::http::page::{own_path, see_other};
use crate::server::prelude::*;
use crate::ui::prelude::*;
use axum::http::{HeaderValue, header};
use axum::response::Response;
use leptos::prelude::*;

/// The question for the code, for a browser whose password was right.
pub(super) async fn ask(visitor: Visitor, Search(form): Search<CodeForm>) -> PageResult {
    if visitor.request.pending.is_none() {
        return Ok(see_other("/sign-in"));
    }
    Ok(question(&visitor, Filled::new(form)))
}

pub(super) async fn answer(visitor: Visitor, FormBody(form): FormBody<CodeForm>) -> PageResult {
    let settings = &visitor.state.settings;
    let no_longer = set_cookie(settings, settings.pending_cookie(), "", 0);
    match service::give_code(&visitor, &form.code).await {
        Ok(Some(keys)) => {
            let mut response = see_other(own_path(&form.next).unwrap_or("/dashboard"));
            for cookie in [
                keys.session.session_cookie(settings),
                keys.device.device_cookie(settings),
                no_longer,
            ] {
                response.headers_mut().append(header::SET_COOKIE, cookie);
            }
            Ok(response)
        }
        Ok(None) => {
            let mut response = see_other("/sign-in");
            response.headers_mut().append(header::SET_COOKIE, no_longer);
            Ok(response)
        }
        Err(error) => {
            let refused = Refused::unkeyed(error)?.at("code");
            Ok(question(&visitor, Filled::again(form, refused)))
        }
    }
}

fn question(visitor: &Visitor, filled: Filled<CodeForm>) -> Response {
    let next = own_path(&filled.form.next).unwrap_or_default().to_owned();
    visitor.page(Page::new("Your code").shows(&filled), move || {
        let foot = || view! { <a class="link" href="/sign-in">"Start again"</a> };
        view! {
            <AuthFrame title="Your code" lead="From the app on your phone, or a recovery code." foot=foot>
                {sign_in_code_view(filled.fields(), next)}
            </AuthFrame>
        }
    })
}

/// The two forms of the page; only one of them is there.
#[derive(Default)]
struct Forms {
    confirm: Filled<CodeForm>,
    remove: Filled<RemoveForm>,
}

pub(super) async fn show(scope: Scope<KeepAccount>) -> PageResult {
    render(scope, Forms::default()).await
}

/// A fresh seed; only for somebody who gave the password a moment ago.
pub(super) async fn begin(scope: Scope<KeepAccount>) -> PageResult {
    service::may_change(&scope)?;
    let user = scope.session().user();
    // The account is not the workshop's: it is changed over another connection, and never are both held.
    service::begin(&scope.into_visitor(), user).await?;
    Ok(see_other("/account/second-factor"))
}

pub(super) async fn confirm(mut scope: Scope<KeepAccount>, FormBody(form): FormBody<CodeForm>) -> PageResult {
    service::may_change(&scope)?;
    let own = selectors::own(&mut scope).await?.ok_or(AppError::NotFound)?;
    let session = scope.session().clone();
    let visitor = scope.into_visitor();
    match service::confirm(&visitor, session.user(), &own, &form.code).await {
        Ok((token, codes)) => {
            let settings = visitor.state.settings.clone();
            let mut response = visitor.page(Page::new("Your recovery codes"), move || codes_view(codes));
            let headers = response.headers_mut();
            headers.append(header::SET_COOKIE, token.session_cookie(&settings));
            headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
            Ok(response)
        }
        Err(error) => {
            let confirm = Filled::again(form, Refused::unkeyed(error)?.at("code"));
            let scope = Scope::open(visitor.state, visitor.request, Access::Read).await?;
            let forms = Forms {
                confirm,
                ..Forms::default()
            };
            render(scope, forms).await
        }
    }
}

pub(super) async fn remove(
    mut scope: Scope<KeepAccount>,
    FormBody(form): FormBody<RemoveForm>,
) -> PageResult {
    let own = selectors::own(&mut scope).await?.ok_or(AppError::NotFound)?;
    let session = scope.session().clone();
    let visitor = scope.into_visitor();
    let removed = match form.parse(&FormContext::PUBLIC) {
        Ok(with) => service::remove(&visitor, &session, &own, &with).await,
        Err(errors) => Err(errors.into()),
    };
    let Err(error) = removed else {
        let mut response = see_other("/account");
        let cookie = flash::say(&visitor.state, "The second factor is removed.");
        response.headers_mut().append(header::SET_COOKIE, cookie);
        return Ok(response);
    };
    let remove = Filled::again(form, Refused::unkeyed(error)?.at("code"));
    let scope = Scope::open(visitor.state, visitor.request, Access::Read).await?;
    let forms = Forms {
        remove,
        ..Forms::default()
    };
    render(scope, forms).await
}

/// An owner decides who needs one.
pub(super) async fn require(
    mut scope: Scope<ManageRoles>,
    FormBody(form): FormBody<PolicyForm>,
) -> PageResult {
    let policy = form.parse(&scope.form_context())?;
    let message = if service::require(&mut scope, &policy).await? {
        "Saved. People who need a second factor are asked to set it up on their next click."
    } else {
        "Nothing was changed."
    };
    scope.done("/settings/roles", message).await
}

async fn render(mut scope: Scope<KeepAccount>, forms: Forms) -> PageResult {
    let own = selectors::own(&mut scope).await?;
    let session = scope.session().clone();
    let (due, zone, user) = (session.factor_due, session.zone(), session.user());
    let begun = match &own {
        Some(own) if own.confirmed_at.is_none() => {
            // One that does not open is begun anew.
            match Seed::open(&scope.state.keys, user, &own.sealed) {
                Some(seed) => Some((seed.address(&session.login)?, seed.text())),
                None => None,
            }
        }
        _ => None,
    };
    let Forms { confirm, remove } = forms;
    let page = Page::new("Second factor").shows(&confirm).shows(&remove);
    Ok(scope.page(page, move || {
        let body = match (
            own.and_then(|own| Some((own.confirmed_at?, own.codes_left))),
            begun,
        ) {
            (Some((since, left)), _) => on_view(since, zone, left, remove.fields()).into_any(),
            (None, Some((address, text))) => begun_view(address, text, confirm.fields()).into_any(),
            (None, None) => off_view().into_any(),
        };
        view! {
            <PageHeader title="Second factor" subtitle="A code from your phone, in addition to your password."
                crumbs=vec![("/account".to_owned(), "Your account".to_owned())]/>
            <div class="stack max-w-form">
                {due.then(|| view! {
                    <Alert tone=Tone::Warning title="Your workshop requires a second factor">
                        <p>"Set it up now to continue."</p>
                    </Alert>
                })}
                {body}
            </div>
        }
    }))
}
