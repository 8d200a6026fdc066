//! The cards of one's own account.
use super::selectors::{OpenSession, SignInTry};
use crate::features::identity::{PasswordFields, browser};
use crate::features::tablets::PinFields;
use crate::ui::prelude::*;
use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use leptos::prelude::*;

/// Name and address, and the letter again while the address is not confirmed.
#[component]
#[expect(unreachable_pub, reason = "what the macro makes is public")]
pub fn Address(name: String, login: String, unverified: bool) -> impl IntoView {
    let again = || {
        view! {
            <p class="text-muted">"We sent you a link. Check your spam folder, too."</p>
            <PostButton action="/account/confirm-address" label="Send the link again"/>
        }
    };
    view! {
        <Card id="sign-in" title="Sign-in">
            <DescriptionList>
                <Fact label="Name">{name}</Fact>
                <Fact label="E-mail">
                    {login}" "{unverified.then(|| view! { <Badge label="Not confirmed yet" tone=Tone::Warning/> })}
                </Fact>
            </DescriptionList>
            {unverified.then(again)}
        </Card>
    }
    .into_any()
}

/// Whether a code is asked besides the password.
pub(super) fn second_factor_view(since: Option<DateTime<Utc>>, zone: Tz) -> impl IntoView {
    let (sentence, label) = match since {
        Some(at) => (format!("On since {}.", locale().moment(at, &zone)), "Change"),
        None => (
            "Off. When on, signing in also asks for a code from your phone, so a stolen password is not enough.".to_owned(),
            "Set up",
        ),
    };
    view! {
        <Card id="second-factor" title="Second factor">
            <p>{sentence}</p>
            <div class="form-actions mt-5"><ButtonLink href="/account/second-factor" label/></div>
        </Card>
    }
    .into_any()
}

/// A new password for the old one.
#[component]
#[expect(unreachable_pub, reason = "what the macro makes is public")]
pub fn NewPassword(fields: PasswordFields) -> impl IntoView {
    view! {
        <Card id="password" title="New password" subtitle="Changing it signs you out of other browsers.">
            <form class="form" method="post" action="/account/password">
                <FormGrid>
                    <Field of=fields.current autocomplete="current-password"/>
                    <Field of=fields.password.new autocomplete="new-password" hint="At least 12 characters."/>
                </FormGrid>
                <FormActions>
                    <SubmitButton label="Change password"/>
                </FormActions>
            </form>
        </Card>
    }
    .into_any()
}

/// The PIN for shared tablets.
pub(super) fn pin_view(since: Option<DateTime<Utc>>, zone: Tz, fields: PinFields) -> impl IntoView {
    let has = since
        .map(|at| view! { <p class="text-muted">{format!("Set on {}.", locale().moment(at, &zone))}</p> });
    let label = if since.is_some() { "Change PIN" } else { "Set PIN" };
    let remove = since.map(|_| view! { <PostButton action="/account/pin/remove" label="Remove PIN"/> });
    view! {
        <Card id="pin" title="PIN" subtitle="For your branch's shared tablets: tap your name, enter the PIN.">
            {has}
            <form class="form" method="post" action="/account/pin">
                <Field of=fields.pin inputmode="numeric" autocomplete="off" hint="4–8 digits, not 1234."/>
                <FormActions>
                    <SubmitButton label variant=Variant::Plain/>
                </FormActions>
            </form>
            {remove}
        </Card>
    }
    .into_any()
}

/// Where the account is signed in; each can be ended, and all others at once.
pub(super) fn sessions_view(sessions: Vec<OpenSession>, zone: Tz) -> impl IntoView {
    let elsewhere = sessions.len() > 1;
    let rows = sessions.into_iter().map(|session| {
        let fields = vec![("session".to_owned(), session.id.to_string())];
        let end = (!session.here).then(|| {
            view! { <PostButton action="/account/sessions/end" label="Sign out" fields size=Size::Small/> }
        });
        view! {
            <Row>
                <Cell label="Browser">
                    {browser(&session.user_agent)}" "
                    {session.here.then(|| view! { <Badge label="This browser" tone=Tone::Success/> })}
                    {session.by_pin.then(|| view! { <Badge label="Shared tablet"/> })}
                </Cell>
                <Cell label="Address">{session.address}</Cell>
                <Cell label="Last used" num=true>{locale().moment(session.last_seen, &zone)}</Cell>
                <Cell>{end}</Cell>
            </Row>
        }
    });
    let rows = rows.collect_view();
    let columns = vec![
        "Browser".into(),
        "Address".into(),
        Column::num("Last used"),
        Column::silent("Actions"),
    ];
    view! {
        <Card id="sessions" title="Where you are signed in" flush=true foot=move || elsewhere_view(elsewhere)>
            <Table caption="Open sessions" columns>{rows}</Table>
        </Card>
    }
    .into_any()
}

fn elsewhere_view(some: bool) -> impl IntoView {
    if some {
        return view! { <PostButton action="/account/sign-out-elsewhere" label="Sign out everywhere else"/> }
            .into_any();
    }
    view! { <p class="text-muted">"You are not signed in anywhere else."</p> }.into_any()
}

/// Who tried to sign in as this person.
pub(super) fn sign_ins_view(tries: Vec<SignInTry>, zone: Tz) -> impl IntoView {
    let rows = tries.into_iter().map(|one| {
        let (label, tone) = outcome(&one.outcome);
        view! {
            <Row>
                <Cell label="When" date=true>{locale().moment(one.at, &zone)}</Cell>
                <Cell label="Result"><Badge label tone/></Cell>
                <Cell label="Browser">{browser(&one.user_agent)}</Cell>
                <Cell label="Address">{one.address}</Cell>
            </Row>
        }
    });
    let rows = rows.collect_view();
    let columns = vec!["When".into(), "Result".into(), "Browser".into(), "Address".into()];
    view! {
        <Card id="history" title="Sign-ins" subtitle="The last 20 sign-in attempts, including failed ones." flush=true>
            <Table caption="Sign-ins" columns>{rows}</Table>
        </Card>
    }
    .into_any()
}

fn outcome(name: &str) -> (&'static str, Tone) {
    match name {
        "ok" => ("Signed in", Tone::Success),
        "pin_ok" => ("Signed in by PIN", Tone::Success),
        "code_due" => ("Password correct, code missing", Tone::Warning),
        "code_wrong" => ("Wrong code", Tone::Danger),
        "pin_wrong" => ("Wrong PIN", Tone::Danger),
        _ => ("Wrong password", Tone::Danger),
    }
}
