//! What a session remembers, and its end.
use super::back;
use crate::features::identity::form::{BranchForm, ThemeForm, WorkshopForm};
use crate::kernel::permission::MoveAround;
use crate::server::auth::session::{YEAR_S, set_cookie};
use crate::server::db::{identity, joining, platform};
use crate::server::http::page::see_other;
use crate::server::prelude::*;
use axum::http::{HeaderValue, header};

/// Which branch is in view: one of the member's, or all of them.
pub(crate) async fn branch(scope: Scope<MoveAround>, FormBody(form): FormBody<BranchForm>) -> PageResult {
    let asked = form.parse(&FormContext::PUBLIC).map_err(|_| AppError::NotFound)?;
    let branches = scope.session().branches_to_choose();
    if asked
        .branch
        .is_some_and(|id| branches.iter().all(|branch| branch.id != id))
    {
        return Err(AppError::NotFound);
    }
    let (state, request) = (scope.state.clone(), scope.request.clone());
    // The session is changed over another connection than the workshop's: never hold both.
    drop(scope);
    let token = request.token.as_ref().ok_or(AppError::SignedOut)?;
    identity::choose_branch(&state.db, &token.hash(), asked.branch).await?;
    Ok(back(&request, &form.next, "/dashboard"))
}

/// Another workshop of the same person.
pub(crate) async fn workshop(scope: Scope<MoveAround>, FormBody(form): FormBody<WorkshopForm>) -> PageResult {
    let org = form
        .parse(&FormContext::PUBLIC)
        .map_err(|_| AppError::NotFound)?
        .workshop;
    let (state, request) = (scope.state.clone(), scope.request.clone());
    // A workshop's own address knows no other.
    if request.workshop.is_some() || scope.session().workshops().iter().all(|(id, _)| *id != org) {
        return Err(AppError::NotFound);
    }
    // The session is changed over another connection than the workshop's: never hold both.
    drop(scope);
    let token = request.token.as_ref().ok_or(AppError::SignedOut)?;
    let (now, event) = (state.clock.now(), state.clock.new_uuid());
    if !joining::switch_workshop(&state.db, &token.hash(), org, now, event, &request.id).await? {
        return Err(AppError::NotFound);
    }
    // Whatever page this came from is the former workshop's.
    Ok(see_other("/dashboard"))
}

/// Light, dark or as the device: a cookie, so it works before signing in.
pub(crate) async fn theme(visitor: Visitor, FormBody(form): FormBody<ThemeForm>) -> PageResult {
    let chosen = form.parse(&FormContext::PUBLIC)?;
    let mut response = back(&visitor.request, &form.next, "/");
    let cookie = match chosen.theme.data_theme() {
        Some(theme) => set_cookie(&visitor.state.settings, "theme", theme, YEAR_S),
        None => set_cookie(&visitor.state.settings, "theme", "", 0),
    };
    response.headers_mut().append(header::SET_COOKIE, cookie);
    Ok(response)
}

/// Ends the session here and in the database.
pub(crate) async fn sign_out(visitor: Visitor) -> PageResult {
    let state = &visitor.state;
    if let Some(token) = &visitor.request.token {
        let (event, now) = (state.clock.new_uuid(), state.clock.now());
        identity::sign_out(&state.db, &token.hash(), now, event, &visitor.request.id).await?;
        platform::end_support_look(&state.db, &token.hash(), now).await?;
    }
    let door = if visitor.request.tablet.is_some() {
        "/switch"
    } else {
        "/sign-in"
    };
    let mut response = see_other(door);
    let headers = response.headers_mut();
    let gone = set_cookie(&state.settings, state.settings.session_cookie(), "", 0);
    headers.append(header::SET_COOKIE, gone);
    headers.insert("clear-site-data", HeaderValue::from_static("\"cache\""));
    Ok(response)
}
