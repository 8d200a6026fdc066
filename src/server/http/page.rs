//! A page: data first, then one synchronous render to HTML inside its frame. Right status codes come for free,
//! nothing streams, nothing waits inside a view.
use super::request::RequestInfo;
use super::shell;
use crate::kernel::{AppResult, Permission, Refused};
use crate::server::auth::flash;
use crate::server::auth::platform::PlatformScope;
use crate::server::auth::scope::{Scope, Visitor};
use crate::server::db::idempotency;
use crate::server::db::tenant::Session;
use crate::server::state::AppState;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use leptos::prelude::*;
use std::sync::Arc;

/// What a page handler answers.
pub type PageResult = AppResult<Response>;

pub use super::shell::Page;

impl<P: Permission> Scope<P> {
    /// Renders the page. The connection goes back to the pool first.
    pub fn page<V: IntoView + 'static>(self, page: Page, view: impl FnOnce() -> V) -> Response {
        let (session, request, state) = (self.session().clone(), self.request.clone(), self.state.clone());
        drop(self);
        render(&state, &request, Some(session), page, view)
    }

    /// The answer to a write: commits and leads on with a word of confirmation, or shows the page again. `done` says where to and the
    /// word; `again` gets a scope that only reads, and why nothing was written.
    ///
    /// # Errors
    /// What is not about the form: somebody else's row, a lost connection.
    pub async fn answer<T, To: AsRef<str>, Flash: AsRef<str>, Shown>(
        self,
        result: AppResult<T>,
        done: impl FnOnce(T) -> (To, Flash),
        again: impl FnOnce(Self, Refused) -> Shown,
    ) -> PageResult
    where
        Shown: Future<Output = PageResult>,
    {
        match result {
            Ok(value) => {
                let (to, flash) = done(value);
                self.done(to, flash.as_ref()).await
            }
            Err(error) => {
                let refused = Refused::of(error, || idempotency::fresh(&self))?;
                again(self.start_over().await?, refused).await
            }
        }
    }

    /// Commits, then sends the browser on with a word of confirmation.
    ///
    /// # Errors
    /// When the commit fails.
    pub async fn done(self, to: impl AsRef<str>, flash: &str) -> PageResult {
        let state = self.state.clone();
        self.commit().await?;
        let mut response = see_other(to.as_ref());
        if !flash.is_empty() {
            response
                .headers_mut()
                .append(header::SET_COOKIE, flash::say(&state, flash));
        }
        Ok(response)
    }
}

impl PlatformScope {
    /// Renders a page of the console. The connection goes back to the pool first.
    pub fn page<V: IntoView + 'static>(self, page: Page, view: impl FnOnce() -> V) -> Response {
        let (request, state) = (self.request.clone(), self.state.clone());
        drop(self);
        let mut response = render(&state, &request, None, page.bare(), view);
        let unstored = HeaderValue::from_static("no-store");
        response.headers_mut().insert(header::CACHE_CONTROL, unstored);
        response
    }

    /// As [`Scope::answer`], in the console.
    ///
    /// # Errors
    /// What is not about the form.
    pub async fn answer<T, To: AsRef<str>, Flash: AsRef<str>, Shown>(
        self,
        result: AppResult<T>,
        done: impl FnOnce(T) -> (To, Flash),
        again: impl FnOnce(Self, Refused) -> Shown,
    ) -> PageResult
    where
        Shown: Future<Output = PageResult>,
    {
        match result {
            Ok(value) => {
                let (to, flash) = done(value);
                self.done(to, flash.as_ref()).await
            }
            Err(error) => again(self, Refused::unkeyed(error)?).await,
        }
    }

    /// Commits, then sends the browser on with a word of confirmation.
    ///
    /// # Errors
    /// When the commit fails.
    pub async fn done(self, to: impl AsRef<str>, flash: &str) -> PageResult {
        let state = self.state.clone();
        self.commit().await?;
        let mut response = see_other(to.as_ref());
        response
            .headers_mut()
            .append(header::SET_COOKIE, flash::say(&state, flash));
        Ok(response)
    }
}

impl Visitor {
    /// Renders a page without a session.
    pub fn page<V: IntoView + 'static>(&self, page: Page, view: impl FnOnce() -> V) -> Response {
        render(&self.state, &self.request, None, page.bare(), view)
    }
}

/// A path that cannot leave this site. Browsers read `\\` as `/` and skip tabs and line ends, so none of them may be in it.
pub fn own_path(to: &str) -> Option<&str> {
    let plain = to.bytes().all(|b| b.is_ascii_graphic() && b != b'\\');
    (plain && to.starts_with('/') && !to.starts_with("//") && to.len() <= 2000).then_some(to)
}

/// 303 to a path of ours; anything else leads to the dashboard.
pub fn see_other(to: &str) -> Response {
    let safe = own_path(to).unwrap_or("/dashboard");
    let location = HeaderValue::from_str(safe).unwrap_or(HeaderValue::from_static("/dashboard"));
    (StatusCode::SEE_OTHER, [(header::LOCATION, location)]).into_response()
}

/// The whole document.
pub(super) fn render<V: IntoView + 'static>(
    state: &AppState,
    request: &Arc<RequestInfo>,
    session: Option<Arc<Session>>,
    page: Page,
    view: impl FnOnce() -> V,
) -> Response {
    let flash = request.flash.clone();
    // Whatever is made for one browser stays with it: also a form for a stranger holds what they typed, and a tablet's page its people.
    let for_everybody =
        session.is_none() && !page.about.is_empty() && page.status.is_success() && flash.is_none();
    let (html, nonce) = shell::document(state, request, session, &page, view);
    let mut response = (page.status, html).into_response();
    let headers = response.headers_mut();
    if let Some(seconds) = page.retry_after {
        headers.insert(header::RETRY_AFTER, HeaderValue::from(seconds));
    }
    headers.insert(
        header::CONTENT_TYPE,
        HeaderValue::from_static("text/html; charset=utf-8"),
    );
    shell::secure(headers, &nonce);
    headers.insert(
        header::CACHE_CONTROL,
        HeaderValue::from_static(if for_everybody { "no-cache" } else { "no-store" }),
    );
    if flash.is_some() {
        headers.append(header::SET_COOKIE, flash::clear(state));
    }
    response
}

#[cfg(test)]
mod tests {
    use super::own_path;

    #[test]
    fn a_path_of_ours_cannot_leave_the_site() {
        for ours in ["/", "/board", "/work-orders/1?x=%2F%2Fevil.test#top"] {
            assert_eq!(own_path(ours), Some(ours));
        }
        for foreign in [
            "",
            "board",
            "//evil.test",
            "/\\evil.test",
            "/\t/evil.test",
            "/\n/evil.test",
            "https://evil.test",
            "\\\\evil.test",
            "/ä",
        ] {
            assert_eq!(own_path(foreign), None, "{foreign:?}");
        }
    }
}
