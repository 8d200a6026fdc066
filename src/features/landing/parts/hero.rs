//! The promise, and pictures of the product made of the product itself.
use super::Start;
use crate::ui::prelude::*;
use leptos::prelude::*;

/// The first band.
#[component]
pub fn Hero(signed_in: bool) -> impl IntoView {
    view! {
        <div class="band hero hero-split">
            <div>
                <p class="eyebrow mb-3">"For garages and device service centres"</p>
                <h1>"Every job in the shop, on one screen."</h1>
                <p class="lead">
                    "Take it in at the desk, work on it at the bay, be paid before it leaves. "
                    "Gantry keeps promises, people and money in step, from one bay to many branches."
                </p>
                <Start signed_in/>
            </div>
            <div class="shot" inert aria-hidden="true">
                <Board>
                    {COLUMNS.iter().map(|column| view! { <Column column/> }).collect_view()}
                </Board>
            </div>
        </div>
    }
    .into_any()
}

struct Sample {
    plate: &'static str,
    car: &'static str,
    sub: &'static str,
    promised: &'static str,
    tone: Tone,
    who: &'static str,
}

struct SampleColumn {
    title: &'static str,
    tone: Tone,
    cards: &'static [Sample],
}

const fn sample(
    plate: &'static str,
    car: &'static str,
    sub: &'static str,
    promised: &'static str,
    tone: Tone,
    who: &'static str,
) -> Sample {
    Sample {
        plate,
        car,
        sub,
        promised,
        tone,
        who,
    }
}

const COLUMNS: &[SampleColumn] = &[
    SampleColumn {
        title: "Awaiting approval",
        tone: Tone::Warning,
        cards: &[
            sample(
                "WX 41 KLM",
                "Škoda Octavia",
                "Anna Nowak · squeals when braking",
                "Today 16:00",
                Tone::Danger,
                "Jonas Weber",
            ),
            sample(
                "GD 992 AX",
                "Audi A4",
                "Piotr Zieliński · air conditioning",
                "Tomorrow 11:00",
                Tone::Neutral,
                "Mara Lindt",
            ),
            sample(
                "KR 5E 018",
                "VW Golf",
                "Ewa Lis · oil service",
                "Tomorrow 15:00",
                Tone::Neutral,
                "Jonas Weber",
            ),
        ],
    },
    SampleColumn {
        title: "In progress",
        tone: Tone::Info,
        cards: &[
            sample(
                "KR 7P 210",
                "Ford Transit",
                "Baltic Couriers · 60 000 km service",
                "Today 14:30",
                Tone::Warning,
                "Sam Ode",
            ),
            sample(
                "PO 5K 881",
                "Toyota Yaris",
                "Green Bakery · clutch",
                "Today 17:00",
                Tone::Neutral,
                "Mara Lindt",
            ),
            sample(
                "LU 3M 447",
                "Fiat 500e",
                "City Cabs · battery check",
                "Friday 10:00",
                Tone::Neutral,
                "Sam Ode",
            ),
        ],
    },
    SampleColumn {
        title: "Ready",
        tone: Tone::Success,
        cards: &[sample(
            "WA 8C 300",
            "Volvo V60",
            "Tomasz Król · new tyres",
            "Today 13:00",
            Tone::Success,
            "Jonas Weber",
        )],
    },
];

#[component]
fn Column(column: &'static SampleColumn) -> impl IntoView {
    let cards = column.cards.iter().map(|card| {
        view! {
            <BoardCard title=card.car plate=card.plate sub=card.sub href="/">
                <Badge label=card.promised tone=card.tone icon="clock"/>
                <span class="ml-auto">
                    <Avatar name=card.who/>
                </span>
            </BoardCard>
        }
    });
    view! {
        <BoardColumn title=column.title count=column.cards.len() tone=column.tone>
            {cards.collect_view()}
        </BoardColumn>
    }
}

/// What a technician sees.
#[component]
pub fn Bay() -> impl IntoView {
    view! {
        <div class="band hero-split bay-band">
            <div class="bay bay-shot" inert aria-hidden="true">
                <Card>
                    <div class="stack">
                        <div class="board-line">
                            <Plate text="WX 41 KLM" large=true/>
                            <PhaseBadge label="In progress" tone=Tone::Info large=true/>
                        </div>
                        <p class="text-muted">"Škoda Octavia · squeals when braking"</p>
                        <ProgressBar label="Jobs done" value=2 max=3/>
                        <div>
                            <Checkbox label="Replace front pads" name="sample-pads" checked=true/>
                            <Checkbox label="Replace front discs" name="sample-discs" checked=true/>
                            <Checkbox label="Bleed the brakes" name="sample-fluid"/>
                        </div>
                        <FormActions>
                            <Button label="Done" variant=Variant::Primary size=Size::Bay icon="check"/>
                            <Button label="Waiting for parts" size=Size::Bay icon="package"/>
                        </FormActions>
                    </div>
                </Card>
            </div>
            <div>
                <p class="eyebrow">"At the bay"</p>
                <h2 class="band-title mt-2">"Made for gloves, not for desks."</h2>
                <p class="band-lead">
                    "Technicians see their own jobs on any tablet or phone: what was agreed, what is done, what comes next. "
                    "One large button moves the job on, and the desk knows at once."
                </p>
            </div>
        </div>
    }
    .into_any()
}
