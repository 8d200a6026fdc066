//! The list.
use crate::domain::order::Phase;
use crate::features::work_orders::format;
use crate::features::work_orders::selectors::{self, Filter, OpenOrder};
use crate::features::work_orders::view::ListRow;
use crate::kernel::form::Kind;
use crate::kernel::page::Slice;
use crate::kernel::permission::{CreateWorkOrders, EditWorkOrders, ViewInvoices, ViewWorkOrders};
use crate::kernel::text_enum;
use crate::list_query;
use crate::server::http::list::Sort;
use crate::server::orders::{self, OrderFilter};
use crate::server::prelude::*;
use crate::ui::prelude::*;
use leptos::prelude::*;

list_query! {
    /// `show` is a list with a name, or a phase; `with` what another feature put on the orders.
    pub(in crate::features::work_orders) struct OrderQuery shows OrderControls at "/work-orders" {
        tabs: [show: "Phase"], filters: [q: "Search", with: "With"], sorted
    }
}

text_enum! {
    /// In which order the open ones are.
    #[derive(Default)]
    pub(in crate::features::work_orders) enum OrderSort {
        #[default]
        Newest = "newest", "Newest first";
        Oldest = "oldest", "Oldest first";
        Promised = "promised", "Promised soonest first";
    }
}

impl Sort for OrderSort {
    fn column(self) -> &'static str {
        match self {
            Self::Newest | Self::Oldest => "opened",
            Self::Promised => "promised",
        }
    }
    fn descending(self) -> bool {
        self == Self::Newest
    }
}

impl OrderSort {
    /// Only what is open has an index for each order, and only the whole of it.
    fn applied(query: &OrderQuery, filter: Filter) -> Option<Self> {
        (filter == Filter::Open && !query.is_narrowed()).then(|| Self::of(query))
    }
    /// What the selector is asked for, where it is not the usual order.
    const fn order(self) -> Option<OpenOrder> {
        match self {
            Self::Newest => None,
            Self::Oldest => Some(OpenOrder::OldestFirst),
            Self::Promised => Some(OpenOrder::PromisedFirst),
        }
    }
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
    chips: Vec<Chip>,
    promise: Option<(Tone, String)>,
    opened: String,
    total: Option<String>,
}

/// `/work-orders`
pub(in crate::features::work_orders) async fn list(
    mut scope: Scope<ViewWorkOrders>,
    Search(query): Search<OrderQuery>,
) -> PageResult {
    let words: String = query.q.trim().chars().take(80).collect();
    let filter = Filter::parse(&query.show);
    let with = if words.is_empty() { query.with.trim() } else { "" };
    let (filters, narrowed) = selectors::narrowed(&mut scope, with, filter, query.cursor()).await?;
    let sort = OrderSort::applied(&query, filter);
    let page = match (narrowed, sort.and_then(OrderSort::order)) {
        _ if !words.is_empty() => Slice {
            rows: selectors::search(&mut scope, &words).await?,
            next: None,
        },
        (Some(page), _) => page,
        (None, Some(order)) => selectors::open_by(&mut scope, order, query.after()).await?,
        (None, None) => selectors::list(&mut scope, filter, query.cursor()).await?,
    };
    let ids: Vec<WorkOrderId> = page.rows.iter().map(|row| row.id).collect();
    let mut chips = orders::chips(&mut scope, &ids).await?;
    let can_create = scope.session().opens::<CreateWorkOrders>();
    let terms = scope.session().terms();
    let narrowed = narrowed_to(&words, &filters, terms);
    let orders = sort.map(|now| query.orders(now, &OrderSort::ALL));
    let mut frame =
        frame(&query, &page, filter, narrowed, can_create, terms).orders(orders.unwrap_or_default());
    if let Some(sort) = sort.filter(|sort| sort.order().is_some()) {
        frame = frame.subtitle(format!("In the shop now, {}", sort.label().to_lowercase()));
    }
    let heads = [
        frame.sortable("promised", "Promised".into()),
        frame.sortable("opened", Column::new("Opened").wide()),
    ];
    let mut row = |row: ListRow| {
        let chips = chips.remove(&row.id).unwrap_or_default();
        shown(&scope, row, chips)
    };
    let rows: Vec<Shown> = page.rows.into_iter().map(&mut row).collect();
    let page = Page::new(terms.work_order().titles())
        .nav("/work-orders")
        .news_of_orders();
    Ok(scope.page(page, move || {
        let actions = move || {
            can_create.then(|| view! { <ButtonLink href="/check-in" label="Check-in" icon="plus" variant=Variant::Primary/> })
        };
        let above = move || view! { <Filters filter words filters controls=query.controls()/> };
        view! { <ListPage frame actions above><Rows rows heads/></ListPage> }
    }))
}

/// What the list is narrowed to in words, and what is said when nothing fits.
fn narrowed_to(words: &str, filters: &[OrderFilter], terms: Terms) -> Option<(String, Empty)> {
    if !words.is_empty() {
        let hint = terms.say("Try the work order number or the customer's name.");
        let unfound = Empty::new("search", format!("No results for “{words}”"), hint);
        return Some((format!("Results for “{words}”"), unfound));
    }
    let (filter, name) = found_by(filters)?;
    let word = filter.label.to_lowercase();
    let title = terms.say(&format!("No open work orders with the {word} “{name}”"));
    let unfound = Empty::new("filter", title, format!("Choose another {word}."));
    Some((format!("{} “{name}”, newest first", filter.label), unfound))
}

/// The choice that is made, and of which filter.
fn found_by(filters: &[OrderFilter]) -> Option<(&OrderFilter, &str)> {
    let found = |filter: &'_ OrderFilter| filter.found.is_some();
    let filter = filters.iter().find(|filter| found(filter))?;
    let (name, _) = filter.found.as_ref()?;
    Some((filter, name))
}

fn frame(
    query: &OrderQuery,
    page: &Slice<ListRow>,
    filter: Filter,
    narrowed: Option<(String, Empty)>,
    can_create: bool,
    terms: Terms,
) -> ListFrame {
    let whole = narrowed.is_none();
    let tabs = TABS.map(|(wanted, label)| {
        let href = query
            .cleared()
            .href_with(|query| query.show = wanted.name().to_owned());
        Tab::new(href, label, whole && filter == wanted)
    });
    let yet = match filter {
        Filter::Overdue => Empty::new("check-circle", "Nothing is overdue", "Nothing is late."),
        Filter::Attention => {
            let text = "Notes that need attention show here until resolved.";
            Empty::new("check-circle", "Nothing needs attention", text)
        }
        _ => Empty::new(
            "wrench",
            terms.say("No work orders"),
            terms.say("Work orders are opened at check-in."),
        ),
    };
    let starts = can_create && !matches!(filter, Filter::Overdue | Filter::Attention);
    let yet = if starts {
        yet.start("/check-in", "Check-in")
    } else {
        yet
    };
    let (subtitle, unfound) = narrowed.unwrap_or_else(|| (about(filter), Empty::default()));
    query
        .frame(&terms.work_order().titles(), page)
        .subtitle(subtitle)
        .tabs(tabs.to_vec())
        .empty(yet, unfound)
}

fn shown(scope: &Scope<ViewWorkOrders>, row: ListRow, chips: Vec<Chip>) -> Shown {
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
        chips,
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
fn Filters(
    filter: Filter,
    words: String,
    filters: Vec<OrderFilter>,
    controls: OrderControls,
) -> impl IntoView {
    let searching = !words.is_empty();
    let example = if terms().devices() {
        "Number, customer, serial"
    } else {
        "Number, customer, plate"
    };
    let phase = match filter {
        Filter::Phase(phase) if !searching => Some(phase),
        _ => None,
    };
    let chosen = phase.map_or("", Phase::name);
    let found = found_by(&filters).map(|(_, name)| format!("“{name}”"));
    let narrowed = if searching {
        Some(format!("“{words}”"))
    } else {
        found.or_else(|| phase.map(|phase| phase.label().to_owned()))
    };
    let names: Vec<&str> = filters.iter().map(|filter| filter.label).collect();
    let names = names.join(" or ");
    let choices: Vec<_> = filters.iter().flat_map(|filter| filter.options.clone()).collect();
    let choose = (!choices.is_empty()).then(|| {
        view! { <Select of=controls.with.label(names) options=choices prompt="Any"/> }
    });
    view! {
        <div class="filters order-filters">
            <form class="filters" method="get" action="/work-orders">
                <Select of=controls.show.holding(chosen) options=Phase::options() prompt="All open"/>
                {choose}
                <Button label="Show" icon="filter"/>
            </form>
            <form class="filters grow" method="get" action="/work-orders" role="search">
                <div class="grow"><Field of=controls.q.holding(words).kind(Kind::Search).at_most(80) placeholder=example/></div>
                <Button label="Search" icon="search"/>
            </form>
            {narrowed.map(|what| view! { <a class="chip-clear" href="/work-orders"><Icon name="x" class="icon-sm"/>{format!("Clear {what}")}</a> })}
        </div>
    }
    .into_any()
}

#[component]
fn Rows(rows: Vec<Shown>, heads: [Column; 2]) -> impl IntoView {
    let [promised, opened] = heads;
    let prices = rows.iter().any(|row| row.total.is_some());
    let mut columns = vec![
        Column::new("Number"),
        Column::new("Phase"),
        Column::new("Brought in"),
        Column::new(terms().technician().titles()).wide(),
        promised,
        opened,
    ];
    if prices {
        columns.push(Column::num("Total"));
    }
    let rows = rows.into_iter().map(list_item_view).collect_view();
    view! { <Table caption=terms().work_order().titles() columns>{rows}</Table> }.into_any()
}

fn list_item_view(row: Shown) -> impl IntoView {
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
            <Cell label="Phase"><span class="brought"><PhaseBadge label=row.phase.label() tone=row.phase.tone()/><Chips of=row.chips/>{row.attention.then(|| view! { <Badge label="Attention" tone=Tone::Danger icon="alert-triangle"/> })}{row.urgent.then(|| view! { <Badge label="Urgent" tone=Tone::Danger/> })}{row.waiting.then(|| view! { <Badge label="Waiting" tone=Tone::Info icon="user"/> })}</span></Cell>
            <Cell label="Brought in"><span class="brought">{(!row.plate.is_empty()).then(|| view! { <Plate text=row.plate/> })} <span>{row.asset}</span></span></Cell>
            <Cell label=terms().technician().titles() wide=true>{technicians}</Cell>
            <Cell label="Promised" date=true>{promise}</Cell>
            <Cell label="Opened" wide=true><span class="text-muted whitespace-nowrap">{row.opened}</span></Cell>
            {row.total.map(|total| view! { <Cell label="Total" num=true>{total}</Cell> })}
        </Row>
    }
    .into_any()
}
