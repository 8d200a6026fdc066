//! A job's lines: editable for who prices them, a plain table for everybody else.
use super::Ctx;
use crate::domain::order::{JobDecision, LineKind};
use crate::features::work_orders::form::{LineForm, LineFormFields, LinesForm};
use crate::features::work_orders::islands::{LineEditor, LineRow};
use crate::features::work_orders::view::{Job, Line};
use crate::kernel::form::Rows;
use crate::kernel::permission::EditWorkOrders;
use crate::kernel::{BasisPoints, Conflict, Currency, FieldErrors, Form, text};
use crate::ui::prelude::*;
use leptos::prelude::*;
use std::collections::BTreeSet;

#[component]
#[expect(unreachable_pub, reason = "what the macro makes is public")]
pub(super) fn JobLines(ctx: Ctx, job: Job) -> impl IntoView {
    if ctx.can::<EditWorkOrders>() {
        return editable_view(ctx, job).into_any();
    }
    if job.lines.is_empty() {
        return view! { <p class="card-note">"No lines yet."</p> }.into_any();
    }
    read_only_view(ctx, job).into_any()
}

/// A saved line as its inputs show it.
fn typed(line: &Line, currency: Currency) -> LineForm {
    let words = line.kind == LineKind::Text;
    let cost = |text: String| if words { String::new() } else { text };
    LineForm {
        line: line.id.to_string(),
        kind: line.kind.name().to_owned(),
        description: line.description.clone(),
        part_number: line.part_number.clone(),
        quantity: cost(line.quantity.to_string()),
        unit_price: cost(currency.plain(line.unit_price)),
        tax: line.tax_rate.0.to_string(),
    }
}

/// What is saved, and one empty row.
fn saved(ctx: &Ctx, job: &Job) -> LinesForm {
    let currency = ctx.session.settings.currency;
    let lines = job.lines.iter().map(|line| typed(line, currency));
    LinesForm {
        rows: Rows(lines.chain([LineForm::next(ctx.order.default_rate())]).collect()),
        ..LinesForm::default()
    }
}

/// A row as the island shows it.
fn row(fields: LineFormFields) -> LineRow {
    LineRow {
        line: fields.line.into(),
        kind: fields.kind.into(),
        description: fields.description.into(),
        part_number: fields.part_number.into(),
        quantity: fields.quantity.into(),
        unit_price: fields.unit_price.into(),
        tax: fields.tax.into(),
    }
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

fn editable_view(ctx: Ctx, job: Job) -> impl IntoView {
    let version = ctx.order.version;
    let form = saved(&ctx, &job).versioned(version);
    let filled = ctx
        .filled(&format!("lines:{}", job.id), form)
        .going_by("version", &version.to_string());
    let (fields, rates) = (filled.fields(), rates(&ctx, &job));
    let blank = LineForm::next(ctx.order.default_rate()).fields(&FieldErrors::default());
    let theirs = (filled.conflict == Some(Conflict::ChangedMeanwhile)).then(|| {
        view! {
            <div class="card-note">
                <p>"Someone else saved this work order while you were editing. The saved lines:"</p>
                {read_only_view(ctx.clone(), job.clone())}
                <p>"Your entries are below and not saved yet. Saving them replaces the saved ones."</p>
            </div>
        }
    });
    let again = (job.decision != JobDecision::Open).then(|| {
        let word = job.decision.label().to_lowercase();
        view! { <p class="card-note"><Icon name="info" class="icon-sm"/>{format!("{}. Changing the price needs a new approval.", text::capital(&word))}</p> }
    });
    view! {
        {again}
        {theirs}
        <LineEditor
            action=ctx.action(&format!("jobs/{}/lines", job.id))
            version=fields.version.into()
            form_key=fields.key.into()
            remove=fields.remove.into()
            currency=ctx.session.settings.currency
            locale=ctx.session.locale()
            rows=fields.rows.into_iter().map(row).collect()
            rates
            blank=row(blank)
        />
    }
    .into_any()
}

fn read_only_view(ctx: Ctx, job: Job) -> impl IntoView {
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
        .map(|line| read_only_line_view(ctx.clone(), line, prices))
        .collect_view();
    view! { <Table caption=format!("Lines of {}", job.data.title) columns>{lines}</Table> }.into_any()
}

fn read_only_line_view(ctx: Ctx, line: Line, prices: bool) -> impl IntoView {
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
