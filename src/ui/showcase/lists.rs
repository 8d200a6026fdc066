//! Lists: filters, a table, paging.

use leptos::prelude::*;

use crate::ui::prelude::*;

type Row = (
    &'static str,
    &'static str,
    &'static str,
    &'static str,
    &'static str,
    Tone,
    &'static str,
    &'static str,
);

const ORDERS: [Row; 6] = [
    (
        "WO-1042",
        "WX 41 KLM",
        "Škoda Octavia",
        "Anna Nowak",
        "Ready",
        Tone::Success,
        "Today 16:00",
        "€ 412.80",
    ),
    (
        "WO-1041",
        "KR 7P 210",
        "Ford Transit",
        "Baltic Couriers",
        "In progress",
        Tone::Info,
        "Today 17:30",
        "€ 1 180.00",
    ),
    (
        "WO-1040",
        "GD 992 AX",
        "Audi A4 Avant",
        "Piotr Zieliński",
        "Awaiting approval",
        Tone::Warning,
        "Tomorrow 10:00",
        "€ 236.40",
    ),
    (
        "WO-1039",
        "PO 5K 881",
        "VW Golf VII",
        "Ewa Lis",
        "Waiting for parts",
        Tone::Violet,
        "Fri 12:00",
        "€ 640.00",
    ),
    (
        "WO-1038",
        "WA 00 123",
        "Toyota Yaris",
        "Adam Wrona",
        "Received",
        Tone::Neutral,
        "Fri 15:00",
        "—",
    ),
    (
        "WO-1036",
        "LU 3M 447",
        "Fiat Ducato",
        "Green Bakery",
        "In progress",
        Tone::Info,
        "2 h late",
        "€ 894.15",
    ),
];

/// All of them.
#[component]
pub(super) fn Lists() -> impl IntoView {
    let phases = vec![
        Tab::new("/design?view=lists", "All", true).count(48),
        Tab::new("/design?view=lists&phase=progress", "In progress", false).count(12),
        Tab::new("/design?view=lists&phase=approval", "Awaiting approval", false).count(5),
        Tab::new("/design?view=lists&phase=ready", "Ready", false).count(7),
        Tab::new("/design?view=lists&phase=done", "Delivered", false),
    ];
    view! {
        <PageHeader
            title="Work orders"
            subtitle="48 open in Riverside"
            crumbs=options([("/", "Today"), ("/reports", "Reports")])
            badges=|| view! { <PhaseBadge label="In progress" tone=Tone::Info large=true /> }
        >
            <SegmentedLinks
                label="Layout"
                items=vec![Tab::new("/board", "Board", false), Tab::new("/work-orders", "List", true)]
            />
        </PageHeader>
        <div>
            <Tabs label="Phases" items=phases />
            <Card flush=true>
                <Filters />
                <Orders />
                <KeysetPager newer="/design?view=lists" older="/design?view=lists" summary="6 of 48" />
            </Card>
        </div>
        <Lines />
    }
}

#[component]
fn Filters() -> impl IntoView {
    view! {
        <form class="filters border-b border-line p-3" method="get" action="/design">
            <input class="input grow" type="search" name="q" placeholder="Plate, customer, number" aria-label="Filter" />
            <select class="input" name="technician" aria-label="Technician">
                <option>"Every technician"</option>
                <option>"Jonas Weber"</option>
            </select>
            <Button label="Filter" icon="filter" />
        </form>
    }
}

#[component]
fn Orders() -> impl IntoView {
    let columns = vec![
        "Work order".into(),
        "Customer".into(),
        "Phase".into(),
        "Promised".into(),
        "Technician".into(),
        Column::num("Total"),
    ];
    let rows = ORDERS.map(|(number, plate, model, customer, phase, tone, promised, total)| {
        let late = promised.ends_with("late");
        view! {
            <Row>
                <MainCell text=number href="/design?view=lists" sub=model>
                    <Plate text=plate />
                </MainCell>
                <Cell label="Customer">{customer}</Cell>
                <Cell label="Phase">
                    <PhaseBadge label=phase tone />
                </Cell>
                <Cell label="Promised">
                    <span class=if late { "font-medium text-danger" } else { "" }>{promised}</span>
                </Cell>
                <Cell label="Technician">
                    <Person name="Jonas Weber" />
                </Cell>
                <Cell label="Total" num=true>
                    <Amount text=total />
                </Cell>
            </Row>
        }
    });
    view! {
        <Table caption="Open work orders" columns>
            {rows.into_iter().collect_view()}
        </Table>
    }
}

#[component]
fn Lines() -> impl IntoView {
    let columns = vec![
        "Line".into(),
        Column::num("Quantity"),
        Column::num("Price"),
        Column::num("Total"),
        Column::silent("Edit"),
    ];
    let rows = [
        ("Front brake pads", "Part · BP-2210", "1", "64.00", "64.00"),
        (
            "Replace front pads",
            "Labor · Jonas Weber",
            "1.2 h",
            "86.00",
            "103.20",
        ),
        ("Fleet discount", "Discount", "", "", "−16.72"),
    ]
    .map(|(name, sub, quantity, price, total)| {
        view! {
            <Row>
                <MainCell text=name sub />
                <Cell label="Quantity" num=true>{quantity}</Cell>
                <Cell label="Price" num=true>{price}</Cell>
                <Cell label="Total" num=true>
                    <Amount text=total />
                </Cell>
                <Cell num=true>
                    <IconLink href="/design" label="Edit line" icon="pencil" />
                </Cell>
            </Row>
        }
    });
    view! {
        <Card title="Lines of a job" flush=true>
            <Table
                caption="Lines"
                columns
                foot=|| view! { <Row><Cell>"Net"</Cell><Cell>""</Cell><Cell>""</Cell><Cell num=true>"150.48"</Cell><Cell>""</Cell></Row> }
            >
                {rows.into_iter().collect_view()}
            </Table>
        </Card>
    }
}
