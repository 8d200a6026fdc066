//! The list.
use crate::features::work_orders::format;
use crate::features::work_orders::model::Phase;
use crate::features::work_orders::selectors::{self, Filter};
use crate::features::work_orders::view::ListRow;
use crate::kernel::page::Cursor;
use crate::kernel::permission::{CreateWorkOrders, EditWorkOrders, ViewInvoices, ViewWorkOrders};
use crate::server::prelude::*;
use crate::ui::prelude::*;
use leptos::prelude::*;
use serde::Deserialize;

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(in crate::features::work_orders) struct ListSearch {
    show: String,
    #[serde(deserialize_with = "crate::kernel::text::asked")]
    q: String,
    before: Option<String>,
}

/// A row, formatted.
struct Shown {
    href: String,
    number: String,
    phase: Phase,
    waiting: bool,
    urgent: bool,
    attention: bool,
    customer: String,
    plate: String,
    asset: String,
    technicians: String,
    promise: Option<(Tone, String)>,
    opened: String,
    total: Option<String>,
}

/// `/work-orders`
pub(in crate::features::work_orders) async fn list(
    mut scope: Scope<ViewWorkOrders>,
    Search(search): Search<ListSearch>,
) -> PageResult {
    let query: String = search.q.trim().chars().take(80).collect();
    let filter = Filter::parse(&search.show);
    let (rows, next) = if query.is_empty() {
        let page = selectors::list(&mut scope, filter, Cursor::parse(search.before.as_deref())).await?;
        (page.rows, page.next)
    } else {
        (selectors::search(&mut scope, &query).await?, None)
    };
    let rows: Vec<Shown> = rows.into_iter().map(|row| shown(&scope, row)).collect();
    let older = next.map(|next| format!("/work-orders?show={}&before={next}", filter.name()));
    let newer = search
        .before
        .map(|_| format!("/work-orders?show={}", filter.name()));
    let can_create = scope.allows::<CreateWorkOrders>();
    let devices = scope.session().settings.asset_word == "device";
    let subtitle = if query.is_empty() {
        about(filter)
    } else {
        format!("Results for “{query}”")
    };
    Ok(scope.page(Page::new("Work orders").nav("/work-orders"), move || {
        view! {
            <PageHeader title="Work orders" subtitle=subtitle>
                {can_create.then(|| view! { <ButtonLink href="/check-in" label="Check-in" icon="plus" variant=Variant::Primary/> })}
            </PageHeader>
            <Filters filter query=query.clone() devices/>
            <section class="card">
                <Rows rows filter query can_create/>
                <KeysetPager older newer newer_label="Newest"/>
            </section>
        }
    }))
}

fn shown(scope: &Scope<ViewWorkOrders>, row: ListRow) -> Shown {
    let (session, now) = (scope.session(), scope.now());
    let zone = session
        .branch(row.branch)
        .map_or(chrono_tz::UTC, |branch| branch.time_zone);
    let prices = session.allows::<EditWorkOrders>() || session.allows::<ViewInvoices>();
    Shown {
        href: format!("/work-orders/{}", row.id),
        number: row.number_text(),
        phase: row.phase,
        waiting: row.waiting && row.phase.is_open(),
        urgent: row.urgent && row.phase.is_open(),
        attention: row.attention,
        promise: format::promise(row.promised_at, row.phase.is_due(), now, session.locale(), zone),
        opened: session.locale().near(row.created_at, now, &zone),
        total: prices.then(|| {
            session
                .settings
                .currency
                .show(crate::kernel::Money(row.total_minor))
        }),
        customer: row.customer,
        plate: row.plate,
        asset: row.asset,
        technicians: row.technicians,
    }
}

/// The lists that have a name: each can be gone to from a figure, and left again.
const TABS: [(Filter, &str); 6] = [
    (Filter::Open, "Open"),
    (Filter::Today, "Received today"),
    (Filter::Overdue, "Overdue"),
    (Filter::Attention, "Needs attention"),
    (Filter::Closed, "Closed"),
    (Filter::All, "All"),
];

/// What a list holds, in words.
fn about(filter: Filter) -> String {
    match filter {
        Filter::Open => "In the shop now, newest first".to_owned(),
        Filter::Today => "Checked in today, newest first".to_owned(),
        Filter::Overdue => "Past the promised time and not ready".to_owned(),
        Filter::Attention => "A note needs attention".to_owned(),
        Filter::Closed => "Delivered or cancelled, newest first".to_owned(),
        Filter::All => "Open and closed, newest first".to_owned(),
        Filter::Phase(phase) => format!("In the phase “{}”, newest first", phase.label()),
    }
}

#[component]
fn Filters(filter: Filter, query: String, devices: bool) -> impl IntoView {
    let searching = !query.is_empty();
    let example = if devices {
        "Number, customer, serial"
    } else {
        "Number, customer, plate"
    };
    let tabs = TABS
        .into_iter()
        .map(|(wanted, label)| {
            let href = format!("/work-orders?show={}", wanted.name());
            Tab::new(href, label, !searching && filter == wanted)
        })
        .collect::<Vec<_>>();
    let phase = match filter {
        Filter::Phase(phase) if !searching => Some(phase),
        _ => None,
    };
    let chosen = phase.map_or("", Phase::name);
    let narrowed = if searching {
        Some(format!("“{query}”"))
    } else {
        phase.map(|phase| phase.label().to_owned())
    };
    view! {
        <Tabs label="Which work orders" items=tabs/>
        <div class="filters order-filters">
            <form class="filters" method="get" action="/work-orders">
                <Select label="Phase" name="show" options=Phase::options() prompt="All open" selected=chosen/>
                <Button label="Show" icon="filter"/>
            </form>
            <form class="filters grow" method="get" action="/work-orders" role="search">
                <div class="grow"><Field label="Search" name="q" kind="search" placeholder=example value=query maxlength=80u32/></div>
                <Button label="Search" icon="search"/>
            </form>
            {narrowed.map(|what| view! { <a class="chip-clear" href="/work-orders"><Icon name="x" class="icon-sm"/>{format!("Clear {what}")}</a> })}
        </div>
    }
    .into_any()
}

#[component]
fn Rows(rows: Vec<Shown>, filter: Filter, query: String, can_create: bool) -> impl IntoView {
    if rows.is_empty() && !query.is_empty() {
        return view! { <EmptyState icon="search" title=format!("No results for “{query}”") text="Try the work order number, a plate or the customer's name."/> }.into_any();
    }
    let good = match filter {
        Filter::Overdue => Some(("Nothing is overdue", "Nothing is late.")),
        Filter::Attention => Some((
            "Nothing needs attention",
            "Notes that need attention show here until resolved.",
        )),
        _ => None,
    };
    if let Some((title, text)) = good.filter(|_| rows.is_empty()) {
        return view! { <EmptyState icon="check-circle" title text/> }.into_any();
    }
    if rows.is_empty() {
        let start = can_create.then(|| view! { <ButtonLink href="/check-in" label="Check-in" icon="plus"/> });
        return view! { <EmptyState icon="wrench" title="No work orders" text="Work orders are opened at check-in.">{start}</EmptyState> }.into_any();
    }
    let prices = rows.iter().any(|row| row.total.is_some());
    let mut columns = vec![
        Column::new("Number"),
        Column::new("Phase"),
        Column::new("Brought in"),
        Column::new("Technicians").wide(),
        Column::new("Promised"),
        Column::new("Opened").wide(),
    ];
    if prices {
        columns.push(Column::num("Total"));
    }
    let rows = rows
        .into_iter()
        .map(|row| view! { <ListItem row/> })
        .collect_view();
    view! { <Table caption="Work orders" columns>{rows}</Table> }.into_any()
}

#[component]
fn ListItem(row: Shown) -> impl IntoView {
    let promise = match row.promise {
        Some((Tone::Neutral, text)) => text.into_any(),
        Some((tone, text)) => view! { <Badge label=text tone icon="clock"/> }.into_any(),
        None => ().into_any(),
    };
    // On a phone an empty cell shows nothing, not even its name.
    let technicians = (!row.technicians.is_empty()).then_some(row.technicians);
    view! {
        <Row>
            <MainCell text=row.number href=row.href sub=row.customer/>
            <Cell label="Phase"><span class="brought"><PhaseBadge label=row.phase.label() tone=row.phase.tone()/>{row.attention.then(|| view! { <Badge label="Attention" tone=Tone::Danger icon="alert-triangle"/> })}{row.urgent.then(|| view! { <Badge label="Urgent" tone=Tone::Danger/> })}{row.waiting.then(|| view! { <Badge label="Waiting" tone=Tone::Info icon="user"/> })}</span></Cell>
            <Cell label="Brought in"><span class="brought">{(!row.plate.is_empty()).then(|| view! { <Plate text=row.plate/> })} <span>{row.asset}</span></span></Cell>
            <Cell label="Technicians" wide=true>{technicians}</Cell>
            <Cell label="Promised">{promise}</Cell>
            <Cell label="Opened" wide=true><span class="text-muted whitespace-nowrap">{row.opened}</span></Cell>
            {row.total.map(|total| view! { <Cell label="Total" num=true>{total}</Cell> })}
        </Row>
    }
    .into_any()
}
