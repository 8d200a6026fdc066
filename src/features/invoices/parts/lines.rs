//! The lines of a document, grouped by job, and what they add up to.
use super::super::model::{Document, DocumentLine, Kind, by_job, by_rate};
use crate::features::work_orders::model::LineKind;
use crate::kernel::{Currency, Money};
use crate::ui::prelude::{Cell, Column, Row, Table};
use leptos::prelude::*;

/// The lines: a table on paper and on wide screens.
#[component]
pub(in crate::features::invoices) fn LinesTable(
    lines: Vec<DocumentLine>,
    currency: Currency,
    /// Over the first column; stands on every page of paper.
    #[prop(default = "Description".to_owned())]
    head: String,
) -> impl IntoView {
    let columns = vec![
        Column::new(head),
        Column::num("Quantity"),
        Column::num("Unit price"),
        Column::num("Tax"),
        Column::num("Net"),
    ];
    let jobs = by_job(&lines);
    view! {
        <Table caption="Lines of the document" columns>
            {jobs.into_iter().map(|(title, lines)| view! { <JobLines title lines currency/> }).collect_view()}
        </Table>
    }
}

#[component]
fn JobLines(title: String, lines: Vec<DocumentLine>, currency: Currency) -> impl IntoView {
    let net: Money = lines.iter().map(|line| line.net).sum();
    view! {
        <tr class="doc-job">
            <th scope="rowgroup" colspan="4">{title}</th>
            <td class="num">{currency.show(net)}</td>
        </tr>
        {lines.into_iter().map(|line| view! { <Line line currency/> }).collect_view()}
    }
}

#[component]
fn Line(line: DocumentLine, currency: Currency) -> impl IntoView {
    let part = (!line.part_number.is_empty()).then(|| {
        view! { <span class="sub">{format!("Part no. {}", line.part_number)}</span> }
    });
    if line.kind == LineKind::Text {
        return view! {
            <tr>
                <td class="cell-main text-muted" colspan="5">{line.description}{part}</td>
            </tr>
        }
        .into_any();
    }
    view! {
        <Row>
            <td class="cell-main">{line.description}{part}</td>
            <Cell label="Quantity" num=true>{line.quantity.to_string()}</Cell>
            <Cell label="Unit price" num=true>{currency.show(line.unit_price)}</Cell>
            <Cell label="Tax" num=true>{line.tax_rate.to_string()}</Cell>
            <Cell label="Net" num=true>{currency.show(line.net)}</Cell>
        </Row>
    }
    .into_any()
}

/// Net, tax by rate, total.
#[component]
pub(in crate::features::invoices) fn SumList(document: Document) -> impl IntoView {
    let show = |amount: Money| document.currency.show(amount);
    let rates = by_rate(&document.lines)
        .into_iter()
        .map(|rate| {
            let label = format!("Tax {} on {}", rate.rate, show(rate.net));
            view! { <dt>{label}</dt><dd>{show(rate.tax)}</dd> }
        })
        .collect_view();
    let total = match document.kind {
        Kind::Invoice => "Total",
        Kind::CreditNote => "Total credited",
    };
    view! {
        <dl class="doc-sums">
            <dt>"Net"</dt>
            <dd>{show(document.net)}</dd>
            {rates}
            <dt class="doc-total">{total}</dt>
            <dd class="doc-total">{show(document.total)}</dd>
        </dl>
    }
}
