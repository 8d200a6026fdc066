//! The promise, and pictures of the product made of the product itself.
use super::start_view;
use crate::ui::prelude::*;
use leptos::prelude::*;

/// The first band.
pub(crate) fn hero_view(signed_in: bool) -> impl IntoView {
    view! {
        <div class="band hero hero-split">
            <div>
                <p class="eyebrow mb-3">"For garages and device service centers"</p>
                <h1>"Every job in the shop, on one screen."</h1>
                <p class="lead">
                    "Check it in at the desk, work on it at the bay, get paid before it leaves. "
                    "Gantry keeps promises, people and money in step, from one bay to many branches."
                </p>
                {start_view(signed_in)}
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
#[expect(unreachable_pub, reason = "what the macro makes is public")]
pub fn Bay() -> impl IntoView {
    view! {
        <div class="band hero-split bay-band">
            <div class="tablet" inert aria-hidden="true">
                <div class="bay tablet-screen">
                    {tablet_top_view()}
                    {tablet_work_view()}
                </div>
            </div>
            <div>
                <p class="eyebrow">"At the bay"</p>
                <h2 class="band-title mt-2">"Made for the bay."</h2>
                <p class="band-lead">
                    "Technicians see their own jobs on any tablet or phone: what was agreed, what is done, what comes next. "
                    "One large button moves the job on, and the desk knows at once."
                </p>
            </div>
        </div>
    }
    .into_any()
}

/// What stands above the day's work.
fn tablet_top_view() -> impl IntoView {
    view! {
        <div class="tablet-top">
            <div>
                <strong>"My jobs"</strong>
                <p class="text-muted">"Monday, 4 May · 3 to do, 1 running"</p>
            </div>
            <Avatar name="Jonas Weber"/>
        </div>
    }
}

/// A card of the bay, made of its own pieces.
fn tablet_work_view() -> impl IntoView {
    let lines = [("package", "1 ×", "Brake pads, front"), ("wrench", "1.2 h", "Replace pads and discs")]
        .into_iter()
        .map(|(icon, amount, what)| {
            view! { <li><Icon name=icon/><span class="work-amount">{amount}</span><span class="work-what">{what}</span></li> }
        })
        .collect_view();
    view! {
        <div class="card work is-running">
            <div class="work-head">
                <Plate text="WX 41 KLM" large=true/>
                <span class="work-promise tone-info"><Icon name="user"/>"Waiting"</span>
                <span class="work-promise tone-warning"><Icon name="clock"/>"Today, 16:00 · in 55 min"</span>
                <p class="work-asset">"Škoda Octavia 2021 · blue"</p>
                <p class="work-order"><span class="link">"B1-1042"</span><PhaseBadge label="In progress" tone=Tone::Info/></p>
            </div>
            <ul class="work-jobs">
                <li class="work-job">
                    <h3>"Front brakes"</h3>
                    <p class="work-running"><Icon name="timer"/>"Running since Today, 14:10"</p>
                    <ul class="work-lines">{lines}</ul>
                    <div class="work-go"><Button label="Finish" variant=Variant::Primary size=Size::Bay icon="check"/></div>
                </li>
                <li class="work-job">
                    <h3>"Oil service"</h3>
                    <div class="work-go"><Button label="Start" size=Size::Bay icon="play"/></div>
                </li>
            </ul>
        </div>
    }
    .into_any()
}
