//! The cards of the second factor.
use super::form::{CodeFields, RemoveFields};
use crate::kernel::Role;
use crate::ui::prelude::*;
use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use fast_qr::qr::QRBuilder;
use leptos::prelude::*;

/// The form at sign-in.
pub(super) fn sign_in_code_view(fields: CodeFields, next: String) -> impl IntoView {
    view! {
        <form class="form" method="post" action="/sign-in/code">
            <Hidden of=fields.next.holding(next)/>
            <Field of=fields.code.holding("") autocomplete="one-time-code" inputmode="text" class="input-code" autofocus=true span=Span::Full/>
            <SubmitButton label="Sign in"/>
        </form>
    }
}

/// What it is, and the way to begin.
pub(super) fn off_view() -> impl IntoView {
    view! {
        <Card title="Protect your account">
            <div class="stack">
                <p>"After your password we ask for a six-digit code from an app on your phone, so a stolen password is not enough."</p>
                <p class="text-muted">"Any authenticator app works; many password managers include one."</p>
                <PostButton action="/account/second-factor/begin" label="Set up" variant=Variant::Primary/>
            </div>
        </Card>
    }
    .into_any()
}

/// The picture for the app, and the form for its first code.
pub(super) fn begun_view(address: String, text: String, fields: CodeFields) -> impl IntoView {
    view! {
        <Card title="Add Gantry to your app">
            <div class="stack">
                <p>"Scan this code with the app."</p>
                {picture_view(address)}
                <p class="text-muted">"Can't scan it? Enter this key in the app:"</p>
                <p class="font-mono break-all select-all">{text}</p>
                <form class="form" method="post" action="/account/second-factor/confirm">
                    <Field of=fields.code.holding("").label("Code from the app").at_most(7) autocomplete="one-time-code"
                        inputmode="numeric" class="input-code"/>
                    <FormActions>
                        <SubmitButton label="Turn on"/>
                    </FormActions>
                </form>
            </div>
        </Card>
    }
    .into_any()
}

/// A QR code as one path, dark on light in every theme: cameras want it so.
fn picture_view(text: String) -> impl IntoView {
    let Ok(code) = QRBuilder::new(text).build() else {
        return ().into_any();
    };
    let mut path = String::new();
    for row in 0..code.size {
        for (column, module) in code[row].iter().enumerate() {
            if module.value() {
                path.push_str(&format!("M{} {}h1v1h-1z", column + 4, row + 4));
            }
        }
    }
    let side = code.size + 8;
    let frame = format!("0 0 {side} {side}");
    view! {
        <svg class="size-56 rounded" viewBox=frame role="img" aria-label="QR code with the key for your app" shape-rendering="crispEdges">
            <rect width=side.to_string() height=side.to_string() fill="#ffffff"></rect>
            <path d=path fill="#000000"></path>
        </svg>
    }
    .into_any()
}

/// Since when, how many recovery codes are left, and the way to take it away.
pub(super) fn on_view(since: DateTime<Utc>, zone: Tz, left: i64, fields: RemoveFields) -> impl IntoView {
    let since = locale().long_day(since.with_timezone(&zone).date_naive());
    let few = (left <= 3).then(|| {
        view! {
            <Alert tone=Tone::Warning title="You are running out of recovery codes">
                <p>"Remove the second factor and set it up again to get ten new ones."</p>
            </Alert>
        }
    });
    view! {
        <Card title="Second factor is on">
            <div class="stack">
                <p>{format!("Since {since}. {left} recovery codes left.")}</p>
                {few}
            </div>
        </Card>
        <Card title="Remove second factor" subtitle="New phone? Remove it here, then set it up again.">
            <form class="form" method="post" action="/account/second-factor/remove">
                <FormGrid>
                    <Field of=fields.password autocomplete="current-password"/>
                    <Field of=fields.code.holding("") autocomplete="one-time-code" class="input-code"/>
                </FormGrid>
                <FormActions>
                    <SubmitButton label="Remove the second factor" variant=Variant::Danger/>
                </FormActions>
            </form>
        </Card>
    }
    .into_any()
}

/// Shown once.
pub(super) fn codes_view(codes: Vec<String>) -> impl IntoView {
    let list = codes
        .into_iter()
        .map(|code| view! { <li>{code}</li> })
        .collect_view();
    view! {
        <AuthFrame title="Your recovery codes" lead="The second factor is on. Print these or write them down: each works once if you lose your phone.">
            <ul class="grid grid-cols-2 gap-2 font-mono">{list}</ul>
            <p class="text-muted">"You won't see them again. Other browsers were signed out."</p>
            <div class="form-actions"><ButtonLink href="/dashboard" label="I saved them" variant=Variant::Primary/></div>
        </AuthFrame>
    }
}

/// For the owner's page of roles: who needs one.
pub fn who_needs_one_view(required: Vec<Role>) -> impl IntoView {
    let boxes = Role::ALL.into_iter().map(|role| {
        let checked = required.contains(&role);
        view! {
            <label class="check">
                <input type="checkbox" name="role[]" value=role.name() checked=checked/>
                <span>{terms().role(role)}</span>
            </label>
        }
    });
    let boxes = boxes.collect_view();
    view! {
        <Card id="second-factor" title="Second factor" subtitle="People in these roles also sign in with a code from their phone. Custom roles follow the role they are based on.">
            <form class="form" method="post" action="/settings/roles/second-factor">
                <fieldset>
                    <legend class="legend">"Required for"</legend>
                    <div class="choices">{boxes}</div>
                </fieldset>
                <FormActions>
                    <SubmitButton label="Save" variant=Variant::Plain/>
                </FormActions>
            </form>
        </Card>
    }
    .into_any()
}
