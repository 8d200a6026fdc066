//! How it works, what it does, for whom.
use super::Feature;
use crate::ui::prelude::*;
use leptos::prelude::*;

const STEPS: [(&str, &str, &str); 5] = [
    (
        "key",
        "Check-in",
        "Plate, concern, promised time: the car is on the board in a minute.",
    ),
    (
        "clipboard-check",
        "Diagnosis",
        "The technician records what is wrong, right at the car.",
    ),
    (
        "hand",
        "Approval",
        "The customer decides job by job. You keep who said what, and when.",
    ),
    (
        "wrench",
        "Work",
        "Everyone sees whose turn it is, what is waiting and what is late.",
    ),
    (
        "banknote",
        "Paid",
        "The invoice comes from the agreed jobs. It leaves when it is paid.",
    ),
];

/// From the key drop to the paid invoice.
#[component]
#[expect(unreachable_pub, reason = "what the macro makes is public")]
pub fn Way() -> impl IntoView {
    let steps = STEPS.map(|(icon, title, text)| {
        view! {
            <li>
                <Icon name=icon class="icon-lg"/>
                <h3>{title}</h3>
                <p>{text}</p>
            </li>
        }
    });
    view! {
        <section id="way" class="band">
            <p class="eyebrow">"How it works"</p>
            <h2 class="band-title mt-2 mb-10">"From the key drop to the paid invoice"</h2>
            <ol class="steps">{steps.into_iter().collect_view()}</ol>
        </section>
    }
    .into_any()
}

/// What the product does.
pub(crate) fn features_view() -> impl IntoView {
    view! {
        <section id="features" class="band">
            <p class="eyebrow">"Features"</p>
            <h2 class="band-title mt-2 mb-10">"Everything you need for the day"</h2>
            <div class="feature-grid">
                <Feature icon="kanban" title="One board for the whole floor"
                    text="Every job in its phase, with its promised time and its technician. Moves that skip a step are refused, with the reason."/>
                <Feature icon="search" title="Find it while the phone rings"
                    text="A plate, a name, a number or half of it: customer, vehicle and open job are there before the caller has finished."/>
                <Feature icon="receipt" title="Invoices that add up"
                    text="To the cent, with your tax rates, numbered without gaps. A posted invoice never changes; credit notes do the rest."/>
                <Feature icon="wallet" title="Who still owes what"
                    text="Part payments and reversals included. See what is due and what is late at a glance."/>
                <Feature icon="users" title="Roles that fit a workshop"
                    text="Owner, manager, reception, technician, accountant: everyone sees what they need for their work, in their own branches."/>
                <Feature icon="history" title="Nothing gets lost"
                    text="Every change is recorded with name and time. History stays with the vehicle."/>
            </div>
        </section>
    }
    .into_any()
}

/// Whom it is for.
pub(crate) fn for_whom_view() -> impl IntoView {
    view! {
        <section class="band">
            <p class="eyebrow">"For whom"</p>
            <h2 class="band-title mt-2 mb-10">"Two bays or twenty, cars or phones"</h2>
            <div class="whom">
                <article class="card card-body">
                    <Icon name="car" class="icon-lg"/>
                    <h3>"Independent garages"</h3>
                    <p>"Plates, VIN and mileage at the center, from the first call to the next inspection."</p>
                </article>
                <article class="card card-body">
                    <Icon name="smartphone" class="icon-lg"/>
                    <h3>"Device service centers"</h3>
                    <p>"The same workflow in your terms: serial numbers instead of plates, devices instead of cars."</p>
                </article>
                <article class="card card-body">
                    <Icon name="building" class="icon-lg"/>
                    <h3>"Groups with branches"</h3>
                    <p>"Each branch with its own board, numbers and people. Owners see all of them, or one at a time."</p>
                </article>
            </div>
        </section>
    }
    .into_any()
}
