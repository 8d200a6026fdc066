//! A job's lines: editable for who prices them, a plain table for everybody else.
use super::Ctx;
use crate::domain::line::LineFields;
use crate::domain::order::{JobDecision, LineKind};
use crate::features::work_orders::islands::{LineEditor, LineRow};
use crate::features::work_orders::view::{Job, Line};
use crate::kernel::permission::EditWorkOrders;
use crate::kernel::{BasisPoints, Currency, text};
use crate::ui::prelude::*;
use leptos::prelude::*;
use std::collections::BTreeSet;

#[component]
pub(super) fn JobLines(ctx: Ctx, job: Job) -> impl IntoView {
    if ctx.can::<EditWorkOrders>() {
        return view! { <Editable ctx job/> }.into_any();
    }
    if job.lines.is_empty() {
        return view! { <p class="card-note">"No lines yet."</p> }.into_any();
    }
    view! { <ReadOnly ctx job/> }.into_any()
}

/// A saved line as its inputs show it.
fn typed(line: &Line, currency: Currency) -> LineFields {
    let words = line.kind == LineKind::Text;
    LineFields {
        id: line.id.to_string(),
        kind: line.kind.name().to_owned(),
        description: line.description.clone(),
        part_number: line.part_number.clone(),
        quantity: if words {
            String::new()
        } else {
            line.quantity.to_string()
        },
        unit_price: if words {
            String::new()
        } else {
            currency.plain(line.unit_price)
        },
        tax: line.tax_rate.0.to_string(),
    }
}

/// The rows of the form: what was typed if it was refused, otherwise what is saved and one empty row.
fn rows(ctx: &Ctx, job: &Job, form: &str) -> Vec<LineRow> {
    let currency = ctx.session.settings.currency;
    let rows = ctx.draft.lines(form).unwrap_or_else(|| {
        let saved = job.lines.iter().map(|line| typed(line, currency));
        saved
            .chain([LineFields::blank(ctx.order.default_rate())])
            .collect()
    });
    let wrong = ctx.draft.errors.list();
    rows.into_iter()
        .enumerate()
        .map(|(at, fields)| {
            let prefix = format!("{at}.");
            let errors = wrong
                .iter()
                .filter(|_| ctx.draft.is(form))
                .filter_map(|(field, text)| Some((field.strip_prefix(&prefix)?.to_owned(), text.clone())))
                .collect();
            LineRow { fields, errors }
        })
        .collect()
}

/// The workshop's rates, and those that older lines still have.
fn rates(ctx: &Ctx, job: &Job) -> Vec<(String, String)> {
    let mut rates: Vec<(BasisPoints, String)> = ctx
        .order
        .tax_rates
        .iter()
        .map(|rate| (rate.rate, rate.rate.to_string()))
        .collect();
    for line in &job.lines {
        if !rates.iter().any(|(rate, _)| *rate == line.tax_rate) {
            rates.push((line.tax_rate, line.tax_rate.to_string()));
        }
    }
    let mut seen = BTreeSet::new();
    rates.retain(|(rate, _)| seen.insert(*rate));
    rates
        .into_iter()
        .map(|(rate, label)| (rate.0.to_string(), label))
        .collect()
}

#[component]
fn Editable(ctx: Ctx, job: Job) -> impl IntoView {
    let form = format!("lines:{}", job.id);
    let (rows, rates) = (rows(&ctx, &job, &form), rates(&ctx, &job));
    let again = (job.decision != JobDecision::Open).then(|| {
        let word = job.decision.label().to_lowercase();
        view! { <p class="card-note"><Icon name="info" class="icon-sm"/>{format!("{}. Changing the price needs a new approval.", text::capital(&word))}</p> }
    });
    view! {
        {again}
        <LineEditor
            action=ctx.action(&format!("jobs/{}/lines", job.id))
            version=ctx.order.version
            form_key=ctx.key()
            currency=ctx.session.settings.currency
            locale=ctx.session.locale()
            rows
            rates
            blank=LineFields::blank(ctx.order.default_rate())
        />
    }
    .into_any()
}

#[component]
fn ReadOnly(ctx: Ctx, job: Job) -> impl IntoView {
    let prices = ctx.sees_prices();
    let mut columns = vec![
        Column::new("Description"),
        Column::new("Kind"),
        Column::num("Quantity"),
    ];
    if prices {
        columns.extend([
            Column::num("Unit price"),
            Column::num("Tax"),
            Column::num(locale().line_net()),
        ]);
    }
    let lines = job
        .lines
        .into_iter()
        .map(|line| view! { <ReadOnlyLine ctx=ctx.clone() line prices/> })
        .collect_view();
    view! { <Table caption=format!("Lines of {}", job.title) columns>{lines}</Table> }.into_any()
}

#[component]
fn ReadOnlyLine(ctx: Ctx, line: Line, prices: bool) -> impl IntoView {
    let words = line.kind == LineKind::Text;
    let quantity = if words {
        String::new()
    } else {
        line.quantity.to_string()
    };
    let (price, tax, net) = (
        ctx.money(line.unit_price),
        line.tax_rate.to_string(),
        ctx.money(line.amounts().net()),
    );
    let money = (prices && !words).then(|| {
        view! {
            <Cell label="Unit price" num=true>{price}</Cell>
            <Cell label="Tax" num=true>{tax}</Cell>
            <Cell label=locale().line_net() num=true>{net}</Cell>
        }
    });
    view! {
        <Row>
            <MainCell text=line.description sub=line.part_number/>
            <Cell label="Kind">{locale().word(line.kind.label())}</Cell>
            <Cell label="Quantity" num=true>{quantity}</Cell>
            {money}
        </Row>
    }
    .into_any()
}
