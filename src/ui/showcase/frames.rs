//! The frames of pages without an account, and of paper.

use leptos::prelude::*;

use super::workshop::SampleCard;
use crate::kernel::form::{FieldView, Kind};
use crate::ui::prelude::*;

/// Sign-in.
#[component]
pub(super) fn Auth() -> impl IntoView {
    view! {
        <AuthFrame
            title="Sign in"
            lead="Welcome back"
            foot=|| view! { "No account yet? " <a class="link" href="/sign-up">"Start a free trial"</a> }
        >
            <form class="form" method="post" action="/sign-in">
                <Field of=FieldView::plain("email", "Email", "").kind(Kind::Email).demanded() autocomplete="username" autofocus=true span=Span::Full />
                <Field of=FieldView::plain("password", "Password", "").kind(Kind::Password).demanded().wrong("Email and password do not fit together") autocomplete="current-password" span=Span::Full />
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
            <div class="band hero hero-split">
              <div>
                <h1>"Every car in the shop, on one screen."</h1>
                <p class="lead">
                    "Book it in at the desk, work on it at the bay, be paid before it leaves. Gantry keeps promises, parts and money in step."
                </p>
                <FormActions>
                    <ButtonLink href="/sign-up" label="Start free trial" variant=Variant::Primary size=Size::Large />
                    <ButtonLink href="/sign-in" label="Sign in" size=Size::Large />
                </FormActions>
              </div>
              <div class="shot" inert aria-hidden="true">
                  <Board>
                      <BoardColumn title="Awaiting approval" count=2 tone=Tone::Warning>
                          <SampleCard i=0 />
                          <SampleCard i=1 />
                      </BoardColumn>
                      <BoardColumn title="In progress" count=3 tone=Tone::Info>
                          <SampleCard i=2 />
                          <SampleCard i=0 />
                          <SampleCard i=1 />
                      </BoardColumn>
                  </Board>
              </div>
            </div>
            <div id="work" class="band">
                <p class="eyebrow">"How it works"</p>
                <h2 class="band-title mt-2 mb-10">"From the key drop to the paid invoice"</h2>
                <div class="feature-grid">
                    <Feature icon="key" title="Booked in in a minute" text="Plate, concern, promised time. The check-in sheet prints itself." />
                    <Feature icon="hard-hat" title="Made for the bay" text="Large targets, one hand, gloves on. Time, findings and photos where the car is." />
                    <Feature icon="hand" title="Approved in writing" text="Customers decide job by job on their phone; you keep exactly what they saw." />
                </div>
            </div>
            <div id="price" class="band">
                <div class="card card-body max-w-96">
                    <p class="text-muted">"Per month, one branch"</p>
                    <p class="price">"$29"</p>
                    <ul class="ticks my-4">
                        <li><Icon name="check" />"Everybody in the workshop"</li>
                        <li><Icon name="check" />"Each further branch $10"</li>
                    </ul>
                    <ButtonLink href="/sign-up" label="Start free trial" variant=Variant::Primary />
                </div>
            </div>
        </PublicFrame>
    }
}

#[component]
fn Feature(icon: &'static str, title: &'static str, text: &'static str) -> impl IntoView {
    view! {
        <div>
            <Icon name=icon class="icon-lg" />
            <h3>{title}</h3>
            <p>{text}</p>
        </div>
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
