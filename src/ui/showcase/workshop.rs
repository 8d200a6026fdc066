//! The workshop's own shapes: the board and the bays over a day.

use leptos::prelude::*;

use crate::kernel::form::FieldView;
use crate::ui::prelude::*;

/// All of them.
#[component]
pub(super) fn Workshop() -> impl IntoView {
    view! {
        <SampleBoard />
        <AtTheBay />
        <Card title="Tuesday, 5 May" flush=true>
            <Planner lanes=["Bay 1", "Bay 2 · lift", "Bay 3 · alignment", "Bay 4 · EV"].map(str::to_owned).to_vec() items=items() />
        </Card>
    }
}

#[component]
fn SampleBoard() -> impl IntoView {
    let columns = [
        ("Received", Tone::Neutral, 2),
        ("Diagnosing", Tone::Teal, 1),
        ("Awaiting approval", Tone::Warning, 2),
        ("In progress", Tone::Info, 3),
        ("Ready", Tone::Success, 1),
    ]
    .map(|(title, tone, count)| {
        let cards = (0..count).map(|i| view! { <SampleCard i /> }).collect_view();
        view! {
            <BoardColumn title count tone>
                {cards}
            </BoardColumn>
        }
    });
    view! { <Board>{columns.into_iter().collect_view()}</Board> }
}

/// A car on the board.
#[component]
pub(super) fn SampleCard(i: usize) -> impl IntoView {
    const CARS: [(&str, &str, &str); 3] = [
        ("WX 41 KLM", "Škoda Octavia", "Anna Nowak · squeals when braking"),
        (
            "KR 7P 210",
            "Ford Transit",
            "Baltic Couriers · service, 60 000 km",
        ),
        ("GD 992 AX", "Audi A4", "Piotr Zieliński · air conditioning"),
    ];
    let (plate, title, sub) = CARS[i % CARS.len()];
    view! {
        <BoardCard title plate sub href="/design?view=workshop">
            <Badge label="Today 16:00" tone=if i == 1 { Tone::Danger } else { Tone::Neutral } icon="clock" />
            <Badge label="Parts in" tone=Tone::Success />
            <span class="ml-auto">
                <Avatar name="Jonas Weber" />
            </span>
        </BoardCard>
    }
}

#[component]
fn AtTheBay() -> impl IntoView {
    let done = [
        ("pads", "Replace front pads", "on"),
        ("discs", "Replace front discs", ""),
        ("fluid", "Bleed brakes", ""),
    ]
    .into_iter()
    .map(|(name, label, ticked)| view! { <Checkbox of=FieldView::plain(name, label, ticked) /> })
    .collect_view();
    view! {
        <div class="bay max-w-form">
            <Card>
                <div class="stack">
                    <div class="board-line">
                        <Plate text="WX 41 KLM" large=true />
                        <PhaseBadge label="In progress" tone=Tone::Info large=true />
                    </div>
                    <p class="text-muted">"Škoda Octavia · squeals when braking"</p>
                    <ProgressBar label="Jobs done" value=1 max=3 />
                    <div>{done}</div>
                    <FormActions>
                        <Button label="Pause" size=Size::Bay icon="pause" />
                        <Button label="Photo" size=Size::Bay icon="camera" />
                        <Button label="Done" variant=Variant::Primary size=Size::Bay icon="check" />
                    </FormActions>
                </div>
            </Card>
        </div>
    }
}

fn items() -> Vec<PlannerItem> {
    let item = |lane, start, minutes, title: &str, sub: &str, tone| PlannerItem {
        lane,
        start,
        minutes,
        title: title.to_owned(),
        sub: sub.to_owned(),
        href: "/design?view=workshop".to_owned(),
        tone,
    };
    vec![
        item(0, 480, 90, "Brakes", "WX 41 KLM · Anna Nowak", Tone::Info),
        item(
            0,
            600,
            60,
            "Oil service",
            "KR 7P 210 · Baltic Couriers",
            Tone::Neutral,
        ),
        item(1, 450, 180, "Clutch", "LU 3M 447 · Green Bakery", Tone::Info),
        item(1, 780, 45, "Inspection", "PO 5K 881 · Ewa Lis", Tone::Success),
        item(
            2,
            540,
            60,
            "Alignment",
            "GD 992 AX · Piotr Zieliński",
            Tone::Warning,
        ),
        item(3, 660, 120, "Battery check", "EV 001 · City Cabs", Tone::Violet),
    ]
}
