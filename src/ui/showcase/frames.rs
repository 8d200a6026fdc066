//! The frames of pages without an account, and of paper.

use leptos::prelude::*;

use crate::ui::prelude::*;

/// Sign-in.
#[component]
pub(super) fn Auth() -> impl IntoView {
    view! {
        <AuthFrame
            title="Sign in"
            lead="Good to see you again."
            foot=|| view! { "No account yet? " <a class="link" href="/sign-up">"Start a free trial"</a> }
        >
            <form class="form" method="post" action="/sign-in">
                <Field
                    label="Email"
                    name="email"
                    kind="email"
                    autocomplete="username"
                    required=true
                    autofocus=true
                    span=Span::Full
                />
                <Field
                    label="Password"
                    name="password"
                    kind="password"
                    autocomplete="current-password"
                    required=true
                    error="Email and password do not fit together"
                    span=Span::Full
                />
                <SubmitButton label="Sign in" />
                <a class="link tap" href="/forgot">
                    "Forgotten your password?"
                </a>
            </form>
        </AuthFrame>
    }
}

/// The start of a landing page.
#[component]
pub(super) fn Public() -> impl IntoView {
    view! {
        <PublicFrame
            links=options([("#work", "How it works"), ("#price", "Price")])
            foot_links=options([("/terms", "Terms"), ("/privacy", "Privacy")])
        >
            <div class="band hero">
                <h1>"Every car in the shop, on one screen."</h1>
                <p class="lead">
                    "Book it in at the desk, work on it at the bay, be paid before it leaves. Gantry keeps promises, parts and money in step."
                </p>
                <FormActions>
                    <ButtonLink href="/sign-up" label="Start free trial" variant=Variant::Primary size=Size::Large />
                    <ButtonLink href="/sign-in" label="Sign in" size=Size::Large />
                </FormActions>
            </div>
        </PublicFrame>
    }
}

/// A document.
#[component]
pub(super) fn Print() -> impl IntoView {
    view! {
        <PrintFrame tools=|| {
            view! {
                <ButtonLink href="/design" label="Back" icon="arrow-left" />
                <ButtonLink href="/design" label="Download PDF" icon="download" variant=Variant::Primary />
            }
        }>
            <header class="flex items-start justify-between gap-6">
                <div>
                    <h1 class="text-2xl">"Invoice 2026-00042"</h1>
                    <p class="text-muted">"4 May 2026"</p>
                </div>
                <p class="text-right">"Kowalska Motors" <br /> "Riverside 12, Gdańsk"</p>
            </header>
            <div class="my-8">
                <Table caption="Lines" columns=vec!["Line".into(), Column::num("Net")] keep=true>
                    <Row>
                        <Cell>"Replace front pads"</Cell>
                        <Cell num=true>"€ 103.20"</Cell>
                    </Row>
                </Table>
            </div>
        </PrintFrame>
    }
}
