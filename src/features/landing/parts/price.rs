//! What it costs, what people ask, and the last word.
use super::start_view;
use crate::ui::prelude::*;
use leptos::prelude::*;

/// US dollars a month with one branch, for each further branch, and how many months a year costs.
const BASE: u32 = 29;
const FURTHER: u32 = 10;
const MONTHS_A_YEAR: u32 = 10;

/// One plan.
pub(crate) fn price_view(signed_in: bool) -> impl IntoView {
    view! {
        <section id="price" class="band">
            <p class="eyebrow">"Price"</p>
            <h2 class="band-title mt-2 mb-10">"One plan. Everything in it."</h2>
            <div class="price-split">
                <div class="card card-body">
                    <p class="price">{format!("${BASE}")}<small>" a month"</small></p>
                    <p class="text-muted">{format!("with one branch, ${FURTHER} for each additional one")}</p>
                    <ul class="ticks my-5">
                        {tick_view("30 days free, no card needed")}
                        {tick_view("Unlimited users")}
                        {tick_view("All features, all updates")}
                        {tick_view("A year costs ten months")}
                    </ul>
                    {start_view(signed_in)}
                </div>
                <Examples/>
            </div>
        </section>
    }
    .into_any()
}

fn tick_view(text: &'static str) -> impl IntoView {
    view! { <li><Icon name="check"/>{text}</li> }
}

#[component]
fn Examples() -> impl IntoView {
    let rows = [1, 2, 3, 5, 10].map(|branches| {
        let month = BASE + FURTHER * (branches - 1);
        let label = if branches == 1 {
            "1 branch".to_owned()
        } else {
            format!("{branches} branches")
        };
        view! {
            <Row>
                <Cell label="Branches">{label}</Cell>
                <Cell num=true>{dollars(month)}</Cell>
                <Cell num=true>{dollars(month * MONTHS_A_YEAR)}</Cell>
            </Row>
        }
    });
    view! {
        <div class="card">
            <Table caption="Prices by number of branches"
                columns=vec!["Branches".into(), Column::num("A month"), Column::num("A year")] keep=true>
                {rows.into_iter().collect_view()}
            </Table>
        </div>
    }
}

fn dollars(whole: u32) -> String {
    match whole {
        0..1000 => format!("${whole}"),
        more => format!("${},{:03}", more / 1000, more % 1000),
    }
}

const QUESTIONS: [(&str, &str); 5] = [
    (
        "Do I have to install anything?",
        "No. Gantry runs in the browser of any computer, tablet or phone. Bay tablets need nothing but its address.",
    ),
    (
        "How long until we can work with it?",
        "Signing up takes a minute and sets currency, tax rate and time zone of your country. You can check in the next car right away.",
    ),
    (
        "Is our data ours alone?",
        "Yes. The database itself keeps each workshop's data separate. No one from another workshop can see it.",
    ),
    (
        "Can we add branches and colleagues later?",
        "At any time. An additional branch costs 10 USD a month from the day it opens; users are free.",
    ),
    (
        "Does it work for phones and other devices?",
        "Yes. Choose devices at sign-up, and Gantry uses devices and serial numbers instead of vehicles and plates.",
    ),
];

/// What people ask first.
pub(crate) fn questions_view() -> impl IntoView {
    let questions = QUESTIONS.map(|(question, answer)| {
        view! {
            <details>
                <summary>{question}<Icon name="chevron-down"/></summary>
                <p>{answer}</p>
            </details>
        }
    });
    view! {
        <section class="band faq-band">
            <h2 class="band-title">"Questions"</h2>
            <div class="faq">{questions.into_iter().collect_view()}</div>
        </section>
    }
    .into_any()
}

/// The last band.
pub(crate) fn closing_view(signed_in: bool) -> impl IntoView {
    view! {
        <section class="band">
            <div class="closing">
                <h2 class="band-title">"Start your free trial."</h2>
                {start_view(signed_in)}
            </div>
        </section>
    }
    .into_any()
}

/// Light or dark, for visitors too.
pub(crate) fn theming_view(theme: Theme) -> impl IntoView {
    let choices = Theme::ALL.map(|choice| {
        let label = match choice {
            Theme::System => "System",
            Theme::Light => "Light",
            Theme::Dark => "Dark",
        };
        let current = (choice == theme).then_some("true");
        view! { <button class="btn btn-ghost" name="theme" value=choice.name() aria-current=current>{label}</button> }
    });
    view! {
        <form class="theming" method="post" action="/session/theme" aria-label="Colors">
            <input type="hidden" name="next" value="/"/>
            {choices.into_iter().collect_view()}
        </form>
    }
    .into_any()
}
