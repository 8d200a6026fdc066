//! One's own account: how to sign in, a new password, and where one is signed in.
use super::enter;
use crate::features::identity::form::PasswordForm;
use crate::features::identity::selectors::{OpenSession, own_account};
use crate::features::identity::{names, service};
use crate::kernel::permission::UseWorkshop;
use crate::server::auth::session::set_cookie;
use crate::server::db::tenant::Access;
use crate::server::http::errors::wait;
use crate::server::prelude::*;
use crate::ui::prelude::*;
use axum::http::header;
use axum::response::Response;
use chrono_tz::Tz;
use leptos::prelude::*;

pub async fn page(scope: Scope<UseWorkshop>) -> PageResult {
    show(scope, 200, FieldErrors::default()).await
}

pub async fn password(mut scope: Scope<UseWorkshop>, FormBody(form): FormBody<PasswordForm>) -> PageResult {
    let (email, _) = account(&mut scope).await?;
    let session = scope.session().clone();
    let visitor = Visitor {
        request: scope.request.clone(),
        state: scope.state.clone(),
    };
    // Passwords are changed over another connection than the workshop's: never hold both.
    drop(scope);
    let errors = match service::change_password(&visitor, &session, &email, &form).await {
        Ok(keys) => {
            let mut response = enter(&visitor, &keys, "/account");
            let said = hex::encode("Password changed. Other browsers are signed out.");
            let flash = set_cookie(&visitor.state.settings, "flash", &said, 60);
            response.headers_mut().append(header::SET_COOKIE, flash);
            return Ok(response);
        }
        Err(AppError::Invalid(errors)) => errors,
        Err(AppError::SlowDown { retry_after_s }) => {
            let pause = format!(
                "There were too many tries. Wait {}, then try again.",
                wait(retry_after_s)
            );
            FieldErrors::one("current", Problem::other(pause))
        }
        Err(other) => return Err(other),
    };
    let scope = Scope::open(visitor.state, visitor.request, Access::Read).await?;
    show(scope, 422, errors).await
}

pub async fn sign_out_elsewhere(mut scope: Scope<UseWorkshop>) -> PageResult {
    let said = match service::end_other_sessions(&mut scope).await? {
        0 => "You were signed in nowhere else.".to_owned(),
        1 => "Signed out in one other browser.".to_owned(),
        ended => format!("Signed out in {ended} other browsers."),
    };
    scope.done("/account", &said).await
}

async fn account(scope: &mut Scope<UseWorkshop>) -> AppResult<(String, Vec<OpenSession>)> {
    let token = scope.request.token.clone().ok_or(AppError::SignedOut)?;
    let idle = scope.state.settings.session_idle;
    own_account(scope, &token, idle).await
}

async fn show(mut scope: Scope<UseWorkshop>, status: u16, errors: FieldErrors) -> AppResult<Response> {
    let (email, sessions) = account(&mut scope).await?;
    let session = scope.session().clone();
    let zone = session
        .working_branch()
        .map_or(chrono_tz::UTC, |branch| branch.time_zone);
    let page = Page::new("Your account").status(status);
    Ok(scope.page(page, move || {
        view! {
            <PageHeader title="Your account" subtitle=format!("{} at {}", session.role_label(), session.org_name)/>
            <div class="stack max-w-form">
                <Card title="Sign-in">
                    <DescriptionList>
                        <Fact label="Name">{session.name.clone()}</Fact>
                        <Fact label="E-mail address">{email}</Fact>
                    </DescriptionList>
                </Card>
                <NewPassword errors/>
                <Sessions sessions zone/>
            </div>
        }
    }))
}

#[component]
fn NewPassword(errors: FieldErrors) -> impl IntoView {
    view! {
        <Card id="password" title="New password" subtitle="Every other browser is signed out when it changes.">
            <form class="form" method="post" action="/account/password">
                <FormGrid>
                    <Field label="Present password" name="current" kind="password" error=errors.at("current")
                        autocomplete="current-password" required=true/>
                    <Field label="New password" name="new" kind="password" error=errors.at("new") autocomplete="new-password"
                        hint="At least 12 characters." maxlength=128u32 required=true/>
                </FormGrid>
                <FormActions>
                    <SubmitButton label="Change password"/>
                </FormActions>
            </form>
        </Card>
    }
    .into_any()
}

#[component]
fn Sessions(sessions: Vec<OpenSession>, zone: Tz) -> impl IntoView {
    let elsewhere = sessions.len() > 1;
    let rows = sessions.into_iter().map(|session| {
        let seen = session
            .last_seen
            .with_timezone(&zone)
            .format("%-d %b %Y, %H:%M")
            .to_string();
        view! {
            <Row>
                <MainCell text=names::browser(&session.user_agent) sub=if session.here { "This browser" } else { "" }/>
                <Cell label="Address">{session.address}</Cell>
                <Cell label="Last used" num=true>{seen}</Cell>
            </Row>
        }
    });
    let rows = rows.collect_view();
    view! {
        <Card title="Where you are signed in" flush=true foot=move || view! { <Elsewhere some=elsewhere/> }>
            <Table caption="Open sessions" columns=vec!["Browser".into(), "Address".into(), Column::num("Last used")]>
                {rows}
            </Table>
        </Card>
    }
    .into_any()
}

#[component]
fn Elsewhere(some: bool) -> impl IntoView {
    if some {
        return view! { <PostButton action="/account/sign-out-elsewhere" label="Sign out everywhere else"/> }
            .into_any();
    }
    view! { <p class="text-muted">"You are signed in nowhere else."</p> }.into_any()
}
